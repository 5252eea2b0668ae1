"""The nasty pooler catches each habit that a transaction pooler does not bear, and nothing else."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import pairwise
from pathlib import Path

import asyncpg
import pytest

from batchscrape.database.connect import connect
from tests.pooler import NastyPooler
from tests.pooler_wire import PROTOCOL_3, framed, read_message
from tests.postgres import running_postgres


@pytest.fixture(scope="module")
def socket_folder() -> Iterator[Path]:
    with running_postgres() as folder:
        yield folder


@pytest.fixture
def nasty(socket_folder: Path) -> Iterator[NastyPooler]:
    with NastyPooler(str(socket_folder), 5432, "batchscrape") as pooler:
        yield pooler


@pytest.fixture
async def ours(nasty: NastyPooler) -> AsyncIterator[asyncpg.Connection]:
    connection = await connect(nasty.dsn("postgres"))
    yield connection
    connection.terminate()


@pytest.fixture
async def theirs(nasty: NastyPooler) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(nasty.dsn("postgres"))
    yield connection
    connection.terminate()


async def until(happened: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not happened():
            await asyncio.sleep(0.01)


async def test_each_transaction_gets_another_session(ours: asyncpg.Connection) -> None:
    pids = [await ours.fetchval("SELECT pg_backend_pid()") for _ in range(9)]

    assert all(before != after for before, after in pairwise(pids))
    assert len(set(pids)) >= 3


async def test_a_client_does_not_get_its_session_back_when_others_used_theirs_since(
    nasty: NastyPooler, ours: asyncpg.Connection
) -> None:
    other = await connect(nasty.dsn("postgres"))
    before, *_, after = [
        await client.fetchval("SELECT pg_backend_pid()") for client in (ours, ours, ours, other, other, ours)
    ][2:]
    await other.close()

    assert after != before


async def test_one_transaction_stays_on_one_session(ours: asyncpg.Connection) -> None:
    async with ours.transaction():
        pids = {await ours.fetchval("SELECT pg_backend_pid() + $1::int", 0) for _ in range(9)}

    assert len(pids) == 1


async def test_what_our_connections_may_do_leaves_nothing(nasty: NastyPooler, ours: asyncpg.Connection) -> None:
    async with ours.transaction():
        await ours.execute("SELECT pg_advisory_xact_lock($1)", 7)
        await ours.execute("SET LOCAL statement_timeout = '5s'")
        await ours.execute("SELECT set_config('TimeZone', 'UTC', true)")
        await ours.execute("CREATE TABLE public.things (name text) ")
        await ours.execute("INSERT INTO public.things SELECT * FROM unnest($1::text[])", ["a", "b"])
    many = "SELECT name FROM jsonb_to_recordset($1::jsonb) AS row(name text, size int)"
    await ours.executemany("INSERT INTO public.things VALUES ($1)", [["c"], ["d"]])

    assert [row["name"] for row in await ours.fetch(many, '[{"name": "x", "size": 1}]')] == ["x"]
    assert await ours.fetchval("SELECT string_agg(name, '' ORDER BY name) FROM public.things") == "abcd"
    assert nasty.findings == []


async def test_the_default_statement_cache_loses_its_statements(
    nasty: NastyPooler, theirs: asyncpg.Connection
) -> None:
    await theirs.fetchval("SELECT $1::int", 1)
    with pytest.raises(asyncpg.InvalidSQLStatementNameError):
        await theirs.fetchval("SELECT $1::int", 2)

    assert any(finding.startswith("named statement __asyncpg_stmt_") for finding in nasty.findings)


async def test_a_cursor_is_a_named_statement(nasty: NastyPooler, ours: asyncpg.Connection) -> None:
    async with ours.transaction():
        assert [row[0] async for row in ours.cursor("SELECT 1")] == [1]

    assert nasty.findings[0].startswith("named statement")


@pytest.mark.parametrize(
    ("habit", "finding"),
    [
        ("SET statement_timeout = '7s'", "setting statement_timeout = 7000"),
        ("SET search_path = public", "setting search_path = public"),
        ("SET ROLE pg_monitor", "role = pg_monitor"),
        ("LISTEN news", "LISTEN news"),
        ("CREATE TEMPORARY TABLE scratch (x int)", "temporary table scratch"),
        ("SELECT pg_advisory_lock(42)", "advisory lock 42"),
        ("PREPARE plan AS SELECT 1", "prepared statement plan"),
        ("DECLARE rows CURSOR WITH HOLD FOR SELECT 1", "cursor rows"),
    ],
)
async def test_what_stays_on_a_session_is_found_and_cleaned(
    nasty: NastyPooler, ours: asyncpg.Connection, habit: str, finding: str
) -> None:
    await ours.execute(habit)
    for _ in range(6):
        await ours.execute("SELECT 1")

    assert nasty.findings == [f"{finding} (after: {habit})"]


async def test_introspection_of_types_leaves_jit_off(nasty: NastyPooler, ours: asyncpg.Connection) -> None:
    await ours.execute("CREATE TYPE public.colour AS ENUM ('red')")

    await ours.fetchval("SELECT $1::public.colour[]", ["red"])

    assert any(finding.startswith("setting jit = off") for finding in nasty.findings)


async def test_a_statement_that_was_never_synced_holds_its_session(
    nasty: NastyPooler, ours: asyncpg.Connection
) -> None:
    nasty.patience = 0.05

    with pytest.raises(asyncpg.DataError):
        await ours.fetchval("SELECT $1::int", "no number")
    await until(lambda: nasty.findings)

    assert nasty.findings[0] == "session held by a statement that was never Synced (after: SELECT $1::int)"


async def test_a_statement_after_the_error_lets_the_session_go(
    nasty: NastyPooler, ours: asyncpg.Connection
) -> None:
    with pytest.raises(asyncpg.DataError):
        await ours.fetchval("SELECT $1::int", "no number")
    await ours.execute("SELECT 1")
    nasty.drop_all()

    assert nasty.findings == []


async def test_a_session_still_held_at_the_end_is_found(
    nasty: NastyPooler, ours: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.pooler.LIVELY", 0.0)
    with pytest.raises(asyncpg.DataError):
        await ours.fetchval("SELECT $1::int", "no number")
    nasty.drop_all()

    assert [finding.partition(" (")[0] for finding in nasty.findings] == [
        "session held by a statement that was never Synced"
    ]


async def test_waiting_inside_a_transaction_is_found(nasty: NastyPooler, ours: asyncpg.Connection) -> None:
    nasty.patience = 0.05

    async with ours.transaction():
        await until(lambda: nasty.findings)

    assert nasty.findings == ["session held by an open transaction (after: BEGIN;)"]


async def test_a_slow_statement_holds_nothing(nasty: NastyPooler, ours: asyncpg.Connection) -> None:
    nasty.patience = 0.05

    await ours.execute("DO $$ BEGIN RAISE NOTICE 'at work'; PERFORM pg_sleep(0.3); END $$")

    assert nasty.findings == []


async def test_the_default_reset_of_a_pool_wipes_what_is_not_its_own(nasty: NastyPooler) -> None:
    async with asyncpg.create_pool(nasty.dsn("postgres"), min_size=1, max_size=1, statement_cache_size=0) as pool:
        await pool.execute("SELECT 1")

    assert any("search_path" in finding and "RESET ALL" in finding for finding in nasty.findings)


async def test_a_startup_parameter_is_refused(nasty: NastyPooler) -> None:
    with pytest.raises(asyncpg.ProtocolViolationError, match="unsupported startup parameter: search_path"):
        await asyncpg.connect(nasty.dsn("postgres"), server_settings={"search_path": "public"})

    assert nasty.findings == ["startup parameter search_path"]


async def test_a_database_that_is_not_there_is_refused_as_the_server_does(nasty: NastyPooler) -> None:
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await asyncpg.connect(nasty.dsn("nowhere"))


async def test_unqualified_tables_are_not_found(ours: asyncpg.Connection) -> None:
    await ours.execute("CREATE TABLE IF NOT EXISTS public.plain (x int)")

    with pytest.raises(asyncpg.UndefinedTableError):
        await ours.fetch("SELECT * FROM plain")


@pytest.mark.parametrize("lose", ["lose_next_query", "lose_next_reply"])
async def test_a_lost_commit_and_its_lost_reply_look_the_same(
    nasty: NastyPooler, ours: asyncpg.Connection, lose: str
) -> None:
    await ours.execute("CREATE TABLE public.kept (x int)")
    getattr(nasty, lose)(b"COMMIT")

    with pytest.raises(asyncpg.ConnectionDoesNotExistError):
        async with ours.transaction():
            await ours.execute("INSERT INTO public.kept VALUES (1)")

    again = await connect(nasty.dsn("postgres"))
    async with again.transaction():
        kept = await again.fetchval("SELECT count(*) FROM public.kept")
        await again.execute("DROP TABLE public.kept")
    await again.close()
    assert kept == (lose == "lose_next_reply")


@pytest.mark.parametrize(("lose", "done"), [("lose_next_query", 0), ("lose_next_reply", 1)])
async def test_a_statement_with_parameters_is_lost_before_or_after_it_is_done(
    nasty: NastyPooler, ours: asyncpg.Connection, lose: str, done: int
) -> None:
    await ours.execute("CREATE TABLE public.one (x int)")
    getattr(nasty, lose)(b"INSERT")

    with pytest.raises(asyncpg.ConnectionDoesNotExistError):
        await ours.execute("INSERT INTO public.one VALUES ($1)", 1)

    again = await connect(nasty.dsn("postgres"))
    assert (
        await again.fetchval("WITH gone AS (DELETE FROM public.one RETURNING x) SELECT count(*) FROM gone") == done
    )
    await again.execute("DROP TABLE public.one")
    await again.close()


async def test_a_delay_is_paid_once_a_round_trip(nasty: NastyPooler, ours: asyncpg.Connection) -> None:
    nasty.delay = 0.05

    started = time.monotonic()
    rows = await ours.fetch("SELECT repeat('x', 1000) FROM generate_series(1, $1::int)", 1000)

    assert len(rows) == 1000
    assert 0.2 <= time.monotonic() - started < 0.6


async def test_it_can_be_away_and_come_back(nasty: NastyPooler, ours: asyncpg.Connection) -> None:
    nasty.stop()

    with pytest.raises(asyncpg.PostgresConnectionError):
        await ours.execute("SELECT 1")
    with pytest.raises(ConnectionRefusedError):
        await asyncpg.connect(nasty.dsn("postgres"), ssl=False)

    nasty.start()
    again = await asyncpg.connect(nasty.dsn("postgres"))
    assert await again.fetchval("SELECT 1") == 1
    await again.close()


async def test_a_session_that_the_server_ended_is_not_handed_out(
    ours: asyncpg.Connection, socket_folder: Path
) -> None:
    await ours.execute("SELECT 1")
    direct = await asyncpg.connect(host=str(socket_folder), user="batchscrape", database="postgres")
    await direct.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    await direct.close()
    await asyncio.sleep(0.05)

    assert [await ours.fetchval("SELECT 1") for _ in range(4)] == [1, 1, 1, 1]


async def test_no_session_stays_in_a_database_that_all_clients_left(
    ours: asyncpg.Connection, socket_folder: Path
) -> None:
    await ours.execute("SELECT 1")
    await ours.close()

    direct = await asyncpg.connect(host=str(socket_folder), user="batchscrape", database="template1")
    await direct.execute("CREATE DATABASE copied TEMPLATE postgres")
    await direct.execute("DROP DATABASE copied")
    await direct.close()


async def test_statements_sent_ahead_each_get_a_session_of_their_own(nasty: NastyPooler) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", nasty.port)
    startup = PROTOCOL_3.to_bytes(4, "big") + b"user\0batchscrape\0database\0postgres\0\0"
    statement = b"Q" + framed(b"SELECT pg_backend_pid()\0")

    writer.write(framed(startup) + statement * 3)
    messages: list[bytes] = []
    while [message[:1] for message in messages].count(b"Z") < 4:
        messages.append(await read_message(reader))
    writer.close()

    assert len({message for message in messages if message[:1] == b"D"}) == 3


async def test_a_cancelled_statement_ends_on_the_server(ours: asyncpg.Connection) -> None:
    with pytest.raises(TimeoutError):
        await ours.execute("SELECT pg_sleep(60)", timeout=0.1)

    assert await asyncio.wait_for(ours.fetchval("SELECT 1"), 20) == 1


async def test_statements_transactions_and_clients_are_counted(
    nasty: NastyPooler, ours: asyncpg.Connection
) -> None:
    async with ours.transaction():
        await ours.fetchval("SELECT $1::int", 1)
    other = await connect(nasty.dsn("postgres"))
    await other.close()

    assert (nasty.statements, nasty.transactions, nasty.peak_clients) == (3, 1, 2)


async def test_many_clients_at_once_each_get_their_own_answers(nasty: NastyPooler) -> None:
    async def ask(number: int) -> None:
        connection = await connect(nasty.dsn("postgres"))
        for step in range(25):
            assert (
                await connection.fetchval("SELECT $1::int * 1000 + $2::int", number, step) == number * 1000 + step
            )
        await connection.close()

    await asyncio.gather(*(ask(number) for number in range(8)))

    assert nasty.findings == []
