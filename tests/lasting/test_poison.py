"""A page that ends its worker is blamed for it, the third time its job fails, and nobody else's does."""

import asyncio
import os
import signal
from pathlib import Path

import asyncpg
import pytest

from tests.cli.conftest import Lists
from tests.command import LOCAL, children, run, started
from tests.lasting.machine import until_dead
from tests.lasting.sabotage import SUDDEN_DEATHS, poisoned, sabotage
from tests.pooler import NastyPooler
from tests.web import Address, Visit, Web, answer, site

GOOD = 12
#: Bytes of a page that is parsed beside the event loop.
BIG = 300_000


@pytest.fixture
def poison(tmp_path: Path) -> dict[str, str]:
    return sabotage(tmp_path)


@pytest.fixture
def pooler(pooler: NastyPooler) -> NastyPooler:
    """One that does not mind a client whose event loop stands still in the middle of a statement."""
    pooler.patience = 1000
    return pooler


@pytest.fixture
async def good(web: Web) -> list[Address]:
    return [await web.serve(site({"/": f"<title>{number}</title>"})) for number in range(GOOD)]


def lines(*addresses: Address) -> str:
    """A list of domains."""
    return "".join(f"{each.url()}\n" for each in addresses)


async def jobs(database: str) -> list[tuple[str, str, str, int]]:
    """Domain, status, error code, losses, of every batch."""
    connection = await asyncpg.connect(database)
    rows = await connection.fetch("SELECT domain, status, error_code, losses FROM batchscrape.jobs")
    await connection.close()
    return sorted((row["domain"], row["status"], row["error_code"] or "", row["losses"]) for row in rows)


WELL, POISONED = ("complete", "", 0), ("failed", "worker_lost", 3)


async def test_a_page_that_ends_its_worker_fails_alone(
    good: list[Address], web: Web, dsn: str, database: str, poison: dict[str, str]
) -> None:
    pages = [
        [poisoned("crash"), poisoned("crash")],  # six deaths: more than a run bears without a page to blame
        [poisoned("crash", size=BIG)],
        [poisoned("killed")],
        [poisoned("busy")],
        [poisoned("idle")],
        [poisoned("idle", size=BIG)],
    ]
    bad = [[await web.serve(site({"/": page})) for page in each] for each in pages]
    commands = [
        run("run", "-", *LOCAL, "--concurrency", 6, dsn=dsn, env=poison, text=lines(*good[:6], *each, *good[6:]))
        for each in bad
    ]

    results = await asyncio.gather(*commands)

    assert [result.returncode for result in results] == [0] * len(pages), results
    assert await jobs(database) == sorted(
        [(each.domain, *WELL) for each in good] * len(pages)
        + [(each.domain, *POISONED) for several in bad for each in several]
    )


async def test_a_crash_blames_no_page_that_is_in_the_parser_beside_it(
    web: Web, lists: Lists, dsn: str, database: str, poison: dict[str, str]
) -> None:
    slow = await web.serve(site({"/": poisoned("slow", size=BIG)}))

    async def crash_beside(visit: Visit) -> None:
        while request := await visit.request():
            if request.target != "/":
                await visit.send(answer(status=404))
                continue
            while slow.paths.count("/") < bad.paths.count("/"):
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.3)  # it gets there, and stays for a second
            await visit.send(answer(poisoned("crash")))

    bad = await web.serve(crash_beside)

    result = await run("run", lists.of(slow, bad), *LOCAL, dsn=dsn, env=poison)

    assert result.returncode == 0, result.stderr
    assert await jobs(database) == sorted([(slow.domain, *WELL), (bad.domain, *POISONED)])
    assert slow.paths.count("/") >= 3


async def test_kills_from_outside_while_a_page_is_in_the_parser_blame_nobody(
    good: list[Address], web: Web, lists: Lists, dsn: str, database: str, poison: dict[str, str]
) -> None:
    unlucky = await web.serve(site({"/": poisoned("sudden")}))

    result = await run("run", lists.of(unlucky, *good), *LOCAL, dsn=dsn, env=poison)
    resumed = await run("resume", dsn=dsn, env=poison)

    assert (result.returncode, "Workers keep dying (SIGKILL)" in result.stderr) == (70, True)
    assert resumed.returncode == 0, resumed.stderr
    assert unlucky.paths.count("/") == SUDDEN_DEATHS + 1
    assert await jobs(database) == sorted((each.domain, *WELL) for each in (unlucky, *good))


async def test_a_kill_that_a_stopped_parent_hears_of_late_blames_nobody(
    web: Web, lists: Lists, dsn: str, database: str, poison: dict[str, str]
) -> None:
    asked, answered = asyncio.Event(), asyncio.Event()

    async def sudden_once(visit: Visit) -> None:
        while request := await visit.request():
            if request.target != "/":
                await visit.send(answer(status=404))
                continue
            asked.set()
            await answered.wait()
            if address.paths.count("/") > 1:
                await visit.until_gone()
            await visit.send(answer(poisoned("sudden")))

    address = await web.serve(sudden_once)

    async with started("run", lists.of(address), *LOCAL, dsn=dsn, env=poison) as running:
        await asked.wait()
        (worker,) = children(running.pid)
        running.send_signal(signal.SIGSTOP)
        answered.set()
        await until_dead(worker)
        await asyncio.sleep(3)  # longer than a page has to be in the parser, and than a parent looks away
        running.send_signal(signal.SIGCONT)
        async with asyncio.timeout(60):
            while address.paths.count("/") < 2:
                await asyncio.sleep(0.05)
        found = await jobs(database)

    assert found == [(address.domain, "running", "", 0)]


async def test_a_page_is_blamed_by_the_beat_where_the_parent_died_too(
    good: list[Address], web: Web, lists: Lists, dsn: str, database: str, poison: dict[str, str]
) -> None:
    bad = await web.serve(site({"/": poisoned("idle")}))
    short = poison | {"BATCHSCRAPE_LEASE": "2"}
    commands: list[list[object]] = [["run", lists.of(bad, *good), *LOCAL], ["resume"]]

    for losses, command in enumerate(commands):
        async with started(*command, dsn=dsn, env=short) as running:
            await _beaten(database, bad.domain, losses)
            for pid in (running.pid, *children(running.pid)):
                os.kill(pid, signal.SIGKILL)
    result = await run("resume", dsn=dsn, env=short)

    assert result.returncode == 0, result.stderr
    assert await jobs(database) == sorted([(each.domain, *WELL) for each in good] + [(bad.domain, *POISONED)])


async def test_workers_that_hang_do_not_outlive_their_parent_for_long(
    web: Web, lists: Lists, dsn: str, tmp_path: Path
) -> None:
    pages = [poisoned("busy"), poisoned("free"), poisoned("free", size=BIG)]
    bad = [await web.serve(site({"/": page})) for page in pages]
    options = (*LOCAL, "--processes", len(pages), "--concurrency", 1)

    async with started("run", lists.of(*bad), *options, dsn=dsn, env=sabotage(tmp_path, cpu_time=1.5)) as running:
        async with asyncio.timeout(60):
            while not all("/" in each.paths for each in bad):
                await asyncio.sleep(0.01)
        workers = children(running.pid)
        running.kill()
        for worker in workers:
            await until_dead(worker)


async def _beaten(database: str, domain: str, losses: int) -> None:
    """Wait until a beat carries the domain's page, after so many losses."""
    connection = await asyncpg.connect(database)
    async with asyncio.timeout(60):
        while not await connection.fetchval(
            "SELECT count(*) FROM batchscrape.jobs JOIN batchscrape.workers USING (worker_id)"
            " WHERE domain = $1 AND losses = $2 AND job_id = ANY (parsing)",
            domain,
            losses,
        ):
            await asyncio.sleep(0.05)
    await connection.close()
