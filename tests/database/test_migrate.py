"""Migrations: applied once, by one program at a time; what does not fit is one clear sentence."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from asyncpg import Connection

from batchscrape.database import batches, results
from batchscrape.database import migrate as module
from batchscrape.database.connect import connect
from batchscrape.database.migrate import Migration, migrate, migrations, require_schema
from batchscrape.database.session import Session, open_session
from batchscrape.errors import DatabaseRefused, InputError
from batchscrape.models import BatchStatus
from tests.database.making import make_ended_batch, until_waiting
from tests.pooler import NastyPooler

NEXT = Migration(number=9000, name="next", sql="CREATE TABLE batchscrape.next (number integer);")
COUNT = "SELECT count(*) FROM batchscrape.migrations"


@pytest.fixture
async def bare(connection: Connection) -> Connection:
    """To a database without our schema."""
    await connection.execute("DROP SCHEMA batchscrape CASCADE")
    return connection


@pytest.fixture
async def reader(database: str, pooler: NastyPooler) -> AsyncIterator[Session]:
    """As a role that may read our tables and nothing else."""
    owner = await connect(database)
    await owner.execute(
        "CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA batchscrape TO reader;"
        "GRANT SELECT ON ALL TABLES IN SCHEMA batchscrape TO reader"
    )
    name = await owner.fetchval("SELECT current_database()")
    async with open_session(pooler.dsn(name).replace(pooler.user, "reader")) as session:
        yield session
    await owner.execute("DROP OWNED BY reader; DROP ROLE reader")
    await owner.close()


async def test_a_fresh_database_gets_every_migration_once(bare: Connection) -> None:
    await migrate(bare)
    first = await bare.fetch("SELECT * FROM batchscrape.migrations ORDER BY number")
    await migrate(bare)

    again = await bare.fetch("SELECT * FROM batchscrape.migrations ORDER BY number")
    assert again == first
    assert [(row["number"], row["name"], row["checksum"]) for row in first] == [
        (migration.number, migration.name, migration.checksum) for migration in migrations()
    ]
    assert [row["number"] for row in first] == list(range(1, len(first) + 1))
    await require_schema(bare)


async def test_what_is_missing_is_added_and_the_data_stays(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id = await make_ended_batch(connection, None)
    monkeypatch.setattr(module, "migrations", lambda: [*migrations(), NEXT])

    await migrate(connection)

    assert await connection.fetchval("SELECT count(*) FROM batchscrape.next") == 0
    assert (await batches.read(connection, batch_id)).status is BatchStatus.COMPLETE


async def test_two_programs_at_once_migrate_once(bare: Connection, other: Connection, watcher: Connection) -> None:
    async with watcher.transaction():
        await watcher.execute("SELECT pg_advisory_xact_lock($1)", module._LOCK)
        both = [asyncio.create_task(migrate(each)) for each in (bare, other)]
        await until_waiting(watcher, 2)
    await asyncio.gather(*both)

    assert await watcher.fetchval(COUNT) == len(migrations())


async def test_a_migration_that_fails_leaves_nothing(bare: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Migration(number=9001, name="broken", sql="SELECT 1 / 0;")
    monkeypatch.setattr(module, "migrations", lambda: [*migrations(), NEXT, broken])

    with pytest.raises(Exception, match="division by zero"):
        await migrate(bare)

    assert await bare.fetchval("SELECT to_regnamespace('batchscrape') IS NULL")


@pytest.mark.parametrize("lose", ["lose_next_reply", "lose_next_query"])
async def test_a_lost_commit_is_made_good(
    bare: Connection, session: Session, pooler: NastyPooler, lose: str
) -> None:
    getattr(pooler, lose)(b"COMMIT")

    await session.run(migrate)

    assert (session.losses, await bare.fetchval(COUNT)) == (1, len(migrations()))


async def test_a_database_of_a_newer_program_is_refused(connection: Connection) -> None:
    await connection.execute("INSERT INTO batchscrape.migrations VALUES (9000, 'of_tomorrow', 'x')")

    for ask in (migrate, require_schema):
        with pytest.raises(DatabaseRefused, match=r"made by a newer batchscrape \(schema 9000; .*pip install"):
            await ask(connection)


async def test_a_migration_that_was_changed_after_the_fact_is_refused(connection: Connection) -> None:
    await connection.execute("UPDATE batchscrape.migrations SET checksum = 'x' WHERE number = 1")

    for ask in (migrate, require_schema):
        with pytest.raises(DatabaseRefused, match="Migration 1 of this database is not the one"):
            await ask(connection)


async def test_readers_are_told_of_an_older_database(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "migrations", lambda: [*migrations(), NEXT])

    with pytest.raises(InputError, match="older batchscrape: `batchscrape run` or `work` updates it"):
        await require_schema(connection)

    assert await connection.fetchval(COUNT) == len(migrations())


async def test_readers_are_told_of_a_database_without_our_schema(bare: Connection) -> None:
    with pytest.raises(InputError, match="holds no batches yet"):
        await require_schema(bare)
    await bare.execute("CREATE SCHEMA batchscrape")
    with pytest.raises(InputError, match="holds no batches yet"):
        await require_schema(bare)


async def test_a_role_with_nothing_but_select_reads_everything(reader: Session, connection: Connection) -> None:
    batch_id = await make_ended_batch(connection, None, "timeout")

    await reader.run(require_schema)

    assert (
        await reader.run(batches.find, "latest") == await reader.run(batches.find, str(batch_id)[:8]) == batch_id
    )
    assert (await reader.run(batches.read, batch_id)).status is BatchStatus.PARTIAL
    assert len(await reader.run(batches.read_newest, 10)) == 1
    assert len([row async for row in results.stream_jobs(reader.run, batch_id)]) == 2
    assert len([row async for row in results.stream_pages(reader.run, batch_id)]) == 2


async def test_a_role_that_may_not_migrate_need_not_when_all_is_there(reader: Session) -> None:
    await reader.run(migrate)

    assert reader.losses == 0


async def test_a_role_that_may_not_create_the_schema_gets_one_sentence(
    reader: Session, connection: Connection
) -> None:
    await connection.execute("DROP SCHEMA batchscrape CASCADE")

    with pytest.raises(DatabaseRefused, match=r"permission denied for database.*; grant these rights") as caught:
        await reader.run(migrate)

    assert reader.losses <= 2
    assert caught.value.exit_status == 78
    assert "\n" not in str(caught.value)


async def test_a_role_that_may_not_update_the_schema_gets_one_sentence(
    reader: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "migrations", lambda: [*migrations(), NEXT])

    with pytest.raises(DatabaseRefused, match=r"permission denied for schema batchscrape; grant these rights"):
        await reader.run(migrate)
