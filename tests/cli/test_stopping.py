"""Signals, kills and cancel: what was running goes back, and nothing is lost, doubled or left behind."""

import asyncio
import os
import re
import signal
from pathlib import Path

import pytest

from tests.cli.conftest import Gate, Lists
from tests.command import LOCAL, children, ended, exported, run, started, status
from tests.web import Web, site


@pytest.mark.parametrize(
    ("number", "exit_status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
async def test_a_signal_puts_back_what_was_running(
    number: signal.Signals, exit_status: int, dsn: str, web: Web, lists: Lists, gate: Gate
) -> None:
    address = await web.serve(gate)

    async with started("run", lists.of(address), *LOCAL, dsn=dsn) as running:
        await gate.knocked.wait()
        running.send_signal(number)
        returned, _, said = await ended(running)
    document = await status(dsn)
    gate.opened.set()
    resumed = await run("resume", dsn=dsn)

    assert returned == exit_status
    assert f"batchscrape resume {document['batch_id'][:8]}" in said
    assert "Traceback" not in said
    assert document["status"] == "interrupted"
    assert document["domain_statuses"][address.domain]["status"] == "pending"
    assert resumed.returncode == 0
    (line,) = await exported(dsn)
    assert (line["status"], line["attempts"]) == ("complete", 2)


async def test_a_second_signal_stops_at_once(dsn: str, web: Web, lists: Lists, gate: Gate) -> None:
    address = await web.serve(gate)

    async with started("run", lists.of(address), *LOCAL, dsn=dsn) as running:
        await gate.knocked.wait()
        (worker,) = children(running.pid)
        os.kill(worker, signal.SIGSTOP)
        running.send_signal(signal.SIGINT)
        while not _has_pending_signal(worker):
            await asyncio.sleep(0.01)
        running.send_signal(signal.SIGINT)
        returned, _, _ = await ended(running)

    assert returned == 130
    assert not Path(f"/proc/{worker}").exists()


def _has_pending_signal(pid: int) -> bool:
    (pending,) = re.findall(r"ShdPnd:\s*(\w+)", Path(f"/proc/{pid}/status").read_text())
    return int(pending, 16) != 0


async def test_a_signal_while_the_list_is_read_leaves_no_batch(dsn: str, lists: Lists) -> None:
    fifo = lists.write([]).with_name("pipe")
    os.mkfifo(fifo)

    async with started("run", fifo, *LOCAL, dsn=dsn) as running:
        pipe = await asyncio.to_thread(os.open, fifo, os.O_WRONLY)
        running.send_signal(signal.SIGINT)
        returned, _, said = await ended(running)
        os.close(pipe)

    assert returned == 130
    assert "Traceback" not in said
    assert (await run("status", dsn=dsn)).returncode == 2


async def test_a_killed_worker_is_replaced(dsn: str, web: Web, lists: Lists, gate: Gate) -> None:
    address = await web.serve(gate)

    async with started("run", lists.of(address), *LOCAL, dsn=dsn) as running:
        await gate.knocked.wait()
        (worker,) = children(running.pid)
        os.kill(worker, signal.SIGKILL)
        gate.opened.set()
        returned, _, said = await ended(running)

    assert returned == 0
    assert "A worker died (SIGKILL)" in said
    (line,) = await exported(dsn)
    assert (line["status"], line["attempts"], line["title"]) == ("complete", 2, "Behind the gate")


async def test_workers_whose_parent_was_killed_put_their_jobs_back(
    dsn: str, web: Web, lists: Lists, gate: Gate
) -> None:
    address = await web.serve(gate)

    async with started("run", lists.of(address), *LOCAL, dsn=dsn) as running:
        await gate.knocked.wait()
        (worker,) = children(running.pid)
        running.kill()
        while Path(f"/proc/{worker}").exists():
            await asyncio.sleep(0.05)
    document = await status(dsn)

    assert document["status"] == "interrupted"
    assert document["domain_statuses"][address.domain]["status"] == "pending"


async def test_the_jobs_of_the_dead_are_taken_over_after_their_lease(
    dsn: str, web: Web, lists: Lists, gate: Gate
) -> None:
    address = await web.serve(gate)
    short = {"BATCHSCRAPE_LEASE": "1"}

    async with started("run", lists.of(address), *LOCAL, dsn=dsn, env=short) as running:
        await gate.knocked.wait()
        (worker,) = children(running.pid)
        running.send_signal(signal.SIGSTOP)  # or it would put the jobs back itself
        os.kill(worker, signal.SIGKILL)
        running.kill()
        gate.opened.set()
        resumed = await run("resume", dsn=dsn, env=short)

    assert resumed.returncode == 0
    assert "Took over jobs of workers that died: 1" in resumed.stderr
    (line,) = await exported(dsn)
    assert (line["status"], line["attempts"]) == ("complete", 2)


async def test_cancel_stops_what_runs_elsewhere(dsn: str, web: Web, lists: Lists, gate: Gate) -> None:
    slow = await web.serve(gate)
    waiting = await web.serve(site({"/": "<title>Never</title>"}))

    async with started("run", lists.of(slow, waiting), *LOCAL, "--concurrency", 1, dsn=dsn) as running:
        await gate.knocked.wait()
        cancelled = await run("cancel", dsn=dsn)
        returned, _, _ = await ended(running)
    document = await status(dsn)

    assert "Cancelled" in cancelled.stdout
    assert returned == 0
    assert document["status"] == "cancelled"
    assert {each["status"] for each in document["domain_statuses"].values()} == {"cancelled"}
    assert waiting.connections == 0


async def test_a_batch_that_has_ended_can_be_neither_cancelled_nor_resumed_in_vain(dsn: str, lists: Lists) -> None:
    await run("run", lists.of("a.invalid"), dsn=dsn)

    cancelled = await run("cancel", dsn=dsn)
    resumed = await run("resume", dsn=dsn)

    assert (cancelled.returncode, "has ended already" in cancelled.stderr) == (2, True)
    assert (resumed.returncode, "has ended already" in resumed.stderr) == (1, True)


async def test_a_closed_output_pipe_ends_quietly(dsn: str, lists: Lists) -> None:
    await run("run", lists.write(f"{number}.invalid" for number in range(3000)), "--quiet", dsn=dsn)

    async with started("export", dsn=dsn) as exporting:
        assert exporting.stdout is not None
        await exporting.stdout.readline()
        exporting.stdout._transport.close()  # type: ignore[attr-defined]
        returned = await exporting.wait()
        assert exporting.stderr is not None
        said = await exporting.stderr.read()

    assert (returned, said) == (0, b"")
