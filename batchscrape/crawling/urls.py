"""One name per page, whatever it is called, and which pages belong to one site."""

import re
from functools import cache, lru_cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList
from w3lib.url import canonicalize_url

from batchscrape.domains import MAX_URL, read_entry
from batchscrape.errors import InputError

#: A path that has one segment this often comes from links that go in circles.
MAX_REPEATS = 3
#: Segments of a path.
MAX_DEPTH = 20
#: What is no HTML by its name, so that it is not asked for.
_FILE_NAME = re.compile(
    r"\.(?:7z|aac|apk|atom|avi|avif|bin|bmp|bz2|css|csv|dmg|docm?|docx|dwg|eot|epub|exe|flac|flv|gif|gz|ics|ico|iso|jar|"
    r"jpe?g|js|json|m3u8|m4[av]|map|mid|mkv|mov|mp3|mp4|mpe?g|msi|od[pst]|og[gv]|pdf|png|pp[st]x?|psd?|rar|rdf|rss|rtf|"
    r"svgz?|swf|t?gz|tar|tiff?|ttf|txt|vc[fs]|wav|web[mp]|webmanifest|wm[av]|woff2?|xls[mx]?|xml|xz|zip)$",
    re.IGNORECASE,
)
_IGNORED_PARAMETER = re.compile(
    r"utm_\w*|[gdwy]clid|gbraid|wbraid|gclsrc|fbclid|msclkid|mc_[ce]id|_ga|_gl|igshid|"
    r"phpsessid|jsessionid|cfid|cftoken|aspsessionid\w*|s(?:ession)?_?id|oscsid|zenid",
    re.IGNORECASE,
)
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]*|/\(s\([a-z0-9]+\)\)", re.IGNORECASE)
_INDEX_FILE = re.compile(
    r"/(?:index|default|home)\.(?:html?|xhtml|shtml|php\d?|aspx?|jsp|cfm|cgi|pl)$", re.IGNORECASE
)
_SLASHES = re.compile(r"/{2,}")
_PLAIN_URL = re.compile(
    r"https?://([a-z0-9]+(?:(?:\.|-+)[a-z0-9]+)*(?::\d+)?)((?:/[A-Za-z0-9_~-][A-Za-z0-9_~.-]*)*/?)"
)


def clean_url(url: str) -> str | None:
    """Bring an absolute URL into the form that is asked for: without fragment, tracking parameters, session ids.

    None where it is no http(s) URL that anybody could fetch, names a user, or is too long.
    """
    if len(url) > MAX_URL:
        return None
    if _PLAIN_URL.fullmatch(url) and ":" not in url[6:]:
        return url if url.count("/") > 2 else url + "/"  # noqa: PLR2004 - the two of the scheme
    try:
        entry = read_entry(url.strip().replace(" ", "%20"))
    except InputError:
        return None
    if not entry.has_scheme:
        return None
    before, question_mark, query = entry.start_url.partition("?")
    query = _kept_parameters(query) if question_mark else ""
    return _without_dots(_SESSION_IN_PATH.sub("", before)) + (f"?{query}" if query else "")


def page_name(url: str) -> str:
    """Name the page behind a clean URL: http or https, `www.`, `/index.html`, a slash at the end are all one."""
    if plain := _PLAIN_URL.fullmatch(url):
        host, path, query = plain[1], plain[2], ""
    else:
        parts = urlsplit(canonicalize_url(url))
        host, path, query = parts.netloc, _SLASHES.sub("/", parts.path), parts.query
    path = _INDEX_FILE.sub("/", path).rstrip("/")
    return f"{host.removeprefix('www.')}{path}" + (f"?{query}" if query else "")


def site_of(url: str) -> str:
    """Name the site of a clean URL: the registrable domain; else, and on a port of its own, the host itself."""
    return _site(host_of(url))


def host_of(url: str) -> str:
    """Give the host of a clean URL, with its port."""
    return url.split("/", 3)[2]


def is_page(url: str) -> bool:
    """Whether a clean URL may be a page, by its looks: no file, nothing of Cloudflare's, no path in circles."""
    path = url.partition("?")[0].split("/", 3)[3]
    if _FILE_NAME.search(path) or path.startswith("cdn-cgi/"):
        return False
    segments = path.split("/")
    return len(segments) < MAX_REPEATS or (
        len(segments) <= MAX_DEPTH and max(map(segments.count, segments)) < MAX_REPEATS
    )


@lru_cache(maxsize=16_384)
def _site(host: str) -> str:
    if ":" in host:
        return host
    return _suffixes().privatesuffix(host) or host.removeprefix("www.")


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)


def _kept_parameters(query: str) -> str:
    return "&".join(
        item for item in query.split("&") if item and not _IGNORED_PARAMETER.fullmatch(item.partition("=")[0])
    )


def _without_dots(url: str) -> str:
    """Resolve `.` and `..` in the path (RFC 3986 §5.2.4)."""
    if "/." not in url:
        return url
    scheme, _, host, *segments = url.split("/")
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join([scheme, "", host, *kept])
