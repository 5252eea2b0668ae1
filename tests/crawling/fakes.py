"""A web in a dictionary, for what is decided without looking at sockets."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from batchscrape.domains import read_entry
from batchscrape.errors import DnsError, FetchError, HttpStatusError, RedirectError
from batchscrape.fetching import Fetcher, Response, SiteClient
from batchscrape.models import Job
from batchscrape.settings import ScrapeSettings

#: Without a pause between the pages.
QUICK = ScrapeSettings(delay=0)


def job(entry: str) -> Job:
    read = read_entry(entry)
    return Job(
        job_id=7, batch_id=UUID(int=1), attempts=1, domain=read.domain, input=read.input, start_url=read.start_url
    )


def links(*hrefs: str) -> str:
    return "".join(f'<a href="{href}">more</a>' for href in hrefs)


def moved(final_url: str, body: str = "", *, truncated: bool = False) -> Response:
    """A page that was found elsewhere."""
    return replace(answer("", body), final_url=final_url, truncated=truncated)


def answer(url: str, body: str) -> Response:
    return Response(
        url=url,
        final_url=url,
        http_status=200,
        headers={"content-type": "text/html; charset=utf-8"},
        content_type="text/html",
        body=body.encode(),
        truncated=False,
        duration=0.25,
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


class FakeWeb:
    """Answers as a SiteClient does; hosts that no page has do not exist."""

    def __init__(
        self, pages: Mapping[str, str | Response | Exception], *, sitemaps: Mapping[str, str] | None = None
    ) -> None:
        """`sitemaps`: what they hold."""
        self._pages = pages
        self._sitemaps = sitemaps or {}
        #: Those that robots.txt names.
        self.robots_sitemaps = tuple(self._sitemaps)
        #: Every sitemap in the order it was asked for.
        self.asked_for_sitemaps: list[str] = []
        #: Every URL in the order it was asked for.
        self.asked: list[str] = []
        self.options: list[tuple[int | None, float | None]] = []
        self.delay = 0.0

    @property
    def fetcher(self) -> Fetcher:
        return cast("Fetcher", self)

    @property
    def client(self) -> SiteClient:
        return cast("SiteClient", self)

    def site(self, _settings: ScrapeSettings) -> AbstractAsyncContextManager["FakeWeb"]:
        return nullcontext(self)

    async def get(
        self,
        url: str,
        *,
        retries: int | None = None,
        connect_timeout: float | None = None,
        within: Callable[[str], bool] | None = None,
    ) -> Response:
        self.asked.append(url)
        self.options.append((retries, connect_timeout))
        page = self._pages[url] if url in self._pages else self._missing(url)
        if isinstance(page, Exception):
            raise page
        found = answer(url, page) if isinstance(page, str) else replace(page, url=url)
        if within and found.final_url != url and not within(found.final_url):
            raise RedirectError("The page leads to another site.", http_status=302, final_url=found.final_url)
        return found

    def sitemaps(self, _url: str) -> tuple[str, ...]:
        return self.robots_sitemaps

    async def sitemap(self, url: str, *, within: Callable[[str], bool]) -> bytes:
        assert within(url)
        self.asked_for_sitemaps.append(url)
        if url not in self._sitemaps:
            raise self._missing(url)
        return self._sitemaps[url].encode()

    def crawl_delay(self, _url: str) -> float:
        return self.delay

    def _missing(self, url: str) -> FetchError:
        host = url.split("/")[2]
        if any(page.split("/")[2] == host for page in self._pages):
            return HttpStatusError("Not found.", http_status=404, final_url=url)
        return DnsError(f"{host} has no address.")
