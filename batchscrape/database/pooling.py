"""Find out, by what can be seen, whether a pooler stands before PostgreSQL, and of which mode.

What is looked at, and what it proves:

- **The process id told at login, and `pg_backend_pid()`.** PostgreSQL tells a client the id of its own session
  (BackendKeyData). A pooler logs the client in by itself and tells what leads a cancel request back to it:
  pgbouncer random bits, Supavisor a running number, Odyssey an id of its client. So two different numbers prove
  that somebody answered in the server's place. Equal ones prove nothing, but a pooler that tells the server's
  number and never moves a connection is no different from the server to us.
- **One connection with two sessions, or one session on two open connections.** Either proves transaction mode:
  in session mode a client keeps its session, alone, until it leaves. A pooler that hands out the session that
  came back last (pgbouncer) shows one session to both connections; one that hands out the session that has been
  idle for longest (`server_round_robin`, a FIFO pool) shows two to a connection that asks twice in a row.
  No transaction is held meanwhile: a pool of one session would then not answer the other connections.
- **A transaction that is refused, or has two sessions.** Proves statement mode. pgbouncer refuses it and closes
  the connection, so the last one is used.

Session mode cannot be proved without leaving something on the session. It is what is left when a pooler is there
and nothing was seen to move: it may still move a connection later. The questions are `SELECT pg_backend_pid()`
alone, so nothing is left behind.
"""

from collections.abc import Sequence
from enum import StrEnum

import asyncpg


class PoolMode(StrEnum):
    """For how long a connection keeps a session of the server."""

    #: No pooler was seen: for as long as it lives.
    NONE = "none"
    #: The same, as far as can be seen, by leave of a pooler.
    SESSION = "session"
    #: For one transaction.
    TRANSACTION = "transaction"
    #: For one statement: no transaction is possible.
    STATEMENT = "statement"


async def find_pool_mode(connections: Sequence[asyncpg.Connection]) -> PoolMode:
    """Look at one connection or, better, several; in statement mode the last one may be closed afterwards."""
    first, *_ = connections
    seen = [await _backend(connection) for connection in connections]
    again = {await _backend(first), await _backend(first)}
    if again != {seen[0]} or len(set(seen)) < len(seen):
        return PoolMode.TRANSACTION if await _bears_transactions(connections[-1]) else PoolMode.STATEMENT
    told = [connection.get_server_pid() for connection in connections]
    return PoolMode.NONE if told == seen else PoolMode.SESSION


async def _bears_transactions(connection: asyncpg.Connection) -> bool:
    try:
        async with connection.transaction():
            return await _backend(connection) == await _backend(connection)
    except asyncpg.PostgresError as error:
        if "transaction blocks not allowed" in str(error):
            return False
        raise


async def _backend(connection: asyncpg.Connection) -> int:
    """Process id of the session that it has at this moment."""
    return int(await connection.fetchval("SELECT pg_backend_pid()"))
