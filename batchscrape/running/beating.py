"""The worker's second thread: it says that the worker lives, whatever the crawl is busy with."""

import asyncio
import threading
from collections.abc import Callable
from uuid import UUID

from batchscrape.database import workers
from batchscrape.database.session import Session, open_session
from batchscrape.database.workers import WorkerIdentity
from batchscrape.running.notes import ParserNotes

#: Seconds in the parser from which a page is carried by the beat.
_LONG = 1.0
#: Seconds between two beats, at most: `cancel` is heard by them, and promises 10 s.
_INTERVAL = 5.0


class Heart:
    """Beats on a connection of its own, from its own thread, until it is stopped."""

    def __init__(
        self, dsn: str, worker: WorkerIdentity, notes: ParserNotes, cancelled: Callable[[list[UUID]], None]
    ) -> None:
        self._dsn = dsn
        self._worker = worker
        self._notes = notes
        self._cancelled = cancelled
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._main, name="heart", daemon=True)
        self.stopping = False

    def start(self) -> None:
        """Beat from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Beat no more; returns when the connection is closed, or after 2 s."""
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(2)

    def _main(self) -> None:
        self._loop.run_until_complete(self._beat())
        self._loop.close()

    async def _beat(self) -> None:
        async with open_session(self._dsn, patience=float("inf")) as session:
            while not self._stop.is_set():
                await self._once(session)
                await _wait(self._stop, min(self._worker.lease / 6, _INTERVAL))

    async def _once(self, session: Session) -> None:
        parsing = [note.job_id for note in self._notes.read() if note.age > _LONG]
        beat = session.run(workers.beat, self._worker, parsing=parsing, stopping=self.stopping)
        if cancelled := await beat:
            self._cancelled(cancelled)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
