"""Read a fetched page: its facts, and where it leads."""

import asyncio
import gzip
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Protocol

from batchscrape.crawling.links import Link, find_links, find_refresh
from batchscrape.crawling.priority import language_of
from batchscrape.crawling.urls import clean_url, site_of
from batchscrape.errors import ParseError
from batchscrape.extracting import ParsedPage, extract, parse
from batchscrape.fetching import Response
from batchscrape.models import Facts

#: Bytes of a body and tags in it beyond which a page is parsed off the event loop, so that the other sites go on
#: meanwhile: a page of 1,500 tags can be built to cost 0.3 s.
INLINE_BYTES, INLINE_TAGS = 200_000, 1_000
#: So few at once: a tree takes up to ten times its page's memory, and extracting holds the interpreter's lock.
_parsing = ThreadPoolExecutor(2, thread_name_prefix="parser")


class ParserWatch(Protocol):
    """Told of each page for as long as it is in the parser, perhaps in another thread."""

    def __call__(self, job_id: int, /) -> AbstractContextManager[object]:
        """Watch over one page of the job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is kept of a page; its tree is not."""

    #: Without its body.
    response: Response
    #: Bytes of the body.
    size: int
    #: Where the page was found, clean.
    url: str
    #: What the page calls itself, clean.
    canonical: str | None
    facts: Facts
    #: To other pages of the same site.
    links: tuple[Link, ...]
    #: Where the page sends its visitors at once.
    refresh: str | None
    #: The body, compressed with gzip, where it is kept.
    html: bytes | None

    @property
    def language(self) -> str | None:
        """The language that its address names, else the page itself; two letters."""
        stated = (self.facts.language or "").partition("-")[0].lower()
        return language_of(self.url) or (stated if len(stated) == 2 else None)  # noqa: PLR2004 - ISO 639-1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads the pages of one job."""

    job_id: int
    phone_region: str | None
    keep_html: bool
    watch: ParserWatch

    async def read(self, response: Response, *, follow: bool) -> Reading:
        """Parse the page and extract what it says; its links only where they will be followed.

        Raises `ParseError`.
        """
        if len(response.body) > INLINE_BYTES or response.body.count(b"<") > INLINE_TAGS:
            return await asyncio.get_running_loop().run_in_executor(_parsing, self._read, response, follow)
        return self._read(response, follow)

    def _read(self, response: Response, follow: bool) -> Reading:
        html = gzip.compress(response.body) if self.keep_html else None
        url = clean_url(response.final_url) or response.final_url
        with self.watch(self.job_id):
            page = self._parse(response)
            refresh = find_refresh(page)
            return Reading(
                response=replace(response, body=b""),
                size=len(response.body),
                url=url,
                canonical=clean_url(page.canonical_url or ""),
                facts=extract(page),
                links=tuple(_links(page, site_of(url), refresh)) if follow else (),
                refresh=refresh,
                html=html,
            )

    def _parse(self, response: Response) -> ParsedPage:
        try:
            return parse(
                response.body,
                url=response.final_url,
                headers=response.headers,
                phone_region=self.phone_region,
            )
        except ParseError as error:
            error.http_status, error.final_url = response.http_status, response.final_url
            raise


def _links(page: ParsedPage, site: str, refresh: str | None) -> Iterator[Link]:
    """Where the page sends its visitors is a link too."""
    if refresh and site_of(refresh) == site:
        yield Link(refresh, "")
    yield from find_links(page, site)


def unwatched(_job_id: int) -> AbstractContextManager[object]:
    """Watch over nothing."""
    return nullcontext()
