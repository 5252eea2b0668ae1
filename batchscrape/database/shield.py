"""Run a statement free of the settings that another client has left on a shared server session.

Poolers in transaction mode hand sessions on as they are: with another client's `SET ROLE`, `statement_timeout` or
read-only default. A transaction with settings of its own costs three round trips more, so it is for the second
try, after an error that such a setting explains.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

T = TypeVar("T")

#: read-only transaction, serialization failure, insufficient privilege, lock timeout, statement timeout
_SUSPECTS = {"25006", "40001", "42501", "55P03", "57014"}

_OWN_SETTINGS = """
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
    SET LOCAL SESSION AUTHORIZATION DEFAULT;
    SET LOCAL ROLE NONE;
    SET LOCAL statement_timeout = 0;
    SET LOCAL lock_timeout = 0;
    SET LOCAL idle_in_transaction_session_timeout = 0;
"""


def may_be_anothers_setting(error: BaseException) -> bool:
    """Whether a setting that is not ours can have caused the error."""
    return getattr(error, "sqlstate", None) in _SUSPECTS


async def shielded(connection: asyncpg.Connection, statement: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
    """Run the statement in a transaction with settings of its own; they end with it."""
    async with connection.transaction():
        await connection.execute(_OWN_SETTINGS)
        return await statement(connection)
