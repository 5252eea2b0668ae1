"""What is new in a batch since an earlier one: the statements of `export --changed-since`."""

from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID

from asyncpg import Connection

from batchscrape.database.results import Run, windows
from batchscrape.models import JOB_COLUMNS

#: The facts of a line: how it ended, and what the site says. How the scrape went and what was asked for is none.
FACTS = (
    "status", "error_code", "http_status", "final_url", "title", "description", "language", "emails", "phones",
    "social", "technologies", "is_wordpress", "wordpress_version", "favicon_url", "logo_url", "organization",
    "address", "page_kind", "extra",
    "canonical_url", "site_name",
)  # fmt: skip
#: Facts that are sets, in whatever order they were found.
_SETS = ("emails", "phones", "social", "technologies")

_SINGLE = [name for name in FACTS if name not in _SETS]
#: What contains the other and is contained in it is the same set.
_SAME_SETS = " AND ".join(f"job.{name} @> before.{name} AND job.{name} <@ before.{name}" for name in _SETS)


def _row(table: str) -> str:
    return "(" + ", ".join(f"{table}.{name}" for name in _SINGLE) + ")"


#: Where there is no line before, its status is null, and so another one. OFFSET 0: an index look-up for each line,
#: whatever the planner knows of the table; a hash of the earlier batch in each window would be quadratic.
_CHANGED = f"""
    SELECT {", ".join(f"job.{name}" for name in JOB_COLUMNS)}
    FROM batchscrape.jobs AS job
    LEFT JOIN LATERAL (
        SELECT {", ".join(FACTS)} FROM batchscrape.jobs AS earlier
        WHERE earlier.batch_id = $5 AND earlier.domain = job.domain OFFSET 0
    ) AS before ON true
    WHERE job.batch_id = $1 AND job.job_id >= $2 AND job.job_id < $3
        AND (job.status = 'failed' OR NOT $4) AND job.finished_at IS NOT NULL
        AND ({_row("job")} IS DISTINCT FROM {_row("before")} OR NOT ({_SAME_SETS}))
    ORDER BY job.job_id
"""  # noqa: S608 - the names are this module's and models.py's


async def stream_changed(
    run: Run, batch_id: UUID, *, since: UUID | None, failed: bool = False
) -> AsyncGenerator[dict[str, Any], None]:
    """The rows of `export` that have ended and whose facts are not those of the same domain in the batch `since`.

    Domains that were not in it are among them: without such a batch all.
    """
    async for row in windows(run, _CHANGED, batch_id, failed, since):
        yield row


async def find_previous(connection: Connection, batch_id: UUID) -> UUID | None:
    """The newest earlier batch of the same name (or of none, too) that ended with something scraped.

    What was cancelled, interrupted or failed as a whole says nothing of most of its domains.
    """
    found: UUID | None = await connection.fetchval(
        "SELECT before.batch_id FROM batchscrape.batches AS batch JOIN batchscrape.batch_status AS before"
        " ON before.name IS NOT DISTINCT FROM batch.name"
        "  AND (before.created_at, before.batch_id) < (batch.created_at, batch.batch_id)"
        " WHERE batch.batch_id = $1 AND before.status IN ('complete', 'partial')"
        " ORDER BY before.created_at DESC, before.batch_id DESC LIMIT 1",
        batch_id,
    )
    return found
