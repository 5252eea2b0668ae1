"""Serves the hostile web: an address for each behaviour and door, and canaries where nobody may come."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from tests.hostile import bodies, doors, markup, names, redirects, robots, sitemaps, traps, wire
from tests.hostile.behaviour import PAGE, Behaviour, Door
from tests.web import Address, Visit, Web, answer, site

CANARIES = ("127.2.0.1", "127.0.0.1", "::1")
_TLS_HELLO = b"\x16"


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """One line of the list."""

    name: str
    line: str
    domain: str
    expected: Mapping[str, Any]
    #: None where nobody is at home.
    address: Address | None = None


@dataclass(slots=True)
class HostileWeb:
    """All hosts, and what the resolver is to say."""

    hosts: list[Host] = field(default_factory=list)
    canaries: list[Address] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=lambda: dict(names.NAMES))


@asynccontextmanager
async def serve(web: Web) -> AsyncIterator[HostileWeb]:
    """Open everything; the servers end with the web, the doors with the context."""
    hostile = HostileWeb()
    hostile.canaries = [await web.serve(site({"/": "secret"}), host=host) for host in CANARIES]
    there = site({"/there": PAGE})
    elsewhere = redirects.behaviours(await web.serve(there), await web.serve(there, tls="valid"), hostile.canaries)
    known = wire.BEHAVIOURS + bodies.BEHAVIOURS + robots.BEHAVIOURS + traps.BEHAVIOURS + doors.BEHAVIOURS
    opened: list[asyncio.Task[None]] = []
    try:
        for behaviour in [
            *known,
            *markup.BEHAVIOURS,
            *names.HOSTED,
            *elsewhere,
            *sitemaps.behaviours(hostile.canaries[0]),
        ]:
            for door in behaviour.doors:
                await _open(web, hostile, behaviour, door, opened)
        for line, expected in names.unhosted(hostile.canaries[0].port):
            domain = line.removeprefix("http://").partition("/")[0]
            hostile.hosts.append(Host(name=line[:60], line=line, domain=domain, expected=expected))
        yield hostile
    finally:
        for task in opened:
            task.cancel()
        await asyncio.gather(*opened, return_exceptions=True)


async def _open(
    web: Web, hostile: HostileWeb, behaviour: Behaviour, door: Door, opened: list[asyncio.Task[None]]
) -> None:
    host = behaviour.host
    shown = (host, f"www.{host}") if host else ()
    if door.plain and not door.entry.startswith("http:"):
        address = web.address("https" if door.tls else "http")
        context = web.certificates.server_context(door.tls, (address.host, *shown)) if door.tls else None
        listener = socket.create_server((address.host, 0))
        listener.setblocking(False)
        address.port = listener.getsockname()[1]
        opened.append(asyncio.create_task(_answer_both(web, listener, address, behaviour, context)))
    else:
        address = await web.serve(behaviour.handler, tls=door.tls, names=shown)
    domain = f"{host or address.host}:{address.port}"
    if host:
        bare = [] if host.startswith("only-www.") else [host]
        hostile.names |= {name: [*names.BEFORE.get(name, []), address.host] for name in (*bare, f"www.{host}")}
    line = door.entry.format(domain=domain, domain_with_dot=f"{host}.:{address.port}")
    scheme = door.entry.partition(":")[0].strip("{}") if "//" in door.entry else "no scheme"
    hostile.hosts.append(
        Host(
            name=f"{behaviour.name} ({scheme})",
            line=line,
            domain=domain,
            expected=behaviour.expected,
            address=address,
        )
    )


async def _answer_both(
    web: Web, listener: socket.socket, address: Address, behaviour: Behaviour, context: ssl.SSLContext | None
) -> None:
    """Take who comes with TLS and who comes without over one port, as nothing but the first byte tells."""
    loop = asyncio.get_running_loop()

    async def welcome(connection: socket.socket) -> None:
        with_tls = await _first_byte(connection) == _TLS_HELLO
        handler = behaviour.handler if context or not with_tls else _says_that_it_is_plain
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader, web.visited(address, handler))
        with suppress(OSError):
            await loop.connect_accepted_socket(lambda: protocol, connection, ssl=context if with_tls else None)

    with listener:
        async with asyncio.TaskGroup() as group:
            while True:
                connection, _ = await loop.sock_accept(listener)
                group.create_task(welcome(connection))


async def _first_byte(connection: socket.socket) -> bytes:
    readable = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(connection, readable.set)
    await readable.wait()
    loop.remove_reader(connection)
    with suppress(OSError):
        return connection.recv(1, socket.MSG_PEEK)
    return b""


async def _says_that_it_is_plain(visit: Visit) -> None:
    await visit.reader.read(1)
    await visit.send(answer(status=400))
