"""Outcomes to rows, many at a time."""

import asyncio
import logging
from collections.abc import Callable
from uuid import UUID

from batchscrape.database import results
from batchscrape.database.session import Session
from batchscrape.errors import BatchscrapeError
from batchscrape.models import JobStatus, Outcome

logger = logging.getLogger(__name__)

#: A chunk is stored when it has this many outcomes …
_OUTCOMES = 200
#: … or this many bytes of pages …
_BYTES = 4 * 1024 * 1024
#: … of which each has about so many beside its HTML …
_PAGE_BYTES = 1_000
#: … or its first outcome has waited this many seconds.
_SECONDS = 0.5
#: Outcomes that may wait; after that the crawl waits, so that memory stays bounded.
_BUFFER = 400


class Writer:
    """Stores outcomes in the order they come in."""

    def __init__(self, session: Session, worker_id: UUID, stored: Callable[[Outcome], None]) -> None:
        self._session = session
        self._worker_id = worker_id
        self._stored = stored
        self._queue: asyncio.Queue[Outcome | None] = asyncio.Queue(_BUFFER)

    async def put(self, outcome: Outcome) -> None:
        """Hand an outcome over; waits while the buffer is full."""
        await self._queue.put(outcome)

    async def finish(self) -> None:
        """Let `run` end when everything that was put is stored."""
        await self._queue.put(None)

    async def run(self) -> None:
        """Store until `finish`. Raises what ends the session's patience."""
        more = True
        while more:
            chunk, more = await self._next_chunk()
            if chunk:
                await self._store(chunk)

    async def _next_chunk(self) -> tuple[list[Outcome], bool]:
        """What has come in, and whether more may come."""
        outcome = await self._queue.get()
        chunk: list[Outcome] = []
        size = 0
        deadline = asyncio.get_running_loop().time() + _SECONDS
        while outcome is not None:
            chunk.append(outcome)
            size += sum(_PAGE_BYTES + len(page.html or b"") for page in outcome.pages)
            if len(chunk) >= _OUTCOMES or size >= _BYTES:
                return chunk, True
            try:
                async with asyncio.timeout_at(deadline):
                    outcome = await self._queue.get()
            except TimeoutError:
                return chunk, True
        return chunk, False

    async def _store(self, chunk: list[Outcome]) -> None:
        try:
            await self._store_together(chunk)
        except BatchscrapeError:
            raise
        except Exception as error:  # noqa: BLE001 - what the database does not take costs one job, not the run
            for outcome in chunk:
                await self._store_alone(outcome, error if len(chunk) == 1 else None)

    async def _store_alone(self, outcome: Outcome, error: Exception | None) -> None:
        """Store one of a chunk that could not be stored; without its facts, where it is itself to blame."""
        if error is None:
            await self._store([outcome])
        else:
            logger.error("The result of %s cannot be stored.", outcome.job.domain, exc_info=error)
            await self._store_together([_without_facts(outcome, error)])

    async def _store_together(self, chunk: list[Outcome]) -> None:
        encoded = results.encode(chunk)
        stored = await self._session.run(results.finish, self._worker_id, encoded)
        missing = {o.job.job_id: o.job.attempts for o in chunk if o.job.job_id not in stored}
        if missing:
            stored |= await self._session.run(results.read_ended, missing)
        for outcome in chunk:
            if outcome.job.job_id not in stored:
                logger.warning("The result of %s came too late: another worker has it.", outcome.job.domain)
            self._stored(outcome)


def _without_facts(outcome: Outcome, error: Exception) -> Outcome:
    reason = f"The result cannot be stored: {type(error).__name__}."
    return Outcome(job=outcome.job, status=JobStatus.FAILED, error_code="internal_error", error=reason)
