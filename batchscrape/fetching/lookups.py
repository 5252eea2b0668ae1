"""Threads that ask the system's resolver: enough for a thousand names at once, and none holds up an exit."""

import asyncio
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import SimpleQueue
from typing import NamedTuple, TypeAlias

#: Name → its addresses; blocks, and raises OSError (socket.gaierror).
Lookup: TypeAlias = Callable[[str], Sequence[str]]

_THREADS = 256


class Found(NamedTuple):
    """What the resolver said."""

    addresses: tuple[str, ...] = ()
    failure: OSError | None = None


def system_lookup(host: str) -> Sequence[str]:
    """The addresses of a name in the order of RFC 6724; raises socket.gaierror."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for _, _, _, _, sockaddr in found))


class LookupThreads:
    """Daemon threads (those of `concurrent.futures` are waited for at exit), started as they are needed."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._names: SimpleQueue[tuple[str, asyncio.Future[Found]] | None] = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._started = 0

    def ask(self, host: str) -> asyncio.Future[Found]:
        """A future that gets what the resolver says; it is never given an exception."""
        future: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        self._names.put((host, future))
        if not self._idle.acquire(blocking=False) and self._started < _THREADS:
            self._started += 1
            threading.Thread(target=self._work, name="lookup", daemon=True).start()
        return future

    def close(self) -> None:
        """Let the threads end when they have answered."""
        for _ in range(self._started):
            self._names.put(None)

    def _work(self) -> None:
        while (asked := self._names.get()) is not None:
            host, future = asked
            found = self._find(host)
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                future.get_loop().call_soon_threadsafe(_settle, future, found)
            if self._names.empty():
                self._idle.release()

    def _find(self, host: str) -> Found:
        try:
            return Found(addresses=tuple(self._lookup(host)))
        except OSError as error:
            return Found(failure=error)
        except UnicodeError as error:  # the codec of `getaddrinfo` refuses the name
            return Found(failure=socket.gaierror(socket.EAI_NONAME, str(error)))


def _settle(future: asyncio.Future[Found], found: Found) -> None:
    if not future.done():
        future.set_result(found)
