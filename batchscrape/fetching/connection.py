"""One HTTP/1.1 connection: a request goes out, its answer comes in, then the next."""

import asyncio
import ssl
from typing import cast

from batchscrape.fetching.answer import Answer
from batchscrape.fetching.failures import ConnectionEnded
from batchscrape.fetching.slots import Slot

#: Bytes of body that may wait unread before the server is made to wait.
_HIGH_WATER = 256 * 1024


class Connection(asyncio.Protocol):
    """The asyncio protocol of a connection; it gives its slot back when its socket is gone."""

    def __init__(self, slot: Slot) -> None:
        self.slot = slot
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport
        self._open = False
        self._answer: Answer | None = None
        self._failure: Exception | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._paused = False

    async def ask(self, request: bytes, *, is_head: bool = False) -> Answer:
        """Send a request; the answer comes back when its head is there.

        Raises ConnectionEnded, HttpParserError, HeadTooLarge.
        """
        self._answer = answer = Answer(is_head=is_head)
        if self._failure is None:
            self._transport.write(request)
        while not answer.has_head:
            await self._progress()
        return answer

    async def read(self) -> bytes:
        """The body that has come since; b"" when the answer is complete."""
        answer = self._answer
        if answer is None:
            return b""
        while not answer.pieces:
            if answer.complete:
                return b""
            await self._progress()
        body = answer.take()
        if self._paused and self._open:
            self._paused = False
            self._transport.resume_reading()
        return body

    def finish(self) -> bool:
        """Be done with the answer, read or not; whether the connection can carry another request."""
        answer, self._answer = self._answer, None
        if answer is None:
            return False
        answer.close()
        return answer.complete and answer.keep_alive and self.usable and not self._paused

    @property
    def usable(self) -> bool:
        """Whether a request may be sent: nobody has closed the connection."""
        return self._open and not self._transport.is_closing()

    def close(self) -> None:
        """Close at once; what was not sent is dropped."""
        if self._open:
            self._transport.abort()

    async def start_tls(self, context: ssl.SSLContext, host: str) -> None:
        """Go on encrypted: behind a proxy."""
        transport = await self._loop.start_tls(self._transport, self, context, server_hostname=host)
        if transport is None:
            raise ConnectionResetError
        self._transport = transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by asyncio."""
        self._transport = cast("asyncio.Transport", transport)
        self._open = True

    def data_received(self, data: bytes) -> None:
        """Called by asyncio."""
        answer = self._answer
        if answer is None or self._failure is not None:
            self.close()
            return
        try:
            answer.feed(data)
        except Exception as error:  # noqa: BLE001 - raised again where the answer is awaited
            self._failure = error
            self.close()
        if answer.buffered > _HIGH_WATER and not answer.complete and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by asyncio."""
        self._open = False
        answer = self._answer
        whole = answer is not None and exc is None and answer.end()
        if self._failure is None and not whole:
            silent = answer is None or answer.untouched
            has_head = answer is not None and answer.has_head
            self._failure = ConnectionEnded(exc, silent=silent, has_head=has_head)
        self._wake()
        self.slot.release()

    async def _progress(self) -> None:
        """Wait until something has come."""
        if self._failure is not None:
            raise self._failure
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
