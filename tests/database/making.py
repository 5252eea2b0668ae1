"""Batches, workers and results for tests of the database."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from asyncpg import Connection

from batchscrape.database import batches, jobs, results, workers
from batchscrape.database.results import Run
from batchscrape.database.workers import WorkerIdentity
from batchscrape.models import Entry, Job, JobStatus, Outcome, Page
from batchscrape.settings import ScrapeSettings

NOON = datetime(2026, 2, 1, 12, 0, 0, 123456, tzinfo=UTC)


def entry(domain: str) -> Entry:
    return Entry(domain=domain, input=domain, start_url=f"https://{domain}/")


async def make_batch(connection: Connection, *domains: str, name: str | None = None) -> UUID:
    batch_id = uuid4()
    await batches.create(
        connection, batch_id, lambda: iter([entry(domain) for domain in domains]), ScrapeSettings(), name=name
    )
    return batch_id


async def make_worker(
    connection: Connection, batch_id: UUID | None = None, *, lease: float = 60.0
) -> WorkerIdentity:
    worker = WorkerIdentity(worker_id=uuid4(), batch_id=batch_id, host="here", pid=1, version="0", lease=lease)
    await workers.beat(connection, worker)
    return worker


async def make_ended_batch(connection: Connection, *codes: str | None) -> UUID:
    """A batch with a job for each code: failed with it, or complete for None."""
    batch_id = await make_batch(connection, *(f"{number}.example" for number in range(len(codes))))
    await end_jobs(connection, batch_id, *codes)
    return batch_id


async def end_jobs(connection: Connection, batch_id: UUID, *codes: str | None) -> None:
    """Claim as many jobs, the first ones, and end each with its code."""
    worker_id, claimed = await claim(connection, batch_id, limit=len(codes))
    ended = [
        end(job, code, pages=(make_page(job.start_url, code),)) for job, code in zip(claimed, codes, strict=True)
    ]
    assert len(await results.finish(connection, worker_id, results.encode(ended))) == len(codes)


async def claim(connection: Connection, batch_id: UUID, limit: int = 100) -> tuple[UUID, list[Job]]:
    """A new worker, and the jobs that it has."""
    worker = await make_worker(connection, batch_id)
    return worker.worker_id, await jobs.claim(connection, worker.worker_id, batch_id, limit=limit)


def end(job: Job, error_code: str | None = None, **values: Any) -> Outcome:
    """How the job ended: complete, or failed with the code."""
    status = JobStatus.FAILED if error_code else JobStatus.COMPLETE
    return Outcome(job=job, status=status, error_code=error_code, **values)


def make_page(url: str, error_code: str | None = None, **values: Any) -> Page:
    return Page(
        **{"url": url, "error_code": error_code, "bytes": 10, "fetched_at": NOON, "duration": 0.5} | values
    )


async def until_waiting(connection: Connection, count: int = 1) -> None:
    """Return when as many statements of the database wait for a lock."""
    async with asyncio.timeout(20):
        while await connection.fetchval(_WAITING) < count:
            await asyncio.sleep(0.01)


_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


async def read_pages(connection: Connection, batch_id: UUID) -> list[tuple[str, str]]:
    """(domain, URL) of the pages that are stored."""
    rows = await connection.fetch(
        "SELECT domain, url FROM batchscrape.pages JOIN batchscrape.jobs USING (job_id)"
        " WHERE batch_id = $1 ORDER BY job_id, url",
        batch_id,
    )
    return [(row["domain"], row["url"]) for row in rows]


async def read_rows(run: Run, batch_id: UUID, *, failed: bool = False) -> list[dict[str, Any]]:
    """All lines of the export."""
    return [row async for row in results.stream_jobs(run, batch_id, failed=failed)]
