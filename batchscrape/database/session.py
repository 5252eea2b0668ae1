"""A connection that comes back by itself: every statement of the program runs through a Session."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Concatenate, ParamSpec, TypeVar

import asyncpg

from batchscrape.database.connect import FOREIGN, connect, describe
from batchscrape.database.outage_log import OncePerOutage
from batchscrape.database.refusals import Verdict, explain, judge, pauses
from batchscrape.database.shield import may_be_anothers_setting, shielded
from batchscrape.errors import BatchscrapeError, DatabaseUnavailable

logger = logging.getLogger(__name__)
_WAITING, _BACK = "Waiting for the database: ", "The database is back"
_once = OncePerOutage(_WAITING, _BACK)
logger.addFilter(_once)

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds to open the database when a command starts.
OPENING_TIME = 10.0


class Session:
    """One connection, used by one statement at a time, opened anew when it breaks.

    A statement that failed for a passing reason is run again, so each must bear being sent twice. After any
    exception the connection is closed: behind a pooler it may hold a server session that nobody else would get.
    """

    def __init__(self, dsn: str, *, patience: float = OPENING_TIME) -> None:
        self._dsn = dsn
        self._patience = patience
        self._connection: asyncpg.Connection | None = None
        self._turn = asyncio.Lock()
        #: How often the connection was lost so far.
        self.losses = 0
        #: `time.monotonic()` since when it has been connected without a break.
        self.connected_since = time.monotonic()

    async def run(
        self,
        statement: Callable[Concatenate[asyncpg.Connection, P], Awaitable[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a statement, through broken connections, for as long as the patience lasts.

        Raises DatabaseUnavailable when it is used up, DatabaseRefused for what waiting cannot mend.
        """

        def call(connection: asyncpg.Connection) -> Awaitable[T]:
            return statement(connection, *args, **kwargs)

        async with self._turn:
            outage = _Outage(self._dsn, self._patience)
            shield = False
            while True:
                try:
                    result = await self._try(call, statement.__qualname__, shield=shield)
                except (DatabaseUnavailable, *FOREIGN) as error:
                    if not shield and may_be_anothers_setting(error):
                        shield = True
                    else:
                        await outage.wait(error)
                else:
                    outage.over()
                    return result

    async def _try(self, call: Callable[[asyncpg.Connection], Awaitable[T]], name: str, *, shield: bool) -> T:
        try:
            connection = self._connection or await self._connect()
            began = time.monotonic()
            result = await (shielded(connection, call) if shield else call(connection))
        except BaseException:
            self._drop()
            raise
        logger.debug("%s took %.1f ms", name, (time.monotonic() - began) * 1000)
        return result

    async def _connect(self) -> asyncpg.Connection:
        self._connection = await connect(self._dsn)
        self.connected_since = time.monotonic()
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None
            self.losses += 1

    async def close(self) -> None:
        """Say goodbye to the server; at once where it does not answer."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            try:
                await connection.close(timeout=2)
            except FOREIGN:
                connection.terminate()


@asynccontextmanager
async def open_session(dsn: str, *, patience: float = OPENING_TIME) -> AsyncIterator[Session]:
    """A session that is connected, within 10 s; from then on it has its own patience."""
    # Tries end a little before the limit, so that their reason is said; the limit itself is for a silent host.
    session = Session(dsn, patience=0.9 * OPENING_TIME)
    try:
        async with asyncio.timeout(OPENING_TIME):
            await session.run(_hello)
    except TimeoutError as error:
        raise DatabaseUnavailable(f"the database {describe(dsn)} does not answer") from error
    session._patience = patience  # noqa: SLF001 - opening alone has another
    try:
        yield session
    finally:
        await session.close()


async def _hello(connection: asyncpg.Connection) -> None:
    """A pooler lets clients in while its server is down: only a statement proves something."""
    await connection.execute("SELECT 1")


class _Outage:
    """What one statement lives through until the database is back: said once, waited for in growing pauses."""

    def __init__(self, dsn: str, patience: float) -> None:
        self._dsn = dsn
        self._patience = patience
        self._began: float | None = None
        self._pauses: dict[Verdict, Iterator[float]] = {}

    async def wait(self, error: Exception) -> None:
        """Pause before the next try; raises what ends the waiting."""
        verdict = judge(error).verdict
        if verdict in {Verdict.DEFECT, Verdict.UNKNOWN}:
            raise error
        foreign = (error.__cause__ or error) if isinstance(error, DatabaseUnavailable) else error
        reason = explain(foreign, f"the database {describe(self._dsn)}")
        if verdict is Verdict.FINAL:
            raise reason from error
        self._say_once(reason)
        pause = next(self._pauses.setdefault(verdict, pauses(verdict)))
        left = self._patience - self._lasted()
        if left <= 0:
            _once.forget()
            raise reason from error
        await asyncio.sleep(min(pause, left))

    def over(self) -> None:
        """The statement went through."""
        if self._began is not None:
            logger.info("%s after %.1f s.", _BACK, self._lasted())

    def _say_once(self, reason: BatchscrapeError) -> None:
        if self._began is None:
            self._began = time.monotonic()
            logger.info("%s%s", _WAITING, reason)

    def _lasted(self) -> float:
        return 0.0 if self._began is None else time.monotonic() - self._began
