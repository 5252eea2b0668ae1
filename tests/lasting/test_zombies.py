"""Processes that are stopped for longer than their lease, and wake up again; clocks that jump."""

import asyncio
import os
import signal
from datetime import datetime
from pathlib import Path

import asyncpg
import pytest

from tests.cli.conftest import Gate, Lists
from tests.command import LOCAL, children, ended, exported, run, started, status
from tests.lasting.machine import LEASE
from tests.lasting.sabotage import jump, sabotage
from tests.pooler import NastyPooler
from tests.web import Web, site

SHORT = {"BATCHSCRAPE_LEASE": str(LEASE)}


@pytest.fixture
def pooler(pooler: NastyPooler) -> NastyPooler:
    """One that does not mind clients that are stopped in the middle of a statement."""
    pooler.patience = 1000
    return pooler


async def test_a_worker_that_wakes_up_after_its_lease_changes_nothing_and_goes_on_with_new_jobs(
    dsn: str, web: Web, lists: Lists, gate: Gate
) -> None:
    stolen = await web.serve(gate)
    new = await web.serve(site({"/": "<title>New</title>"}))
    await run("submit", lists.of(stolen), *LOCAL, "--name", "first", dsn=dsn)
    forever = ("work", "--forever", "--allow-network", "127.0.0.0/8")

    async with started(*forever, dsn=dsn, env=SHORT) as working:
        await gate.knocked.wait()
        (zombie,) = children(working.pid)
        os.kill(zombie, signal.SIGSTOP)
        gate.opened.set()
        resumed = await run("resume", dsn=dsn, env=SHORT)
        before = await exported(dsn, "first")
        os.kill(zombie, signal.SIGCONT)
        await run("submit", lists.of(new), *LOCAL, "--name", "second", dsn=dsn)
        watched = await run("status", "second", "--watch", dsn=dsn)
        worker = children(working.pid)
        working.send_signal(signal.SIGTERM)
        _, _, said = await ended(working)

    assert (resumed.returncode, watched.returncode) == (0, 0)
    assert [(line["status"], line["attempts"]) for line in before] == [("complete", 2)]
    assert await exported(dsn, "first") == before
    assert worker == [zombie]
    assert f"The result of {stolen.domain} came too late" in said


async def test_a_parent_that_wakes_up_after_the_lease_finds_its_batch_done(
    dsn: str, web: Web, lists: Lists, gate: Gate
) -> None:
    slow = await web.serve(gate)
    sites = [await web.serve(site({"/": f"<title>{number}</title>"})) for number in range(10)]

    async with started("run", lists.of(slow, *sites), *LOCAL, "--concurrency", 2, dsn=dsn, env=SHORT) as running:
        await gate.knocked.wait()
        running.send_signal(signal.SIGSTOP)
        await asyncio.sleep(LEASE + 1)
        gate.opened.set()
        await run("status", "--watch", dsn=dsn)
        before = await exported(dsn)
        running.send_signal(signal.SIGCONT)
        returned, _, said = await ended(running)

    assert (returned, "Traceback" in said) == (0, False)
    assert {(line["status"], line["attempts"]) for line in before} == {("complete", 1)}
    assert await exported(dsn) == before
    assert (await status(dsn))["status"] == "complete"


async def test_a_clock_that_jumps_changes_nothing(
    dsn: str, database: str, web: Web, lists: Lists, gate: Gate, tmp_path: Path
) -> None:
    slow = await web.serve(gate)
    sites = [await web.serve(site({"/": f"<title>{number}</title>"})) for number in range(10)]
    jump(tmp_path, hours=0)
    env = SHORT | sabotage(tmp_path)

    began = await _now(database)
    async with started("run", lists.of(slow, *sites), *LOCAL, "--concurrency", 2, dsn=dsn, env=env) as running:
        await gate.knocked.wait()
        for hours in (5, -5):
            jump(tmp_path, hours)
            await asyncio.sleep(LEASE)
        gate.opened.set()
        returned, _, said = await ended(running)
    lines = await exported(dsn)
    document = await status(dsn)

    assert (returned, document["status"]) == (0, "complete"), said
    assert {line["attempts"] for line in lines} == {1}
    times = [line[name] for line in lines for name in ("started_at", "finished_at")]
    times += [document[name] for name in ("start_time", "end_time", "updated_at")]
    now = await _now(database)
    assert all(began <= datetime.fromisoformat(time) <= now for time in times)
    assert all(0 <= line["duration"] < 60 for line in lines)
    assert 0 <= document["processing_time"] < 60


async def _now(database: str) -> datetime:
    connection = await asyncpg.connect(database)
    now: datetime = await connection.fetchval("SELECT now()")
    await connection.close()
    return now


async def test_nothing_of_the_dead_stays_in_the_database(
    dsn: str, database: str, web: Web, lists: Lists, gate: Gate
) -> None:
    address = await web.serve(gate)

    async with started("run", lists.of(address), *LOCAL, "--lock", "nightly", dsn=dsn, env=SHORT) as running:
        await gate.knocked.wait()
        for pid in (*children(running.pid), running.pid):
            os.kill(pid, signal.SIGSTOP)  # or one would tidy up after the other
        for pid in (*children(running.pid), running.pid):
            os.kill(pid, signal.SIGKILL)
    gate.opened.set()
    await asyncio.sleep(LEASE)
    resumed = await run("resume", "--lock", "nightly", dsn=dsn, env=SHORT)

    assert resumed.returncode == 0, resumed.stderr
    assert await _read(database, "SELECT name::text FROM batchscrape.locks") == []
    assert await _read(database, "SELECT pid::text FROM batchscrape.workers") == []


async def _read(database: str, statement: str) -> list[str]:
    connection = await asyncpg.connect(database)
    rows = await connection.fetch(statement)
    await connection.close()
    return [row[0] for row in rows]
