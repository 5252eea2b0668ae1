"""Every statement about batches."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields
from datetime import timedelta
from itertools import islice
from uuid import UUID

from asyncpg import Connection, Record

from batchscrape.database import jobs
from batchscrape.domains import Rejected, nothing_valid
from batchscrape.errors import InputError
from batchscrape.models import Batch, BatchStatus, Entry
from batchscrape.settings import ScrapeSettings

#: Lines a statement of `create`.
_CHUNK = 10_000
#: From this size on a batch is analysed when it is made: the planner would otherwise walk the primary key.
_LARGE = 5_000


async def create(
    connection: Connection,
    batch_id: UUID,
    lines: Callable[[], Iterator[Entry | Rejected]],
    settings: ScrapeSettings,
    *,
    name: str | None = None,
) -> int:
    """Store the batch and its jobs, whole or not at all; how many domains it has, doubles dropped.

    The id is the client's, so that a second try after a lost reply finds what the first one stored; `lines` is
    called anew by each try. Raises InputError where no line is valid.
    """
    async with connection.transaction():
        done = await connection.execute(
            "INSERT INTO batchscrape.batches (batch_id, name, options, total_domains, rejected_lines)"
            " VALUES ($1, $2, $3, 0, 0) ON CONFLICT (batch_id) DO NOTHING",
            batch_id,
            name,
            json.dumps(asdict(settings)),
        )
        if done == "INSERT 0 0":
            return int(await connection.fetchval(_TOTAL, batch_id))
        total, rejected = await _insert_lines(connection, batch_id, lines())
        if total == 0:
            raise nothing_valid(rejected)
        await connection.execute(
            "UPDATE batchscrape.batches SET total_domains = $2, rejected_lines = $3 WHERE batch_id = $1",
            batch_id,
            total,
            rejected,
        )
    if total >= _LARGE:
        await connection.execute("ANALYZE batchscrape.jobs")
    return total


_TOTAL = "SELECT total_domains FROM batchscrape.batches WHERE batch_id = $1"


async def _insert_lines(
    connection: Connection, batch_id: UUID, lines: Iterator[Entry | Rejected]
) -> tuple[int, int]:
    total = rejected = 0
    while chunk := list(islice(lines, _CHUNK)):
        entries = [line for line in chunk if isinstance(line, Entry)]
        total += await jobs.insert(connection, batch_id, entries)
        rejected += len(chunk) - len(entries)
    return total, rejected


async def find(connection: Connection, reference: str) -> UUID:
    """The batch that a user means: `latest`, an id, the beginning of one, or the newest of a name.

    Raises InputError where there is none, or the beginning fits several.
    """
    if reference == "latest":
        found = await connection.fetchval(
            "SELECT batch_id FROM batchscrape.batches ORDER BY created_at DESC, batch_id LIMIT 1"
        )
        if found is None:
            raise InputError("There is no batch yet: `batchscrape run` makes one.")
        return UUID(str(found))
    rows = await connection.fetch(
        "SELECT * FROM ("
        " SELECT batch_id, created_at, name = $1 AS named,"
        "  length($1) >= 4 AND starts_with(batch_id::text, lower($1)) AS begins"
        " FROM batchscrape.batches) AS batch"
        " WHERE begins OR named ORDER BY created_at DESC",
        reference,
    )
    begins = [row["batch_id"] for row in rows if row["begins"]]
    found = begins if len(begins) == 1 else [row["batch_id"] for row in rows if row["named"]]
    if found:
        return UUID(str(found[0]))
    if begins:
        some = ", ".join(str(batch_id) for batch_id in begins[:3])
        raise InputError(f"“{reference}” is the beginning of {len(begins)} batches ({some}): say more of it.")
    raise InputError(f"There is no batch “{reference}”: `batchscrape list` shows them.")


async def read(connection: Connection, batch_id: UUID) -> Batch:
    """How far the batch is, in one snapshot."""
    row = await connection.fetchrow("SELECT * FROM batchscrape.batch_status WHERE batch_id = $1", batch_id)
    if row is None:
        raise InputError(f"There is no batch {batch_id}: it was deleted.")
    return _batch(row)


async def read_newest(connection: Connection, limit: int) -> list[Batch]:
    """The batches, newest first."""
    rows = await connection.fetch(
        "SELECT * FROM batchscrape.batch_status ORDER BY created_at DESC, batch_id LIMIT $1", limit
    )
    return [_batch(row) for row in rows]


async def read_open(connection: Connection) -> list[UUID]:
    """The batches that still have jobs to do, oldest first."""
    rows = await connection.fetch(
        "SELECT batch_id FROM batchscrape.batches WHERE ended_at IS NULL ORDER BY created_at, batch_id"
    )
    return [row["batch_id"] for row in rows]


async def read_settings(connection: Connection, batch_id: UUID) -> ScrapeSettings:
    """The options that were stored with the batch; what this program does not know is left out."""
    options = await connection.fetchval("SELECT options FROM batchscrape.batches WHERE batch_id = $1", batch_id)
    if options is None:
        raise InputError(f"There is no batch {batch_id}: it was deleted.")
    stored = json.loads(options)
    known = {field.name: stored[field.name] for field in fields(ScrapeSettings) if field.name in stored}
    known["allow_network"] = tuple(known.get("allow_network", ()))
    return ScrapeSettings(**known)


async def cancel(connection: Connection, batch_id: UUID) -> bool:
    """No further job of it starts; False where it had ended already."""
    async with connection.transaction():
        await _lock(connection, batch_id)
        changed = await connection.execute(
            "UPDATE batchscrape.batches SET cancelled_at = coalesce(cancelled_at, now())"
            " WHERE batch_id = $1 AND ended_at IS NULL AND (cancelled_at IS NOT NULL OR EXISTS ("
            "  SELECT FROM batchscrape.jobs WHERE jobs.batch_id = $1 AND status IN ('pending', 'running')))",
            batch_id,
        )
        await jobs.cancel_pending(connection, batch_id)
        await jobs.cancel_lost(connection, batch_id)
    return changed != "UPDATE 0"


async def reopen(connection: Connection, batch_id: UUID, error_code: str | None = None) -> int:
    """Put the failed jobs (of one code, where given) back to pending; how many those are.

    The batch row is locked first, so that a freeze of the totals comes whole before or whole after.
    """
    async with connection.transaction():
        await _lock(connection, batch_id)
        count = await jobs.put_failed_back(connection, batch_id, error_code)
        if count:
            await connection.execute(
                "UPDATE batchscrape.batches SET cancelled_at = NULL, ended_at = NULL, updated_at = NULL,"
                " start_time = NULL, completed_domains = NULL, failed_domains = NULL, cancelled_domains = NULL,"
                " pages_scraped = NULL, bytes = NULL, errors = NULL WHERE batch_id = $1",
                batch_id,
            )
    return count


async def freeze(connection: Connection, batch_id: UUID) -> bool:
    """Write the totals into the batch row when every job has ended; whether they stand there now.

    A transaction of its own after the last finish: the row is locked, then counted, then written. A single
    guarded UPDATE was measured to freeze a batch whose job `reopen` had just put back.
    """
    async with connection.transaction():
        await _lock(connection, batch_id)
        if await connection.fetchval(
            "SELECT cancelled_at IS NOT NULL FROM batchscrape.batches WHERE batch_id = $1", batch_id
        ):
            await jobs.cancel_pending(connection, batch_id)
        done = await connection.execute(
            "UPDATE batchscrape.batches SET ended_at = state.end_time, updated_at = state.updated_at,"
            " start_time = state.start_time, completed_domains = state.completed_domains,"
            " failed_domains = state.failed_domains, cancelled_domains = state.cancelled_domains,"
            " pages_scraped = state.pages_scraped, bytes = state.bytes, errors = state.errors"
            " FROM batchscrape.batch_status AS state"
            " WHERE batches.batch_id = $1 AND state.batch_id = $1 AND state.end_time IS NOT NULL",
            batch_id,
        )
    return done != "UPDATE 0"


async def read_ended(connection: Connection, age: timedelta) -> list[Batch]:
    """The frozen batches that ended longer ago than that, oldest first."""
    rows = await connection.fetch(
        "SELECT * FROM batchscrape.batch_status WHERE batch_id IN ("
        " SELECT batch_id FROM batchscrape.batches WHERE ended_at < now() - $1::interval) ORDER BY created_at",
        age,
    )
    return [_batch(row) for row in rows]


async def delete_ended(connection: Connection, batch_id: UUID, age: timedelta) -> bool:
    """Delete the batch with its jobs and pages, unless it did not end so long ago, or `retry` reopened it."""
    done = await connection.execute(
        "DELETE FROM batchscrape.batches WHERE batch_id = $1 AND ended_at < now() - $2::interval",
        batch_id,
        age,
        timeout=jobs.LONG,
    )
    return done != "DELETE 0"


async def _lock(connection: Connection, batch_id: UUID) -> None:
    await connection.execute("SELECT FROM batchscrape.batches WHERE batch_id = $1 FOR UPDATE", batch_id)


def _batch(row: Record) -> Batch:
    values = {field.name: row[field.name] for field in fields(Batch)}
    values["status"] = BatchStatus(row["status"])
    values["options"] = json.loads(row["options"])
    values["errors"] = json.loads(row["errors"])
    return Batch(**values)
