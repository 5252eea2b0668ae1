"""One URL, one answer: headers, cookies, the time-out over everything, limits, and another try where it helps."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic, perf_counter

import httpx

from batchscrape.errors import FetchError, NotHtml
from batchscrape.fetching.content import ENOUGH_TO_SNIFF, is_binary, is_html, looks_like_html
from batchscrape.fetching.cookies import Cookies
from batchscrape.fetching.decoding import ACCEPTED, Body
from batchscrape.fetching.failures import printable, translate
from batchscrape.fetching.origins import host_of
from batchscrape.fetching.response import Response
from batchscrape.fetching.retrying import back_off, is_passing, status_failure, wait_asked_for
from batchscrape.fetching.transport import SiteTransport
from batchscrape.settings import ScrapeSettings

logger = logging.getLogger(__name__)

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """How a URL is asked for."""

    #: The URL that the caller named, for its `Response`.
    url: str
    #: Further tries when there is no answer; for answers such as 503 the settings count.
    retries: int
    #: Seconds, for the connection and its TLS.
    connect_timeout: float
    #: Bytes of the body, decompressed.
    max_body: int
    #: Take nothing but HTML.
    html_only: bool = True
    #: Whether a redirect may lead there; None lets all pass.
    within: Callable[[str], bool] | None = None


class Requester:
    """Asks the URLs of one site."""

    def __init__(self, transport: SiteTransport, settings: ScrapeSettings) -> None:
        self._transport = transport
        self._settings = settings
        self.cookies = Cookies()
        user_agent = "".join(filter(str.isprintable, settings.user_agent))
        self._fields = [
            (b"User-Agent", user_agent.encode()),
            (b"Accept", b"text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"),
            (b"Accept-Encoding", ACCEPTED.encode()),
        ]

    async def request(self, url: httpx.URL, demand: Demand) -> Response:
        """The answer, a redirect too, after as many tries as it takes; raises FetchError, also for 4xx and 5xx."""
        tries = 0
        while True:
            tries += 1
            wait = back_off(tries)
            try:
                response = await self._try(url, demand)
            except FetchError as error:
                if tries > demand.retries or not is_passing(error):
                    raise
            else:
                failure = status_failure(response, host_of(url), self._settings.domain_timeout)
                if failure is None:
                    return response
                if tries > self._settings.retries or not is_passing(failure):
                    raise failure
                wait = wait_asked_for(response) or wait
            await asyncio.sleep(wait)

    async def _try(self, url: httpx.URL, demand: Demand) -> Response:
        timeout = self._settings.timeout
        answer: httpx.Response | None = None
        began = monotonic()
        try:
            async with asyncio.timeout(timeout) as deadline:
                started = perf_counter()
                answer = await self._transport.handle_async_request(self._build(url, demand, deadline))
                try:
                    response = await self._receive(answer, url, demand, started)
                finally:
                    await answer.aclose()
        except Exception as error:  # noqa: BLE001 - sorted out, or raised again, in one place
            failure = translate(error, host_of(url), timeout)
            if answer is not None:
                failure.http_status = answer.status_code
                failure.final_url = str(url)
            logger.debug("GET %s: %s", url, failure)
            await self._transport.network.confirm(failure, began)
            raise failure from (None if failure is error else error)
        logger.debug("GET %s: %d in %.0f ms", url, response.http_status, response.duration * 1000)
        return response

    def _build(self, url: httpx.URL, demand: Demand, deadline: asyncio.Timeout) -> httpx.Request:
        cookies = self.cookies.header(host_of(url))
        # Named here, or httpx would ask for `URL.host` (see host_of).
        fields = [(b"Host", url.netloc), *self._fields]
        if cookies:
            fields.append((b"Cookie", cookies.encode()))
        extensions = {"connect_timeout": demand.connect_timeout, "deadline": deadline}
        return httpx.Request("GET", url, headers=fields, extensions=extensions)

    async def _receive(self, answer: httpx.Response, url: httpx.URL, demand: Demand, started: float) -> Response:
        headers = _joined(answer.headers.raw)
        if "set-cookie" in headers:
            self.cookies.take(host_of(url), headers["set-cookie"])
        status = answer.status_code
        is_page = status < 400 and not is_redirect(status, headers)  # noqa: PLR2004 - errors start there
        body = await _read(answer, headers, demand, host_of(url)) if is_page else None
        return Response(
            url=demand.url,
            final_url=str(url),
            http_status=status,
            headers=headers,
            content_type=printable(headers.get("content-type", ""), 200) or None,
            body=body.content if body else b"",
            truncated=body.truncated if body else False,
            duration=perf_counter() - started,
            fetched_at=datetime.now(UTC),
        )


def is_redirect(status: int, headers: Mapping[str, str]) -> bool:
    """Whether the answer leads elsewhere."""
    return status in _REDIRECTS and "location" in headers


async def _read(answer: httpx.Response, headers: Mapping[str, str], demand: Demand, host: str) -> Body:
    content_type = headers.get("content-type")
    named = is_html(content_type) if demand.html_only else None
    if named is False:
        raise NotHtml(f"{host} answers with {printable(content_type or 'something')}, which is no HTML.")
    body = Body(headers.get("content-encoding", ""), demand.max_body)
    to_judge = demand.html_only
    async for piece in answer.stream:  # type: ignore[union-attr]  # our transport's streams are asynchronous
        more = body.feed(piece)
        if to_judge and (not more or body.size >= ENOUGH_TO_SNIFF):
            _must_be_html(body.content, host, named=bool(named))
            to_judge = False
        if not more:
            break
    if to_judge:
        _must_be_html(body.content, host, named=bool(named))
    return body


def _must_be_html(start: bytes, host: str, *, named: bool) -> None:
    if named and is_binary(start):
        raise NotHtml(f"{host} answers with something that is no HTML, though it says so.")
    if not named and not looks_like_html(start):
        raise NotHtml(f"{host} answers with something that is no HTML and names no content type.")


def _joined(fields: list[tuple[bytes, bytes]]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for raw_name, raw_value in fields:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1").strip()
        if name in headers:
            value = headers[name] + ("\n" if name == "set-cookie" else ", ") + value
        headers[name] = value
    return headers
