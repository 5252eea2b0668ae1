"""The table of technologies: a row each, and what of a page tells it.

A rule holds when one of its places does. A pattern's first group that matched is the version.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """How one technology is recognised."""

    name: str
    #: In a `<meta name=generator>`.
    generator: re.Pattern[str] | None = None
    #: Any of these in the addresses of scripts and `<link>`s, which stand one a line.
    assets: tuple[str, ...] = ()
    #: What the addresses must match too, once one of `assets` is among them; tells the version.
    asset: re.Pattern[str] | None = None
    #: A response header, in lower case, and what it holds.
    header: tuple[str, re.Pattern[str]] | None = None
    #: In Set-Cookie.
    cookie: str | None = None
    #: Any of these in the page's source: each costs a look through all of it, so only where nothing else tells.
    html: tuple[str, ...] = ()
    #: Where the source states the version, once one of `html` is in it.
    html_version: re.Pattern[str] | None = None


def _in(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


_V = r"(\d+(?:\.\d+)+)"
_VER = rf"(?:[^\n?]*\?ver={_V})?"

RULES = (
    Rule(
        "WordPress",
        generator=_in(rf"^WordPress(?: {_V})?"),
        assets=("/wp-includes/", "/wp-content/themes/", "/wp-content/plugins/", "//api.w.org/"),
        asset=_in(
            rf"/wp-includes/css/dist/block-library/style(?:\.min)?\.css\?ver={_V}|/wp-(?:includes|content)/|//api\.w\.org/"
        ),
    ),
    Rule(
        "Elementor",
        generator=_in(rf"^Elementor {_V}"),
        assets=("/plugins/elementor/",),
        asset=_in(rf"/plugins/elementor/(?:assets/(?:css|js)/frontend{_VER})?"),
    ),
    Rule(
        "Divi",
        generator=_in(rf"^Divi v\.{_V}"),
        assets=("/themes/Divi/", "/plugins/divi-builder/"),
        asset=_in(rf"/themes/Divi/{_VER}|/divi-builder/"),
    ),
    Rule(
        "WooCommerce",
        generator=_in(rf"^WooCommerce {_V}"),
        assets=("/plugins/woocommerce/",),
        asset=_in(rf"/plugins/woocommerce/{_VER}"),
    ),
    Rule("Yoast SEO", html=("Yoast SEO",), html_version=_in(rf"Yoast SEO (?:Premium )?plugin v{_V}")),
    Rule("Contact Form 7", assets=("/plugins/contact-form-7/",), asset=_in(rf"/plugins/contact-form-7/{_VER}")),
    Rule(
        "WPForms",
        assets=("/plugins/wpforms/", "/plugins/wpforms-lite/"),
        asset=_in(rf"/plugins/wpforms(?:-lite)?/{_VER}"),
    ),
    Rule(
        "WPBakery",
        generator=_in(r"WPBakery Page Builder"),
        assets=("/plugins/js_composer/",),
        asset=_in(rf"/plugins/js_composer/{_VER}"),
    ),
    Rule(
        "Shopify",
        assets=("//cdn.shopify.com/", "/cdn/shop/"),
        header=("x-shopify-stage", _in(r".")),
        cookie="_shopify_",
    ),
    Rule(
        "Wix",
        generator=_in(r"^Wix\.com"),
        assets=("//static.parastorage.com/", "//static.wixstatic.com/"),
        header=("x-wix-request-id", _in(r".")),
    ),
    Rule(
        "Squarespace",
        generator=_in(r"^Squarespace"),
        assets=("//assets.squarespace.com/", "//static1.squarespace.com/"),
    ),
    Rule("Joomla", generator=_in(rf"^Joomla!?(?: {_V})?"), assets=("/media/jui/js/", "/media/system/js/")),
    Rule(
        "Drupal",
        generator=_in(r"^Drupal (\d+(?:\.\d+)*)"),
        assets=("/sites/default/files/", "/sites/all/themes/", "/sites/all/modules/", "/core/misc/drupal"),
        header=("x-generator", _in(r"^Drupal (\d+(?:\.\d+)*)")),
    ),
    Rule("TYPO3", generator=_in(rf"^TYPO3(?: CMS)?(?: {_V})?"), assets=("typo3temp/", "typo3conf/")),
    Rule(
        "Webflow",
        generator=_in(r"^Webflow"),
        assets=(
            "//assets.website-files.com/",
            "//assets-global.website-files.com/",
            "//cdn.prod.website-files.com/",
            "//uploads-ssl.webflow.com/",
        ),
    ),
    Rule("Jimdo", generator=_in(r"^Jimdo"), assets=("jimstatic.com/", "jimdo-dolphin-static")),
    Rule("Weebly", generator=_in(r"^Weebly"), assets=(".editmysite.com/",)),
    Rule("Ghost", generator=_in(r"^Ghost (\d+(?:\.\d+)*)")),
    Rule("Hugo", generator=_in(rf"^Hugo {_V}")),
    Rule("Jekyll", generator=_in(rf"^Jekyll v{_V}")),
    Rule(
        "PrestaShop",
        generator=_in(r"^PrestaShop"),
        header=("powered-by", _in(r"PrestaShop")),
        cookie="PrestaShop-",
    ),
    Rule(
        "Magento",
        assets=("/static/frontend/", "/static/version"),
        asset=_in(r"/static/(?:version\d+/)?frontend/"),
        cookie="X-Magento-Vary",
    ),
    Rule("Shopware", generator=_in(r"^Shopware"), header=("sw-version-id", _in(r"."))),
    Rule(
        "jQuery",
        assets=("jquery",),
        asset=_in(
            rf"/jquery[/@-]{_V}(?:/dist)?(?:/jquery|(?:\.slim)?(?:\.min)?\.js)|/jquery/{_V}/jquery"
            rf"|/jquery(?:\.slim)?(?:\.min)?\.js(?:\?ver={_V})?|^jquery(?:-{_V})?(?:\.slim)?(?:\.min)?\.js"
        ),
    ),
    Rule(
        "Bootstrap",
        assets=("bootstrap",),
        asset=_in(
            rf"/(?:twitter-)?bootstrap[/@-]{_V}/|(?:^|/)bootstrap(?:\.bundle)?(?:[.-]{_V})?(?:\.min)?\.(?:css|js)"
        ),
    ),
    Rule(
        "React",
        assets=("/react",),
        asset=_in(rf"/react(?:-dom)?@{_V}|/react(?:-dom)?(?:[.-]{_V})?(?:\.production)?(?:\.min)?\.js"),
    ),
    Rule("Next.js", assets=("/_next/static/",), header=("x-powered-by", _in(r"Next\.js(?: (\d[\d.]*))?"))),
    Rule("React", assets=("/_next/static/",)),
    Rule(
        "Vue.js",
        assets=("/vue",),
        asset=_in(rf"/vue@{_V}|/vue(?:[.-]{_V})?(?:\.global)?(?:\.prod)?(?:\.min)?\.js"),
    ),
    Rule("Nuxt", assets=("/_nuxt/",)),
    Rule("Vue.js", assets=("/_nuxt/",)),
    Rule("Angular", html=("ng-version=",), html_version=_in(rf"ng-version=[\"']?{_V}")),
    Rule("Gatsby", generator=_in(rf"^Gatsby {_V}")),
    Rule("Astro", generator=_in(rf"^Astro v{_V}")),
    Rule(
        "Google Analytics",
        assets=("google-analytics.com/", "googletagmanager.com/gtag/js"),
        asset=_in(r"google-analytics\.com/(?:analytics|ga)\.js|googletagmanager\.com/gtag/js\?id=(?:UA|G)-"),
        html=("google-analytics.com/",),
    ),
    Rule("Google Tag Manager", assets=("googletagmanager.com/gtm.js",), html=("googletagmanager.com/gtm.js",)),
    Rule("Google Fonts", assets=("//fonts.googleapis.com/css",)),
    Rule(
        "Font Awesome",
        assets=("font-awesome", "fontawesome"),
        asset=_in(rf"font-?awesome(?:[/@-]{_V}/|\.com/releases/v{_V}/)?"),
    ),
    Rule("Matomo", assets=("/matomo.js", "/piwik.js"), html=("matomo.js",)),
    Rule(
        "HubSpot",
        generator=_in(r"^HubSpot"),
        assets=("//js.hs-scripts.com/", "//js.hsforms.net/", "//js.hs-analytics.net/"),
    ),
    Rule("reCAPTCHA", assets=("google.com/recaptcha/", "recaptcha.net/recaptcha/")),
    Rule("Cloudflare", header=("server", _in(r"^cloudflare")), cookie="__cf_bm"),
    Rule("nginx", header=("server", _in(rf"^nginx(?:/{_V})?"))),
    Rule("Apache", header=("server", _in(rf"^Apache(?:/{_V})?(?![\w-])"))),
    Rule("LiteSpeed", header=("server", _in(r"^LiteSpeed"))),
    Rule("IIS", header=("server", _in(rf"^Microsoft-IIS(?:/{_V})?"))),
    Rule("PHP", header=("x-powered-by", _in(rf"PHP(?:/{_V})?")), cookie="PHPSESSID"),
    Rule("ASP.NET", header=("x-powered-by", _in(r"ASP\.NET")), cookie="ASP.NET_SessionId"),
)
