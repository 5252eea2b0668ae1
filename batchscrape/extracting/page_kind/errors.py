"""What error pages say, in the languages of the web."""

# ruff: noqa: RUF001 - in their alphabets

from batchscrape.extracting.page_kind.phrases import any_of

_STATUS = r"(?:40[0-9]|410|418|429|451|50[0-9]|52[0-9]|530)"
#: How the title of an error begins.
ERROR_TITLE = any_of(
    rf"(?:http |server )?(?:error\s*|fehler\s*|erreur\s*|errore\s*|błąd\s*|chyba\s*|"
    rf"ошибка\s*)?(?:http )?(?:status )?{_STATUS}"
    r"(?:$|\s*[-\u2013\u2014|:(!.]|\s+(?:error|not|page|seite|fehler|bad|forbidden|service|unauthorized|"
    r"internal|gateway|"
    r"temporarily|origin|site))",
    r"(?:oops[!,.]? |sorry[!,.]? |error[:!]? )?(?:the )?(?:requested )?(?:page|file|seite|site|url|"
    r"website|store|object) "
    r"(?:was |is |wurde |could |can )?(?:not |cannot be |nicht |can't be )(?:be )?(?:found|gefunden|"
    r"exist|available)",
    r"not found\b|forbidden$|access (?:is )?(?:denied|forbidden|to this page has been denied)|"
    r"bad gateway|bad request|"
    r"internal server error|unauthorized$|gateway time-?out|request (?:timeout|rejected|blocked)",
    r"(?:service|temporarily|website|site|page) (?:is )?(?:temporarily )?unavailable|(?:account|website|"
    r"site|domain) "
    r"(?:has been )?(?:suspended|disabled|deactivated|expired|blocked)",
    r"(?:die )?seite (?:wurde )?nicht gefunden|page (?:non trouvée|introuvable|inexistante)|"
    r"página no encontrada|"
    r"página não encontrada|pagina non trovata|pagina niet gevonden|nie znaleziono (?:strony|podanej)|"
    r"strona nie (?:istnieje|"
    r"została znaleziona)|stránka (?:nenalezena|nebyla nalezena)|страница не найдена|sayfa bulunamadı|"
    r"sidan (?:hittades|kunde)"
    r" (?:inte|ej)|siden (?:blev|ble|kunne|findes) (?:ikke)|ページが見つかりません|お探しのページ|"
    r"找不到(?:该)?(?:页面|网页|頁面)|页面不存在|"
    r"페이지를 찾을 수 없",
    r"(?:error establishing a )?database (?:connection )?error|datenbankfehler|"
    r"error establishing a database connection",
    r"just a moment\.\.\.|attention required! \| cloudflare|fatal error|bandwidth limit exceeded|"
    r"application error|"
    r"server error(?: in '/' application)?|runtime error|whitelabel error page|"
    r"an error (?:has )?occurred|whoops|"
    r"ddos-guard|checking your browser|(?:one|please wait a|just a) moment,? please|access denied|"
    r"sucuri website firewall|"
    r"are you (?:a )?(?:human|robot)|human verification|bot verification|security check(?:point)?$|"
    r"robot challenge|"
    r"pardon our interruption|client challenge|vercel security checkpoint|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"problem loading page|invalid (?:url|hostname)$|no such (?:app|site|bucket)|origin (?:dns|web server)|"
    r"dns (?:resolution|points to prohibited) ",
    r"\S+ \| (?:5\d\d|10\d\d): ",
)
#: The same where the page around it may be long.
SURE_ERROR_TITLE = any_of(
    r"(?:error\s*)?404(?:$|\s*[-\u2013\u2014|:!(]?\s*(?:error|not found|page not found|file not found|"
    r"seite nicht gefunden))",
    r"(?:oops[!,.]? )?page (?:was )?not found\b|(?:die )?seite (?:wurde )?nicht gefunden\b|"
    r"page (?:non trouvée|introuvable)\b|"
    r"página no encontrada\b|página não encontrada\b|pagina non trovata\b|pagina niet gevonden\b|"
    r"nie znaleziono strony\b|"
    r"stránka nenalezena\b|страница не найдена\b|sayfa bulunamadı\b|ページが見つかりません|페이지를 찾을 수 없",
    r"attention required! \| cloudflare|\S+\.\S+ \| (?:5\d\d|10\d\d): |"
    r"access denied \| .{0,80} used cloudflare|account suspended$",
    r"server error in '/.{0,30}' application|http status \d{3} [\u2013-]",
)
#: Anywhere in a short page.
ERROR_TEXT = any_of(
    r"error establishing a database connection|fehler beim aufbau einer datenbankverbindung|"
    r"erreur lors de la connexion à la "
    r"base de données|error al establecer una conexión con la base de datos|"
    r"errore nello stabilire una connessione al "
    r"database|błąd (?:podczas łączenia|nawiązywania połączenia) z bazą|ошибка установки соединения с базой|"
    r"データベース接続確立エラー|建立数据库连接时出错|chyba při navazování spojení s databází|"
    r"fout bij het maken van een database|"
    r"erro ao estabelecer uma conexão com o banco|veritabanı bağlantısı kurulurken|데이터베이스 연결",
    r"there has been a critical error on (?:this|your) website|kritischer fehler (?:auf(?:getreten)?|"
    r"bei)|auf (?:deiner|dieser) "
    r"website ist ein kritischer fehler|erreur critique sur (?:ce|votre) site|ha habido un error crítico|"
    r"si è verificato un "
    r"errore critico|wystąpił błąd krytyczny|er heeft zich een kritieke fout|возникла критическая ошибка|"
    r"重大なエラーが発生しました|"
    r"houve um erro crítico|遇到了致命错误",
    r"(?:account|website|site|domain) (?:has been|is|was|wurde|ist) (?:temporarily |"
    r"currently |vorübergehend |derzeit )?(?:suspended|disabled|"
    r"deactivated|gesperrt|deaktiviert)|account suspended|(?:cuenta|sitio|site|compte) (?:a été |"
    r"ha sido |está )?(?:suspendu|"
    r"suspendid[ao]|suspens[ao])\b|konto (?:zostało )?zablokowane|strona (?:została )?zablokowana|"
    r"(?:сайт|аккаунт|хостинг) "
    r"(?:заблокирован|отключен|приостановлен)",
    r"\b(?:fatal|parse) error ?: |uncaught (?:error|exception|pdoexception|typeerror)\b|\bwarning: \w+\(\)|"
    r"allowed memory size of \d|"
    r"sqlstate\[|mysqli?_connect\(|stack trace:",
    r"the requested url .{0,200}was not found on this server|http error \d{3}|"
    r"you don'?t have permission to access .{0,200}on this "
    r"server|application error: a (?:client|server)-side exception|an error occurred in the application|"
    r"whoops, looks like "
    r"something went wrong|the website encountered an unexpected error|oops, an error occurred!|"
    r"there has been an error "
    r"processing your request|this application has no explicit mapping for /error|the service is unavailable\.|"
    r"a server error has occurred|deployment_not_found|no such app\b|"
    r"there isn'?t a github pages site here|<code>nosuchbucket|"
    r"nosuchbucket|the specified bucket does not exist|fastly error: unknown domain|"
    r"domain mapping (?:upgrade )?(?:for|not)",
    r"we(?:'|\u2019)re sorry, but something went wrong|the page you were looking for doesn'?t exist|"
    r"using the urlconf defined in|debug = true in your django settings",
    r"checking (?:if the site connection is secure|your browser)|(?:please )?(?:verify|"
    r"confirm) (?:that )?you are (?:a human|not a "
    r"robot|human)|performing security verification|verifying you are human|"
    r"enable javascript and cookies to continue|"
    r"incapsula incident id|ddos protection by|cloudflare ray id|access to this page has been denied|"
    r"your access to this site "
    r"has been limited|you have been blocked|reference #\d+\.[\da-f]+|this request was blocked by|"
    r"error reference number: 1\d{3}|"
    r"bandwidth limit exceeded",
)
