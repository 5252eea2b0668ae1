"""`--lock`: taken before a command stores anything, kept while it works, given back at its end."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import NoReturn
from uuid import UUID, uuid4

from batchscrape.database import locks
from batchscrape.database.locks import Claimant, Holder
from batchscrape.database.migrate import migrate
from batchscrape.database.session import Session, open_session
from batchscrape.database.workers import who
from batchscrape.errors import LockTaken, TryLater
from batchscrape.running.waiting import heard
from batchscrape.settings import ProcessSettings

#: Seconds between two beats, at most.
_INTERVAL = 5.0
#: Seconds that giving it back may take; after that the lease does it.
_RELEASE_TIME = 2.0


@asynccontextmanager
async def locked(dsn: str, process: ProcessSettings, stop: Callable[[], object]) -> AsyncIterator[UUID | None]:
    """Hold the lock that the settings name, if they name one, as long as the context lasts; gives the holder's id.

    Raises LockTaken at once when another command holds it. Where this one was not heard of for its lease and
    another has taken over, `stop` is called, and LockTaken raised at the end.
    """
    if process.lock is None:
        yield None
        return
    claimant = Claimant(holder_id=uuid4(), host=socket.gethostname(), pid=os.getpid(), lease=process.lease)
    # On a connection of its own: the command's may be busy with a long list for longer than the lease.
    async with open_session(dsn, patience=process.database_timeout) as session:
        try:
            await _take(session, process.lock, claimant)
            async with _kept(session, process.lock, claimant, stop):
                yield claimant.holder_id
        finally:
            with suppress(TimeoutError, TryLater):
                async with asyncio.timeout(_RELEASE_TIME):
                    await session.run(locks.release, process.lock, claimant)


async def _take(session: Session, name: str, claimant: Claimant) -> None:
    await session.run(migrate)
    holder = await session.run(locks.take, name, claimant)
    if holder.holder_id != claimant.holder_id:
        raise LockTaken(f"Lock “{name}” is held by {_since(holder)}.")


@asynccontextmanager
async def _kept(
    session: Session, name: str, claimant: Claimant, stop: Callable[[], object]
) -> AsyncIterator[None]:
    keeping = asyncio.create_task(_keep(session, name, claimant))
    keeping.add_done_callback(lambda ended: ended.cancelled() or stop())
    try:
        yield
    except asyncio.CancelledError:
        if not keeping.done():
            raise
    finally:
        keeping.cancel()
        keeping.add_done_callback(heard)
    if keeping.done():
        await keeping


async def _keep(session: Session, name: str, claimant: Claimant) -> NoReturn:
    """Beat until the lock is lost."""
    pause = min(claimant.lease / 6, _INTERVAL)
    while await session.run(locks.keep, name, claimant):  # noqa: ASYNC110 - another machine sets no event here
        await asyncio.sleep(pause)
    holder = await session.run(locks.read, name)
    by = f" by {_since(holder)}" if holder else ""
    raise LockTaken(f"Lock “{name}” was taken over{by}, as this command had not been heard of: stopped.")


def _since(holder: Holder) -> str:
    return f"{who(holder.host, holder.pid)} since {holder.taken_at:%Y-%m-%dT%H:%M:%SZ}"
