"""An httpx transport that knows the guard: one connection kept alive per origin, over llhttp."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx

from batchscrape.fetching.connection import Connection
from batchscrape.fetching.dialing import Dialer
from batchscrape.fetching.failures import ConnectionEnded
from batchscrape.fetching.guard import Guard
from batchscrape.fetching.origins import Origin, origin_of

#: Origins of one site whose connections are kept.
_KEPT = 4
_CONNECT_TIMEOUT = 15.0


class SiteTransport(httpx.AsyncBaseTransport):
    """Sends the requests of one site: GET and HEAD. It neither follows redirects nor decodes.

    Extensions of a request: `connect_timeout` (seconds), `deadline` (the `asyncio.Timeout` around it). What it
    raises, `failures.translate` knows.
    """

    def __init__(self, dialer: Dialer, guard: Guard) -> None:
        self._dialer = dialer
        self.network = dialer.network
        self._guard = guard
        self._kept: dict[Origin, Connection] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request; its answer comes back when its head is there, the body as a stream, undecoded."""
        origin = origin_of(request.url)
        head = _serialize(request, self._dialer.extra_headers(origin))
        kept = self._kept.pop(origin, None)
        if kept is not None and kept.usable:
            kept.slot.unpark()
            try:
                return await self._exchange(kept, origin, head, request)
            except ConnectionEnded as ended:
                if not ended.silent:
                    raise
        connection = await self._connect(origin, request.extensions)
        return await self._exchange(connection, origin, head, request)

    async def aclose(self) -> None:
        """Close every connection that is kept."""
        for connection in self._kept.values():
            connection.close()
        self._kept.clear()

    def take_back(self, connection: Connection, origin: Origin) -> None:
        """Keep the connection for the next request, or close it if it cannot carry one."""
        if not connection.finish():
            connection.close()
            return
        dropped = self._kept.pop(origin, None)
        if dropped is None and len(self._kept) >= _KEPT:
            dropped = self._kept.pop(next(iter(self._kept)))
        if dropped is not None:
            dropped.close()
        self._kept[origin] = connection
        connection.slot.park(connection)

    async def _connect(self, origin: Origin, extensions: Mapping[str, Any]) -> Connection:
        self._guard.check_name(origin.host)
        addresses = self._guard.permitted(origin.host, await self._dialer.resolver.resolve(origin.host))
        budget: float = extensions.get("connect_timeout", _CONNECT_TIMEOUT)
        return await self._dialer.dial(origin, addresses, budget, extensions.get("deadline"))

    async def _exchange(
        self, connection: Connection, origin: Origin, head: bytes, request: httpx.Request
    ) -> httpx.Response:
        try:
            answer = await connection.ask(head, is_head=request.method == "HEAD")
        except BaseException:
            connection.close()
            raise
        return httpx.Response(
            answer.status, headers=answer.fields, stream=_Body(self, connection, origin), request=request
        )


class _Body(httpx.AsyncByteStream):
    """The body as it comes; closing it hands the connection back."""

    def __init__(self, transport: SiteTransport, connection: Connection, origin: Origin) -> None:
        self._transport = transport
        self._connection = connection
        self._origin = origin

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while piece := await self._connection.read():
            yield piece

    async def aclose(self) -> None:
        self._transport.take_back(self._connection, self._origin)


def _serialize(request: httpx.Request, proxied: bytes | None) -> bytes:
    """The request as it goes out; `proxied`: extra header lines, for a proxy that wants the absolute form."""
    url = request.url
    target = url.raw_path if proxied is None else b"http://" + url.netloc + url.raw_path
    lines = [b"%b %b HTTP/1.1\r\n" % (request.method.encode(), target)]
    lines += [b"%b: %b\r\n" % field for field in request.headers.raw]
    return b"".join((*lines, proxied or b"", b"\r\n"))
