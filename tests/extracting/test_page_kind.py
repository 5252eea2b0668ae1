# ruff: noqa: RUF001 - Turkish

import pytest

from tests.extracting.pages import read

PROSE = "<p>" + "Seit 1950 bauen wir Maschinen für Handwerk und Industrie in Köln. " * 12 + "</p>"
MENU = "".join(f'<a href="/{number}">Menü {number}</a> ' for number in range(10))

SITES = [
    ("Acme", PROSE),
    ("Acme", "<div id=root></div><script src=/app.js></script>"),
    ("Acme", "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>"),
    ("404 km durch Bayern", "<p>Ein Reisebericht</p>"),
    ("Acme", "<h1>Acme GmbH</h1><p>Hauptstr. 1, Köln</p>"),
    ("Acme", '<a href="/de"><img src="de.png"></a>'),
    ("Acme", "<iframe src='/main.html'></iframe>"),
    ("Domain kaufen", "<p>" + "Wir verkaufen Domains. " * 100 + "</p>"),
    ("Domain kaufen", "<p>Bei uns können Sie Ihre Domain kaufen und Webspace mieten.</p>" + PROSE),
    ("Names Ltd", "<p>We are domain brokers. We find premium domain names for sale and negotiate for you.</p>"),
    ("Acme Lamps", MENU + "<h1>Handmade lamps</h1><p>Our new collection is coming soon. Order today.</p>"),
    ("Acme Lamps", "<h1>Handmade lamps</h1><ul><li>Desk lamp, 40 €<li>Floor lamp: coming soon, 90 €</ul>"),
    ("Baufirma Acme", MENU + "<p>Hier entsteht Ihr neues Zuhause: 12 Wohnungen im Aufbau.</p>"),
    ("Acme Verein", MENU + "<p>Unsere neue Galerie ist im Aufbau. Termine finden Sie hier.</p>"),
    ("Acme Hosting", "<p>What does a 404 error mean? The page was not found on this server.</p>" + PROSE),
    ("Acme", "<p>Wir suspendieren kein Konto. Our account managers help you.</p>"),
    ("Baustelle Acme-Platz: Tagebuch", PROSE),
    ("Parkplatz Acme", "<p>Parken am Flughafen, 5 € am Tag, jetzt reservieren.</p>"),
    ("XAMPP lernen", PROSE),
    ("Nginx und Apache für Anfänger", PROSE),
    ("Acme | 2024: ein Jahr", PROSE),
    ("Forbidden Planet", "<p>Comics and toys</p>"),
    ("Wartung und Service für Aufzüge", "<p>Wartungsverträge für alle Marken in Köln und Bonn.</p>"),
    ("Seitenbau", "<p>Wir bauen Ihre Website. Rufen Sie uns an.</p>"),
]
PARKED = [
    ("acme.de", "<p>Diese Domain steht zum Verkauf</p>"),
    ("acme.com is for sale", "<p>The domain acme.com is for sale. Buy this domain.</p>"),
    ("acme.com", "<script src='https://www.sedoparking.com/x.js'></script>"),
    ("acme.com", '<script>window.onload=function(){window.location.href="/lander"}</script>'),
    ("acme.com", "<script src='https://d38psrni17bvxu.cloudfront.net/x.js'></script><p>Related links</p>"),
    ("acme.com", '<script>window.park = "eyJ1dWlkIjoi"</script>'),
    ("", "<p>acme-werke.de is for sale!</p>"),
    ("HugeDomains.com - AcmeWerke.com is for sale", PROSE),
    ("x", "<p>This domain may be for sale. Inquire about this domain.</p>"),
    ("x", "<p>This domain name has been registered with Gandi.net</p>"),
    ("x", "<p>This web page is parked FREE, courtesy of GoDaddy.com. Get this domain.</p>"),
    ("Registered at Namecheap.com", "<p>This domain is registered at Namecheap</p>"),
    ("Domain im Kundenauftrag registriert", "<p>Diese Domain wurde im Kundenauftrag registriert.</p>"),
    ("STRATO - Domain reserved", "<p>Diese Domain ist bereits registriert.</p>"),
    ("x", "<p>Diese Domain wurde erfolgreich bei IONOS registriert und geparkt.</p>"),
    ("x", "<p>Ce nom de domaine est à vendre</p>"),
    ("Félicitations", "<p>Félicitations ! Votre domaine a bien été créé chez OVHcloud !</p>"),
    ("x", "<p>Este dominio está a la venta</p>"),
    ("x", "<p>Questo dominio è in vendita</p>"),
    ("x", "<p>Este domínio está à venda</p>"),
    ("x", "<p>Deze domeinnaam is te koop</p>"),
    ("x", "<p>Dit domein is geregistreerd door een klant van TransIP</p>"),
    ("x", "<p>Domena acme.pl jest utrzymywana na serwerach nazwa.pl</p>"),
    ("x", "<p>Ta domena jest na sprzedaż</p>"),
    ("x", "<p>Tato doména je na prodej</p>"),
    ("x", "<p>Домен acme.ru продаётся</p>"),
    ("x", "<p>Bu alan adı satılık</p>"),
    ("x", "<p>Denna domän är parkerad hos Loopia</p>"),
    ("x", "<p>Dette domæne er parkeret</p>"),
    ("x", "<p>このドメインは、お名前.comで取得されています。</p>"),
    ("x", "<p>该域名正在出售</p>"),
]
PLACEHOLDERS = [
    ("", ""),
    ("acme-werke.de", ""),
    ("", "<h1>acme-werke.de</h1>"),
    ("", "<h1>Hello World!</h1>"),
    ("x", "test"),
    ("Welcome to nginx!", "<p>If you see this page</p>"),
    ("Apache2 Debian Default Page: It works", "<p>It works!</p>" + PROSE * 5),
    ("", "<h1>It works!</h1>"),
    ("HTTP Server Test Page powered by CentOS", PROSE),
    ("IIS Windows Server", '<a href="http://go.microsoft.com/"><img src="iisstart.png"></a>'),
    ("Web Server's Default Page", PROSE),
    ("Apache Tomcat/9.0.5", PROSE),
    ("Caddy works!", "<p>Congratulations</p>"),
    ("Index of /", "<pre>x</pre>"),
    ("Index of /", '<pre><a href="a.zip">a.zip</a></pre>' * 300),
    ("x", "<p>SORRY! If you are the owner of this website, please contact your hosting provider: webmaster@x</p>"),
    (
        "Blog",
        MENU + "<h2>Hello world!</h2><p>Welcome to WordPress. This is your first post. Edit or delete it.</p>",
    ),
    ("Blog", MENU + "<h2>Hallo Welt!</h2><p>Willkommen bei WordPress. Dies ist dein erster Beitrag.</p>"),
    ("Acme", "<h1>Coming soon</h1>"),
    ("Coming Soon", "<p>Acme</p>"),
    ("Acme \u2013 Coming Soon!", "<p>Leave your e-mail address</p><form><input></form>"),
    ("Under Construction | Acme", "<p>Come back later.</p>"),
    ("Acme", "<p>Our website is under construction.</p><p>Acme Ltd, 1 High Street, Leeds</p>"),
    ("Acme", "<h1>Hier entsteht eine neue Website</h1>"),
    ("Acme", "<p>Hier entsteht in Kürze eine neue Internetpräsenz.</p>"),
    ("Acme", "<p>Unsere Homepage befindet sich im Aufbau.</p><p>Tel. 0221 1234567</p>"),
    ("Wartungsmodus", "<p>Wir sind bald zurück.</p>"),
    ("Acme", "<p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p>"),
    ("Acme", "<p>Site en construction</p>"),
    ("Acme", "<p>Notre site est en cours de construction</p>"),
    ("Acme", "<p>Sitio web en construcción</p>"),
    ("Acme", "<h1>Próximamente</h1>"),
    ("Acme", "<p>Sito in costruzione</p>"),
    ("Acme", "<p>Site em construção</p>"),
    ("Acme", "<h1>Em breve</h1>"),
    ("Acme", "<p>Deze website is in aanbouw</p>"),
    ("Acme", "<p>Strona w budowie</p>"),
    ("Acme", "<p>Stránky ve výstavbě</p>"),
    ("Acme", "<p>Сайт находится в разработке</p>"),
    ("Acme", "<p>Sitemiz yapım aşamasındadır</p>"),
    ("Acme", "<p>Webbplatsen är under uppbyggnad</p>"),
    ("Acme", "<p>Hjemmesiden er under opbygning</p>"),
    ("アクメ", "<p>ただいまホームページ準備中です</p>"),
    ("x", "<p>网站建设中</p>"),
    ("x", "<p>홈페이지 준비중입니다</p>"),
    ("Opening Soon", "<p>Enter store using password</p><form><input type=password></form>"),
]
ERRORS = [
    ("404 Not Found", "<h1>Not Found</h1>"),
    ("Error 503", "<p>Service Unavailable</p>"),
    ("403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr>nginx"),
    ("", "<h1>502 Bad Gateway</h1>"),
    ("Just a moment...", "<p>Checking your browser</p>"),
    ("Attention Required! | Cloudflare", "<p>Sorry, you have been blocked</p>"),
    ("acme.de | 522: Connection timed out", "<p>Connection timed out Error code 522</p>"),
    (
        "Access Denied",
        '<p>You don\'t have permission to access "http://acme.de/" on this server. Reference #18.5</p>',
    ),
    ("x", "<p>Error establishing a database connection</p>"),
    ("Datenbankfehler", "<p>Fehler beim Aufbau einer Datenbankverbindung</p>"),
    ("x", "<p>Erreur lors de la connexion à la base de données</p>"),
    ("WordPress &rsaquo; Error", "<p>There has been a critical error on this website.</p>"),
    ("", "<b>Fatal error</b>: Uncaught Error: Call to undefined function x() in /var/www/index.php:3"),
    ("", "<b>Parse error</b>: syntax error, unexpected '}' in /index.php on line 2"),
    ("Account Suspended", "<p>This Account has been suspended. Contact your hosting provider.</p>"),
    ("x", "<p>Diese Website wurde vorübergehend gesperrt.</p>"),
    ("Seite nicht gefunden \u2013 Acme", MENU + PROSE * 3),
    ("Page not found - Acme", MENU + PROSE),
    ("Página no encontrada", "<p>Acme</p>"),
    ("Страница не найдена", "<p>Acme</p>"),
    ("Nie znaleziono strony - Acme", "<p>Acme</p>"),
    ("ページが見つかりません", "<p>アクメ</p>"),
    ("Application Error", "<p>An error occurred in the application</p>"),
    ("Server Error in '/' Application.", "<p>Runtime Error</p>"),
    ("", "<p>The service is unavailable.</p>"),
    ("Bandwidth Limit Exceeded", "<p>The server is temporarily unable to service your request.</p>"),
    ("Robot Challenge Screen", "<script src='/.well-known/sgcaptcha/x'></script>"),
    ("", "<iframe src='/_Incapsula_Resource?x'></iframe>"),
]
KINDS = {"site": SITES, "parked": PARKED, "placeholder": PLACEHOLDERS, "error": ERRORS}


@pytest.mark.parametrize(
    ("kind", "title", "body"), [(kind, *page) for kind, pages in KINDS.items() for page in pages]
)
def test_a_page_that_is_no_site_is_told_apart(kind: str, title: str, body: str) -> None:
    assert read(body, head=f"<title>{title}</title>").page_kind == kind


def test_the_error_page_of_a_theme_is_one_however_long() -> None:
    source = f"<html><head><title>Acme</title></head><body class='error404 no-sidebar'>{MENU}{PROSE}</body></html>"

    assert read(source).page_kind == "error"


@pytest.mark.parametrize(
    "body",
    [
        "<p>We're sorry, but something went wrong.</p><p>If you are the owner, check the logs.</p>",
        "<p>The page you were looking for doesn't exist.</p>",
        "<p>Using the URLconf defined in acme.urls, Django tried these patterns</p>",
    ],
)
def test_the_errors_of_frameworks_are_errors(body: str) -> None:
    assert read(body, head="<title>Acme</title>").page_kind == "error"


def test_an_error_of_wordpress_is_one_in_any_language() -> None:
    html = '<html><body id="error-page"><div class="wp-die-message">Tapahtui vakava virhe.</div>'

    assert read(html=html, head="<title>WordPress</title>").page_kind == "error"
