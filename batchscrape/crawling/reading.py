"""Read a fetched page: its facts, and where it leads."""

import asyncio
import gzip
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from batchscrape.crawling.links import Link, find_links, find_refresh
from batchscrape.crawling.urls import clean_url, site_of
from batchscrape.errors import ParseError
from batchscrape.extracting import ParsedPage, extract, parse
from batchscrape.fetching import Response
from batchscrape.models import Facts

#: Bytes of a body from which on a page is parsed off the event loop, so that the other sites go on meanwhile.
INLINE_BYTES = 200_000


class ParserWatch(Protocol):
    """Told of each page for as long as it is in the parser, perhaps in another thread."""

    def __call__(self, job_id: int, /) -> AbstractContextManager[object]:
        """Watch over one page of the job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is kept of a page; its tree is not."""

    response: Response
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
        if len(response.body) > INLINE_BYTES:
            return await asyncio.to_thread(self._read, response, follow)
        return self._read(response, follow)

    def _read(self, response: Response, follow: bool) -> Reading:
        html = gzip.compress(response.body) if self.keep_html else None
        url = clean_url(response.final_url) or response.final_url
        with self.watch(self.job_id):
            page = self._parse(response)
            return Reading(
                response=response,
                url=url,
                canonical=clean_url(page.canonical_url or ""),
                facts=extract(page),
                links=tuple(find_links(page, site_of(url))) if follow else (),
                refresh=find_refresh(page),
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


def unwatched(_job_id: int) -> AbstractContextManager[object]:
    """Watch over nothing."""
    return nullcontext()
