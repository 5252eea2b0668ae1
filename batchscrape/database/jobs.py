"""Every statement about jobs but the storing of their results, which is in results.py."""

from collections.abc import Collection, Sequence
from uuid import UUID

from asyncpg import Connection

from batchscrape.models import DomainStatus, Entry, Job, JobStatus

#: Seconds for a statement that may touch every job of a batch.
LONG = 3600.0
#: A page that was in the parser this many times when its worker died ends its job.
MAX_LOSSES = 3


async def insert(connection: Connection, batch_id: UUID, entries: Sequence[Entry]) -> int:
    """Add pending jobs; how many were new to the batch."""
    done = await connection.execute(
        "INSERT INTO batchscrape.jobs (batch_id, domain, input, start_url)"
        " SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[])"
        " ON CONFLICT (batch_id, domain) DO NOTHING",
        batch_id,
        [entry.domain for entry in entries],
        [entry.input for entry in entries],
        [entry.start_url for entry in entries],
    )
    return _count(done)


async def claim(
    connection: Connection, worker_id: UUID, batch_id: UUID, *, after: int = 0, limit: int
) -> list[Job]:
    """Hand out pending jobs past the job_id `after`, in their order; none to a worker that counts as dead."""
    rows = await connection.fetch(
        "WITH next AS ("
        " SELECT job_id FROM batchscrape.jobs"
        " WHERE batch_id = $2 AND status = 'pending' AND job_id > $3"
        "  AND EXISTS (SELECT FROM batchscrape.workers WHERE worker_id = $1 AND seen_at + lease > now())"
        "  AND EXISTS (SELECT FROM batchscrape.batches WHERE batch_id = $2 AND cancelled_at IS NULL)"
        " ORDER BY job_id LIMIT $4 FOR UPDATE SKIP LOCKED)"
        " UPDATE batchscrape.jobs AS job"
        " SET status = 'running', worker_id = $1, attempts = attempts + 1, started_at = now(), updated_at = now()"
        " FROM next WHERE job.job_id = next.job_id"
        " RETURNING job.job_id, job.batch_id, job.domain, job.input, job.start_url, job.attempts",
        worker_id,
        batch_id,
        after,
        limit,
    )
    return sorted((Job(**row) for row in rows), key=lambda job: job.job_id)


async def count_open(connection: Connection, batch_id: UUID) -> tuple[int, int]:
    """How many jobs of the batch are pending, and how many are running."""
    (row,) = await connection.fetch(
        "SELECT (SELECT count(*) FROM batchscrape.jobs WHERE batch_id = $1 AND status = 'pending') AS pending,"
        " (SELECT count(*) FROM batchscrape.jobs WHERE batch_id = $1 AND status = 'running') AS running",
        batch_id,
    )
    return row["pending"], row["running"]


async def put_back(connection: Connection, worker_id: UUID, *, keep: Collection[int] = ()) -> int:
    """Make the worker's running jobs, but those it keeps, pending again; how many those were."""
    done = await connection.execute(
        _put_back("job.worker_id = $1 AND job.job_id <> ALL ($2::text[]::bigint[])", "false"),
        worker_id,
        [str(job_id) for job_id in keep],
    )
    return _count(done)


async def bury(connection: Connection, worker_id: UUID, blamed: Collection[int]) -> int:
    """Make the jobs of a worker that died pending again, and blame those whose page was in the parser."""
    done = await connection.execute(
        _put_back("job.worker_id = $1", "job.job_id = ANY ($2::text[]::bigint[])"),
        worker_id,
        [str(job_id) for job_id in blamed],
    )
    return _count(done)


async def sweep(connection: Connection) -> int:
    """Bury every worker that counts as dead; how many jobs went back.

    Only for a process that has itself been connected for one whole lease without a break: after an outage
    everybody looks dead to the first one back.
    """
    done = await connection.execute(
        _put_back(
            "NOT EXISTS (SELECT FROM batchscrape.workers"
            " WHERE worker_id = job.worker_id AND seen_at + lease > now())",
            "EXISTS (SELECT FROM batchscrape.workers"
            " WHERE worker_id = job.worker_id AND job.job_id = ANY (parsing))",
        )
    )
    return _count(done)


def _put_back(which: str, blamed: str) -> str:
    """The one statement by which a running job becomes pending; `blamed` is an SQL condition on it.

    A blamed job that has had its three losses fails instead, one of a cancelled batch is cancelled.
    """
    return (
        "WITH lost AS ("  # noqa: S608 - both conditions are literals of this module
        f" SELECT job.job_id, job.losses + ({blamed})::integer AS losses,"
        f" CASE WHEN ({blamed}) AND job.losses + 1 >= {MAX_LOSSES} THEN 'failed'"
        "  WHEN batch.cancelled_at IS NOT NULL THEN 'cancelled' ELSE 'pending' END AS status"
        " FROM batchscrape.jobs AS job JOIN batchscrape.batches AS batch USING (batch_id)"
        f" WHERE job.status = 'running' AND {which}"
        " FOR UPDATE OF job SKIP LOCKED)"
        " UPDATE batchscrape.jobs AS job"
        " SET status = lost.status, losses = lost.losses, worker_id = NULL, updated_at = now(),"
        "  finished_at = CASE WHEN lost.status <> 'pending' THEN now() END,"
        "  error_code = CASE WHEN lost.status = 'failed' THEN 'worker_lost' END,"
        f"  error = CASE WHEN lost.status = 'failed' THEN 'Its page ended {MAX_LOSSES} workers in the parser.' END"
        " FROM lost WHERE job.job_id = lost.job_id"
    )


async def cancel_pending(connection: Connection, batch_id: UUID) -> None:
    """End what has not started."""
    await connection.execute(
        "UPDATE batchscrape.jobs SET status = 'cancelled', finished_at = now(), updated_at = now()"
        " WHERE batch_id = $1 AND status = 'pending'",
        batch_id,
        timeout=LONG,
    )


async def cancel_lost(connection: Connection, batch_id: UUID) -> None:
    """End what runs at workers that count as dead; a result that one of them still brings is not wanted."""
    await connection.execute(
        "UPDATE batchscrape.jobs AS job"
        " SET status = 'cancelled', worker_id = NULL, finished_at = now(), updated_at = now()"
        " WHERE batch_id = $1 AND status = 'running' AND NOT EXISTS ("
        "  SELECT FROM batchscrape.workers WHERE worker_id = job.worker_id AND seen_at + lease > now())",
        batch_id,
    )


async def put_failed_back(connection: Connection, batch_id: UUID, error_code: str | None) -> int:
    """Make failed jobs (of one code, where given) pending again, their pages deleted; how many those are."""
    count = await connection.fetchval(
        "WITH back AS ("
        " UPDATE batchscrape.jobs"
        " SET status = 'pending', losses = 0, finished_at = NULL, error_code = NULL, error = NULL,"
        "  http_status = NULL, final_url = NULL, duration = NULL, pages_scraped = 0, bytes = 0, updated_at = now()"
        " WHERE batch_id = $1 AND status = 'failed' AND ($2::text IS NULL OR error_code = $2)"
        " RETURNING job_id),"
        " gone AS (DELETE FROM batchscrape.pages USING back WHERE pages.job_id = back.job_id)"
        " SELECT count(*) FROM back",
        batch_id,
        error_code,
        timeout=LONG,
    )
    return int(count)


async def read_statuses(connection: Connection, batch_id: UUID, after: str, limit: int) -> list[DomainStatus]:
    """The states of the batch's domains, by name, past the name `after`."""
    rows = await connection.fetch(
        "SELECT domain, job_id, status, error_code FROM batchscrape.jobs"
        " WHERE batch_id = $1 AND domain > $2 ORDER BY domain LIMIT $3",
        batch_id,
        after,
        limit,
    )
    return [
        DomainStatus(
            domain=row["domain"],
            job_id=row["job_id"],
            status=JobStatus(row["status"]),
            error_code=row["error_code"],
        )
        for row in rows
    ]


def _count(tag: str) -> int:
    """The rows that a command tag such as `UPDATE 3` names."""
    return int(tag.rpartition(" ")[2])
