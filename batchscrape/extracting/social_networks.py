"""The table of social networks: which addresses are profiles there, and how one is written."""

import re
from dataclasses import dataclass, field

from batchscrape.extracting.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """One network."""

    #: Without `www.` and the like.
    hosts: tuple[str, ...]
    #: What the normal form of a profile begins with.
    base: str
    #: A path that is a profile → how it is written; its first group is the handle.
    profiles: tuple[tuple[re.Pattern[str], str], ...]
    #: Handles, in lower case, that are pages of the network itself.
    no_profiles: frozenset[str] = field(default_factory=frozenset)


def _path(pattern: str, normal: str = "/{0}") -> tuple[re.Pattern[str], str]:
    return re.compile(pattern, re.IGNORECASE), normal


_PINTEREST_COUNTRIES = words(
    "com de fr es it co.uk ca com.au at ch pt se dk nz jp co.kr ie com.mx cl ph ru nl pl be"
)

NETWORKS = {
    "facebook": Network(
        hosts=("facebook.com", "fb.com", "de-de.facebook.com"),
        base="https://www.facebook.com",
        profiles=(
            _path(r"/profile\.php\?id=(\d+)", "/profile.php?id={0}"),
            _path(r"/(?:pages|people)/([^/]+)/(\d+)(?:/.*)?", "/pages/{0}/{1}"),
            _path(
                r"/(?:pg/)?((?=[^/]*[^\d.])[\w.%-]{2,100})"
                r"(?:/(?:about|info|home|timeline|reviews|photos|videos|community|app))?"
            ),
            _path(r"/(?:pg/)?(\d{5,20})"),
            _path(r"/p/([^/]+)(?:/.*)?", "/p/{0}"),
        ),
        no_profiles=words(
            "sharer sharer.php share share.php dialog plugins tr events login login.php home.php photo photo.php "
            "photos watch hashtag policies policy.php privacy help business legal story.php permalink.php media "
            "reel reels pages people pg groups gaming marketplace ads settings profile.php l.php flx tr.php "
            "recover search story about careers terms terms.php policy notes messages video video.php public "
            "fundraisers ajax js like.php connect"
        ),
    ),
    "twitter": Network(
        hosts=("twitter.com", "x.com"),
        base="https://twitter.com",
        profiles=(_path(r"/@?(\w{1,20})(?:/(?:with_replies|media|likes|followers|following))?"),),
        no_profiles=words(
            "intent share home search hashtag i login signup privacy tos widgets about settings explore messages "
            "notifications compose account download statuses"
        ),
    ),
    "linkedin": Network(
        hosts=("linkedin.com",),
        base="https://www.linkedin.com",
        profiles=(
            _path(r"/company(?:-beta)?/([^/]+)(?:/.*)?", "/company/{0}"),
            _path(r"/in/([^/]+)(?:/(?!detail/recent|recent-activity).*)?", "/in/{0}"),
            _path(r"/school/([^/]+)(?:/.*)?", "/school/{0}"),
            _path(r"/showcase/([^/]+)(?:/.*)?", "/showcase/{0}"),
            _path(r"/pub/(.+)", "/pub/{0}"),
        ),
    ),
    "instagram": Network(
        hosts=("instagram.com", "instagr.am"),
        base="https://www.instagram.com",
        profiles=(_path(r"/@?([\w.]{1,30})(?:/(?:tagged|reels|channel))?"),),
        no_profiles=words(
            "p reel reels explore accounts stories tv about developer legal share direct web embed.js privacy"
        ),
    ),
    "youtube": Network(
        hosts=("youtube.com",),
        base="https://www.youtube.com",
        profiles=(
            _path(r"/channel/(UC[\w-]{10,40})(?:/.*)?", "/channel/{0}"),
            _path(r"/c/([^/]+)(?:/.*)?", "/c/{0}"),
            _path(r"/user/([^/]+)(?:/.*)?", "/user/{0}"),
            _path(r"/@([^/]+)(?:/.*)?", "/@{0}"),
            _path(r"/([\w-]{2,60})(?:/(?:videos|featured|about|playlists|community))?"),
        ),
        no_profiles=words(
            "watch embed playlist results shorts feed v t redirect live about account premium music gaming kids "
            "ads creators howyoutubeworks upload hashtag post clip iframe_api player_api s static channel user c "
            "index oembed subscription_center"
        ),
    ),
    "tiktok": Network(
        hosts=("tiktok.com",), base="https://www.tiktok.com", profiles=(_path(r"/@([\w.-]{1,40})", "/@{0}"),)
    ),
    "pinterest": Network(
        hosts=tuple(f"pinterest.{country}" for country in _PINTEREST_COUNTRIES),
        base="https://www.pinterest.com",
        profiles=(_path(r"/([\w-]{2,40})(?:/[^/]+)?"),),
        no_profiles=words("pin search ideas categories explore about business login settings topics _"),
    ),
    "github": Network(
        hosts=("github.com",),
        base="https://github.com",
        profiles=(_path(r"/([a-z\d](?:[a-z\d-]{0,38}))"), _path(r"/orgs/([\w-]+)(?:/.*)?")),
        no_profiles=words(
            "about features pricing login join explore topics marketplace sponsors site contact security "
            "enterprise search settings orgs apps collections trending events readme new customer-stories team "
            "solutions"
        ),
    ),
    "whatsapp": Network(
        hosts=("wa.me", "api.whatsapp.com", "web.whatsapp.com", "whatsapp.com"),
        base="https://wa.me",
        profiles=(
            _path(r"/(?:00)?[ +]*(\d{6,15})"),
            _path(r"/message/(\w+)", "/message/{0}"),
            _path(r"/c/(\d{6,15})", "/c/{0}"),
        ),
    ),
    "telegram": Network(
        hosts=("t.me", "telegram.me", "telegram.dog"),
        base="https://t.me",
        profiles=(_path(r"/@?([a-z]\w{3,32})"), _path(r"/(\+\d{6,15})")),
        no_profiles=words(
            "share joinchat addstickers addemoji proxy socks iv setlanguage addtheme login confirmphone"
        ),
    ),
    "xing": Network(
        hosts=("xing.com", "xing.to"),
        base="https://www.xing.com",
        profiles=(
            _path(r"/profile/([^/]+)(?:/.*)?", "/profile/{0}"),
            _path(r"/(?:companies|company)/([^/]+)(?:/.*)?", "/companies/{0}"),
            _path(r"/pages/([^/]+)(?:/.*)?", "/pages/{0}"),
        ),
    ),
}

#: A part of the host of a maker of themes or builders → its accounts.
_MAKERS = {
    "wordpress": "wordpress wordpressdotcom wordpresscom wordpressorg",
    "automattic": "automattic",
    "woocommerce": "woocommerce",
    "wix": "wix wixcom wixstudio",
    "squarespace": "squarespace",
    "shopify": "shopify shopifypartners",
    "weebly": "weebly",
    "jimdo": "jimdo",
    "joomla": "joomla",
    "drupal": "drupal",
    "typo3": "typo3",
    "webflow": "webflow",
    "elementor": "elementor elemntor",
    "elegantthemes": "elegantthemes",
    "themeforest": "themeforest",
    "envato": "envato envatomarket",
    "getbootstrap": "twbs getbootstrap",
    "yoast": "yoast",
    "wpastra": "wpastra astrawp",
    "oceanwp": "oceanwp",
    "generatepress": "generatepress",
    "avada": "avada",
    "theme-fusion": "themefusion",
    "colorlib": "colorlib",
    "templatemo": "templatemo",
    "html5up": "html5up ajlkn",
    "bootstrapmade": "bootstrapmade",
    "themeisle": "themeisle",
    "hubspot": "hubspot",
    "godaddy": "godaddy",
    "strato": "strato",
    "ionos": "ionos",
    "prestashop": "prestashop",
    "magento": "magento",
    "opencart": "opencart",
    "ghost.org": "ghost tryghost",
    "gohugo": "gohugoio",
    "jekyllrb": "jekyll",
    "vercel": "vercel",
    "netlify": "netlify",
    "bitrix": "bitrix24",
    "tilda": "tilda",
}
MAKERS = {account: host for host, accounts in _MAKERS.items() for account in accounts.split()}
#: Handles that stand for "your own" in themes.
EXAMPLE_HANDLES = words("username yourname yourusername yourpage yourprofile your-company yourcompany example")
