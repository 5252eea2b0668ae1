"""Through a real pgbouncer in transaction mode, whose sessions other clients use too."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import asyncpg
import pytest

from batchscrape.database.connect import connect
from batchscrape.database.refusals import Verdict, judge
from batchscrape.errors import DatabaseRefused, DatabaseUnavailable
from tests.pgbouncer import running_pgbouncer, version
from tests.postgres import running_postgres

PASSWORD = "s3cret/with@signs"
QUOTED = "s3cret%2Fwith%40signs"
PROCESSES = 4
ROUNDS = 40
SCHEMA = """
    CREATE ROLE app LOGIN;
    CREATE ROLE clerk;
    GRANT clerk TO app;
    CREATE SCHEMA shop;
    CREATE TABLE shop.things (owner text, number int, PRIMARY KEY (owner, number));
    CREATE SCHEMA decoy;
    CREATE TABLE decoy.things (owner text, number int);
    GRANT ALL ON SCHEMA shop TO PUBLIC;
    GRANT ALL ON shop.things TO PUBLIC;
"""
HABITS = (
    "SET search_path = decoy",
    "SET statement_timeout = '20s'",
    "SET ROLE clerk",
    "SET DateStyle = 'SQL, DMY'",
    "SET work_mem = '64kB'",
)


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    with running_postgres() as folder:
        asyncio.run(_create_schema(folder))
        yield folder


@pytest.fixture(scope="module")
def port(server: Path) -> Iterator[int]:
    with running_pgbouncer(server, {"app": PASSWORD}) as port:
        yield port


@pytest.fixture
def dsn(port: int) -> str:
    return f"postgresql://app:{QUOTED}@127.0.0.1:{port}/postgres?pgbouncer=true"


async def _create_schema(folder: Path) -> None:
    direct = await asyncpg.connect(host=str(folder), user="batchscrape", database="postgres")
    await direct.execute(SCHEMA)
    await direct.close()


async def work_beside_others(dsn: str) -> list[int]:
    """Four processes of ours, and one client that leaves settings behind; the rows that each of ours saw."""
    loop = asyncio.get_running_loop()
    rude = await asyncpg.connect(dsn.partition("?")[0], statement_cache_size=0)
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        ours = [loop.run_in_executor(pool, count_own_rows, dsn, f"process {i}") for i in range(PROCESSES)]
        everybody = asyncio.gather(*ours)
        while not everybody.done():
            for habit in HABITS:
                await rude.execute(habit)
        counts = await everybody
    await rude.close()
    return counts


def count_own_rows(dsn: str, owner: str) -> int:
    """Store rows one by one and by the hundred, in transactions and without; how many are found again."""
    return asyncio.run(_store_and_count(dsn, owner))


async def _store_and_count(dsn: str, owner: str) -> int:
    connection = await connect(dsn)
    for number in range(ROUNDS):
        await connection.execute("INSERT INTO shop.things VALUES ($1, $2)", owner, number)
        async with connection.transaction():
            many = [str(number * 1000 + offset) for offset in range(100, 200)]
            await connection.execute(
                "INSERT INTO shop.things SELECT $1, n::int FROM unnest($2::text[]) AS n", owner, many
            )
            newest = await connection.fetchval("SELECT max(number) FROM shop.things WHERE owner = $1", owner)
        assert newest == number * 1000 + 199
    count = await connection.fetchval("SELECT count(*) FROM shop.things WHERE owner = $1", owner)
    await connection.execute("DELETE FROM shop.things WHERE owner = $1", owner)
    await connection.close()
    return int(count)


async def test_four_processes_see_their_own_rows_beside_a_client_that_leaves_settings(dsn: str) -> None:
    assert await work_beside_others(dsn) == [ROUNDS * 101] * PROCESSES


async def test_the_same_with_prepared_statements_in_the_pooler(server: Path) -> None:
    if version() < (1, 21):
        pytest.skip("this pgbouncer has no max_prepared_statements")
    settings = {"max_prepared_statements": "100"}

    with running_pgbouncer(server, {"app": PASSWORD}, settings) as port:
        counts = await work_beside_others(f"postgresql://app:{QUOTED}@127.0.0.1:{port}/postgres")

    assert counts == [ROUNDS * 101] * PROCESSES


async def test_the_default_statement_cache_breaks_there(dsn: str) -> None:
    plain = dsn.partition("?")[0]
    clients = [await asyncpg.connect(plain) for _ in range(4)]

    async def ask(client: asyncpg.Connection) -> None:
        for number in range(50):
            assert await client.fetchval("SELECT $1::int", number) == number

    answers = await asyncio.gather(*(ask(client) for client in clients), return_exceptions=True)
    for client in clients:
        client.terminate()

    assert any(judge(answer).verdict is Verdict.DEFECT for answer in answers if answer)


async def test_a_wrong_password_is_final_and_not_shown(port: int) -> None:
    with pytest.raises(DatabaseRefused, match="check user and password") as caught:
        await connect(f"postgresql://app:wr0ngpass@127.0.0.1:{port}/postgres")

    assert "wr0ngpass" not in str(caught.value)


async def test_an_unknown_user_is_final(port: int) -> None:
    with pytest.raises(DatabaseRefused, match="check user and password"):
        await connect(f"postgresql://nobody:{QUOTED}@127.0.0.1:{port}/postgres")


async def test_an_unknown_database_is_final(dsn: str) -> None:
    with pytest.raises(DatabaseRefused, match="name of the database"):
        await connect(dsn.replace("/postgres?", "/nowhere?"))


async def test_a_server_that_pgbouncer_cannot_reach_may_come_back(
    dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("batchscrape.database.connect.CONNECT_TIMEOUT", 0.3)

    with pytest.raises(DatabaseUnavailable):
        await connect(dsn.replace("/postgres?", "/unreachable?"))


async def test_a_full_pgbouncer_is_busy(server: Path) -> None:
    with running_pgbouncer(server, {"app": PASSWORD}, {"max_client_conn": "1"}) as port:
        first = await connect(f"postgresql://app:{QUOTED}@127.0.0.1:{port}/postgres")
        with pytest.raises(DatabaseUnavailable, match="no place for another client") as caught:
            await connect(f"postgresql://app:{QUOTED}@127.0.0.1:{port}/postgres")
        first.terminate()

    assert judge(caught.value).verdict is Verdict.BUSY


async def test_waiting_too_long_for_a_session_is_tried_again(server: Path) -> None:
    settings = {"default_pool_size": "1", "query_wait_timeout": "1"}
    with running_pgbouncer(server, {"app": PASSWORD}, settings) as port:
        dsn = f"postgresql://app:{QUOTED}@127.0.0.1:{port}/postgres"
        first, second = await connect(dsn), await connect(dsn)
        async with first.transaction():
            with pytest.raises(asyncpg.PostgresError) as caught:
                await second.execute("SELECT 1")
        first.terminate()

    assert judge(caught.value).verdict is Verdict.RETRY
