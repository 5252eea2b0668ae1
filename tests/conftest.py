"""What tests share: a real PostgreSQL, a fresh database each, and the nasty pooler in front of it."""

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from batchscrape.database.connect import connect
from batchscrape.database.embedded import running_server
from batchscrape.database.migrate import migrate
from tests.pooler import NastyPooler


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """A BATCHSCRAPE_HOME that the server's user can reach, whoever runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix="batchscrape-tests-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def server(home: Path) -> Iterator[str]:
    """DSN of a running server; its database `template` has the newest schema."""
    with running_server(home) as dsn:
        _administer(dsn, "CREATE DATABASE template")
        asyncio.run(_migrate(_other(dsn, "template")))
        yield dsn


_numbers = itertools.count(1)


@pytest.fixture
def database(server: str) -> Iterator[str]:
    """Direct DSN of a database of the test's own, with the schema in it."""
    name = f"test_{next(_numbers)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE template")
    yield _other(server, name)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def pooler(server: str) -> Iterator[NastyPooler]:
    """Another server session for each transaction; it must have nothing to complain of at the end."""
    host = dict(pair.split("=") for pair in urlsplit(server).query.split("&"))["host"]
    with NastyPooler(host.replace("%2F", "/"), 5432, "batchscrape") as pooler:
        yield pooler
    assert pooler.findings == []


@pytest.fixture
def dsn(database: str, pooler: NastyPooler) -> str:
    """The test's database through the nasty pooler."""
    return pooler.dsn(urlsplit(database).path.strip("/"))


@pytest.fixture
async def connection(dsn: str) -> AsyncIterator[asyncpg.Connection]:
    """As the program connects, through the nasty pooler."""
    connection = await connect(dsn)
    yield connection
    await connection.close()


def _other(dsn: str, database: str) -> str:
    return urlsplit(dsn)._replace(path=f"/{database}").geturl()


def _administer(dsn: str, statement: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(dsn, statement_cache_size=0)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())


async def _migrate(dsn: str) -> None:
    connection = await connect(dsn)
    try:
        await migrate(connection)
    finally:
        await connection.close()
