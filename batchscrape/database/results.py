"""Every statement that stores or reads results."""

import base64
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from asyncpg import Connection, Record

from batchscrape.models import JOB_COLUMNS, PAGE_COLUMNS, Outcome, Page

#: Job ids that one statement of an export looks at; a batch's ids lie close together.
_WINDOW = 2_000

_JSON_COLUMNS = {"social", "technologies", "extra"}


async def finish(connection: Connection, worker_id: UUID, encoded: str) -> set[int]:
    """Store outcomes (as `encode` gives them) and their pages, in one statement; the job_ids that were stored.

    Fenced: an outcome whose job is no longer this worker's, or was claimed anew since, changes nothing. Pages
    need no replacing: only ended jobs have any, and `put_failed_back` deletes them.
    """
    rows = await connection.fetch(_FINISH, worker_id, encoded)
    return {row["job_id"] for row in rows}


async def read_ended(connection: Connection, claims: Mapping[int, int]) -> set[int]:
    """Of job_id → attempts, the jobs that ended in just that attempt: their finish arrived, its reply did not."""
    rows = await connection.fetch(
        "SELECT job_id FROM batchscrape.jobs"
        " JOIN unnest($1::text[]::bigint[], $2::text[]::integer[]) AS claim (job_id, attempts)"
        " USING (job_id, attempts) WHERE status IN ('complete', 'failed', 'cancelled')",
        [str(job_id) for job_id in claims],
        [str(attempts) for attempts in claims.values()],
    )
    return {row["job_id"] for row in rows}


def encode(outcomes: Sequence[Outcome]) -> str:
    """What `finish` stores, as one JSON text, so that it is encoded once however often it is sent."""
    values = [_job_values(outcome) for outcome in outcomes]
    return json.dumps(values, ensure_ascii=False, allow_nan=False, default=str)


def _job_values(outcome: Outcome) -> dict[str, Any]:
    facts = asdict(outcome.facts)
    wordpress = next((found for found in outcome.facts.technologies if found.name == "WordPress"), None)
    return facts | {
        "job_id": outcome.job.job_id,
        "attempts": outcome.job.attempts,
        "status": outcome.status,
        "error_code": outcome.error_code,
        "error": outcome.error,
        "http_status": outcome.http_status,
        "final_url": outcome.final_url,
        "is_wordpress": wordpress is not None if outcome.pages_scraped else None,
        "wordpress_version": wordpress.version if wordpress else None,
        "pages_scraped": outcome.pages_scraped,
        "bytes": outcome.bytes,
        "duration": outcome.duration,
        "pages": [_page_values(page) for page in outcome.pages],
    }


def _page_values(page: Page) -> dict[str, Any]:
    values = {name: getattr(page, name) for name in _PAGE_TYPES if name != "job_id"}
    values["html"] = base64.b64encode(page.html).decode() if page.html is not None else None
    return values


_JOB_TYPES = {
    "status": "text", "error_code": "text", "error": "text", "http_status": "integer", "final_url": "text",
    "title": "text", "description": "text", "language": "text", "emails": "text[]", "phones": "text[]",
    "social": "jsonb", "technologies": "jsonb", "is_wordpress": "boolean", "wordpress_version": "text",
    "favicon_url": "text", "logo_url": "text", "organization": "text", "address": "text", "page_kind": "text",
    "pages_scraped": "integer", "bytes": "bigint", "duration": "double precision", "extra": "jsonb",
    "canonical_url": "text", "site_name": "text",
}  # fmt: skip

_PAGE_TYPES = {
    "url": "text", "final_url": "text", "http_status": "integer", "error_code": "text", "error": "text",
    "content_type": "text", "title": "text", "description": "text", "language": "text", "emails": "text[]",
    "phones": "text[]", "bytes": "bigint", "truncated": "boolean", "fetched_at": "timestamptz",
    "duration": "double precision", "html": "text",
}  # fmt: skip


def _typed(types: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in types.items())


_SET = ", ".join(f"{name} = outcome.{name}" for name in _JOB_TYPES)
_PAGE_VALUES = ", ".join(
    "decode(page.html, 'base64')" if name == "html" else f"page.{name}" for name in _PAGE_TYPES
)

#: `outcome` is materialised: the fence and the pages see the same rows, decoded once.
_FINISH = f"""
    WITH outcome AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset($2::jsonb)
        AS given (job_id bigint, attempts integer, {_typed(_JOB_TYPES)}, pages jsonb)
    ), done AS (
        UPDATE batchscrape.jobs AS job
        SET worker_id = NULL, finished_at = now(), updated_at = now(), {_SET}
        FROM outcome
        WHERE job.job_id = outcome.job_id AND job.worker_id = $1
            AND job.attempts = outcome.attempts AND job.status = 'running'
        RETURNING job.job_id
    ), stored AS (
        INSERT INTO batchscrape.pages (job_id, {", ".join(_PAGE_TYPES)})
        SELECT done.job_id, {_PAGE_VALUES}
        FROM done JOIN outcome USING (job_id)
        CROSS JOIN LATERAL jsonb_to_recordset(outcome.pages) AS page ({_typed(_PAGE_TYPES)})
    )
    SELECT job_id FROM done
"""  # noqa: S608 - the names are this module's

#: Runs a statement, as `Session.run` does.
Run = Callable[..., Awaitable[Any]]


async def stream_jobs(run: Run, batch_id: UUID, *, failed: bool = False) -> AsyncGenerator[dict[str, Any], None]:
    """The rows of `export`, a domain each, in the list's order and in constant memory."""
    chosen = ", ".join(JOB_COLUMNS)
    statement = (
        f"SELECT {chosen} FROM batchscrape.jobs"  # noqa: S608 - column names are models.py's
        " WHERE batch_id = $1 AND job_id >= $2 AND job_id < $3 AND (status = 'failed' OR NOT $4)"
        " ORDER BY job_id"
    )
    async for row in windows(run, statement, batch_id, failed):
        yield row


async def stream_pages(run: Run, batch_id: UUID, *, failed: bool = False) -> AsyncGenerator[dict[str, Any], None]:
    """The rows of `export --pages`, a page each; `failed` leaves those that were fetched and read out."""
    own = {"batch_id", "job_id", "domain"}
    chosen = ", ".join(f"job.{name}" if name in own else f"page.{name}" for name in PAGE_COLUMNS)
    statement = (
        f"SELECT {chosen} FROM batchscrape.pages AS page JOIN batchscrape.jobs AS job USING (job_id)"  # noqa: S608
        " WHERE job.batch_id = $1 AND job_id >= $2 AND job_id < $3 AND (page.error_code IS NOT NULL OR NOT $4)"
        " ORDER BY job_id, page.fetched_at, page.url"
    )
    async for row in windows(run, statement, batch_id, failed):
        yield row


async def windows(run: Run, statement: str, batch_id: UUID, *values: Any) -> AsyncGenerator[dict[str, Any], None]:
    """Page through by ranges of the primary key: no cursor, and no plan that could sort the batch each time.

    The statement takes the batch, the range's first job_id and the one after its last, and then the values.
    """
    first, last = await run(_ends, batch_id)
    for start in range(first, last + 1, _WINDOW):
        for row in await run(_fetch, statement, batch_id, start, start + _WINDOW, *values):
            yield {name: json.loads(value) if name in _JSON_COLUMNS else value for name, value in row.items()}


async def _ends(connection: Connection, batch_id: UUID) -> tuple[int, int]:
    (row,) = await connection.fetch(
        "SELECT coalesce(min(job_id), 1) AS first, coalesce(max(job_id), 0) AS last"
        " FROM batchscrape.jobs WHERE batch_id = $1",
        batch_id,
    )
    return row["first"], row["last"]


async def _fetch(connection: Connection, statement: str, *values: Any) -> list[Record]:
    return list(await connection.fetch(statement, *values))
