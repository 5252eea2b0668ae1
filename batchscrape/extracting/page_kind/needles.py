"""One of these is in every text that the long patterns find: most pages hold none, and are asked no further."""

# ruff: noqa: RUF001 - in their alphabets

#: Of FIRST_POST.
POST_NEEDLES = ("wordpress", "워드프레스")
#: Of DEFAULT_PAGE.
DEFAULT_NEEDLES = (
    "web server", "it works!", "default", "used to test", "you see this page", "if you are the owner",
    "caddy server", "litespeed", "placeholder page", "tomcat", "ispconfig", "this shop", "this store", "password",
    "connected to a website", "published", "your new",
)  # fmt: skip
#: Of UNDER_CONSTRUCTION.
CONSTRUCTION_NEEDLES = (
    "construction", "maintenance", "development", "progress", "coming", "launch", "opening", "on its way",
    "being ", "building", "working on", "back soon", "hier entsteht", "im aufbau", "in arbeit", "in bearbeitung",
    "überarbeitet", "gewartet", "neu gestaltet", "im umbau", "kürze", "bald", "wartungs", "développement",
    "création", "refonte", "construcción", "mantenimiento", "obras", "desarrollo", "estamos ", "costruzione",
    "manutenzione", "allestimento", "fase di", "construção", "manutenção", "desenvolvimento", "aanbouw",
    "onderhoud", "ontwikkeling", "opbouw", "budowie", "budowy", "výstavbě", "rekonstrukci", "přípravě",
    "prace konserwacyjne", "przerwa techniczna", "в разработке", "в процессе", "на реконструкции", "находится",
    "на стадии", "скоро", "работы", "yapım aşamasında", "hazırlanıyor", "bakımda", "uppbyggnad", "konstruktion",
    "opbygning", "udvikling", "arbeid", "ombygging", "construktie", "準備中", "工事中", "製作中", "制作中",
    "メンテナンス", "建设中", "维护中", "升级中", "正在建设", "建置中", "建設中", "維護中", "준비", "공사", "제작",
)  # fmt: skip
#: Of ERROR_TEXT.
ERROR_NEEDLES = (
    "database", "datenbank", "base de données", "base de datos", "baz", "базой", "データベース", "数据库",
    "banco", "veritabanı", "데이터베이스", "critical", "kritischer", "critique", "crítico", "critico", "krytyczny",
    "kritieke", "критическая", "重大な", "致命", "suspend", "suspens", "disabled", "deactivated", "gesperrt",
    "deaktiviert", "zablokowan", "заблокирован", "отключен", "приостановлен", "fatal error", "parse error",
    "uncaught", "warning: ", "allowed memory", "sqlstate[", "_connect(", "stack trace:", "found on this server",
    "http error", "permission to access", "application error", "error occurred", "something went wrong",
    "unexpected error", "error processing", "explicit mapping", "service is unavailable", "server error",
    "deployment_not_found", "no such app", "github pages", "nosuchbucket", "bucket does not", "unknown domain",
    "domain mapping", "you were looking for", "urlconf", "debug = true", "checking if", "checking your",
    "you are a human", "you are not a", "you are human", "security verification", "javascript and cookies",
    "incapsula", "ddos protection", "cloudflare ray", "has been denied", "been limited", "blocked", "reference #",
    "reference number", "bandwidth limit",
)  # fmt: skip
