"""A web of our own on loopback: every server on an address of its own, behaving as its handler says.

    async with Web() as web:
        good = await web.serve(site({"/": "<p>hello"}))
        slow = await web.serve(raw(b"HTTP/1.1 200 OK\\r\\n", pause=0.1))
        await fetch(good.url("/")); assert good.paths == ["/robots.txt", "/"]

A handler is called for each connection and gets a `Visit`.
"""

import asyncio
import itertools
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypeAlias

import trustme

Tls: TypeAlias = Literal["valid", "self-signed", "expired", "other-name"] | None

_ENDED = (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError)


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came in."""

    method: str
    #: As it was sent: mostly path and query.
    target: str
    #: Lower-case names.
    headers: Mapping[str, str]


@dataclass(slots=True, eq=False)
class Address:
    """One server, and what it has seen."""

    host: str
    scheme: str
    port: int = 0
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    open_now: int = 0
    most_open: int = 0
    _quiet: asyncio.Event = field(default_factory=asyncio.Event)

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"{self.scheme}://{host or self.bracketed}:{self.port}{path}"

    @property
    def domain(self) -> str:
        """As it stands in a list of domains."""
        return f"{self.bracketed}:{self.port}"

    @property
    def bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def paths(self) -> list[str]:
        return [request.target for request in self.requests]

    async def all_closed(self) -> None:
        """Wait until no connection is open."""
        while self.open_now:
            self._quiet.clear()
            await self._quiet.wait()

    @asynccontextmanager
    async def counted(self) -> AsyncIterator[None]:
        self.connections += 1
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        try:
            yield
        finally:
            self.open_now -= 1
            self._quiet.set()


@dataclass(frozen=True, slots=True)
class Visit:
    """One connection to a server."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    address: Address

    async def request(self) -> Request | None:
        """The next request, noted with its address; None when the client has gone."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        line, *fields = head.decode("latin-1").split("\r\n")[:-2]
        method, target, _ = line.split(" ", 2)
        pairs = (line.split(": ", 1) for line in fields)
        request = Request(method, target, {name.lower(): value for name, value in pairs})
        self.address.requests.append(request)
        return request

    async def send(self, *parts: bytes) -> None:
        for part in parts:
            if self.writer.is_closing():
                raise ConnectionResetError
            self.writer.write(part)
            await self.writer.drain()

    async def until_gone(self) -> None:
        """Wait until the client closes."""
        await self.reader.read()

    def reset(self) -> None:
        """End the connection with a TCP reset."""
        linger = struct.pack("ii", 1, 0)
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.writer.transport.abort()


Handler: TypeAlias = Callable[[Visit], Awaitable[None]]


def answer(
    body: bytes | str = b"",
    *,
    status: int = 200,
    content_type: str | None = "text/html; charset=utf-8",
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """The bytes of a whole answer with `Content-Length`."""
    body = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}"]
    if content_type is not None:
        lines.append(f"Content-Type: {content_type}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def redirect(location: str, *, status: int = 302, headers: Mapping[str, str] | None = None) -> bytes:
    return answer(status=status, headers={"Location": location, **(headers or {})})


def site(pages: Mapping[str, bytes | str]) -> Handler:
    """Serves pages by path over kept-alive connections: text is HTML, bytes are a whole answer; else 404."""

    async def handle(visit: Visit) -> None:
        while request := await visit.request():
            page = pages.get(request.target, answer("<p>nothing here", status=404))
            await visit.send(page if isinstance(page, bytes) else answer(page))

    return handle


def raw(*parts: bytes, pause: float = 0.0, robots: bool = False) -> Handler:
    """Sends the parts after each request for a page, then closes; robots.txt is a 404 unless `robots`."""

    async def handle(visit: Visit) -> None:
        while (request := await visit.request()) and request.target == "/robots.txt" and not robots:
            await visit.send(answer(status=404))
        for part in parts:
            await visit.send(part)
            await asyncio.sleep(pause)

    return handle


def endless(start: bytes, again: bytes, pause: float = 0.0) -> Handler:
    """Sends the start, then the rest again and again until the client goes."""

    async def handle(visit: Visit) -> None:
        while (request := await visit.request()) and request.target == "/robots.txt":
            await visit.send(answer(status=404))
        await visit.send(start)
        while not visit.writer.is_closing():
            await visit.send(again)
            await asyncio.sleep(pause)

    return handle


async def silent(visit: Visit) -> None:
    """Takes the connection and says nothing."""
    await visit.until_gone()


class Certificates:
    """A certificate authority, and what servers show that it does or does not vouch for."""

    def __init__(self) -> None:
        self._authority = trustme.CA()

    def client_context(self) -> ssl.SSLContext:
        """For a client that trusts the authority, and no other."""
        context = ssl.create_default_context()
        self._authority.configure_trust(context)
        return context

    def write(self, file: Path) -> None:
        """For a process that is told to trust it by SSL_CERT_FILE."""
        self._authority.cert_pem.write_to_path(file)

    def server_context(self, kind: Tls, names: tuple[str, ...]) -> ssl.SSLContext:
        authority = trustme.CA() if kind == "self-signed" else self._authority
        until = datetime.now(UTC) - timedelta(days=1) if kind == "expired" else None
        shown = ("other.example",) if kind == "other-name" else names
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*shown, not_after=until).configure_cert(context)
        return context


class Web:
    """Servers on loopback addresses of their own, from 127.1.0.1 on; they end with the context."""

    def __init__(self, certificates: Certificates | None = None) -> None:
        self.certificates = certificates or Certificates()
        self._hosts = (f"127.1.{number >> 8}.{number & 255}" for number in itertools.count(1))
        self._servers: list[asyncio.Server] = []
        self._visits: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers:
            server.close()
        for visit in self._visits:
            visit.cancel()
        await asyncio.gather(*self._visits, return_exceptions=True)

    async def serve(
        self,
        handler: Handler,
        *,
        tls: Tls = None,
        host: str | None = None,
        port: int = 0,
        names: tuple[str, ...] = (),
    ) -> Address:
        """Start a server; `names`: what its certificate is for, beside its address."""
        address = self.address("https" if tls else "http", host)
        context = self.certificates.server_context(tls, (address.host, *names)) if tls else None
        server = await asyncio.start_server(self.visited(address, handler), address.host, port, ssl=context)
        self._servers.append(server)
        address.port = server.sockets[0].getsockname()[1]
        return address

    def address(self, scheme: str, host: str | None = None) -> Address:
        """Where nobody listens yet."""
        return Address(host or next(self._hosts), scheme)

    def visited(
        self, address: Address, handler: Handler
    ) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], None]:
        """What `asyncio.start_server` calls for each connection."""

        def start(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.ensure_future(_visit(Visit(reader, writer, address), handler))
            self._visits.add(task)
            task.add_done_callback(self._visits.discard)

        return start


async def _visit(visit: Visit, handler: Handler) -> None:
    async with visit.address.counted():
        try:
            with suppress(*_ENDED):
                await handler(visit)
                if visit.writer.can_write_eof() and not visit.writer.is_closing():
                    visit.writer.write_eof()
        finally:
            visit.writer.close()
            with suppress(*_ENDED):
                await visit.writer.wait_closed()
