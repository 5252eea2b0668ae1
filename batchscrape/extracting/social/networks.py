"""The table of social networks: which addresses are profiles there, and how one is written."""

import re
from collections.abc import Mapping
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
    #: A path whose query names a profile: path → (parameter, the profile's path).
    queries: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    #: Handles, in lower case, that are pages of the network itself.
    no_profiles: frozenset[str] = field(default_factory=frozenset)


def _path(pattern: str, normal: str = "/{0}") -> tuple[re.Pattern[str], str]:
    return re.compile(pattern, re.IGNORECASE), normal


_PINTEREST_COUNTRIES = words(
    "com de fr es it co.uk ca com.au at ch pt se dk nz co.nz jp co.jp co.kr kr ie com.mx mx cl ph ru "
    "nl pl be hu in co.in id com.br com.pe com.uy com.vn com.py com.bo com.ec ec pe tw th vn uk no fi "
    "gr cz"
)
_FACEBOOK_TABS = (
    "about|info|home|timeline|wall|reviews|ratings|photos|photos_stream|photos_albums|videos|community|app|posts|"
    "events|services|shop|menu|live|live_videos|followers|likes|friends|mentions|map|notes|reels|offers|about_[a-z_]+"
)

NETWORKS = {
    "facebook": Network(
        hosts=("facebook.com", "fb.com", "fb.me", "facebook.de"),
        base="https://www.facebook.com",
        profiles=(
            _path(r"/profile\.php\?id=(\d{3,20})", "/profile.php?id={0}"),
            _path(r"/pages/category/[^/]+/([^/]+)(?:/.*)?"),
            _path(r"/pages/([^/]+)/(\d{5,20})(?:/.*)?", "/pages/{0}/{1}"),
            _path(r"/people/([^/]+)/(\d{5,20})(?:/.*)?", "/people/{0}/{1}"),
            _path(r"/p/([^/]+)(?:/.*)?", "/p/{0}"),
            _path(r"/share/([a-z\d]{8,20})", "/share/{0}"),
            _path(rf"/(?:pg/)?((?=[^/]*[^\d./])(?![^/]*\.php$)[\w.%-]{{2,100}})(?:/(?:{_FACEBOOK_TABS}))?"),
            _path(r"/(?:pg/|pages/)?(\d{5,20})"),
            _path(r"/groups/((?=[^/]*[^\d./])[\w.%-]{3,100})(?:/about)?", "/groups/{0}"),
        ),
        queries={"/profile.php": ("id", "/profile.php?id={0}")},
        no_profiles=words(
            "sharer share dialog plugins tr events login logout home photo photos watch hashtag "
            "policies policy privacy privacy_center privacy-center help business legal story "
            "permalink media reel reels pages people pg groups group gaming games marketplace ads "
            "adpreferences ad_guidelines page_guidelines settings profile l flx recover search "
            "stories about careers terms notes messages video videos public fundraisers ajax js like "
            "connect cookies full_data_use_policy off_facebook_activity whitehat safety "
            "payments_terms mobile lite find-friends friends instantgames places directory badges r "
            "reg signup register allactivity bookmarks saved memories notifications checkpoint dyi "
            "device-based communitystandards data developers docs apps api login_alerts campaign "
            "commerce jobs local live e t v p undefined null none facebook facebookapp"
        ),
    ),
    "twitter": Network(
        hosts=("twitter.com", "x.com"),
        base="https://twitter.com",
        profiles=(_path(r"/@?(\w{1,20})(?:/(?:with_replies|media|likes|followers|following|highlights))?"),),
        queries={
            "/intent/follow": ("screen_name", "/{0}"),
            "/intent/user": ("screen_name", "/{0}"),
        },
        no_profiles=words(
            "intent share home search hashtag i login logout signup privacy tos rules widgets about "
            "settings explore messages notifications compose account download statuses status "
            "who_to_follow oauth personalization goodies jobs follow invitations sessions "
            "search-advanced en de fr es undefined null none twitter"
        ),
    ),
    "linkedin": Network(
        hosts=("linkedin.com",),
        base="https://www.linkedin.com",
        profiles=(
            _path(r"/(?:mwlite/|m/|organization-guest/)?company(?:-beta)?/([^/]+)(?:/.*)?", "/company/{0}"),
            _path(r"/(?:mwlite/|m/)?in/([^/]+)(?:/(?!detail/recent|recent-activity).*)?", "/in/{0}"),
            _path(r"/(?:edu/)?school/([^/]+)(?:/.*)?", "/school/{0}"),
            _path(r"/showcase/([^/]+)(?:/.*)?", "/showcase/{0}"),
            _path(r"/pub/([^/]+(?:/[\da-f]+){0,3})(?:/.*)?", "/pub/{0}"),
        ),
        no_profiles=words("linkedin setup login unavailable undefined null none"),
    ),
    "instagram": Network(
        hosts=("instagram.com", "instagr.am"),
        base="https://www.instagram.com",
        profiles=(_path(r"/(?:_u/)?@?([\w.]{1,30})(?:/(?:tagged|reels|channel|feed|guides|igtv))?"),),
        no_profiles=words(
            "p reel reels explore accounts stories tv about developer developers legal share direct "
            "web embed.js privacy terms press api directory lite download emails session data "
            "challenge graphql oauth push help invites s _u undefined null none instagram"
        ),
    ),
    "youtube": Network(
        hosts=("youtube.com", "youtube.de"),
        base="https://www.youtube.com",
        profiles=(
            _path(r"/channel/(UC[\w-]{10,40})(?:/.*)?", "/channel/{0}"),
            _path(r"/c/([^/]+)(?:/.*)?", "/c/{0}"),
            _path(r"/user/([^/]+)(?:/.*)?", "/user/{0}"),
            _path(r"/@([^/]+)(?:/.*)?", "/@{0}"),
            _path(r"/([\w-]{2,60})(?:/(?:videos|featured|about|playlists|community|streams|shorts))?"),
        ),
        queries={
            "/subscription_center": ("add_user", "/user/{0}"),
            "/profile": ("user", "/user/{0}"),
        },
        no_profiles=words(
            "watch embed playlist results shorts feed v vi t redirect live about account "
            "account_privacy premium music gaming kids ads creators howyoutubeworks upload hashtag "
            "post clip iframe_api player_api s static channel user c index oembed subscription_center "
            "profile view_play_list my_videos signin signup login logout yt intl new trends tv jobs "
            "press testtube source select_site attribution_link get_video_info paid_memberships "
            "channels movies sports learning news fashion store undefined null none youtube"
        ),
    ),
    "tiktok": Network(
        hosts=("tiktok.com",),
        base="https://www.tiktok.com",
        profiles=(_path(r"/@([\w.-]{1,40})(?:/(?:live|playlist))?", "/@{0}"),),
        no_profiles=words("tiktok undefined null none"),
    ),
    "pinterest": Network(
        hosts=tuple(f"pinterest.{country}" for country in _PINTEREST_COUNTRIES),
        base="https://www.pinterest.com",
        profiles=(_path(r"/([\w-]{2,40})(?:/[^/]+)?"),),
        no_profiles=words(
            "pin search ideas categories explore about business login logout settings topics _ source "
            "today join oauth resource offsite password secure all shop category discover invited "
            "undefined null none pinterest"
        ),
    ),
    "github": Network(
        hosts=("github.com",),
        base="https://github.com",
        profiles=(_path(r"/([a-z\d](?:[a-z\d-]{0,38}))"), _path(r"/orgs/([\w-]+)(?:/.*)?")),
        no_profiles=words(
            "about features pricing login logout join signup explore topics marketplace sponsors site "
            "contact security enterprise search settings orgs apps collections trending events readme "
            "new customer-stories team teams solutions codespaces copilot mobile git-guides resources "
            "organizations notifications stars watching dashboard account issues pulls discussions "
            "nonprofit premium-support partners open-source education edu downloads blog privacy "
            "terms policies logos gist images assets session sessions undefined null none github"
        ),
    ),
    "whatsapp": Network(
        hosts=("wa.me", "api.whatsapp.com", "web.whatsapp.com", "whatsapp.com"),
        base="https://wa.me",
        profiles=(
            _path(r"/(?:c/|p/\d+/)?(?:\+|00)?([1-9]\d{6,14})"),
            _path(r"/message/(\w+)", "/message/{0}"),
            _path(r"/qr/(\w+)", "/qr/{0}"),
            _path(r"/channel/(\w{10,40})(?:/.*)?", "/channel/{0}"),
        ),
        queries=dict.fromkeys(("/send", "/"), ("phone", "/{0}")),
        #: Numbers of manuals and themes.
        no_profiles=words(
            "1234567 12345678 123456789 1234567890 12345678901 123456789012 11234567890 15551234567 491234567890 "
            "911234567890 15555555555"
        ),
    ),
    "telegram": Network(
        hosts=("t.me", "telegram.me", "telegram.dog"),
        base="https://t.me",
        profiles=(_path(r"/(?:s/)?@?([a-z]\w{3,32})"), _path(r"/(\+\d{7,15})")),
        queries={"/resolve": ("domain", "/{0}")},
        no_profiles=words(
            "share joinchat addstickers addemoji addlist addtheme proxy socks iv setlanguage login "
            "confirmphone boost contact invoice giftcode undefined null none telegram"
        ),
    ),
    "xing": Network(
        hosts=("xing.com", "xing.to"),
        base="https://www.xing.com",
        profiles=(
            _path(r"/profile/([^/]+)(?:/.*)?", "/profile/{0}"),
            _path(r"/(?:companies|company)/([^/]+)(?:/.*)?", "/companies/{0}"),
            _path(r"/(?:xbp/)?pages/([^/]+)(?:/.*)?", "/pages/{0}"),
        ),
        no_profiles=words("xing undefined null none"),
    ),
}
