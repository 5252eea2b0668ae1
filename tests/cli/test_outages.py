"""The database goes away in the middle of a run: it waits, goes on, and every domain is stored exactly once."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

import pytest

from tests.cli.conftest import Gate, Lists
from tests.command import LOCAL, ended, exported, run, started
from tests.pooler import NastyPooler
from tests.postgres import running_postgres, start, stop
from tests.web import Address, Web, site

SITES = 40


@pytest.fixture
async def sites(web: Web) -> list[Address]:
    return [await web.serve(site({"/": f"<title>{number}</title>"})) for number in range(SITES)]


@asynccontextmanager
async def interrupted_run(
    sites: list[Address], gate: Gate, web: Web, lists: Lists, dsn: str, *options: object
) -> AsyncIterator[list[str]]:
    """A run that is in its middle inside the context; afterwards it ends well, with each domain once.

    What it said on standard error is in the list then.
    """
    said: list[str] = []
    slow = await web.serve(gate)
    async with started("run", lists.of(slow, *sites), *LOCAL, "--concurrency", 4, *options, dsn=dsn) as running:
        await gate.knocked.wait()
        yield said
        gate.opened.set()
        returned, _, err = await ended(running)
    said.append(err)
    lines = await exported(dsn)
    pages = await exported(dsn, "--pages")
    assert returned == 0, err
    assert [line["status"] for line in lines] == ["complete"] * (SITES + 1)
    assert len(pages) == len({page["job_id"] for page in pages}) == SITES + 1


@pytest.mark.parametrize("seconds", [2, pytest.param(20, marks=pytest.mark.long)])
async def test_the_pooler_is_away_for_a_while(
    seconds: float, sites: list[Address], gate: Gate, web: Web, lists: Lists, dsn: str, pooler: NastyPooler
) -> None:
    async with interrupted_run(sites, gate, web, lists, dsn, "--processes", 2) as said:
        await asyncio.to_thread(pooler.stop)
        gate.opened.set()
        await asyncio.sleep(seconds)  # is away, and nothing says so
        await asyncio.to_thread(pooler.start)

    assert "".join(said).count("Waiting for the database") == 1


@pytest.mark.parametrize("seconds", [2, pytest.param(20, marks=pytest.mark.long)])
async def test_the_server_is_stopped_and_started(
    seconds: float, sites: list[Address], gate: Gate, web: Web, lists: Lists
) -> None:
    with running_postgres() as folder:
        dsn = f"postgresql://batchscrape@/postgres?host={quote(str(folder), safe='')}"
        async with interrupted_run(sites, gate, web, lists, dsn):
            await asyncio.to_thread(stop, folder)
            gate.opened.set()
            await asyncio.sleep(seconds)  # is away, and nothing says so
            await asyncio.to_thread(start, folder)


async def test_every_connection_is_lost(
    sites: list[Address], gate: Gate, web: Web, lists: Lists, dsn: str, pooler: NastyPooler
) -> None:
    async with interrupted_run(sites, gate, web, lists, dsn):
        await asyncio.to_thread(pooler.drop_all)


@pytest.mark.parametrize("statement", [b"outcome AS MATERIALIZED", b"WITH next AS", b"FOR UPDATE", b"COMMIT"])
@pytest.mark.parametrize("what", ["query", "reply"])
async def test_a_statement_or_its_reply_is_lost(
    what: str,
    statement: bytes,
    sites: list[Address],
    gate: Gate,
    web: Web,
    lists: Lists,
    dsn: str,
    pooler: NastyPooler,
) -> None:
    getattr(pooler, f"lose_next_{what}")(statement)

    async with interrupted_run(sites, gate, web, lists, dsn):
        pass


async def test_away_for_longer_than_the_database_timeout_is_exit_75_and_resume_finishes(
    sites: list[Address], gate: Gate, web: Web, lists: Lists, dsn: str, pooler: NastyPooler
) -> None:
    slow = await web.serve(gate)
    options = (*LOCAL, "--concurrency", 4, "--database-timeout", 1)
    short = {"BATCHSCRAPE_LEASE": "2"}

    async with started("run", lists.of(slow, *sites), *options, dsn=dsn, env=short) as running:
        await gate.knocked.wait()
        await asyncio.to_thread(pooler.stop)
        gate.opened.set()
        returned, _, said = await ended(running)
    await asyncio.to_thread(pooler.start)
    resumed = await run("resume", "--json", dsn=dsn, env=short)

    assert returned == 75
    assert "Traceback" not in said
    assert json.loads(resumed.stdout)["completed_domains"] == SITES + 1


async def test_a_run_needs_few_statements_and_connections(lists: Lists, dsn: str, pooler: NastyPooler) -> None:
    domains = lists.write(f"name-{number}.invalid" for number in range(4_000))

    await run("run", domains, "--quiet", dsn=dsn)

    assert pooler.statements <= 0.05 * 4_000
    assert pooler.peak_clients <= 1 + 3
