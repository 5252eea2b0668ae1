"""What the commands that only read have in common."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from batchscrape.database import batches
from batchscrape.database.migrate import require_schema
from batchscrape.database.session import Session, open_session
from batchscrape.models import Batch

T = TypeVar("T")


def read(dsn: str, query: Callable[[Session], Awaitable[T]]) -> T:
    """Ask a database that has our schema; raises InputError for one that has not."""

    async def ask() -> T:
        async with open_session(dsn) as session:
            await session.run(require_schema)
            return await query(session)

    return asyncio.run(ask())


async def read_batch(session: Session, reference: str) -> Batch:
    """The batch that is meant."""
    return await session.run(batches.read, await session.run(batches.find, reference))
