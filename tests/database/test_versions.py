"""From every earlier version of the schema to the newest, with data in it.

`schemas/0001.sql` is a database as version 1 left it: `pg_dump --inserts --no-owner --no-privileges
--schema=batchscrape`, without comments, SET and backslash lines. Who adds a migration adds the dump of the
version before.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from asyncpg import Connection

from batchscrape.database import batches, jobs, locks, results
from batchscrape.database.locks import Claimant
from batchscrape.database.migrate import migrate, migrations
from batchscrape.models import BatchStatus
from tests.command import run, started
from tests.database.making import claim, end, make_page, until_waiting

DUMPS = sorted(Path(__file__).with_name("schemas").glob("*.sql"))
TABLES = ("batches", "jobs", "pages", "workers")
OLDER = "This database is from an older batchscrape"

_SHAPE = """
    SELECT 'column', table_name, column_name, data_type, is_nullable, column_default, is_identity
    FROM information_schema.columns WHERE table_schema = 'batchscrape'
    UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', ''
    FROM pg_constraint WHERE connamespace = 'batchscrape'::regnamespace
    UNION ALL SELECT 'index', tablename, indexname, indexdef, '', '', ''
    FROM pg_indexes WHERE schemaname = 'batchscrape'
    UNION ALL SELECT 'view', viewname, definition, '', '', '', ''
    FROM pg_views WHERE schemaname = 'batchscrape'
    ORDER BY 1, 2, 3, 4
"""
_APPLIED = "SELECT array_agg(number ORDER BY number) FROM batchscrape.migrations"


@pytest.fixture
async def newest(database: str) -> list[asyncpg.Record]:
    """The shape of a database that was made by this program."""
    connection = await asyncpg.connect(database)
    try:
        return await connection.fetch(_SHAPE)
    finally:
        await connection.close()


@pytest.fixture(params=DUMPS, ids=lambda dump: dump.stem)
async def old(
    request: pytest.FixtureRequest, database: str, newest: list[asyncpg.Record]
) -> AsyncIterator[Connection]:
    """To the test's database as an earlier version left it."""
    assert newest
    connection = await asyncpg.connect(database)
    await connection.execute("DROP SCHEMA batchscrape CASCADE")
    await connection.execute(request.param.read_text())
    yield connection
    await connection.close()


async def rows(connection: Connection, table: str) -> list[dict[str, Any]]:
    found = await connection.fetch(f"SELECT to_jsonb(t) AS row FROM batchscrape.{table} AS t ORDER BY 1")
    return [json.loads(each["row"]) for each in found]


def test_every_version_before_the_newest_has_its_dump() -> None:
    assert [int(dump.stem) for dump in DUMPS] == [migration.number for migration in migrations()][:-1]


async def test_an_old_database_becomes_what_a_new_one_is(old: Connection, newest: list[asyncpg.Record]) -> None:
    await migrate(old)

    assert await old.fetch(_SHAPE) == newest
    assert await old.fetchval(_APPLIED) == [migration.number for migration in migrations()]


async def test_what_was_stored_stays(old: Connection) -> None:
    states = "SELECT batch_id, status, progress, error FROM batchscrape.batch_status ORDER BY 1"
    before = {table: await rows(old, table) for table in TABLES}
    states_before = await old.fetch(states)

    await migrate(old)

    for table in TABLES:
        after = await rows(old, table)
        assert [{name: row[name] for name in was} for was, row in zip(before[table], after, strict=True)] == (
            before[table]
        )
    assert await old.fetch(states) == states_before
    assert {row["status"] for row in states_before} == {
        "complete", "partial", "cancelled", "pending", "interrupted"
    }  # fmt: skip
    assert all(before.values())


async def test_the_work_goes_on_where_it_was(old: Connection) -> None:
    await migrate(old)

    await jobs.sweep(old)
    for batch_id in await batches.read_open(old):
        worker_id, claimed = await claim(old, batch_id)
        ended = [end(job, pages=(make_page(job.start_url),)) for job in claimed]
        await results.finish(old, worker_id, results.encode(ended))
        assert await batches.freeze(old, batch_id)

    ends = {batch.status for batch in await batches.read_newest(old, 100)}
    assert ends == {BatchStatus.COMPLETE, BatchStatus.PARTIAL, BatchStatus.CANCELLED}
    claimant = Claimant(holder_id=uuid4(), host="here", pid=1, lease=60.0)
    assert (await locks.take(old, "nightly", claimant)).holder_id == claimant.holder_id


async def test_readers_are_told_to_update_and_change_nothing(old: Connection, dsn: str) -> None:
    shape = await old.fetch(_SHAPE)

    results_of = [await run(command, "--quiet", dsn=dsn) for command in ("status", "list", "export")]

    assert [(result.returncode, OLDER in result.stderr) for result in results_of] == [(2, True)] * 3
    assert await old.fetch(_SHAPE) == shape


async def test_programs_that_start_at_once_update_it_once(old: Connection, dsn: str, tmp_path: Path) -> None:
    domains = tmp_path / "domains.txt"
    domains.write_text("a.example\n")
    before = len(await rows(old, "batches"))

    submitted = await asyncio.gather(*(run("submit", domains, dsn=dsn) for _ in range(4)))

    assert [each.returncode for each in submitted] == [0] * 4
    assert await old.fetchval(_APPLIED) == [migration.number for migration in migrations()]
    assert len(await rows(old, "batches")) == before + 4


async def test_an_update_that_is_killed_in_the_middle_leaves_the_old_database(
    old: Connection, database: str, watcher: Connection, newest: list[asyncpg.Record], tmp_path: Path
) -> None:
    """What it changed stands, uncommitted, when it waits for the table that notes it."""
    domains = tmp_path / "domains.txt"
    domains.write_text("a.example\n")
    shape, applied = await old.fetch(_SHAPE), await old.fetchval(_APPLIED)

    async with old.transaction():
        await old.execute("LOCK TABLE batchscrape.migrations IN SHARE MODE")
        async with started("submit", domains, dsn=database) as killed:
            await until_waiting(watcher)
            killed.kill()
            await killed.wait()
    await _until_alone(watcher)

    assert (await old.fetch(_SHAPE), await old.fetchval(_APPLIED)) == (shape, applied)
    assert (await run("submit", domains, dsn=database)).returncode == 0
    assert await old.fetch(_SHAPE) == newest


async def _until_alone(watcher: Connection) -> None:
    """Return when no transaction is open but the watcher's."""
    busy = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND state <> 'idle'"
    )
    async with asyncio.timeout(20):
        while await watcher.fetchval(busy):
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("command", ["run", "submit", "work", "resume", "status", "export"])
async def test_a_database_of_a_newer_program_is_one_sentence(
    command: str, connection: Connection, dsn: str, tmp_path: Path
) -> None:
    domains = tmp_path / "domains.txt"
    domains.write_text("a.example\n")
    await connection.execute("INSERT INTO batchscrape.migrations VALUES (9000, 'of_tomorrow', 'x')")

    result = await run(command, *([domains] if command in {"run", "submit"} else []), "--quiet", dsn=dsn)

    (line,) = result.stderr.splitlines()
    assert (result.returncode, result.stdout) == (78, "")
    assert "made by a newer batchscrape (schema 9000" in line
    assert await connection.fetchval("SELECT count(*) FROM batchscrape.batches") == 0
