"""Which jobs a worker does next, and when there are none left."""

import logging
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from ipaddress import ip_network
from itertools import product
from typing import Any
from uuid import UUID

from batchscrape.database import batches, jobs, workers
from batchscrape.database.session import Session
from batchscrape.models import Job
from batchscrape.running.messages import Order
from batchscrape.settings import ScrapeSettings

logger = logging.getLogger(__name__)

#: Seconds after which claiming starts again at a batch's first job, for those that were put back.
_REWIND = 30.0


class Claims:
    """Claims for one worker, batch by batch, the oldest open one first."""

    def __init__(self, session: Session, order: Order, held: Callable[[], Collection[int]]) -> None:
        self._session = session
        self._order = order
        self._held = held
        self._losses = session.losses
        #: Batches that may have pending jobs, oldest first.
        self._open: list[UUID] = []
        #: The last job_id claimed in each batch: the index entries before it are dead.
        self._cursors: dict[UUID, int] = {}
        self._settings: dict[UUID, ScrapeSettings] = {}
        self._rewound = self._swept = time.monotonic()

    async def claim(self, limit: int) -> list[Job]:
        """Up to `limit` jobs; none when none is pending."""
        await self._sweep_now_and_then()
        self._rewind_now_and_then()
        if not self._open:
            self._open = await self._read_open()
        while self._open:
            claimed = await self._claim_from(self._open[0], limit)
            if claimed:
                return claimed
            self._open.pop(0)
        return []

    async def settings(self, batch_id: UUID) -> ScrapeSettings:
        """How to scrape the batch, here: a row in a shared database opens nobody's guard."""
        if batch_id not in self._settings:
            stored = await self._session.run(batches.read_settings, batch_id)
            if self._order.batch_id is None:
                stored = replace(stored, allow_network=_within(stored.allow_network, self._order.allow_network))
            self._settings[batch_id] = stored
        return self._settings[batch_id]

    async def all_ended(self) -> bool:
        """Whether no job in the worker's scope is pending or running; freezes what has ended."""
        ended = True
        for batch_id in await self._read_open():
            _, running = await self._session.run(jobs.count_open, batch_id)
            if running or not await self._session.run(batches.freeze, batch_id):
                ended = False
        return ended

    async def others(self) -> list[str]:
        """Who runs the jobs that this worker waits for."""
        found: set[str] = set()
        for batch_id in await self._read_open():
            found.update(await self._session.run(workers.read_serving, batch_id, [self._order.worker_id]))
        return sorted(found)

    async def _read_open(self) -> list[UUID]:
        if self._order.batch_id is not None:
            return [self._order.batch_id]
        return await self._session.run(batches.read_open)

    async def _claim_from(self, batch_id: UUID, limit: int) -> list[Job]:
        after = self._cursors.get(batch_id, 0)
        worker_id = self._order.worker_id
        claimed = await self._session.run(jobs.claim, worker_id, batch_id, after=after, limit=limit)
        await self._take_back_unheld(claimed)
        self._cursors[batch_id] = claimed[-1].job_id if len(claimed) == limit else 0
        if not claimed and after:
            return await self._claim_from(batch_id, limit)
        return claimed

    async def _take_back_unheld(self, claimed: list[Job]) -> None:
        """After a lost connection: a claim whose reply was lost would hang for as long as this worker lives."""
        if self._losses != self._session.losses:
            self._losses = self._session.losses
            keep = {*self._held(), *(job.job_id for job in claimed)}
            count = await self._session.run(jobs.put_back, self._order.worker_id, keep=keep)
            logger.debug("Took back %d jobs whose claim was lost.", count)

    async def _sweep_now_and_then(self) -> None:
        """Only after one whole lease without a break: after an outage everybody looks dead."""
        if self._is_settled() and time.monotonic() - self._swept > self._order.lease / 2:
            self._swept = time.monotonic()
            if count := await self._session.run(self._sweep_if_settled):
                logger.info("Took over jobs of workers that died: %d.", count)
                self._cursors.clear()
                self._open.clear()

    async def _sweep_if_settled(self, connection: Any) -> int:
        """Asked again on the very connection: a sweep that is sent twice has just lived through a break."""
        if not self._is_settled():
            return 0
        swept = await jobs.sweep(connection)
        await workers.forget_dead(connection)
        return swept

    def _is_settled(self) -> bool:
        return time.monotonic() - self._session.connected_since > self._order.lease

    def _rewind_now_and_then(self) -> None:
        if time.monotonic() - self._rewound > _REWIND:
            self._rewound = time.monotonic()
            self._cursors.clear()
            self._open.clear()


def _within(stored: tuple[str, ...], given: tuple[str, ...]) -> tuple[str, ...]:
    """What lies both in a stored network and in a given one."""
    pairs = product(
        (ip_network(each, strict=False) for each in stored), [ip_network(each, strict=False) for each in given]
    )
    common = (_intersection(one, other) for one, other in pairs if one.version == other.version)
    return tuple(str(network) for network in common if network is not None)


def _intersection(one: Any, other: Any) -> Any:
    """Of two networks of one family, the inner one; None where they lie apart."""
    if one.subnet_of(other):
        return one
    return other if other.subnet_of(one) else None
