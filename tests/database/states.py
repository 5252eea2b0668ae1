"""Random states of a batch, how they are stored, and the small model of what CONTRACT.md makes of them."""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from asyncpg import Connection
from hypothesis import strategies as st

from batchscrape.models import BatchStatus
from tests.database.making import NOON

ENDS = ("complete", "failed", "cancelled")


@dataclass(frozen=True, kw_only=True)
class JobState:
    """A row of `jobs`; times are seconds after NOON."""

    status: str
    attempts: int = 1
    error_code: str | None = None
    started: int = 0
    finished: int = 0
    updated: int = 0
    pages_scraped: int = 0
    bytes: int = 0

    @property
    def started_at(self) -> int | None:
        return self.started if self.attempts else None


@dataclass(frozen=True, kw_only=True)
class WorkerState:
    alive: bool = True
    #: This batch, another one, or every batch.
    serves: str = "this"


@dataclass(frozen=True, kw_only=True)
class State:
    jobs: tuple[JobState, ...]
    workers: tuple[WorkerState, ...] = ()
    cancelled: bool = False

    @property
    def has_ended(self) -> bool:
        return all(job.status in ENDS for job in self.jobs)

    @property
    def living(self) -> int:
        return sum(worker.alive and worker.serves != "other" for worker in self.workers)


def expected_status(state: State) -> BatchStatus:
    """The first case of CONTRACT.md that holds."""
    statuses = {job.status for job in state.jobs}
    if state.has_ended:
        if "cancelled" in statuses:
            return BatchStatus.CANCELLED
        if "failed" not in statuses:
            return BatchStatus.COMPLETE
        return BatchStatus.FAILED if statuses == {"failed"} else BatchStatus.PARTIAL
    if state.cancelled:
        return BatchStatus.CANCELLED
    if not any(job.attempts for job in state.jobs):
        return BatchStatus.PENDING
    return BatchStatus.PROCESSING if state.living else BatchStatus.INTERRUPTED


def expected_figures(state: State) -> dict[str, Any]:
    """What `Batch` says beside its status and its sentence."""
    counts = Counter(job.status for job in state.jobs)
    ended = sum(counts[status] for status in ENDS)
    started = [job.started for job in state.jobs if job.attempts]
    return {
        "total_domains": len(state.jobs),
        "completed_domains": counts["complete"],
        "failed_domains": counts["failed"],
        "cancelled_domains": counts["cancelled"],
        "running_domains": counts["running"],
        "progress": int(10_000 * ended / len(state.jobs)) / 100,
        "updated_at": NOON + timedelta(seconds=max(job.updated for job in state.jobs)),
        "start_time": NOON + timedelta(seconds=min(started)) if started else None,
        "end_time": NOON + timedelta(seconds=max(job.finished for job in state.jobs)) if state.has_ended else None,
        "pages_scraped": sum(job.pages_scraped for job in state.jobs),
        "bytes": sum(job.bytes for job in state.jobs),
        "errors": Counter(job.error_code for job in state.jobs if job.error_code),
        "workers": 0 if state.has_ended else state.living,
    }


async def store_state(connection: Connection, state: State) -> UUID:
    """A batch in that state, beside another one; workers of earlier states are gone."""
    batch_id, other = uuid4(), uuid4()
    await connection.execute("DELETE FROM batchscrape.workers")
    await connection.execute(
        "INSERT INTO batchscrape.batches (batch_id, options, total_domains, rejected_lines, cancelled_at)"
        " VALUES ($1, '{}', $2, 0, CASE WHEN $3 THEN now() END), ($4, '{}', 1, 0, NULL)",
        batch_id, len(state.jobs), state.cancelled, other,
    )  # fmt: skip
    rows = [asdict(job) | {"started": job.started_at} for job in state.jobs]
    await connection.execute(_STORE_JOBS, batch_id, json.dumps(rows), NOON)
    serves = {"this": str(batch_id), "other": str(other), "all": None}
    served = [{"alive": worker.alive, "batch_id": serves[worker.serves]} for worker in state.workers]
    await connection.execute(_STORE_WORKERS, json.dumps(served))
    return batch_id


_STORE_JOBS = """
    INSERT INTO batchscrape.jobs (batch_id, domain, input, start_url, status, attempts, error_code, worker_id,
        started_at, finished_at, updated_at, pages_scraped, bytes)
    SELECT $1, number || '.example', '', '', status, attempts, error_code,
        CASE WHEN status = 'running' THEN gen_random_uuid() END,
        $3::timestamptz + started * interval '1 second',
        CASE WHEN status NOT IN ('pending', 'running') THEN $3 + finished * interval '1 second' END,
        $3 + updated * interval '1 second', pages_scraped, bytes
    FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS (status text, attempts integer, error_code text,
        started integer, finished integer, updated integer, pages_scraped integer, bytes bigint))
        WITH ORDINALITY AS job (status, attempts, error_code, started, finished, updated, pages_scraped, bytes,
                                number)
"""
_STORE_WORKERS = """
    INSERT INTO batchscrape.workers (worker_id, batch_id, host, pid, version, lease, seen_at)
    SELECT gen_random_uuid(), batch_id, '', 1, '', '60 s',
        now() - CASE WHEN alive THEN '0 s' ELSE '61 s' END::interval
    FROM jsonb_to_recordset($1::jsonb) AS worker (alive boolean, batch_id uuid)
"""


def _jobs(statuses: st.SearchStrategy[str]) -> st.SearchStrategy[JobState]:
    return statuses.flatmap(_job_in)


def _job_in(status: str) -> st.SearchStrategy[JobState]:
    seconds = st.integers(0, 1000)
    return st.builds(
        JobState,
        status=st.just(status),
        attempts=st.sampled_from([0, 0, 1, 2] if status in {"pending", "cancelled"} else [1, 2]),
        error_code=st.sampled_from(["timeout", "dns_error", "http_5xx"]) if status == "failed" else st.none(),
        started=seconds,
        finished=seconds,
        updated=seconds,
        pages_scraped=st.integers(0, 5),
        bytes=st.integers(0, 2**40),
    )


_WORKERS = st.builds(WorkerState, alive=st.booleans(), serves=st.sampled_from(["this", "other", "all"]))
_SOME_STATUSES = st.sets(st.sampled_from(["pending", "running", *ENDS]), min_size=1)
#: A few kinds of jobs at a time, so that batches of one kind come up as often as mixed ones.
STATES = st.builds(
    State,
    jobs=_SOME_STATUSES.flatmap(
        lambda kinds: st.lists(_jobs(st.sampled_from(sorted(kinds))), min_size=1, max_size=8).map(tuple)
    ),
    workers=st.lists(_WORKERS, max_size=3).map(tuple),
    cancelled=st.booleans(),
)
