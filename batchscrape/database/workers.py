"""Every statement about workers: who is alive, and what they have to stop."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from asyncpg import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerIdentity:
    """What a worker says of itself with every beat."""

    worker_id: UUID
    #: None serves every batch.
    batch_id: UUID | None
    host: str
    pid: int
    version: str
    #: Seconds without a beat after which it counts as dead.
    lease: float
    #: The command whose lock it keeps, if that holds one.
    lock_holder: UUID | None = None


async def beat(connection: Connection, worker: WorkerIdentity, *, parsing: Collection[int] = ()) -> list[UUID]:
    """Say that the worker lives; the cancelled batches that it still has running jobs of.

    `parsing` are the jobs whose page has been in the parser for over a second. A connection that says nothing must
    not cost the lease: TimeoutError after a third of it.
    """
    rows = await connection.fetch(
        "WITH alive AS ("
        " INSERT INTO batchscrape.workers"
        "  (worker_id, batch_id, host, pid, version, lease, parsing)"
        " VALUES ($1, $2, $3, $4, $5, make_interval(secs => $6), $7::text[]::bigint[])"
        " ON CONFLICT (worker_id) DO UPDATE SET seen_at = now(), parsing = excluded.parsing),"
        " kept AS (UPDATE batchscrape.locks SET seen_at = now() WHERE worker_id = $8)"
        " SELECT DISTINCT batch_id FROM batchscrape.jobs JOIN batchscrape.batches USING (batch_id)"
        " WHERE jobs.worker_id = $1 AND jobs.status = 'running' AND batches.cancelled_at IS NOT NULL",
        worker.worker_id,
        worker.batch_id,
        worker.host,
        worker.pid,
        worker.version,
        worker.lease,
        [str(job_id) for job_id in parsing],
        worker.lock_holder,
        timeout=max(worker.lease / 3, 1.0),
    )
    return [row["batch_id"] for row in rows]


async def retire(connection: Connection, worker_id: UUID) -> None:
    """Forget a worker that has ended and whose jobs were put back."""
    await connection.execute("DELETE FROM batchscrape.workers WHERE worker_id = $1", worker_id)


async def forget_dead(connection: Connection) -> None:
    """Forget workers that are dead and that nothing refers to."""
    await connection.execute(
        "DELETE FROM batchscrape.workers AS worker WHERE seen_at + lease < now()"
        " AND NOT EXISTS (SELECT FROM batchscrape.jobs"
        "  WHERE status = 'running' AND jobs.worker_id = worker.worker_id)"
    )


def who(host: str, pid: int) -> str:
    """A worker for people, as `read_serving` names it."""
    return f"{host} (pid {pid})"


async def read_serving(connection: Connection, batch_id: UUID, besides: Collection[UUID]) -> list[str]:
    """The living workers (see `who`), but for `besides`, that have running jobs of the batch."""
    rows = await connection.fetch(
        "SELECT DISTINCT host, pid FROM batchscrape.workers AS worker"
        " JOIN batchscrape.jobs ON jobs.worker_id = worker.worker_id AND jobs.status = 'running'"
        " WHERE jobs.batch_id = $1 AND worker.worker_id <> ALL ($2::text[]::uuid[])"
        "  AND seen_at + lease > now() ORDER BY host, pid",
        batch_id,
        [str(worker_id) for worker_id in besides],
    )
    return [who(row["host"], row["pid"]) for row in rows]
