"""What parked domains and placeholders say, in the languages of the web."""

# ruff: noqa: RUF001 - in their alphabets

import re


def any_of(*phrases: str) -> re.Pattern[str]:
    """A pattern that finds each of the phrases, whatever its case."""
    return re.compile("|".join(phrases), re.IGNORECASE)


#: What only pages of parking services and domain markets hold.
PARKING_SERVICES = (
    "sedoparking.com", "parkingcrew.net", "bodis.com", "parklogic.com", "img.sedo.com",
    "afternic.com/forsale", "hugedomains.com/domain_profile", "dan.com/buy-domain", "cdn-dan.com",
    "undeveloped.com", "dovendi.com", "above.com/marketplace", "domainmarket.com/buynow",
    "d38psrni17bvxu.cloudfront.net", "window.park =", 'window.location.href="/lander"',
    "img1.wsimg.com/parking-lander", "domaincontrol.com/parked", "dsnextgen.com", "rookmedia.net",
    "skenzo.com", "voodoo.com/", "domainsponsor.com", "parkingpage.namecheap.com", "parking.reg.ru",
    "nic.ru/parking", "efty.com/", "domainnamesales.com", "smartname.com", "trafficz.com", "ztomy.com",
    "adsense/domains/caf.js", "uniregistry.com/buy", "porkbun.com/parked",
)  # fmt: skip

_THIS_DOMAIN = (
    r"(?:this (?:premium |web ?)?(?:domain|web ?address|url)(?: ?name)?|"
    r"the (?:premium )?domain(?: name)? \S+\.\w{2,}|"
    r"diese (?:premium[- ]?)?(?:internet-?)?(?:domain|adresse)|die (?:internet-?)?domain \S+\.\w{2,}|"
    r"ce (?:nom de )?domaine|le (?:nom de )?domaine \S+\.\w{2,}|este dominio|el dominio \S+\.\w{2,}|"
    r"questo dominio|il dominio \S+\.\w{2,}|este domínio|o domínio \S+\.\w{2,}|(?:deze|dit) domein(?:naam)?|"
    r"de domeinnaam \S+\.\w{2,}|(?:ta|ten) (?:domena|adres)|domena \S+\.\w{2,}|"
    r"tato doména|doména \S+\.\w{2,}|(?:этот )?домен(?: \S+\.\w{2,})?|bu (?:alan adı|domain)|denna domän|"
    r"domänen|"
    r"(?:den|dette) (?:her )?(?:domæne|domene)|domænet|domenet|このドメイン|该域名|此域名|本域名|이 도메인)"
)
_IS_OFFERED = (
    r"(?:is |may be |might be |could be |has been )?(?:parked|listed for sale|for sale|"
    r"available for (?:purchase|sale)|"
    r"now available|registered|reserved)\b|"
    r"(?:steht |ist |wird |wurde |kann )?.{0,40}?(?:zum verkauf|verkäuflich|geparkt|gekauft werden|"
    r"erworben werden|"
    r"zu verkaufen|registriert|reserviert)|"
    r"(?:est )?(?:peut-être )?(?:à vendre|en vente|réservé|parqué|enregistré)|(?:está )?(?:a la venta|en venta|"
    r"aparcado|registrado|reservado|estacionado)|(?:è )?(?:in vendita|parcheggiato|registrato)|"
    r"(?:está )?(?:à venda|registrado)|(?:is|staat) (?:te koop|geregistreerd|gereserveerd|geparkeerd)|"
    r"(?:jest |została )?(?:na sprzedaż|do sprzedania|zaparkowan[ay]|zarejestrowan[ay]|utrzymywan[ay])|"
    r"(?:je |byla )?(?:na prodej|zaregistrován[ao]|zaparkován[ao])|"
    r"(?:выставлен на продажу|прода[её]тся|припаркован|зарегистрирован|не прилинкован)|"
    r"(?:satılık|park edilmiş|tescil edilmiş)|är (?:parkerad|till salu|registrerad|reserverad)|"
    r"er (?:parkeret|til salg|registreret|reserveret|parkert|registrert)|は(?:.{0,30}(?:取得|販売|"
    r"お名前\.com|登録))|"
    r"(?:正在出售|可出售|出售|转让|已被注册|待售)|(?:은|는)? ?(?:판매|등록|파킹)"
)
PARKED_TEXT = any_of(
    rf"{_THIS_DOMAIN}[^.!?]{{0,80}}?\b(?:{_IS_OFFERED})",
    r"(?:このドメイン|该域名|此域名|本域名).{0,30}(?:取得|販売|登録|出售|转让|待售)",
    r"\b(?:buy|acquire|purchase|own|get) this (?:premium )?domain\b",
    r"\bparked (?:free|domain|by|at|with|on)\b|\bdomain (?:is )?parked\b|\bparked page\b|\bpage parking\b",
    r"\binterested in (?:buying )?this domain\b|\binquire about this domain\b|\bmake an offer on this domain\b",
    r"\b(?:diese )?domain im kundenauftrag registriert\b|\bdiese domain (?:jetzt )?kaufen\b|\bdomain parking\b",
    r"\bdomain wurde (?:soeben|gerade|erfolgreich) |\bacheter ce (?:nom de )?domaine\b|"
    r"\bcomprar este domin?ío?\b",
    r"\bkup t[ęe] domenę\b|\boferta sprzedaży domeny\b|\bcompra questo dominio\b|\bkoop dit domein|"
    r"\bкупить (?:этот )?домен\b",
    r"\bvotre (?:nom de )?domaine a bien été (?:créé|enregistré)\b|\bhas been registered (?:with|by|at|"
    r"via) (?:gandi|ovh|"
    r"namecheap|godaddy|porkbun|dynadot|name\.com|ionos|hostinger|inwx|hover|enom|network solutions)",
    r"\bregistered at (?:namecheap|dynadot|porkbun|name\.com|namesilo)\b|\bdomain(?: name)? registered with\b",
)
#: Without the domain's name: brokers have the other words in their titles too.
PARKED_TITLE = any_of(
    r"^\S+\.[a-z]{2,}(?: -)? (?:is |may be |might be )?(?:for sale|parked|available)\b",
    r"^(?:the )?domain(?: name)? \S+\.[a-z]{2,} is (?:for sale|parked|available)",
    r"^(?:buy|purchase) \S+\.[a-z]{2,}\b.{0,40}\bdomain",
    r"^\S+\.[a-z]{2,} (?:steht zum verkauf|zu verkaufen|est à vendre|está en venta|à vendre|is te koop|"
    r"in vendita)",
    r"^parked domain\b|^domain (?:im kundenauftrag registriert|parking|parked|geparkt)\b|"
    r"^\S+\.[a-z]{2,} - domain kaufen",
    r"^hugedomains\.com\b|^this domain (?:is |name )|^strato - domain reserv|^domena na sprzedaż",
)

#: How the title of a server's or a program's own first page begins.
DEFAULT_TITLE = any_of(
    r"apache2? .{0,30}default page|apache http server test page|welcome to (?:nginx|openresty|centos|"
    r"caddy|tengine|plesk)",
    r"(?:http server )?test page (?:for|powered by)|iis windows|iis\d|internet information services|"
    r"it works[!.]?$|index of /",
    r"(?:default|parallels plesk|plesk) (?:obsidian |onyx )?(?:web )?(?:site |server )?(?:default )?page$",
    r"(?:domain )?default page$|web server's default page|plesk obsidian|apache tomcat/[\d.]+$",
    r"welcome to xampp|caddy works|congratulations \| litespeed|lighttpd\b.{0,40}placeholder",
    r"site not published|congratulations.{0,20}your (?:website|server) is (?:up|ready)",
    r"(?:welcome to )?(?:cpanel|directadmin|ispconfig|vestacp|hestia)\b.{0,40}(?:default|welcome|success|"
    r"works)",
    r"hostinger horizons|default (?:web )?(?:site )?page\b|website is ready.{0,40}$|"
    r"success! your new web server",
)
#: What such a page says where it has no title of its own.
DEFAULT_PAGE = any_of(
    r"if you see this page, the (?:nginx|openresty|tengine|caddy) web server is successfully installed",
    r"^it works!|this is the default (?:welcome|web|index|server|site) ?page|"
    r"default (?:web )?page for (?:this|the) (?:server|domain)",
    r"this page is used to test the proper operation of the|"
    r"you see this page because there is no web site at this address",
    r"sorry! if you are the owner of this website, please contact your hosting provider",
    r"your caddy server is up and running|congratulations! the litespeed|placeholder page installed by",
    r"if you're seeing this, you've successfully installed tomcat|powered by ispconfig",
    r"this (?:shop|store) (?:will be powered by|is currently) |(?:opening|launching) soon.{0,80}(?:enter|"
    r"using) (?:store )?password",
    r"looks like this domain isn'?t connected to a website yet|site (?:is )?not (?:yet )?published",
    r"welcome to your new (?:website|site)!? |your new (?:website|site) is (?:almost )?ready",
)
#: The first entry that every new WordPress has.
FIRST_POST = any_of(
    r"welcome to wordpress\. this is your first post|willkommen (?:bei|"
    r"zu) wordpress\. dies? ist dein erster beitrag",
    r"bienvenue (?:sur|dans) wordpress\. ceci est votre premier article|te damos la bienvenida a wordpress|"
    r"bienvenido a wordpress\. esta es tu primera entrada|"
    r"benvenut[oi] in wordpress\. questo è il tuo primo articolo",
    r"witamy w wordpressie|welkom bij wordpress\. dit is je eerste bericht|bo?em-vindo ao wordpress|"
    r"добро пожаловать в wordpress|vítejte ve wordpressu|välkommen till wordpress|velkommen til wordpress",
    r"wordpress へようこそ|欢迎使用\s?wordpress|wordpress'e hoş geldiniz|워드프레스에 오신",
)

_WEBSITE = (
    r"(?:web ?-?site|web ?-?page|web ?-?seite|home ?-?page|internet(?:seite|auftritt|präsenz)|"
    r"web ?-?auftritt|web ?-?präsenz|"
    r"site|seite|site web|site internet|sitio(?: web)?|página(?: web)?|sito(?: web)?|pagina|"
    r"strona(?: www| internetowa)?|"
    r"stránk[ay]|web|сайт|sitemiz|site|sayfa|webbplats|hemsida|hjemmeside|nettsted|nettside|webshop|"
    r"online-?shop)"
)
#: Said of the site itself: no real site says it of itself.
UNDER_CONSTRUCTION = any_of(
    rf"\b(?:our|this|the|my) (?:new )?{_WEBSITE}\b.{{0,40}}\b(?:is |are )?(?:currently |still )?(?:under|in) "
    r"(?:construction|maintenance|development|progress)",
    rf"\b{_WEBSITE} (?:is )?(?:coming|launching|opening) (?:very )?soon|"
    rf"\bnew {_WEBSITE}\b.{{0,30}}\b(?:coming|on its way|launch)",
    rf"\b{_WEBSITE} (?:is )?(?:currently |temporarily )?(?:under (?:construction|maintenance)|"
    rf"being (?:built|updated))",
    r"\bwe(?:'|\u2019)?(?: a)?re (?:currently )?(?:building|working on|launching) (?:our|a|the|"
    r"something)\b.{0,30}\b(?:site|website|soon|new)",
    r"\bsite is being (?:built|updated|redesigned)|\bbriefly unavailable for scheduled maintenance",
    r"\bwe(?:'|\u2019)?ll be (?:right )?back soon|\bmaintenance mode\b|\bunder scheduled maintenance\b",
    rf"\bhier entsteht (?:\w+ ){{0,6}}?\w*(?:{_WEBSITE}|projekt)|\bhier entsteht (?:in kürze|demnächst|"
    rf"bald|etwas)\b",
    rf"\b{_WEBSITE}\b.{{0,50}}\b(?:im aufbau|in arbeit|in bearbeitung|überarbeitet|gewartet|"
    rf"neu gestaltet|im umbau)\b",
    rf"\b{_WEBSITE}\b.{{0,30}}\b(?:in kürze|bald)\b.{{0,30}}\b(?:online|verfügbar|zur verfügung|"
    rf"erreichbar|da)\b",
    r"\bwartungs(?:arbeiten|modus)\b|\bin kürze (?:finden sie|entsteht|erreichen sie)\b",
    rf"\b{_WEBSITE}\b.{{0,40}}\ben (?:cours de )?(?:construction|maintenance|développement|création|refonte)\b",
    rf"\b{_WEBSITE}\b.{{0,40}}\ben (?:construcción|mantenimiento|obras|desarrollo)\b|"
    rf"\bestamos (?:trabajando en|construyendo) "
    r"(?:nuestr|un|el)\w* ",
    rf"\b{_WEBSITE}\b.{{0,40}}\b(?:in (?:costruzione|manutenzione|allestimento|fase di)|em (?:construção|"
    rf"manutenção|"
    r"desenvolvimento)|in (?:aanbouw|onderhoud|ontwikkeling|opbouw)|w (?:prze)?budowie|"
    r"w trakcie (?:prze)?budowy|"
    r"ve výstavbě|v rekonstrukci|v přípravě)\b",
    rf"\bw (?:prze)?budowie\b.{{0,30}}{_WEBSITE}|\bprace konserwacyjne\b|\bprzerwa techniczna\b",
    r"сайт\b.{0,40}(?:в разработке|в процессе|на реконструкции|находится|на стадии|скоро)|"
    r"ведутся (?:технические )?работы",
    rf"\b{_WEBSITE}\b.{{0,30}}(?:yapım aşamasında|hazırlanıyor|bakımda)|\bmaintenance i gang\b",
    rf"\b{_WEBSITE}\w*\b.{{0,40}}\bunder (?:uppbyggnad|konstruktion|opbygning|udvikling|arbeid|ombygging|"
    rf"construktie)\b",
    r"(?:ホームページ|サイト|ページ).{0,15}(?:準備中|工事中|製作中|制作中|メンテナンス)|"
    r"网站.{0,10}(?:建设中|维护中|升级中|正在建设)|網站.{0,10}"
    r"(?:建置中|建設中|維護中)|홈페이지.{0,10}(?:준비|공사|제작)\s?중",
)
#: A title or headline that is nothing but this, with or without a name before it.
SOON_TITLE = any_of(
    r"(?:[^|\u2013-]{0,60}\s?[|\u2013:-]\s?)?(?:(?:website |site |web ?page |page |we(?:'|\u2019)?re |"
    r"we are |new website |"
    r"maintenance |something (?:great |new |awesome )?(?:is )?)?(?:coming (?:very )?soon|"
    r"under construction|under maintenance|"
    r"launching soon|opening soon|be back soon|maintenance(?: mode)?|site offline|parked)|"
    r"in kürze(?: online| mehr| verfügbar)?|"
    r"demnächst(?: hier)?|(?:seite |website |webseite |homepage )?(?:ist )?im aufbau|baustelle|"
    r"wartung(?:smodus|sarbeiten)?|"
    r"(?:site )?(?:web )?en (?:construction|maintenance)|bientôt (?:disponible|en ligne)|(?:sitio |"
    r"página |web )*en "
    r"(?:construcción|mantenimiento)|próximamente|em (?:breve|construção|manutenção)|"
    r"(?:sito )?in (?:costruzione|"
    r"manutenzione|allestimento)|prossimamente|(?:strona )?w (?:prze)?budowie|(?:już )?wkrótce|"
    r"(?:website |site )?(?:in |under )"
    r"(?:aanbouw|onderhoud|constructie)|binnenkort(?: online)?|(?:web |stránky )?ve výstavbě|"
    r"připravujeme|(?:сайт )?(?:в|на) "
    r"(?:разработке|реконструкции|стадии разработки)|скоро открытие|yapım aşamasında|yakında|çok yakında|"
    r"kommer snart|"
    r"kommer inom kort|under (?:uppbyggnad|opbygning|arbeid)|準備中|工事中|近日公開|建设中|网站建设中|"
    r"即将上线|敬请期待|준비\s?중(?:입니다)?)"
    r"\s*[.!\u2026\u3002]*\s*(?:$|[|\u2013-])",
)
