"""A worker: claim → crawl → store, until nothing is left or the parent says stop."""

import asyncio
import os
import socket
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from typing import Any
from uuid import UUID

from batchscrape import __version__
from batchscrape.crawling import crawl_site
from batchscrape.database import jobs, workers
from batchscrape.database.session import Session
from batchscrape.database.workers import WorkerIdentity
from batchscrape.errors import NetworkDown, TryLater
from batchscrape.fetching import Fetcher
from batchscrape.models import Job, JobEnded, JobStatus, Outcome
from batchscrape.running.beating import Heart
from batchscrape.running.claims import Claims
from batchscrape.running.messages import Message, Order, Waiting
from batchscrape.running.notes import ParserNotes
from batchscrape.running.pace import Pace
from batchscrape.running.pausing import Pause
from batchscrape.running.waiting import heard, outcome_of, wait_for
from batchscrape.running.writer import Writer

#: Seconds that a stop may take to store what is done, and to put the rest back.
_STORING_TIME, _LEAVING_TIME = 5.0, 2.0
#: Seconds of work that is claimed ahead: no slot waits for a claim, and no other worker starves at the end.
_AHEAD = 2.0
#: Seconds between two looks for jobs when there were none: from the first to the longest pause.
_PAUSES = (0.25, 5.0)
_PAUSES_FOREVER = (0.25, 10.0)


async def work(order: Order, notes: ParserNotes, tell: Callable[[Message], None], stop: asyncio.Event) -> bool:
    """Scrape what is open in the order's scope; whether it is all done, or was stopped before.

    Raises BatchscrapeError for what ends the worker.
    """
    identity = WorkerIdentity(
        worker_id=order.worker_id,
        batch_id=order.batch_id,
        host=socket.gethostname(),
        pid=os.getpid(),
        version=__version__,
        lease=order.lease,
        lock_holder=order.lock_holder,
    )
    async with AsyncExitStack() as stack:
        claiming, writing = (Session(order.dsn, patience=order.database_timeout) for _ in range(2))
        stack.push_async_callback(claiming.close)
        stack.push_async_callback(writing.close)
        await claiming.run(workers.beat, identity)
        worker = Worker(order, notes, tell, claiming, writing)
        heart = Heart(order, identity, notes, worker.cancel_soon)
        heart.start()
        try:
            return await worker.run(stop, heart.failure)
        finally:
            await asyncio.to_thread(heart.stop)
            await _leave(claiming, order)


async def _leave(session: Session, order: Order) -> None:
    """Put back what is not done, in a time that a stop may take; after that the lease does it."""
    with suppress(TimeoutError, TryLater):
        async with asyncio.timeout(_LEAVING_TIME):
            await session.run(jobs.put_back, order.worker_id)
            await session.run(workers.retire, order.worker_id)


class Worker:
    """The slots of one process and what feeds them."""

    def __init__(
        self,
        order: Order,
        notes: ParserNotes,
        tell: Callable[[Message], None],
        claiming: Session,
        writing: Session,
    ) -> None:
        self._order = order
        self._notes = notes
        self._tell = tell
        self._session = claiming
        self._loop = asyncio.get_running_loop()
        self._claims = Claims(claiming, order, lambda: [job.job_id for job in self._held])
        self._writer = Writer(writing, order.worker_id, self._stored)
        self._fetcher = Fetcher(proxy=order.proxy)
        self._pause = Pause(self._fetcher.network, order.network_timeout)
        #: Claimed and not yet stored. Another attempt at a job that was swept from here is a job of its own.
        self._held: set[Job] = set()
        self._queue: asyncio.Queue[Job | None] = asyncio.Queue()
        self._crawls: dict[Job, asyncio.Task[Outcome]] = {}
        self._cancelled: set[Job] = set()
        #: Whether the last claim got all that it asked for.
        self._is_more = True
        self._pace = Pace()
        #: Jobs that are claimed beyond the free slots.
        self._ahead = 0
        #: Set when the queue runs low, or when nothing is held any more.
        self._hungry = asyncio.Event()
        self._waiting_for: tuple[str, ...] | None = None

    async def run(self, stop: asyncio.Event, failure: asyncio.Future[None]) -> bool:
        """Crawl until all has ended, or until `stop`; store what is done. Raises what ends it, `failure` too."""
        turning = asyncio.create_task(self._turn())
        storing = asyncio.create_task(self._writer.run())
        crawling = asyncio.create_task(self._crawl_all())
        stopped = asyncio.create_task(stop.wait())
        storing.add_done_callback(heard)
        crawling.add_done_callback(heard)
        try:
            ends: set[asyncio.Future[Any]] = {storing, crawling, stopped, failure}
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            is_over = crawling.done()
            crawling.cancel()
            try:
                await outcome_of(crawling)
            except NetworkDown:
                await self._store_the_rest(storing, _STORING_TIME)
                raise
            for ended in (storing, failure):
                if ended.done():
                    await ended
            is_stored = await self._store_the_rest(storing, None if is_over else _STORING_TIME)
        finally:
            for task in (stopped, storing, turning):
                task.cancel()
            await self._fetcher.aclose()
        return is_over and is_stored

    async def _store_the_rest(self, storing: asyncio.Future[None], seconds: float | None) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._writer.finish()
                await storing
                return True
        return False

    async def _crawl_all(self) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(self._order.concurrency):
                group.create_task(self._slot())
            await self._feed()
            for _ in range(self._order.concurrency):
                self._queue.put_nowait(None)

    async def _feed(self) -> None:
        """Keep the queue filled; returns when everything in scope has ended."""
        shortest, longest = _PAUSES_FOREVER if self._order.forever else _PAUSES
        pause = shortest
        while True:
            self._hungry.clear()
            claimed = await self._claim()
            if not claimed and not self._held and await self._is_over():
                return
            pause = shortest if claimed else min(pause * 2, longest)
            await wait_for(self._hungry, longest if claimed else pause)

    async def _claim(self) -> list[Job]:
        """Claim for the free slots and a little ahead, so that no slot waits and no other worker starves."""
        self._ahead = self._pace.jobs_in(_AHEAD)
        room = self._order.concurrency + self._ahead - len(self._crawls) - self._queue.qsize()
        if room <= self._ahead // 2:
            return []
        claimed = await self._claims.claim(room)
        self._is_more = len(claimed) == room
        self._held.update(claimed)
        for job in claimed:
            # Here, and not in the slots: a hundred of them would ask for the same row at once.
            await self._claims.settings(job.batch_id)
            self._queue.put_nowait(job)
        if claimed:
            self._waiting_for = None
        return claimed

    async def _is_over(self) -> bool:
        if await self._claims.all_ended():
            return not self._order.forever
        others = tuple(await self._claims.others())
        if others != self._waiting_for:
            self._waiting_for = others
            self._tell(Waiting(others=others))
        return False

    async def _slot(self) -> None:
        while True:
            if self._is_more and self._queue.qsize() <= self._ahead // 2:
                self._hungry.set()
            job = await self._queue.get()
            if job is None:
                return
            await self._writer.put(await self._crawl(job))

    async def _crawl(self, job: Job) -> Outcome:
        """Crawl, unless the batch is cancelled, before or meanwhile."""
        if job in self._cancelled:
            return Outcome(job=job, status=JobStatus.CANCELLED)
        settings = await self._claims.settings(job.batch_id)
        crawling = self._pause.outlast(crawl_site, job, self._fetcher, settings, self._notes.watch)
        crawl = asyncio.create_task(crawling)
        self._crawls[job] = crawl
        try:
            return await crawl
        except asyncio.CancelledError:
            this = asyncio.current_task()
            if this is not None and this.cancelling():
                raise
            return Outcome(job=job, status=JobStatus.CANCELLED)
        finally:
            del self._crawls[job]

    def cancel_soon(self, batch_ids: list[UUID]) -> None:
        """Stop the jobs of these batches; may be called from any thread."""
        self._loop.call_soon_threadsafe(self._cancel, frozenset(batch_ids))

    def _cancel(self, batch_ids: frozenset[UUID]) -> None:
        self._cancelled |= {job for job in self._held if job.batch_id in batch_ids}
        for job, crawl in self._crawls.items():
            if job in self._cancelled:
                crawl.cancel()

    def _stored(self, outcome: Outcome) -> None:
        self._held.discard(outcome.job)
        self._cancelled.discard(outcome.job)
        self._pace.note()
        if not self._held:
            self._hungry.set()
        self._tell(
            JobEnded(
                domain=outcome.job.domain,
                status=outcome.status,
                error_code=outcome.error_code,
                pages_scraped=outcome.pages_scraped,
                bytes=outcome.bytes,
                duration=outcome.duration,
            )
        )

    async def _turn(self) -> None:
        """Show the parent that the loop turns."""
        while True:
            self._notes.turn()
            await asyncio.sleep(1)
