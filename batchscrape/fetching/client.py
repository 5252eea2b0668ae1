"""Fetch the pages of one site: redirects hop by hop, and nothing that its robots.txt does not allow."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from dataclasses import replace
from types import TracebackType
from typing import Self

import httpx

from batchscrape.errors import (
    DecodeError,
    FetchError,
    HttpStatusError,
    RateLimited,
    RedirectError,
    RobotsDenied,
    RobotsUnreachable,
)
from batchscrape.fetching.decoding import Body
from batchscrape.fetching.origins import Origin, host_of, origin_of, parse_url, redirect_target
from batchscrape.fetching.requester import Demand, Requester, is_redirect
from batchscrape.fetching.response import Response
from batchscrape.fetching.robots import MAX_REDIRECTS, MAX_SIZE, Robots, read_robots
from batchscrape.fetching.transport import SiteTransport
from batchscrape.settings import ScrapeSettings

_MAX_REDIRECTS = 10
#: Bytes; a larger robots.txt is read in a thread.
_QUICKLY_PARSED = 32 * 1024
_GZIP = b"\x1f\x8b"


class SiteClient:
    """Fetches for one job, one page at a time; as an async context manager it closes its connections."""

    def __init__(self, transport: SiteTransport, settings: ScrapeSettings) -> None:
        self._transport = transport
        self._settings = settings
        self._requester = Requester(transport, settings)
        self._robots: dict[Origin, Robots | FetchError] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.aclose()

    async def get(
        self,
        url: str,
        *,
        retries: int | None = None,
        connect_timeout: float | None = None,
        within: Callable[[str], bool] | None = None,
    ) -> Response:
        """The page, after up to 10 redirects, each checked like the first URL.

        `within`: whether a redirect may lead to that URL; where it says no, nothing is asked for there.
        `retries`: further tries of a request that got no answer, `connect_timeout`: seconds to connect and shake
        hands; without them the settings count. Raises a FetchError, with `http_status` and `final_url` where
        they are known.
        """
        demand = Demand(
            url=url,
            retries=self._settings.retries if retries is None else retries,
            connect_timeout=connect_timeout or self._settings.timeout,
            max_body=self._settings.max_body,
            within=within,
        )
        return await self._follow(parse_url(url), demand, _MAX_REDIRECTS)

    async def sitemap(self, url: str, *, within: Callable[[str], bool]) -> bytes:
        """The text of a sitemap, whatever its content type, inflated if it is a gzip file, and cut at `max_body`.

        Redirects as in `get`, up to 5; a request that got no answer is not tried again. Raises a FetchError.
        """
        demand = Demand(
            url=url,
            retries=0,
            connect_timeout=self._settings.timeout,
            max_body=self._settings.max_body,
            html_only=False,
            within=within,
        )
        body = (await self._follow(parse_url(url), demand, MAX_REDIRECTS)).body
        return await asyncio.to_thread(_inflated, body, demand.max_body) if body.startswith(_GZIP) else body

    def crawl_delay(self, url: str) -> float:
        """Seconds between two pages that the origin's robots.txt asks for, if it was read; at most 30."""
        rules = self._known_robots(url)
        return rules.crawl_delay if rules else 0.0

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the origin's robots.txt names, if it was read."""
        rules = self._known_robots(url)
        return rules.sitemaps if rules else ()

    async def _follow(
        self, url: httpx.URL, demand: Demand, max_redirects: int, *, ask_robots: bool = True
    ) -> Response:
        seen: set[tuple[str, str]] = set()
        for _ in range(max_redirects + 1):
            response = await self._step(url, demand, is_first=not seen, ask_robots=ask_robots)
            if not is_redirect(response.http_status, response.headers):
                return response
            # The same URL again may be on purpose: with a cookie that it has just set.
            state = (str(url), self._requester.cookies.header(host_of(url)))
            if state in seen:
                raise _redirect_error(f"{host_of(url)} redirects in a circle.", response)
            seen.add(state)
            try:
                url = redirect_target(url, response.headers["location"])
            except RedirectError as error:
                raise _redirect_error(f"{host_of(url)} redirects to what cannot be fetched.", response) from error
            if demand.within and not demand.within(str(url)):
                message = "The page leads to another site."
                raise RedirectError(message, http_status=response.http_status, final_url=str(url))
        raise _redirect_error(f"{host_of(url)} is reached by more than {max_redirects} redirects.", response)

    async def _step(self, url: httpx.URL, demand: Demand, *, is_first: bool, ask_robots: bool) -> Response:
        try:
            if ask_robots and not self._settings.ignore_robots:
                await self._ask_robots(url, demand)
            return await self._requester.request(url, demand)
        except FetchError as error:
            if error.final_url is None and not is_first:
                error.final_url = str(url)
            raise

    async def _ask_robots(self, url: httpx.URL, demand: Demand) -> None:
        """Let pass what robots.txt allows; raises RobotsDenied, or what its fetching raised."""
        origin = origin_of(url)
        rules = self._robots.get(origin)
        if rules is None:
            try:
                rules = self._robots[origin] = await self._load_robots(url, demand)
            except FetchError as error:
                self._robots[origin] = copy(error)
                raise
        if isinstance(rules, FetchError):
            raise copy(rules)
        if not rules.allows(str(url)):
            raise RobotsDenied(f"The robots.txt of {origin.host} does not allow this page.")

    async def _load_robots(self, url: httpx.URL, demand: Demand) -> Robots:
        """RFC 9309 §2.3.1: 4xx and too many redirects allow everything, 5xx and rubbish nothing."""
        demand = replace(demand, max_body=MAX_SIZE, html_only=False, within=None)
        try:
            robots_url = httpx.URL(f"{url.scheme}://{url.netloc.decode()}/robots.txt")
            response = await self._follow(robots_url, demand, MAX_REDIRECTS, ask_robots=False)
        except (HttpStatusError, RateLimited) as error:
            if error.http_status is not None and error.http_status >= 500:  # noqa: PLR2004 - server errors
                raise _robots_unreachable(url, f"answers with status {error.http_status}", error) from error
        except DecodeError as error:
            raise _robots_unreachable(url, "cannot be decoded", error) from error
        except RedirectError:
            pass
        else:
            if len(response.body) > _QUICKLY_PARSED:
                return await asyncio.to_thread(read_robots, response.body, host_of(url))
            return read_robots(response.body, host_of(url))
        return Robots()

    def _known_robots(self, url: str) -> Robots | None:
        with suppress(RedirectError):
            rules = self._robots.get(origin_of(parse_url(url)))
            return rules if isinstance(rules, Robots) else None
        return None


def _inflated(body: bytes, limit: int) -> bytes:
    inflated = Body("gzip", limit)
    inflated.feed(body)
    return inflated.content


def _redirect_error(message: str, response: Response) -> RedirectError:
    return RedirectError(message, http_status=response.http_status, final_url=response.final_url)


def _robots_unreachable(url: httpx.URL, problem: str, cause: FetchError) -> RobotsUnreachable:
    message = f"The robots.txt of {host_of(url)} {problem}, which forbids everything."
    return RobotsUnreachable(message, http_status=cause.http_status)
