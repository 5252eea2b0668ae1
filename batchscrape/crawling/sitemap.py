"""The pages that a site's sitemaps name, for a start page that links to little."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from html import unescape
from itertools import islice

from batchscrape.crawling.links import MAX_LINKS, Link
from batchscrape.crawling.priority import language_of, rank
from batchscrape.crawling.urls import clean_url, is_page, site_of
from batchscrape.errors import FetchError, RateLimited
from batchscrape.fetching import SiteClient

#: Requests for sitemaps; an index is one of them.
MAX_REQUESTS = 3
#: Of one sitemap (sitemaps.org).
MAX_URLS = 50_000
#: Bytes from which on a sitemap is read off the event loop.
INLINE_BYTES = 50_000

# No XML parser: what is broken is read too, and no entity is ever expanded.
_LOC = re.compile(
    r"<(?!image:|video:|news:)(?:[\w-]{1,20}:)?loc\b[^<>]{0,200}>\s*+(?:<!\[CDATA\[\s*+)?([^<\]]{1,2100}+)[<\]]"
)
_INDEX = re.compile(r"<(?:[\w-]{1,20}:)?sitemapindex\b")
_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_HOLDS_PAGES = re.compile(r"pages?(?![a-z])|static|main|general")
_HOLDS_OTHERS = re.compile(
    r"post|product|produkt|categor|kategor|tags?(?![a-z])|author|image|video|news|archive|blog|collection|event|"
    r"attachment|user|artikel|article"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    name: str
    #: Two letters, where it is known.
    language: str | None

    def has(self, url: str) -> bool:
        clean = clean_url(url)
        return clean is not None and site_of(clean) == self.name


async def find_pages(
    client: SiteClient,
    start: str,
    *,
    language: str | None,
    enough: int,
    pause: Callable[[str], Awaitable[None]],
) -> list[Link]:
    """Give pages of the start page's site that its sitemaps name, the most welcome first.

    They are those of robots.txt, else `/sitemap.xml`; of an index, its most promising ones, until there are
    `enough` pages. `pause` is awaited before each request. What cannot be fetched is left out.
    """
    site = _Site(name=site_of(start), language=language)
    named = [url for url in client.sitemaps(start) if site.has(url)]
    waiting = sorted(named or [_usual(start)], key=lambda url: _promise(url, language))
    top = frozenset(waiting)
    pages: list[Link] = []
    for _ in range(MAX_REQUESTS):
        if not waiting or len(pages) >= enough:
            break
        url = waiting.pop(0)
        await pause(url)
        try:
            text = await client.sitemap(url, within=site.has)
        except FetchError as error:
            if error.http_status is None or isinstance(error, RateLimited):
                break
            continue
        children, found = await _read(text, site)
        pages += found
        if url in top:
            waiting = [*children, *waiting]
    return pages


async def _read(body: bytes, site: _Site) -> tuple[list[str], list[Link]]:
    if len(body) > INLINE_BYTES:
        return await asyncio.to_thread(_children_and_pages, body, site)
    return _children_and_pages(body, site)


def _children_and_pages(body: bytes, site: _Site) -> tuple[list[str], list[Link]]:
    """The sitemaps that an index names, the most promising ones; or the pages that a sitemap does."""
    text = _decoded(body)
    named = (clean_url(url) for url in islice(_urls(text), MAX_URLS))
    urls = [url for url in named if url and site_of(url) == site.name]
    if _INDEX.search(text, 0, INLINE_BYTES):
        return nsmallest(MAX_REQUESTS, urls, key=lambda url: _promise(url, site.language)), []
    links = (Link(url, "") for url in urls if is_page(url))
    return [], nsmallest(MAX_LINKS, links, key=lambda link: rank(link, site.language))


def _decoded(body: bytes) -> str:
    return body.decode(_MARKS.get(body[:2], "utf-8-sig"), errors="replace")


def _urls(text: str) -> Iterator[str]:
    """Every `<loc>`; where there is no mark-up, every line."""
    if "<" in text:
        return (unescape(match[1]).strip() for match in _LOC.finditer(text))
    return (line.strip() for line in text.splitlines())


def _usual(start: str) -> str:
    return "/".join([*start.split("/", 3)[:3], "sitemap.xml"])


def _promise(url: str, language: str | None) -> tuple[bool, int]:
    """The less, the more likely a sitemap names the pages about the site itself, in its language."""
    path = url.split("/", 3)[-1].lower()
    kind = 0 if _HOLDS_PAGES.search(path) else 2 if _HOLDS_OTHERS.search(path) else 1
    return language_of(url) not in (None, language), kind
