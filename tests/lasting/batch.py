"""What stands in the database of a batch, and how a disturbed one is compared with one that was left in peace."""

from dataclasses import dataclass
from typing import Any

from batchscrape.models import JOB_COLUMNS, PAGE_COLUMNS
from tests.lasting.machine import Machine

#: What another run over the same sites has otherwise.
_OWN = {"batch_id", "job_id", "attempts", "started_at", "finished_at", "fetched_at", "duration"}


@dataclass(frozen=True)
class Stored:
    """A batch of that name in the database."""

    #: Every job's facts, by domain.
    jobs: list[dict[str, Any]]
    #: Every page's, by domain and URL.
    pages: list[dict[str, Any]]
    losses: int
    status: str
    #: Its totals, in the batch's own row.
    is_frozen: bool


async def stored(machine: Machine, name: str) -> Stored | None:
    """All of it, or None where there is no such batch."""
    if not (await machine.fetch("SELECT to_regclass('batchscrape.batch_status')"))[0][0]:
        return None
    found = await machine.fetch(
        "SELECT status, ended_at IS NOT NULL AS is_frozen FROM batchscrape.batch_status AS state"
        " JOIN batchscrape.batches USING (batch_id) WHERE state.name = $1",
        name,
    )
    if not found:
        return None
    jobs = await machine.fetch(
        "SELECT jobs.* FROM batchscrape.jobs JOIN batchscrape.batches USING (batch_id)"
        " WHERE batches.name = $1 ORDER BY domain",
        name,
    )
    pages = await machine.fetch(
        "SELECT jobs.domain, pages.* FROM batchscrape.pages JOIN batchscrape.jobs USING (job_id)"
        " JOIN batchscrape.batches USING (batch_id) WHERE batches.name = $1 ORDER BY domain, url",
        name,
    )
    (batch,) = found
    return Stored(
        jobs=[{column: row[column] for column in JOB_COLUMNS if column not in _OWN} for row in jobs],
        pages=[{column: row[column] for column in PAGE_COLUMNS if column not in _OWN} for row in pages],
        losses=sum(row["losses"] for row in jobs),
        status=batch["status"],
        is_frozen=batch["is_frozen"],
    )
