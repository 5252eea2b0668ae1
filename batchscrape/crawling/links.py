"""Where a page leads to: the links to other pages of its site, and a refresh that sends visitors on."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from batchscrape.crawling.urls import clean_url, is_page, site_of
from batchscrape.domains import MAX_URL
from batchscrape.extracting import ParsedPage

#: Different links of one page that are looked at.
MAX_LINKS = 2_000
#: Of these, the last ones of a page that has more: its footer.
MAX_FOOTER_LINKS = 200
#: Seconds; a later refresh is a page that renews itself, not one that moved.
MAX_REFRESH_DELAY = 10
#: Characters of a link's text that are kept; more of it tells nothing about where it leads.
MAX_TEXT = 80
#: Elements and texts in a link that are looked at.
MAX_NODES = 500

_SEGMENT = r"[A-Za-z0-9_~-][A-Za-z0-9_~.-]*"
_PLAIN_PATH = re.compile(rf"/?(?:{_SEGMENT}(?:/{_SEGMENT})*/?)?")
_ABSOLUTE = re.compile(r"https?://[a-z0-9.-]+(?=[/?#]|$)")
_OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_REFRESH = re.compile(r"\s*(\d{0,9})(?:\.[\d.]*)?\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)

# Line ends and tabs in a link are nothing, a backslash is a slash (WHATWG URL §4.4).
_AS_BROWSERS_DO = str.maketrans({"\t": None, "\n": None, "\r": None, "\\": "/"})


class Link(NamedTuple):
    """A link to a page of the same site."""

    #: Clean, as `clean_url` leaves it.
    url: str
    #: The beginning of what people read there.
    text: str


def find_links(page: ParsedPage, site: str) -> Iterator[Link]:
    """Give the links to pages of the site, each address once, in the page's order."""
    resolve, read_text = _Resolver(page.base_url), _TextReader(len(page.html))
    for href, node in _bounded(page):
        away = _ABSOLUTE.match(href)
        if away and site_of(away[0]) != site:
            continue
        url = resolve(href)
        if url is not None and site_of(url) == site and is_page(url):
            yield Link(url, read_text(node))


def find_refresh(page: ParsedPage) -> str | None:
    """Give the clean address that `<meta http-equiv=refresh>` leads to soon; not for those without scripts."""
    if "refresh" not in page.meta:
        return None
    for node in page.tree.css("meta[http-equiv='refresh' i][content]"):
        match = _REFRESH.match(node.attributes["content"] or "")
        inside = node.parent.tag if node.parent else None
        if match and inside != "noscript" and int(match[1] or 0) <= MAX_REFRESH_DELAY:
            return _Resolver(page.base_url)(match[2].strip())
    return None


def _bounded(page: ParsedPage) -> list[tuple[str, LexborNode]]:
    """Each link once; of too many, the first ones and the footer's."""
    first: dict[str, LexborNode] = {}
    for href, node in _hrefs(page):
        first.setdefault(href, node)
    links = list(first.items())
    if len(links) > MAX_LINKS:
        links[MAX_LINKS - MAX_FOOTER_LINKS : -MAX_FOOTER_LINKS] = []
    return links


def _hrefs(page: ParsedPage) -> Iterator[tuple[str, LexborNode]]:
    """Frames first: they hold the whole page of a site that uses them."""
    if "<frame" in page.html or "<FRAME" in page.html:
        yield from _attributes(page.tree.css("frame"), "src")
    yield from zip(page.hrefs, page.anchors, strict=True)
    yield from _attributes(page.tree.css("area"), "href")


def _attributes(nodes: Iterable[LexborNode], name: str) -> Iterator[tuple[str, LexborNode]]:
    for node in nodes:
        if value := node.attrs.get(name):
            yield value.strip(), node


class _TextReader:
    """Read what people see of links, of all together no more than the page has: one may stand in another."""

    def __init__(self, limit: int) -> None:
        """`limit`: characters."""
        self._left = limit

    def __call__(self, node: LexborNode) -> str:
        """Give the beginning of what people read there, hear, or see as a picture."""
        text = picture = ""
        for part in islice(node.traverse(include_text=True), MAX_NODES):
            if part.tag == "-text" and self._left > 0:
                piece = part.text_content or ""
                self._left -= len(piece)
                text = (text + piece).lstrip()[:MAX_TEXT]
            elif part.tag == "img":
                picture = picture or part.attrs.get("alt") or ""
            if len(text) == MAX_TEXT:
                break
        return text or (node.attrs.get("title") or node.attrs.get("aria-label") or picture)[:MAX_TEXT]


class _Resolver:
    """Make links absolute, the plain ones among them quickly: `urljoin` costs more than the rest of a page."""

    def __init__(self, base: str) -> None:
        self._base = clean_url(base) or ""
        self._folder = self._base.partition("?")[0].rpartition("/")[0] + "/"
        self._origin = "/".join(self._folder.split("/", 3)[:3])

    def __call__(self, href: str) -> str | None:
        """Give the clean URL, or None where the link leads to nothing that can be fetched, or to its own page."""
        href = href.partition("#")[0]
        if not href or not self._base or _OTHER_SCHEME.match(href):
            return None
        path = href.removeprefix(self._origin) if href.startswith(f"{self._origin}/") else href
        if _PLAIN_PATH.fullmatch(path) and len(self._folder) + len(path) <= MAX_URL:
            return (self._origin if path[0] == "/" else self._folder) + path
        try:
            return clean_url(urljoin(self._base, href.translate(_AS_BROWSERS_DO)))
        except ValueError:
            return None
