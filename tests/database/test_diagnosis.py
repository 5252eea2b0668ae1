"""What `doctor` sees of a database, directly and through poolers, and what it makes of that."""

import asyncio
import gc
import ssl
import warnings
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest
import trustme

from batchscrape.database import diagnosis
from batchscrape.database.checks import Check, Status, check_database, judged
from batchscrape.database.connect import connect
from batchscrape.database.diagnosis import NEEDED, Diagnosis, Line, observe
from batchscrape.database.migrate import migrate
from batchscrape.database.pooling import PoolMode
from batchscrape.errors import DatabaseUnavailable, InputError
from tests.pgbouncer import running_pgbouncer
from tests.pooler import NastyPooler
from tests.postgres import running_postgres
from tests.tls import TlsFront


@pytest.fixture(scope="module")
def postgres() -> Iterator[Path]:
    """A server whose roles are ours, and which takes connections without passwords."""
    with running_postgres() as folder:
        yield folder


def direct(postgres: Path, *, database: str = "postgres", user: str = "batchscrape") -> str:
    return f"postgresql://{user}@/{database}?host={postgres}"


@contextmanager
def through_pgbouncer(postgres: Path, **settings: str) -> Iterator[str]:
    with running_pgbouncer(postgres, {"batchscrape": "s3cret"}, settings) as port:
        yield f"postgresql://batchscrape:s3cret@127.0.0.1:{port}/postgres"


async def execute(dsn: str, *statements: str) -> None:
    connection = await asyncpg.connect(dsn, statement_cache_size=0)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


def by_name(checks: list[Check]) -> Mapping[str, Check]:
    return {check.name: check for check in checks}


def judge(seen: Diagnosis) -> Mapping[str, Check]:
    return by_name(list(judged(seen)))


# The pooler


async def test_the_server_itself_is_no_pooler(postgres: Path) -> None:
    seen = await observe(direct(postgres))

    assert (seen.pool_mode, seen.connections, seen.shortage) == (PoolMode.NONE, NEEDED, None)


async def test_the_nasty_pooler_is_seen_through_and_finds_nothing(dsn: str, pooler: NastyPooler) -> None:
    seen = await observe(dsn)

    assert seen.pool_mode is PoolMode.TRANSACTION
    assert pooler.statements > 0


@pytest.mark.parametrize("size", [1, 2, 4, 5])
@pytest.mark.parametrize("round_robin", ["0", "1"])
async def test_transaction_mode_is_seen_whatever_the_pool_hands_out(
    postgres: Path, size: int, round_robin: str
) -> None:
    settings = {"default_pool_size": str(size), "server_round_robin": round_robin}

    with through_pgbouncer(postgres, **settings) as dsn:
        async with sessions_waiting(dsn, size):
            seen = await observe(dsn)

    assert (seen.pool_mode, seen.connections) == (PoolMode.TRANSACTION, NEEDED)


@asynccontextmanager
async def sessions_waiting(dsn: str, number: int) -> AsyncIterator[None]:
    """So many sessions of the pool are open and idle."""
    clients = [await connect(dsn) for _ in range(number)]
    transactions = [client.transaction() for client in clients]
    for transaction in transactions:
        await transaction.start()
    for transaction in transactions:
        await transaction.commit()
    yield
    for client in clients:
        await client.close()


@pytest.mark.parametrize("round_robin", ["0", "1"])
async def test_session_mode_is_no_transaction_mode(postgres: Path, round_robin: str) -> None:
    settings = {"pool_mode": "session", "default_pool_size": "5", "server_round_robin": round_robin}

    with through_pgbouncer(postgres, **settings) as dsn:
        seen = await observe(dsn)

    assert seen.pool_mode is PoolMode.SESSION


async def test_statement_mode_is_refused(postgres: Path) -> None:
    with through_pgbouncer(postgres, pool_mode="statement") as dsn:
        check = by_name(await check_database(dsn))["pooler"]

    assert (check.status, check.value, check.exit_status) == (Status.FAILED, "statement", 78)
    assert "pool_mode = transaction" in check.advice


async def test_a_session_pool_that_is_too_small_for_a_run_is_told(
    postgres: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "OPENING_TIME", 1.0)

    with through_pgbouncer(postgres, pool_mode="session", default_pool_size="2") as dsn:
        checks = by_name(await check_database(dsn))

    assert checks["pooler"].value == "session"
    assert (checks["connections"].status, checks["connections"].value) == (Status.FAILED, 2)
    assert checks["connections"].exit_status == 75
    assert checks["connections"].seen.startswith("Only 2 of the 4 that a run holds.")


async def test_a_pooler_that_takes_no_more_clients_says_what_to_change(postgres: Path) -> None:
    with through_pgbouncer(postgres, max_client_conn="3") as dsn:
        check = by_name(await check_database(dsn))["connections"]

    assert (check.value, check.exit_status) == (3, 75)
    assert "no place for another client" in check.advice
    assert "no place for another client" not in check.seen


async def test_every_connection_is_closed(postgres: Path) -> None:
    gc.collect()

    with warnings.catch_warnings(record=True, action="always") as said:
        await observe(direct(postgres))
        gc.collect()

    assert [str(each.message) for each in said] == []


# The line and the clocks


@pytest.fixture
async def slow(dsn: str, pooler: NastyPooler) -> AsyncIterator[asyncpg.Connection]:
    """A connection whose round trip takes 0.6 s."""
    connection = await connect(dsn)
    pooler.delay = 0.3
    yield connection
    pooler.delay = 0.0
    await connection.close()


async def test_the_round_trip_is_measured(dsn: str, pooler: NastyPooler) -> None:
    pooler.delay = 0.01

    seen = await observe(dsn)

    assert seen.round_trip >= 0.02


async def test_the_clocks_are_compared_for_the_same_moment(slow: asyncpg.Connection) -> None:
    ahead = await diagnosis._clock_ahead(slow, 0.6)

    assert abs(ahead) < 0.25


async def test_encryption_is_seen_at_our_end(postgres: Path, tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)

    with TlsFront(postgres, context) as front:
        dsn = f"postgresql://batchscrape@localhost:{front.port}/postgres"
        unverified = await observe(f"{dsn}?sslmode=require")
        verified = await observe(f"{dsn}?sslrootcert={tmp_path / 'authority.pem'}")

    assert unverified.line == Line(tls="TLSv1.3", verified=False, local=True)
    assert verified.line == Line(tls="TLSv1.3", verified=True, local=True)


# Rights and schema


@asynccontextmanager
async def database_for(postgres: Path, *statements: str, with_schema: bool = True) -> AsyncIterator[str]:
    """DSN of the role `clerk`, which has what the statements give it."""
    await execute(direct(postgres), "CREATE DATABASE shop", "CREATE ROLE clerk LOGIN")
    try:
        dsn = direct(postgres, database="shop")
        if with_schema:
            connection = await connect(dsn)
            await migrate(connection)
            await connection.close()
        await execute(dsn, *statements)
        yield direct(postgres, database="shop", user="clerk")
    finally:
        await execute(direct(postgres), "DROP DATABASE shop WITH (FORCE)", "DROP ROLE clerk")


USAGE = "GRANT USAGE ON SCHEMA batchscrape TO clerk"
READING = "GRANT SELECT ON ALL TABLES IN SCHEMA batchscrape TO clerk"


def writing(*tables: str) -> str:
    names = ", ".join(f"batchscrape.{table}" for table in tables)
    return f"GRANT INSERT, UPDATE, DELETE ON {names} TO clerk"


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        ([], "may not read the tables"),
        ([READING], "may not read the tables"),
        ([USAGE], "may not read the tables"),
        ([USAGE, READING], "only status, list, export and report work"),
        ([USAGE, READING, writing("batches", "jobs", "pages", "workers")], "only status, list"),
    ],
)
async def test_a_role_that_lacks_rights_is_told_what_to_grant(
    postgres: Path, statements: list[str], says: str
) -> None:
    async with database_for(postgres, *statements) as dsn:
        check = by_name(await check_database(dsn))["rights"]

        assert says in check.seen
        assert (check.status, check.exit_status) == (Status.FAILED, 78)
        await execute(direct(postgres, database="shop"), check.advice)
        mended = by_name(await check_database(dsn))

    assert {name for name, each in mended.items() if each.status is not Status.OK} == set()
    assert mended["schema"].seen.startswith("Up to date")


async def test_only_the_tables_that_are_written_must_be_writable(postgres: Path) -> None:
    written = writing("batches", "jobs", "pages", "workers", "locks")

    async with database_for(postgres, USAGE, READING, written) as dsn:
        check = by_name(await check_database(dsn))["rights"]

    assert check.status is Status.OK


@pytest.mark.parametrize(
    "statements",
    [
        [],
        ["CREATE SCHEMA batchscrape"],
        ["CREATE SCHEMA batchscrape", "GRANT CREATE ON SCHEMA batchscrape TO clerk"],
        ["CREATE SCHEMA batchscrape", "GRANT USAGE ON SCHEMA batchscrape TO clerk"],
    ],
)
async def test_a_role_that_may_not_make_the_tables_is_told_what_to_grant(
    postgres: Path, statements: list[str]
) -> None:
    async with database_for(postgres, *statements, with_schema=False) as dsn:
        check = by_name(await check_database(dsn))["rights"]

        assert (check.status, check.exit_status) == (Status.FAILED, 78)
        await execute(direct(postgres, database="shop"), check.advice)
        mended = by_name(await check_database(dsn))
        connection = await connect(dsn)
        await migrate(connection)
        await connection.close()

    assert mended["rights"].seen == "The role clerk may create the tables."
    assert mended["schema"].status is Status.OK
    assert "holds no batches yet" in mended["schema"].seen


async def test_a_database_that_takes_no_writes_is_told(postgres: Path) -> None:
    read_only = "ALTER ROLE clerk SET default_transaction_read_only = on"
    async with database_for(postgres, read_only) as dsn:
        check = by_name(await check_database(dsn))["rights"]

    assert (check.status, check.exit_status) == (Status.FAILED, 78)
    assert "read-only" in check.seen


@pytest.mark.parametrize(
    ("statement", "status", "says"),
    [
        ("INSERT INTO batchscrape.migrations VALUES (9999, 'later', '')", Status.FAILED, "newer batchscrape"),
        ("UPDATE batchscrape.migrations SET checksum = ''", Status.FAILED, "not the one"),
        ("DELETE FROM batchscrape.migrations", Status.OK, "no batches yet"),
    ],
)
async def test_the_schema_is_compared_with_ours(
    database: str, dsn: str, statement: str, status: Status, says: str
) -> None:
    await execute(database, statement)

    check = by_name(await check_database(dsn))["schema"]

    assert (check.status, check.exit_status) == (status, 78 * (status is Status.FAILED))
    assert says in check.seen


# What is made of it


@pytest.fixture(scope="module")
def healthy(postgres: Path) -> Diagnosis:
    return asyncio.run(observe(direct(postgres)))


def test_a_healthy_database_draws_no_advice(healthy: Diagnosis) -> None:
    checks = judge(healthy)

    assert [check.name for check in checks.values() if check.status is not Status.OK or check.advice] == []
    assert list(checks) == [
        *("connect", "pooler", "connections", "round_trip", "tls", "server", "clock", "schema", "rights"),
    ]


@pytest.mark.parametrize(
    ("number", "status", "exit_status"),
    [
        (120022, Status.FAILED, 78),
        (130000, Status.OK, 0),
        (180004, Status.OK, 0),
        (190000, Status.WARNING, 0),
    ],
)
def test_servers_from_13_to_18_will_do(healthy: Diagnosis, number: int, status: Status, exit_status: int) -> None:
    check = judge(replace(healthy, version=number))["server"]

    assert (check.status, check.exit_status) == (status, exit_status)


@pytest.mark.parametrize(
    ("ahead", "status", "says"),
    [
        (0.01, Status.OK, "Like this machine's."),
        (4.9, Status.OK, "4.9 s ahead of"),
        (5.1, Status.WARNING, "5.1 s ahead of"),
        (-5.1, Status.WARNING, "5.1 s behind"),
    ],
)
def test_clocks_more_than_5_s_apart_are_a_warning(
    healthy: Diagnosis, ahead: float, status: Status, says: str
) -> None:
    check = judge(replace(healthy, clock_ahead=ahead))["clock"]

    assert (check.status, says in check.seen) == (status, True)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (Line(tls=None, verified=False, local=True), Status.OK),
        (Line(tls=None, verified=False, local=False), Status.WARNING),
        (Line(tls="TLSv1.3", verified=False, local=False), Status.OK),
    ],
)
def test_no_tls_to_another_machine_is_a_warning(healthy: Diagnosis, line: Line, status: Status) -> None:
    assert judge(replace(healthy, line=line))["tls"].status is status


def test_a_far_database_is_a_warning(healthy: Diagnosis) -> None:
    check = judge(replace(healthy, round_trip=0.3))["round_trip"]

    assert (check.status, check.value) == (Status.WARNING, 300.0)


# No way in


async def test_a_database_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "OPENING_TIME", 0.2)
    silent = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]

    with pytest.raises(DatabaseUnavailable, match="does not answer"):
        await observe(f"postgresql://app@127.0.0.1:{port}/db?sslmode=disable")
    silent.close()


async def test_a_session_that_is_lost_in_the_middle_is_no_defect(dsn: str, pooler: NastyPooler) -> None:
    pooler.lose_next_query(b"quote_ident")

    (check,) = await check_database(dsn)

    assert (check.name, check.status, check.exit_status) == ("connect", Status.FAILED, 75)


async def test_a_url_that_cannot_be_read_is_an_error_of_its_own() -> None:
    with pytest.raises(InputError):
        await check_database("mysql://localhost/db")
