"""Every statement about locks: rows with a lease, since behind a pooler no session can hold one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """A command that wants a lock."""

    #: Its own, made for this one time.
    holder_id: UUID
    host: str
    pid: int
    #: Seconds without a beat after which it counts as dead.
    lease: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who has a lock, and since when."""

    holder_id: UUID
    host: str
    pid: int
    taken_at: datetime


async def take(connection: Connection, name: str, claimant: Claimant) -> Holder:
    """Take the lock where it is free or its holder is dead; who holds it then."""
    while True:
        row = await connection.fetchrow(
            _TAKE, name, claimant.holder_id, claimant.host, claimant.pid, claimant.lease
        )
        # Without a row somebody took it after this statement began, and the next one will see who.
        if row is not None:
            return Holder(**row)


_HOLDER = "worker_id AS holder_id, host, pid, taken_at"

_TAKE = f"""
    WITH taken AS (
        INSERT INTO batchscrape.locks AS held (name, worker_id, host, pid, lease)
        VALUES ($1, $2, $3, $4, make_interval(secs => $5))
        ON CONFLICT (name) DO UPDATE
        SET worker_id = excluded.worker_id, host = excluded.host, pid = excluded.pid, lease = excluded.lease,
            taken_at = now(), seen_at = now()
        WHERE held.seen_at + held.lease <= now()
        RETURNING {_HOLDER}
    )
    SELECT * FROM taken
    UNION ALL
    SELECT {_HOLDER} FROM batchscrape.locks
    WHERE name = $1 AND seen_at + lease > now() AND NOT EXISTS (SELECT FROM taken)
"""  # noqa: S608 - the names are this module's


async def keep(connection: Connection, name: str, claimant: Claimant) -> bool:
    """Say that the holder lives; False where it is not the holder any more.

    A connection that says nothing must not cost the lease: TimeoutError after a third of it.
    """
    done = await connection.execute(
        "UPDATE batchscrape.locks SET seen_at = now() WHERE name = $1 AND worker_id = $2",
        name,
        claimant.holder_id,
        timeout=max(claimant.lease / 3, 1.0),
    )
    return done != "UPDATE 0"


async def read(connection: Connection, name: str) -> Holder | None:
    """Who has the lock, dead or alive."""
    row = await connection.fetchrow(
        f"SELECT {_HOLDER} FROM batchscrape.locks WHERE name = $1",  # noqa: S608 - as above
        name,
    )
    return Holder(**row) if row else None


async def release(connection: Connection, name: str, claimant: Claimant) -> None:
    """Give the lock back; one that is somebody else's by now stays theirs."""
    await connection.execute(
        "DELETE FROM batchscrape.locks WHERE name = $1 AND worker_id = $2", name, claimant.holder_id
    )
