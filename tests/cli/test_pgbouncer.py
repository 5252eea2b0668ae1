"""The whole program behind a real pgbouncer, on two sessions that a rude client shares."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import asyncpg

from tests.cli.conftest import Lists
from tests.command import LOCAL, ended, exported, run, started, status
from tests.pgbouncer import running_pgbouncer
from tests.postgres import running_postgres
from tests.web import Web, site

#: What the other client leaves behind, again and again.
HABITS = (
    "SET search_path = nowhere",
    "SET statement_timeout = '1ms'",
    "SET ROLE powerless",
    "SET default_transaction_read_only = on",
    "SET default_transaction_isolation = 'serializable'",
    "SET DateStyle = 'SQL, DMY'",
    "SET TimeZone = 'Asia/Kolkata'",
)
SITES = 60


@asynccontextmanager
async def rude_client(dsn: str) -> AsyncIterator[None]:
    """Leaves its settings on whichever session it gets, until the context ends."""

    async def leave_settings(connection: asyncpg.Connection) -> None:
        for habit in itertools.cycle(HABITS):
            with suppress(asyncpg.PostgresError):  # its own settings meet itself too
                await connection.execute(habit)
            await asyncio.sleep(0.02)

    async def be_rude() -> None:
        while True:
            connection = await asyncpg.connect(dsn, statement_cache_size=0)
            try:
                with suppress(asyncpg.InterfaceError):  # and cost it its connection
                    await leave_settings(connection)
            finally:
                connection.terminate()

    task = asyncio.create_task(be_rude())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_four_processes_share_two_sessions_with_a_rude_client(web: Web, lists: Lists) -> None:
    sites = [await web.serve(site({"/": f"<title>{number}</title>"})) for number in range(SITES)]
    domains = lists.of(*sites)
    with running_postgres() as folder:
        direct = await asyncpg.connect(host=str(folder), user="batchscrape", database="postgres")
        await direct.execute("CREATE ROLE app LOGIN SUPERUSER; CREATE ROLE powerless; GRANT powerless TO app")
        await direct.close()
        with running_pgbouncer(folder, {"app": "secret"}) as port:
            dsn = f"postgresql://app:secret@127.0.0.1:{port}/postgres"
            async with rude_client(dsn):
                submitted = await run("submit", domains, *LOCAL, dsn=dsn)
                work = ("work", "latest", "--processes", 2, "--concurrency", 5)
                async with started(*work, dsn=dsn) as first, started(*work, dsn=dsn) as second:
                    (one, _, said), (two, _, also) = await asyncio.gather(ended(first), ended(second))
                document = await status(dsn)
                lines = await exported(dsn)

    assert submitted.returncode == 0, submitted.stderr
    assert (one, two) == (0, 0), said + also
    assert document["status"] == "complete"
    assert [(line["title"], line["attempts"]) for line in lines] == [(str(n), 1) for n in range(SITES)]
    assert [each.paths.count("/") for each in sites] == [1] * SITES
