"""From a host name to its addresses: cached for a short while, and without the resolver where a rule answers."""

import asyncio
import re
import socket
from time import monotonic
from typing import NamedTuple

from batchscrape.errors import DnsError
from batchscrape.fetching.failures import ResolverTrouble, printable
from batchscrape.fetching.guard import literal_address
from batchscrape.fetching.lookups import Asked, Found, Lookup, LookupThreads, system_lookup
from batchscrape.fetching.network import Witnesses

#: Seconds.
_LIFE = 60.0
_LIFE_OF_FAILURE = 30.0
_LOOKUP_TIMEOUT = 10.0
_CACHE_SIZE = 10_000
#: Seconds to find out whether the resolver still answers, and the name for that as long as it never has.
_PATIENCE = 5.0
_ROOT_SERVER = "a.root-servers.net"

_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*", re.ASCII)
#: Top-level names that no resolver is asked for (RFC 6761 §6.2 to §6.4, RFC 7686).
_NOWHERE = frozenset({"invalid", "test", "onion"})
_LOOPBACK = ("127.0.0.1", "::1")
_NO_SUCH_NAME = frozenset(
    code
    for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY", "EAI_FAIL")
    if (code := getattr(socket, name, None)) is not None
)


class _Known(NamedTuple):
    until: float
    #: None: there is no such name.
    addresses: tuple[str, ...] | None


class Resolver:
    """Resolves names for one process; a name that is asked for twice at once is looked up once."""

    def __init__(self, lookup: Lookup = system_lookup) -> None:
        self._threads = LookupThreads(lookup)
        #: Threads of their own: the others may all wait for broken name servers.
        self._asking = LookupThreads(lookup)
        #: Names for which the resolver said something, be it that they do not exist.
        self.names = Witnesses(self._answers, last_resort=_ROOT_SERVER)
        self._known: dict[str, _Known] = {}
        self._asked: dict[str, Asked] = {}

    async def resolve(self, host: str) -> tuple[str, ...]:
        """The host's addresses, best first; raises DnsError (no such name) or ResolverTrouble."""
        name = host.lower().removesuffix(".")
        addresses = _without_resolver(name)
        if addresses is None:
            known = self._known.get(name)
            addresses = known.addresses if known and known.until > monotonic() else await self._look_up(name)
        if not addresses:
            raise DnsError(f"The name {printable(name)} has no address.")
        return addresses

    def close(self) -> None:
        """End the threads; those that still wait for an answer end with the process."""
        self._threads.close()
        self._asking.close()

    async def _look_up(self, name: str) -> tuple[str, ...] | None:
        began = monotonic()
        asked = self._asked.get(name)
        if asked is None:
            asked = self._asked[name] = self._threads.ask(name)
            asked.found.add_done_callback(lambda _: self._asked.pop(name, None))
        await asyncio.shield(asked.taken)
        try:
            async with asyncio.timeout(_LOOKUP_TIMEOUT):
                found = await asyncio.shield(asked.found)
        except TimeoutError:
            raise ResolverTrouble(f"The resolver does not answer for {name}.") from None
        if _is_trouble(found):
            raise ResolverTrouble(f"The resolver fails for {name}.") from found.failure
        self.names.note(name, began)
        addresses = None if found.failure else found.addresses
        self._remember(name, addresses)
        return addresses

    async def _answers(self, name: str) -> bool:
        """Whether the resolver says anything about the name now."""
        try:
            async with asyncio.timeout(_PATIENCE):
                return not _is_trouble(await self._asking.ask(name).found)
        except TimeoutError:
            return False

    def _remember(self, name: str, addresses: tuple[str, ...] | None) -> None:
        self._known.pop(name, None)
        if len(self._known) >= _CACHE_SIZE:
            del self._known[next(iter(self._known))]
        self._known[name] = _Known(monotonic() + (_LIFE if addresses else _LIFE_OF_FAILURE), addresses)


def _is_trouble(found: Found) -> bool:
    return found.failure is not None and found.failure.errno not in _NO_SUCH_NAME


def _without_resolver(name: str) -> tuple[str, ...] | None:
    """What needs no resolver: an address, `localhost`, a name that cannot exist (no addresses)."""
    last = name.rpartition(".")[2]
    if last in _NOWHERE:
        return ()
    if last == "localhost":
        return _LOOPBACK
    if ":" in name or last[:1].isdigit():
        literal = literal_address(name)
        if literal is not None:
            return (literal,)
        if ":" in name or last.isdigit():
            return ()
    return None if _NAME.fullmatch(name) else ()
