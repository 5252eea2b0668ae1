"""One command's scraping: workers until the work is over, and somebody who watches."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext, suppress
from functools import partial
from typing import Protocol
from uuid import UUID, uuid4

from batchscrape.database import batches
from batchscrape.database.outage_log import OncePerOutage
from batchscrape.database.session import Session, open_session
from batchscrape.errors import Interrupted, TryLater
from batchscrape.models import Batch, JobEnded
from batchscrape.running import pausing
from batchscrape.running.locking import locked
from batchscrape.running.messages import Order
from batchscrape.running.processes import Supervisor
from batchscrape.running.stopping import Stop, signals_handled
from batchscrape.settings import ProcessSettings

logger = logging.getLogger(__name__)
# Each worker says it.
logging.getLogger(pausing.__name__).addFilter(OncePerOutage(pausing.DOWN, pausing.BACK))

#: Seconds between two looks at the batch's figures; counting a million jobs is not asked for more often than …
_LOOK, _LONGEST_LOOK = 2.0, 10.0
#: … so that it takes this share of the time.
_LOOK_SHARE = 0.1
#: Seconds for a last look after a signal.
_LAST_LOOK = 2.0


class Audience(Protocol):
    """Who is told how it goes; `showing.Display` is one."""

    def update(self, batch: Batch) -> None:
        """The batch was read from the database."""

    def ended(self, event: JobEnded) -> None:
        """A job ended in a worker of ours."""


#: Makes or finds the batch: the command's own part, before any worker starts. None means every batch.
Prepare = Callable[[Session], Awaitable[UUID | None]]


async def scrape(dsn: str, prepare: Prepare, process: ProcessSettings, audience: Audience) -> Batch | None:
    """Scrape until no job in scope is open; how the batch ended (None for every batch).

    Raises Interrupted when a signal stopped it, WorkerFailed when a worker gave up, LockTaken where the lock is
    another command's.
    """
    with signals_handled() as stop:
        async with open_session(dsn, patience=process.database_timeout) as session:
            async with locked(dsn, process, lambda: stop.first()) as holder:  # noqa: PLW0108 - what it is by then
                batch_id = await prepare(session)
                supervisor = Supervisor(session, audience.ended)
                stop.first, stop.second = supervisor.stop, partial(_stop_at_once, supervisor, stop)
                async with _watched(session, batch_id, audience):
                    await supervisor.run(_order(dsn, batch_id, process, holder), process.processes)
            return await _last_look(session, batch_id, audience, stop)


def _stop_at_once(supervisor: Supervisor, stop: Stop) -> None:
    supervisor.kill()
    stop.cancel()


def _order(dsn: str, batch_id: UUID | None, process: ProcessSettings, holder: UUID | None) -> Order:
    return Order(
        worker_id=uuid4(),
        batch_id=batch_id,
        dsn=dsn,
        concurrency=process.concurrency,
        proxy=process.proxy,
        database_timeout=process.database_timeout,
        network_timeout=process.network_timeout,
        lease=process.lease,
        lock_holder=holder,
        allow_network=process.allow_network,
        forever=process.forever,
        log_level=logging.getLogger("batchscrape").getEffectiveLevel(),
    )


@asynccontextmanager
async def _watched(session: Session, batch_id: UUID | None, audience: Audience) -> AsyncIterator[None]:
    watching = asyncio.create_task(_watch(session, batch_id, audience))
    try:
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError, TryLater):
            await watching


async def _watch(session: Session, batch_id: UUID | None, audience: Audience) -> None:
    while batch_id is not None:
        began = time.monotonic()
        audience.update(await session.run(batches.read, batch_id))
        await asyncio.sleep(min(max(_LOOK, (time.monotonic() - began) / _LOOK_SHARE), _LONGEST_LOOK))


async def _last_look(session: Session, batch_id: UUID | None, audience: Audience, stop: Stop) -> Batch | None:
    """How the batch ended. Raises Interrupted where a signal came before that."""
    batch = None
    if batch_id is not None:
        with suppress(TimeoutError, TryLater) if stop.number else nullcontext():
            async with asyncio.timeout(_LAST_LOOK if stop.number else None):
                batch = await session.run(batches.read, batch_id)
                audience.update(batch)
    if stop.number and (batch is None or batch.end_time is None):
        raise Interrupted(_goodbye(batch_id, batch), stop.number)
    return batch


def _goodbye(batch_id: UUID | None, batch: Batch | None) -> str:
    if batch_id is None:
        return "Stopped: `batchscrape work` goes on."
    done = f" with {_ended(batch):,} of {batch.total_domains:,} domains done" if batch else ""
    return f"Stopped{done}: `batchscrape resume {str(batch_id)[:8]}` goes on."


def _ended(batch: Batch) -> int:
    return batch.completed_domains + batch.failed_domains + batch.cancelled_domains
