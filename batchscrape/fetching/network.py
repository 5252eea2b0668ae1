"""Tell trouble of our own network from a site's own: ask again what has answered earlier in this run.

What a site may be to blame for is never taken for an outage while anything answers, so a list full of dead names
and dead hosts just fails. As long as all is well nothing is asked, and only the time of an answer is noted.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from math import inf
from time import monotonic
from typing import Generic, NamedTuple, TypeVar

from batchscrape.errors import FetchError, FetchTimeout, NetworkDown
from batchscrape.fetching.failures import NetworkUnreachable, ResolverTrouble

#: Seconds between two rounds of questions, however much fails.
_INTERVAL = 1.0
#: Witnesses that are kept, and that are asked in one round.
_KEPT, _ASKED = 8, 3
#: Root servers; connecting a datagram socket to them sends nothing, and fails without a route.
_FAR_AWAY = ((socket.AF_INET, "198.41.0.4"), (socket.AF_INET6, "2001:503:ba3e::2:30"))

T = TypeVar("T")


class Peer(NamedTuple):
    """Where a connection was established to: a site, or the proxy."""

    address: str
    port: int


class Witnesses(Generic[T]):
    """A few of those that answered last, the most trusted first; `ask` tells whether one of them still does."""

    def __init__(self, ask: Callable[[T], Awaitable[bool]], last_resort: T | None = None) -> None:
        """`last_resort` is asked as long as there are no others."""
        self._ask = ask
        self._last_resort = last_resort
        self._known: list[T] = []
        self._heard = asyncio.Event()
        self._heard_at = self._asked_at = -inf
        self._round: asyncio.Task[bool] | None = None

    @property
    def exist(self) -> bool:
        """Whether anything has answered in this run."""
        return bool(self._known)

    def note(self, witness: T, began: float) -> None:
        """It has just answered what was begun then (`time.monotonic()`)."""
        self._hear(began)
        if witness not in self._known:
            self._known = [*self._known[1 - _KEPT :], witness]

    def heard_since(self, moment: float) -> bool:
        """Whether any has answered what was begun after that `time.monotonic()`."""
        return self._heard_at >= moment

    async def vouch(self, since: float) -> bool:
        """Whether any answers since then, by itself or because it is asked now, for all who doubt."""
        while not self.heard_since(since):
            if self._round is None or self._round.done():
                self._round = asyncio.create_task(self._ask_around())
            if not await asyncio.shield(self._round):
                return False
        return True

    def close(self) -> None:
        """Ask no more."""
        if self._round is not None:
            self._round.cancel()

    def _hear(self, began: float) -> None:
        self._heard_at = max(self._heard_at, began)
        self._heard.set()

    async def _ask_around(self) -> bool:
        if await self._hears_before(self._asked_at + _INTERVAL):
            return True
        self._asked_at = monotonic()
        asked = self._known[:_ASKED] or [each for each in (self._last_resort,) if each is not None]
        for silent, witness in enumerate(asked):
            if await self._ask(witness):
                self._hear(self._asked_at)
                del self._known[:silent]
                return True
        self._known = self._known[_ASKED:] + self._known[:_ASKED]
        return self.heard_since(self._asked_at)

    async def _hears_before(self, moment: float) -> bool:
        self._heard.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(moment - monotonic()):
                return await self._heard.wait()
        return False


class Network:
    """What a process knows of its own network."""

    def __init__(self, names: Witnesses[str], peers: Witnesses[Peer], has_route: Callable[[], bool]) -> None:
        """`names`: those that the resolver answered for; `has_route` is asked while there is no peer."""
        self._names = names
        self._peers = peers
        self._has_route = has_route
        self._failure: FetchError | None = None
        #: `time.monotonic()` of when it was last found to be down.
        self._down_at = -inf

    async def confirm(self, failure: FetchError, began: float) -> None:
        """Return where the failure of what began then (`time.monotonic()`) is the site's own: others answer.

        Raises NetworkDown where nothing that answered earlier answers now, or did not meanwhile.
        """
        if not isinstance(failure, ResolverTrouble | NetworkUnreachable | FetchTimeout):
            return
        if not await self._works(failure, monotonic()):
            self._failure = failure
            self._down_at = monotonic()
        if self._down_at >= began:
            raise NetworkDown(str(failure)) from failure

    async def is_back(self) -> bool:
        """Whether what was in doubt when the network went down answers again."""
        if self._failure is not None and not await self._works(self._failure, monotonic()):
            self._down_at = monotonic()
            return False
        return True

    def close(self) -> None:
        """Ask no more."""
        self._names.close()
        self._peers.close()

    async def _works(self, failure: FetchError, since: float) -> bool:
        if isinstance(failure, ResolverTrouble):
            return await self._resolver_works(since)
        if self._peers.exist:
            return await self._peers.vouch(since)
        return isinstance(failure, FetchTimeout) or self._has_route()

    async def _resolver_works(self, since: float) -> bool:
        """A name that answers again may come from a cache on this machine: then a peer has to answer, too."""
        if self._names.heard_since(since):
            return True
        if self._peers.exist and not await self._peers.vouch(since):
            return False
        return (self._peers.exist and not self._names.exist) or await self._names.vouch(since)


def has_route() -> bool:
    """Whether this machine has a way to the internet at all."""
    for family, address in _FAR_AWAY:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 53))
            return True
    return False
