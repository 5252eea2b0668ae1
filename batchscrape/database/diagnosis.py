"""Look at a database as `doctor` does: ask, note what was observed, and leave nothing behind."""

import asyncio
import ssl
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

import asyncpg

from batchscrape.database.connect import FOREIGN, connect, describe
from batchscrape.database.migrate import require_schema
from batchscrape.database.pooling import PoolMode, find_pool_mode
from batchscrape.database.refusals import explain
from batchscrape.database.rights import Rights, read_rights
from batchscrape.errors import BatchscrapeError, DatabaseUnavailable

#: Connections that a run with one process holds: its own, and its worker's for claims, results and beats.
NEEDED = 4
#: Seconds to open one of them and have an answer.
OPENING_TIME = 9.0
#: Seconds for all that is asked once they are open.
ASKING_TIME = 20.0
#: Round trips, of which the median is taken.
SAMPLES = 5

_SERVER = """
    SELECT current_setting('server_version_num')::int AS version,
           current_setting('max_connections')::int AS max_connections,
           (SELECT sum(numbackends)::int FROM pg_stat_database) AS used_connections
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How the connection goes over the network."""

    #: Like `TLSv1.3`; None where it is not encrypted.
    tls: str | None
    #: The server's certificate was checked against an authority.
    verified: bool
    #: It does not leave this machine.
    local: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What was observed of a database that lets us in."""

    #: user@host:port/database.
    place: str
    pool_mode: PoolMode
    #: Connections that were open at the same time, up to NEEDED.
    connections: int
    #: Why they are not more.
    shortage: BatchscrapeError | None
    #: Of the server, and how many of them are in use, ours included.
    max_connections: int
    used_connections: int
    #: Seconds.
    round_trip: float
    line: Line
    #: `server_version_num`, like 180001 for 18.1.
    version: int
    rights: Rights
    #: Why commands that read cannot use what is stored: InputError (none, or older) or DatabaseRefused.
    schema_trouble: BatchscrapeError | None
    #: Seconds that the database's clock is ahead of ours.
    clock_ahead: float


async def observe(dsn: str) -> Diagnosis:
    """Everything that a few connections and a dozen statements can tell.

    Raises DatabaseUnavailable or DatabaseRefused where there is no way in, and InputError as `connect` does.
    """
    async with AsyncExitStack() as stack:
        connections = [await stack.enter_async_context(_opened(dsn))]
        shortage = None
        try:
            while len(connections) < NEEDED:
                connections.append(await stack.enter_async_context(_opened(dsn)))
        except BatchscrapeError as error:
            shortage = error
        async with _in_words(dsn, ASKING_TIME):
            return await _ask(dsn, connections, shortage)


async def _ask(dsn: str, connections: list[asyncpg.Connection], shortage: BatchscrapeError | None) -> Diagnosis:
    first = connections[0]
    round_trip = await _round_trip(first)
    server: Any = await first.fetchrow(_SERVER)
    rights = await read_rights(first)
    return Diagnosis(
        place=describe(dsn),
        line=_line(first),
        connections=len(connections),
        shortage=shortage,
        round_trip=round_trip,
        rights=rights,
        schema_trouble=await _schema_trouble(first) if rights.sees_schema else None,
        clock_ahead=await _clock_ahead(first, round_trip),
        pool_mode=await find_pool_mode(connections),
        **server,
    )


async def _schema_trouble(connection: asyncpg.Connection) -> BatchscrapeError | None:
    try:
        await require_schema(connection)
    except BatchscrapeError as error:
        return error
    return None


async def _round_trip(connection: asyncpg.Connection) -> float:
    """Seconds; a statement without parameters and results is one round trip."""
    samples = []
    for _ in range(SAMPLES):
        began = time.perf_counter()
        await connection.execute("SELECT 1")
        samples.append(time.perf_counter() - began)
    return statistics.median(samples)


async def _clock_ahead(connection: asyncpg.Connection, round_trip: float) -> float:
    """The answer was half a round trip old when it came."""
    theirs = await connection.fetchval("SELECT clock_timestamp()")
    ours = datetime.now(UTC)
    return float((theirs - ours).total_seconds() + round_trip / 2)


def _line(connection: asyncpg.Connection) -> Line:
    """Our own socket: `pg_stat_ssl` would tell of a pooler's way to the server instead."""
    transport: asyncio.Transport = connection._transport  # type: ignore[attr-defined]  # noqa: SLF001 - no other way
    tls: ssl.SSLObject | None = transport.get_extra_info("ssl_object")
    peer = transport.get_extra_info("peername")
    return Line(
        tls=tls.version() if tls else None,
        verified=tls is not None and tls.context.verify_mode is ssl.CERT_REQUIRED,
        local=not isinstance(peer, tuple) or ip_address(peer[0]).is_loopback,
    )


@asynccontextmanager
async def _opened(dsn: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection that has had an answer: a full session pooler lets a client in and then says nothing."""
    async with _in_words(dsn, OPENING_TIME):
        connection = await connect(dsn)
        try:
            await connection.execute("SELECT 1")
        except BaseException:
            connection.terminate()
            raise
    try:
        yield connection
    finally:
        with suppress(*FOREIGN):
            await connection.close(timeout=2)


@asynccontextmanager
async def _in_words(dsn: str, seconds: float) -> AsyncIterator[None]:
    """Let the database do something within the time; its errors become ours."""
    place = f"the database {describe(dsn)}"
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise DatabaseUnavailable(f"{place} does not answer") from error
    except FOREIGN as error:
        raise explain(error, place) from error
