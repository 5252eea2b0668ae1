"""A session comes back by itself from what passes, and says at once what does not."""

import asyncio
import logging
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator

import asyncpg
import pytest
from asyncpg import Connection

from batchscrape.database import session as module
from batchscrape.database.connect import connect
from batchscrape.database.session import Session, open_session
from batchscrape.errors import DatabaseRefused, DatabaseUnavailable
from tests.pooler import NastyPooler
from tests.postgres import running_postgres

LOSSES: list[Callable[[NastyPooler], None]] = [
    NastyPooler.drop_all, NastyPooler.lose_next_query, NastyPooler.lose_next_reply
]  # fmt: skip


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> asyncio.Queue[None]:
    """An entry for each connection that is opened, the moment it is tried."""
    opened: asyncio.Queue[None] = asyncio.Queue()

    async def counting(dsn: str) -> asyncpg.Connection:
        opened.put_nowait(None)
        return await connect(dsn)

    monkeypatch.setattr(module, "connect", counting)
    return opened


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """What people are told, without the figures."""
    caplog.set_level(logging.INFO, logger="batchscrape")
    return lambda: [record.getMessage().partition(" ")[0] for record in caplog.records]


@pytest.fixture
def refusing() -> Iterator[str]:
    """DSN of a port where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"postgresql://me:secret@127.0.0.1:{taken.getsockname()[1]}/shop"


@pytest.fixture
async def silent() -> AsyncIterator[str]:
    """DSN of a server that takes connections and never says a word."""

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1")
    yield f"postgresql://me:secret@127.0.0.1:{server.sockets[0].getsockname()[1]}/shop"
    server.close()


async def ask(connection: Connection, value: str = "here") -> str:
    return str(await connection.fetchval("SELECT $1::text", value))


@pytest.mark.parametrize("lose", LOSSES)
async def test_a_lost_connection_is_made_good_and_told_once(
    session: Session, pooler: NastyPooler, said: Callable[[], list[str]], lose: Callable[[NastyPooler], None]
) -> None:
    since = session.connected_since
    lose(pooler)

    answer = await session.run(ask, value="back")

    assert (answer, session.losses) == ("back", 1)
    assert said() == ["Waiting", "The"]
    assert session.connected_since > since


async def test_nothing_is_said_of_what_went_well(session: Session, said: Callable[[], list[str]]) -> None:
    assert [await session.run(ask, str(number)) for number in range(3)] == ["0", "1", "2"]

    assert (session.losses, said()) == (0, [])


async def test_a_longer_outage_is_told_once_and_waited_for(
    session: Session, pooler: NastyPooler, said: Callable[[], list[str]], tries: asyncio.Queue[None]
) -> None:
    pooler.stop()

    answer = asyncio.create_task(session.run(ask))
    for _ in range(2):
        await tries.get()
    pooler.start()

    assert await answer == "here"
    assert said() == ["Waiting", "The"]
    assert session.losses == 1


async def test_when_the_patience_is_used_up_it_is_unavailable(dsn: str, pooler: NastyPooler) -> None:
    session = Session(dsn, patience=0.3)
    await session.run(ask)
    pooler.stop()
    started = time.monotonic()

    with pytest.raises(DatabaseUnavailable) as caught:
        await session.run(ask)

    assert time.monotonic() - started < 8
    assert caught.value.exit_status == 75
    assert str(caught.value).count("cannot be used now") == 1
    pooler.start()
    assert await session.run(ask) == "here"
    await session.close()


async def test_an_unknown_database_is_refused_at_once(pooler: NastyPooler, tries: asyncio.Queue[None]) -> None:
    with pytest.raises(DatabaseRefused, match='database "nowhere" does not exist; check the name') as caught:
        await Session(pooler.dsn("nowhere")).run(ask)

    assert (caught.value.exit_status, tries.qsize()) == (78, 1)


async def test_a_wrong_password_is_refused_at_once_and_never_shown(tries: asyncio.Queue[None]) -> None:
    with (
        running_postgres(hba="local all all scram-sha-256") as folder,
        pytest.raises(DatabaseRefused, match="password authentication failed") as caught,
    ):
        await Session(f"postgresql://batchscrape:pa55word@/postgres?host={folder}").run(ask)

    assert (caught.value.exit_status, tries.qsize()) == (78, 1)
    assert "pa55word" not in str(caught.value)


async def test_what_a_statement_does_wrong_is_raised_as_it_is_and_holds_no_session(
    session: Session, pooler: NastyPooler, tries: asyncio.Queue[None]
) -> None:
    async def wrong(connection: Connection) -> None:
        await connection.fetchval("SELECT $1::int", "no number")

    with pytest.raises(asyncpg.DataError):
        await session.run(wrong)
    pooler.drop_all()

    assert (session.losses, tries.qsize(), pooler.findings) == (1, 0, [])
    assert await session.run(ask) == "here"


async def test_an_error_that_no_rule_knows_is_not_tried_again(
    session: Session, tries: asyncio.Queue[None]
) -> None:
    async def unknown(connection: Connection) -> None:
        await connection.execute("SELECT * FROM batchscrape.nothing")

    with pytest.raises(asyncpg.UndefinedTableError):
        await session.run(unknown)

    assert tries.qsize() == 0
    assert await session.run(ask) == "here"


async def test_what_passes_by_itself_is_tried_again(session: Session, said: Callable[[], list[str]]) -> None:
    states = iter(["40P01", "57P01", "53300"])

    async def unlucky(connection: Connection) -> str:
        if state := next(states, None):
            await connection.execute(f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$")
        return await ask(connection)

    assert await session.run(unlucky) == "here"
    assert (session.losses, said()) == (3, ["Waiting", "The"])


async def test_a_cancelled_statement_leaves_its_connection(session: Session, pooler: NastyPooler) -> None:
    started = asyncio.Event()

    async def stuck(connection: Connection) -> None:
        async with connection.transaction():
            started.set()
            await connection.execute("SELECT pg_sleep(60)")

    task = asyncio.create_task(session.run(stuck))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert session.losses == 1
    assert await session.run(ask) == "here"
    pooler.drop_all()


async def test_statements_take_turns(session: Session) -> None:
    answers = await asyncio.gather(*(session.run(ask, str(number)) for number in range(5)))

    assert answers == ["0", "1", "2", "3", "4"]
    assert session.losses == 0


async def test_opening_gives_up_in_time_where_nothing_listens(
    refusing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "OPENING_TIME", 0.5)
    started = time.monotonic()

    with pytest.raises(DatabaseUnavailable, match=r"^the database me@127.0.0.1:\d+/shop [^:]+(: .*111.*)?$"):
        async with open_session(refusing, patience=300):
            pass

    assert time.monotonic() - started < 8


async def test_opening_gives_up_in_time_where_nobody_answers(silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OPENING_TIME", 0.5)
    started = time.monotonic()

    with pytest.raises(DatabaseUnavailable, match=r"^the database me@127.0.0.1:\d+/shop does not answer$"):
        async with open_session(silent, patience=300):
            pass

    assert time.monotonic() - started < 8


async def test_an_opened_session_has_the_patience_it_was_given(
    dsn: str, pooler: NastyPooler, monkeypatch: pytest.MonkeyPatch, tries: asyncio.Queue[None]
) -> None:
    monkeypatch.setattr(module, "OPENING_TIME", 5.0)
    async with open_session(dsn, patience=0.0) as session:
        pooler.stop()

        with pytest.raises(DatabaseUnavailable):
            await session.run(ask)

    assert tries.qsize() == 1


async def test_leaving_says_goodbye(dsn: str, pooler: NastyPooler) -> None:
    for _ in range(3):
        async with open_session(dsn) as session:
            await session.run(ask)

    assert pooler.peak_clients == 1


async def test_a_goodbye_that_nobody_answers_is_no_error(dsn: str, pooler: NastyPooler) -> None:
    async with open_session(dsn) as session:
        await session.run(ask)
        pooler.delay = 30.0

    pooler.delay = 0.0
    assert await session.run(ask) == "here"
    await session.close()
