"""The worker's second thread: it says that the worker lives, whatever the crawl is busy with."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from batchscrape.database import workers
from batchscrape.database.session import Session
from batchscrape.database.workers import WorkerIdentity
from batchscrape.running.messages import Order
from batchscrape.running.notes import ParserNotes
from batchscrape.running.waiting import heard, wait_for

#: Seconds in the parser from which a page is carried by the beat.
_LONG = 1.0
#: Seconds between two beats, at most: `cancel` is heard by them, and promises 10 s.
_INTERVAL = 5.0


class Heart:
    """Beats on a connection of its own, from its own thread, until it is stopped."""

    def __init__(
        self, order: Order, worker: WorkerIdentity, notes: ParserNotes, cancelled: Callable[[list[UUID]], None]
    ) -> None:
        self._order = order
        self._worker = worker
        self._notes = notes
        self._cancelled = cancelled
        self._crawl_loop = asyncio.get_running_loop()
        #: Done when the heart cannot beat any more: without it the worker counts as dead and gets no job.
        self.failure: asyncio.Future[None] = self._crawl_loop.create_future()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._main, name="heart", daemon=True)

    def start(self) -> None:
        """Beat from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Beat no more; returns when the connection is closed, or after 2 s."""
        with suppress(RuntimeError):  # it has failed, and its loop is closed
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(2)

    def _main(self) -> None:
        try:
            self._loop.run_until_complete(self._beat())
        except Exception as error:  # noqa: BLE001 - whatever it is, the worker must hear of it
            self._crawl_loop.call_soon_threadsafe(self._fail, error)
        finally:
            self._loop.close()

    def _fail(self, error: Exception) -> None:
        self.failure.set_exception(error)
        heard(self.failure)

    async def _beat(self) -> None:
        session = Session(self._order.dsn, patience=self._order.database_timeout)
        while not self._stop.is_set():
            parsing = [note.job_id for note in self._notes.read() if note.age > _LONG]
            if cancelled := await session.run(workers.beat, self._worker, parsing=parsing):
                self._cancelled(cancelled)
            await wait_for(self._stop, min(self._worker.lease / 6, _INTERVAL))
        await session.close()
