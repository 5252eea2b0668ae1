"""From an origin to an open connection: one address after the other, TLS, a proxy if there is one."""

import asyncio
import ssl
from base64 import b64encode
from itertools import chain, zip_longest
from time import monotonic
from typing import NamedTuple
from urllib.parse import unquote

import certifi
import httpx

from batchscrape.errors import ConnectError, DnsError, FetchTimeout, InputError
from batchscrape.fetching.connection import Connection
from batchscrape.fetching.failures import NetworkUnreachable, ResolverTrouble
from batchscrape.fetching.network import Network, Peer, Witnesses, has_route
from batchscrape.fetching.origins import Origin
from batchscrape.fetching.resolver import Resolver
from batchscrape.fetching.slots import AddressSlots, Slot

_ADDRESSES_TRIED = 4
#: Seconds to find out whether an address still answers.
_PATIENCE = 5.0
_LEGACY_SERVER_CONNECT = 0x4


class Proxy(NamedTuple):
    """An HTTP proxy."""

    host: str
    port: int
    #: The `Proxy-Authorization` header with its line end, or nothing.
    authorization: bytes


def parse_proxy(text: str) -> Proxy:
    """Read `http://[user:password@]host[:port]`; raises InputError without repeating the password."""
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme != "http" or not url.host:
        raise InputError("--proxy needs the URL of an HTTP proxy, such as http://proxy.example:3128.")
    secret = unquote(url.userinfo.decode()).encode()
    authorization = b"Proxy-Authorization: Basic " + b64encode(secret) + b"\r\n" if secret else b""
    return Proxy(url.raw_host.decode(), url.port or 80, authorization)


def tls_context() -> ssl.SSLContext:
    """The context of all connections: certificates as the system and certifi trust them, HTTP/1.1 alone."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    context.options |= _LEGACY_SERVER_CONNECT  # as browsers do; OpenSSL 3 would refuse old servers
    return context


class Dialer:
    """Opens the connections of one process."""

    def __init__(self, resolver: Resolver, tls: ssl.SSLContext, proxy: Proxy | None) -> None:
        self.resolver = resolver
        self._tls = tls
        self._proxy = proxy
        self._slots = AddressSlots()
        self._peers = Witnesses(self._answers)
        # Behind a proxy there need not be a way to the internet.
        self.network = Network(resolver.names, self._peers, (lambda: True) if proxy else has_route)

    def extra_headers(self, origin: Origin) -> bytes | None:
        """The header lines of a request that is sent to a proxy in absolute form; None where it is not."""
        return self._proxy.authorization if self._proxy and origin.scheme == "http" else None

    async def dial(
        self, origin: Origin, addresses: tuple[str, ...], budget: float, deadline: asyncio.Timeout | None
    ) -> Connection:
        """A connection to the first address that takes it within the seconds of the budget.

        Each address gets a fair share of the time that is left. Raises FetchTimeout, ConnectError, OSError.
        """
        loop = asyncio.get_running_loop()
        candidates = _families_in_turn(addresses)[: 1 if self._proxy else _ADDRESSES_TRIED]
        failure: Exception | None = None
        left = budget
        for tried, address in enumerate(candidates):
            slot = await self._slots.acquire(address, deadline)
            started = loop.time()
            try:
                async with asyncio.timeout(left / (len(candidates) - tried)):
                    return await self._open(origin, address, slot)
            except ssl.SSLError:
                raise
            except OSError as error:
                failure = failure or error
            left -= loop.time() - started
        if isinstance(failure, TimeoutError) and failure.errno is None:
            raise FetchTimeout(f"{origin.host} could not be connected to within {budget:g} s.") from failure
        raise failure or ConnectError(f"{origin.host} has no address.")

    async def _open(self, origin: Origin, address: str, slot: Slot) -> Connection:
        connection = Connection(slot)
        began = monotonic()
        try:
            if self._proxy:
                await self._open_through_proxy(self._proxy, origin, connection)
            else:
                tls = self._tls if origin.scheme == "https" else None
                await asyncio.get_running_loop().create_connection(
                    lambda: connection,
                    address,
                    origin.port,
                    ssl=tls,
                    server_hostname=origin.host if tls else None,
                )
                self._peers.note(Peer(address, origin.port), began)
        except BaseException:
            connection.close()
            slot.release()
            raise
        return connection

    async def _open_through_proxy(self, proxy: Proxy, origin: Origin, connection: Connection) -> None:
        loop = asyncio.get_running_loop()
        began = monotonic()
        try:
            address, *_ = await self.resolver.resolve(proxy.host)
            await loop.create_connection(lambda: connection, address, proxy.port)
        except ResolverTrouble:
            raise
        except (OSError, DnsError) as error:
            raise NetworkUnreachable(f"The proxy {proxy.host} cannot be connected to.") from error
        self._peers.note(Peer(address, proxy.port), began)
        if origin.scheme == "http":
            return
        target = f"[{origin.host}]" if ":" in origin.host else origin.host
        request = f"CONNECT {target}:{origin.port} HTTP/1.1\r\nHost: {target}:{origin.port}\r\n".encode()
        answer = await connection.ask(request + proxy.authorization + b"\r\n")
        if not 200 <= answer.status < 300:  # noqa: PLR2004 - successful (RFC 9110 §9.3.6)
            raise ConnectError(f"The proxy {proxy.host} refuses {origin.host} with status {answer.status}.")
        connection.finish()
        await connection.start_tls(self._tls, origin.host)

    async def _answers(self, peer: Peer) -> bool:
        """Whether the address takes a connection now, or says that it does not; nothing is asked of it."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(_PATIENCE):
                transport, _ = await loop.create_connection(asyncio.Protocol, *peer)
        except ConnectionRefusedError:
            return self._proxy is None
        except OSError:
            return False
        transport.close()
        return True


def _families_in_turn(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """IPv6 and IPv4 alternately, the resolver's first choice first (RFC 8305 §4)."""
    first = [address for address in addresses if (":" in address) == (":" in addresses[0])]
    second = [address for address in addresses if (":" in address) != (":" in addresses[0])]
    return tuple(filter(None, chain.from_iterable(zip_longest(first, second))))
