"""Signals, kills and cancel: what was running goes back, and nothing is lost, doubled or left behind."""

import asyncio
import fcntl
import os
import pty
import re
import signal
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

from tests.cli.conftest import Gate, Lists
from tests.command import LOCAL, PROGRAM, children, ended, environment, exported, run, started, status
from tests.pooler import NastyPooler
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


async def test_a_terminal_that_is_closed_puts_back_what_was_running(
    dsn: str, web: Web, lists: Lists, gate: Gate
) -> None:
    address = await web.serve(gate)
    arguments = [PROGRAM, "run", str(lists.of(address)), *LOCAL]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(PROGRAM, arguments, environment(dsn))
    try:
        with _drained(terminal):
            await gate.knocked.wait()
        os.close(terminal)
        _, ending = await asyncio.to_thread(os.waitpid, pid, 0)
    except BaseException:
        os.kill(pid, signal.SIGKILL)
        raise
    document = await status(dsn)

    assert os.waitstatus_to_exitcode(ending) == 129
    assert document["domain_statuses"][address.domain]["status"] == "pending"
    assert document["metadata"]["workers"] == 0


@contextmanager
def _drained(terminal: int) -> Iterator[None]:
    """Somebody looks at the terminal for as long as the context lasts."""
    loop = asyncio.get_running_loop()
    loop.add_reader(terminal, os.read, terminal, 1 << 16)
    yield
    loop.remove_reader(terminal)


async def test_a_second_signal_stops_at_once(dsn: str, web: Web, lists: Lists, gate: Gate) -> None:
    address = await web.serve(gate)

    async with started("run", lists.of(address), *LOCAL, dsn=dsn) as running:
        await gate.knocked.wait()
        (worker,) = children(running.pid)
        os.kill(worker, signal.SIGSTOP)
        running.send_signal(signal.SIGINT)
        while not _signals(worker, "ShdPnd"):
            await asyncio.sleep(0.01)
        running.send_signal(signal.SIGINT)
        returned, _, _ = await ended(running)

    assert returned == 130
    assert not Path(f"/proc/{worker}").exists()


def _signals(pid: int, which: str) -> int:
    """A mask of /proc: `ShdPnd` for what is pending, `SigIgn` for what is ignored."""
    (mask,) = re.findall(rf"{which}:\s*(\w+)", Path(f"/proc/{pid}/status").read_text())
    return int(mask, 16)


async def _gone(pid: int) -> None:
    while Path(f"/proc/{pid}").exists():
        await asyncio.sleep(0.01)


async def test_a_signal_while_the_list_is_read_leaves_no_batch(dsn: str, lists: Lists) -> None:
    fifo = lists.write([]).with_name("pipe")
    os.mkfifo(fifo)

    async with started("run", fifo, *LOCAL, dsn=dsn) as running:
        pipe = await asyncio.to_thread(os.open, fifo, os.O_WRONLY)
        os.write(pipe, b"a.example\n")
        while int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), "little"):
            await asyncio.sleep(0.01)
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


async def test_a_worker_that_is_told_to_stop_by_somebody_else_is_replaced_too(
    dsn: str, web: Web, lists: Lists, gate: Gate
) -> None:
    address = await web.serve(gate)

    async with started("run", lists.of(address), *LOCAL, dsn=dsn) as running:
        await gate.knocked.wait()
        (worker,) = children(running.pid)
        os.kill(worker, signal.SIGTERM)
        await _gone(worker)
        gate.opened.set()
        returned, _, _ = await ended(running)

    assert returned == 0
    assert (await status(dsn))["status"] == "complete"


async def test_a_signal_while_the_database_is_away_stops_all_the_same(
    dsn: str, web: Web, lists: Lists, gate: Gate, pooler: NastyPooler
) -> None:
    address = await web.serve(gate)

    async with started("run", lists.of(address), *LOCAL, dsn=dsn) as running:
        await gate.knocked.wait()
        await asyncio.to_thread(pooler.stop)
        running.send_signal(signal.SIGINT)
        returned, _, said = await ended(running)
    await asyncio.to_thread(pooler.start)

    assert returned == 130
    assert "batchscrape resume" in said
    assert "Traceback" not in said


async def test_a_signal_that_is_ignored_stays_ignored(dsn: str, web: Web, lists: Lists, gate: Gate) -> None:
    address = await web.serve(gate)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as `nohup` does
    try:
        async with started("run", lists.of(address), *LOCAL, dsn=dsn) as running:
            await gate.knocked.wait()
            ignored = _signals(running.pid, "SigIgn")
            gate.opened.set()
            returned, _, _ = await ended(running)
    finally:
        signal.signal(signal.SIGHUP, before)

    assert ignored & 1 << signal.SIGHUP - 1
    assert returned == 0


async def test_a_job_that_was_swept_from_a_living_worker_is_done_once(
    dsn: str, database: str, web: Web, lists: Lists, gate: Gate
) -> None:
    address = await web.serve(gate)

    async with started("run", lists.of(address), *LOCAL, dsn=dsn) as running:
        await gate.knocked.wait()
        connection = await asyncpg.connect(database)
        await connection.execute("UPDATE batchscrape.jobs SET status = 'pending', worker_id = NULL")
        while len(gate.visitors) < 2:
            await asyncio.sleep(0.05)
        gate.opened.set()
        returned, _, said = await ended(running)
        await connection.close()

    assert (returned, "came too late" in said) == (0, True)
    (line,) = await exported(dsn)
    assert (line["status"], line["attempts"]) == ("complete", 2)


async def test_a_worker_that_cannot_say_that_it_lives_ends_the_run(
    database: str, web: Web, lists: Lists, gate: Gate
) -> None:
    """The role may have the command's connection and the one that claims; the worker waits for its page."""
    address = await web.serve(gate)
    admin = await asyncpg.connect(database)
    await admin.execute(
        "CREATE ROLE narrow LOGIN CONNECTION LIMIT 2;"
        "GRANT ALL ON SCHEMA batchscrape TO narrow;"
        "GRANT ALL ON ALL TABLES IN SCHEMA batchscrape TO narrow"
    )
    try:
        narrow = database.replace("batchscrape@", "narrow@")
        result = await run("run", lists.of(address), *LOCAL, "--timeout", 300, "--database-timeout", 1, dsn=narrow)
    finally:
        await admin.execute("DROP OWNED BY narrow; DROP ROLE narrow")
        await admin.close()

    assert result.returncode == 75
    assert "too many connections" in result.stderr


async def test_workers_whose_parent_was_killed_put_their_jobs_back(
    dsn: str, web: Web, lists: Lists, gate: Gate
) -> None:
    address = await web.serve(gate)

    async with started("run", lists.of(address), *LOCAL, dsn=dsn) as running:
        await gate.knocked.wait()
        (worker,) = children(running.pid)
        running.kill()
        await _gone(worker)
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


@pytest.mark.parametrize("command", [["status"], ["list"], ["list", "--json"]])
async def test_a_pipe_that_nobody_reads_is_no_failure(command: list[str], dsn: str, lists: Lists) -> None:
    await run("submit", lists.of("a.invalid"), dsn=dsn)

    async with started(*command, dsn=dsn) as showing:
        assert showing.stdout is not None
        showing.stdout._transport.close()  # type: ignore[attr-defined]
        returned = await showing.wait()

    assert returned == 0


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


@pytest.mark.parametrize("arguments", [[], ["--json"]])
async def test_a_run_that_nobody_reads_ends_as_its_batch_did(arguments: list[str], dsn: str, lists: Lists) -> None:
    async with started("run", lists.of("nowhere.invalid"), *arguments, dsn=dsn) as running:
        assert running.stdout is not None
        running.stdout._transport.close()  # type: ignore[attr-defined]
        returned = await running.wait()

    assert returned == 1


async def test_a_cancel_whose_reply_was_lost_says_what_the_first_one_did(dsn: str, lists: Lists) -> None:
    await run("submit", lists.of("a.invalid", "b.invalid"), dsn=dsn)

    first = await run("cancel", dsn=dsn)
    again = await run("cancel", dsn=dsn)  # the statement that is sent again finds the same

    assert "Cancelled 2 jobs of batch" in first.stdout
    assert (again.returncode, again.stdout) == (0, first.stdout)
