"""More connections to the test's database, all of them through the nasty pooler."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from asyncpg import Connection

from batchscrape.database.connect import connect
from batchscrape.database.results import Run
from batchscrape.database.session import Session, open_session


@pytest.fixture
async def session(dsn: str) -> AsyncIterator[Session]:
    async with open_session(dsn) as session:
        yield session


@pytest.fixture
async def other(dsn: str) -> AsyncIterator[Connection]:
    """For what happens at the same time."""
    connection = await connect(dsn)
    yield connection
    await connection.close()


@pytest.fixture
async def watcher(dsn: str) -> AsyncIterator[Connection]:
    """For looking on."""
    connection = await connect(dsn)
    yield connection
    await connection.close()


@pytest.fixture
def run(connection: Connection) -> Run:
    """What a stream of results is read with."""

    async def run(statement: Callable[..., Awaitable[Any]], *values: Any) -> Any:
        return await statement(connection, *values)

    return run
