"""Threads that ask the system's resolver: enough for a thousand names at once, and none holds up an exit."""

import asyncio
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import SimpleQueue
from typing import NamedTuple, TypeAlias, TypeVar

#: Name → its addresses; blocks, and raises OSError (socket.gaierror).
Lookup: TypeAlias = Callable[[str], Sequence[str]]

_THREADS = 1_000

T = TypeVar("T")


class Found(NamedTuple):
    """What the resolver said."""

    addresses: tuple[str, ...] = ()
    failure: OSError | None = None


class Asked(NamedTuple):
    """A question; neither future is ever given an exception."""

    #: Done when a thread turns to it: until then it waits for others.
    taken: asyncio.Future[None]
    found: asyncio.Future[Found]


def system_lookup(host: str) -> Sequence[str]:
    """The addresses of a name in the order of RFC 6724; raises socket.gaierror."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for _, _, _, _, sockaddr in found))


class LookupThreads:
    """Daemon threads (those of `concurrent.futures` are waited for at exit), started as they are needed."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._names: SimpleQueue[tuple[str, Asked] | None] = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._started = 0

    def ask(self, host: str) -> Asked:
        """Have a thread ask the resolver."""
        loop = asyncio.get_running_loop()
        asked = Asked(loop.create_future(), loop.create_future())
        self._names.put((host, asked))
        if not self._idle.acquire(blocking=False) and self._started < _THREADS:
            self._start_another()
        return asked

    def _start_another(self) -> None:
        """Where the system grants no further thread, those that there are do the work."""
        thread = threading.Thread(target=self._work, name="lookup", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            if not self._started:
                raise
        else:
            self._started += 1

    def close(self) -> None:
        """Let the threads end when they have answered."""
        for _ in range(self._started):
            self._names.put(None)

    def _work(self) -> None:
        while (taken := self._names.get()) is not None:
            host, asked = taken
            _settle_soon(asked.taken, None)
            _settle_soon(asked.found, self._find(host))
            if self._names.empty():
                self._idle.release()

    def _find(self, host: str) -> Found:
        try:
            return Found(addresses=tuple(self._lookup(host)))
        except OSError as error:
            return Found(failure=error)
        except UnicodeError as error:  # the codec of `getaddrinfo` refuses the name
            return Found(failure=socket.gaierror(socket.EAI_NONAME, str(error)))


def _settle_soon(future: asyncio.Future[T], result: T) -> None:
    with suppress(RuntimeError):  # the loop is closed: nobody waits any more
        future.get_loop().call_soon_threadsafe(_settle, future, result)


def _settle(future: asyncio.Future[T], result: T) -> None:
    if not future.done():
        future.set_result(result)
