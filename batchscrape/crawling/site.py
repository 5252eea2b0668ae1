"""Crawl one site, page after page, from its start page on until it is enough."""

import asyncio
import logging
import time
from collections import Counter
from functools import partial

from batchscrape.crawling.frontier import Frontier
from batchscrape.crawling.reading import ParserWatch, Reader, Reading, unwatched
from batchscrape.crawling.rows import failed_row, page_row, sentence
from batchscrape.crawling.sitemap import find_pages
from batchscrape.crawling.start import fetch_start
from batchscrape.crawling.urls import clean_url, host_of, page_name, site_of
from batchscrape.errors import (
    FetchError,
    FetchTimeout,
    NetworkDown,
    RateLimited,
    RobotsDenied,
    RobotsUnreachable,
)
from batchscrape.extracting import clean, merge
from batchscrape.fetching import Fetcher, Response, SiteClient
from batchscrape.models import Facts, Job, JobStatus, Outcome, Page
from batchscrape.settings import ScrapeSettings

#: A start page may send its visitors on by `<meta http-equiv=refresh>` this often.
MAX_REFRESHES = 3
#: Requests beyond two for each page that is wanted: for what turns out to be no page, or one that is known.
SPARE_REQUESTS = 10
#: Pages without any answer after which nothing more is asked of a host.
MAX_SILENT = 2
#: Pages beyond two for each that is wanted which robots.txt may deny; each costs a look at all its rules.
SPARE_DENIALS = 100

logger = logging.getLogger(__name__)


async def crawl_site(
    job: Job, fetcher: Fetcher, settings: ScrapeSettings, watch: ParserWatch = unwatched
) -> Outcome:
    """Crawl the job's site. What goes wrong is the outcome; only cancellation and NetworkDown are raised."""
    crawl = _Crawl(job, settings, watch)
    deadline = asyncio.timeout(settings.domain_timeout)
    try:
        async with deadline, fetcher.site(settings) as client:
            await crawl.run(client)
    except NetworkDown:
        raise
    except FetchError as error:
        return crawl.failed(error)
    except Exception as error:  # noqa: BLE001 - a defect costs this job, not the worker
        late = FetchTimeout(f"The domain took longer than {settings.domain_timeout:g} s.")
        failure = late if deadline.expired() else _defect(error, job.start_url)
        if not crawl.has_start:
            return crawl.failed(failure)
    return crawl.complete()


class _Crawl:
    """What is known of one site while it is crawled."""

    def __init__(self, job: Job, settings: ScrapeSettings, watch: ParserWatch) -> None:
        self._job = job
        self._settings = settings
        self._reader = Reader(
            job_id=job.job_id,
            phone_region=settings.phone_region,
            keep_html=settings.keep_html,
            watch=watch,
        )
        self._frontier = Frontier()
        self._start: Reading | None = None
        self._rows: list[Page] = []
        self._facts: list[Facts] = []
        #: Host → pages that it gave no answer for.
        self._silent: Counter[str] = Counter()
        self._began = self._ended = time.monotonic()

    @property
    def has_start(self) -> bool:
        """Whether the start page was fetched and read."""
        return self._start is not None

    async def run(self, client: SiteClient) -> None:
        """Read the start page, then others until there are enough. Raises the start page's `FetchError`."""
        start = await self._read_start(client)
        site = site_of(start.url)
        if self._frontier.promising < self._settings.max_pages - 1:
            await self._read_sitemaps(client, start)
        enough = 2 * self._settings.max_pages
        requests, denied = 1, 0
        pause = True
        while self._wants_more and requests < enough + SPARE_REQUESTS and denied < enough + SPARE_DENIALS:
            url = self._frontier.take()
            if url is None:
                return
            if pause:
                await self._pause(client, url)
            pause = await self._visit(client, url, site)
            requests += pause
            denied += not pause

    def complete(self) -> Outcome:
        """Give the outcome of a site whose start page was read."""
        start = self._start.response if self._start else None
        return Outcome(
            job=self._job,
            status=JobStatus.COMPLETE,
            http_status=start.http_status if start else None,
            final_url=clean(start.final_url) if start else None,
            facts=merge(self._facts, self._hosts),
            pages=tuple(self._rows),
            duration=self._ended - self._began,
        )

    def failed(self, error: FetchError) -> Outcome:
        """Give the outcome of a site whose start page could not be fetched or read."""
        return Outcome(
            job=self._job,
            status=JobStatus.FAILED,
            error_code=error.code,
            error=sentence(error),
            http_status=error.http_status,
            final_url=clean(error.final_url) if error.final_url else None,
            duration=time.monotonic() - self._began,
        )

    @property
    def _hosts(self) -> list[str]:
        """Names of the site: as it was given, and as it was found."""
        found = [host_of(self._start.url)] if self._start else []
        return [host.partition(":")[0] for host in (self._job.domain, *found)]

    @property
    def _wants_more(self) -> bool:
        return len(self._facts) < self._settings.max_pages

    async def _read_start(self, client: SiteClient) -> Reading:
        """Read the start page where its redirects and refreshes lead to."""
        response = await fetch_start(client, self._job)
        start = await self._begin(response.url, response)
        seen = {page_name(start.url)}
        while start.refresh and page_name(start.refresh) not in seen and len(seen) <= MAX_REFRESHES:
            seen.add(page_name(start.refresh))
            try:
                start = await self._begin(response.url, await client.get(start.refresh))
            except FetchError:
                break
        return start

    async def _read_sitemaps(self, client: SiteClient, start: Reading) -> None:
        """Learn from its sitemaps what the start page does not link to, as one that scripts make."""
        enough = self._settings.max_pages - 1
        pause = partial(self._pause, client)
        try:
            pages = await find_pages(client, start.url, language=start.language, enough=enough, pause=pause)
        except NetworkDown:
            raise
        except Exception as error:  # noqa: BLE001 - a defect costs the sitemaps, not the start page
            _defect(error, start.url)
        else:
            self._frontier.add(pages)
        self._ended = time.monotonic()

    async def _pause(self, client: SiteClient, url: str) -> None:
        await asyncio.sleep(max(self._settings.delay, client.crawl_delay(url)))

    async def _begin(self, asked: str, response: Response) -> Reading:
        """Read this as the start page, in place of one that sent its visitors here."""
        self._start = start = await self._reader.read(response, follow=self._settings.max_pages > 1)
        self._frontier, self._rows, self._facts = Frontier(start.language), [], []
        self._keep(asked, start)
        return start

    async def _visit(self, client: SiteClient, url: str, site: str) -> bool:
        """Read one further page, or note why it could not be; returns whether it was asked for at all."""
        began = time.monotonic()
        try:
            await self._read_on_site(client, url, site)
        except NetworkDown:
            raise
        except Exception as error:  # noqa: BLE001 - a defect costs this page, not those that were read
            if isinstance(error, RobotsDenied) and error.final_url is None:
                await asyncio.sleep(0)  # Else a site that denies everything holds up all the others.
                return False
            failure = error if isinstance(error, FetchError) else _defect(error, url)
            self._rows.append(failed_row(url, failure, duration=time.monotonic() - began))
            if self._is_hopeless(url, failure):
                self._frontier.drop_host(url)
        self._ended = time.monotonic()
        return True

    def _is_hopeless(self, url: str, failure: FetchError) -> bool:
        """Whether further pages of the host would only fail alike, or are not wanted there."""
        if failure.http_status is None:
            self._silent[host_of(url)] += 1
        return isinstance(failure, RateLimited | RobotsUnreachable) or self._silent[host_of(url)] >= MAX_SILENT

    async def _read_on_site(self, client: SiteClient, url: str, site: str) -> None:
        response = await client.get(url, within=lambda target: _is_on(site, target))
        found = clean_url(response.final_url) or url
        if self._frontier.was_read(found):
            return
        reading = await self._reader.read(response, follow=len(self._facts) + 1 < self._settings.max_pages)
        if reading.canonical is None or not self._frontier.was_read_as(reading.canonical, reading.facts):
            self._keep(url, reading)

    def _keep(self, asked: str, reading: Reading) -> None:
        names = (clean_url(asked), reading.url, reading.canonical)
        self._frontier.mark_read(filter(None, names), reading.facts)
        self._frontier.add(reading.links)
        self._rows.append(page_row(asked, reading))
        self._facts.append(reading.facts)
        self._ended = time.monotonic()


def _is_on(site: str, url: str) -> bool:
    target = clean_url(url)
    return target is not None and site_of(target) == site


def _defect(error: Exception, url: str) -> FetchError:
    """Log a defect of ours, which costs the page or the job that met it, never the worker."""
    logger.error("A defect at %s", url, exc_info=error)
    return FetchError(f"A defect of batchscrape: {type(error).__name__}: {error}")
