"""At most 8 connections of this process to one address, however many sites live there.

A connection that waits idle for its site's next page gives way when another site wants to connect.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

_CONNECTIONS_PER_ADDRESS = 8


class Idle(Protocol):
    """An idle connection; closing it releases its slot."""

    def close(self) -> None:
        """Close it at once."""


@dataclass(slots=True, eq=False)
class _Address:
    taken: int = 0
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)
    idle: dict[Idle, None] = field(default_factory=dict)


class Slot:
    """The right to one connection to an address, from `acquire` to `release`."""

    __slots__ = ("_parked", "_release", "_state")

    def __init__(self, state: _Address, release: Callable[[], None]) -> None:
        self._state = state
        self._release: Callable[[], None] | None = release
        self._parked: Idle | None = None

    def release(self) -> None:
        """Give it back; a second time does nothing."""
        self.unpark()
        release, self._release = self._release, None
        if release is not None:
            release()

    def park(self, connection: Idle) -> None:
        """Note that its connection idles: it is closed when somebody wants the slot, perhaps at once."""
        if self._state.waiting:
            connection.close()
        else:
            self._parked = connection
            self._state.idle[connection] = None

    def unpark(self) -> None:
        """Note that its connection is in use again."""
        if self._parked is not None:
            self._state.idle.pop(self._parked, None)
            self._parked = None


class AddressSlots:
    """Hands out the slots of each address, first come, first served; an unused address leaves nothing."""

    def __init__(self) -> None:
        self._addresses: dict[str, _Address] = {}

    async def acquire(self, address: str, deadline: asyncio.Timeout | None = None) -> Slot:
        """Take a slot; while there is none the deadline stands still: waiting is not the site's fault."""
        state = self._addresses.setdefault(address, _Address())
        if state.taken < _CONNECTIONS_PER_ADDRESS:
            state.taken += 1
        else:
            with _stopped(deadline):
                await self._wait(address, state)
        return Slot(state, partial(self._release, address))

    async def _wait(self, address: str, state: _Address) -> None:
        waiter = asyncio.get_running_loop().create_future()
        state.waiting.append(waiter)
        if state.idle:
            oldest = next(iter(state.idle))
            del state.idle[oldest]
            oldest.close()
        try:
            await waiter
        except asyncio.CancelledError:
            if not waiter.cancelled():
                self._release(address)
            raise

    def _release(self, address: str) -> None:
        state = self._addresses[address]
        while state.waiting:
            waiter = state.waiting.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return
        state.taken -= 1
        if not state.taken:
            del self._addresses[address]


@contextmanager
def _stopped(deadline: asyncio.Timeout | None) -> Iterator[None]:
    if deadline is None or (until := deadline.when()) is None:
        yield
        return
    now = asyncio.get_running_loop().time
    since = now()
    deadline.reschedule(None)
    yield
    deadline.reschedule(until + now() - since)
