"""`--lock`: one command at a time, whoever comes too early stores nothing, and the dead hold nothing."""

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import tempfile
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import asyncpg
import pytest

from tests.cli.conftest import Gate, Lists
from tests.command import LOCAL, children, ended, run, started, status
from tests.web import Web

LOCK = ("--lock", "nightly")
#: Beats every half second.
SHORT = {"BATCHSCRAPE_LEASE": "3"}


@pytest.fixture
async def admin(database: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


@pytest.fixture
async def domains(web: Web, lists: Lists, gate: Gate) -> Path:
    """A list of one site that waits for the gate."""
    return lists.of(await web.serve(gate))


async def count(admin: asyncpg.Connection, table: str) -> int:
    return int(await admin.fetchval(f"SELECT count(*) FROM batchscrape.{table}"))


async def until_dead(admin: asyncpg.Connection) -> None:
    """Let the lease of the lock be over at once."""
    await admin.execute("UPDATE batchscrape.locks SET seen_at = now() - lease")


def refusal(said: str, holder: Process) -> bool:
    """Whether it is the one sentence that names the holder."""
    who = f"{socket.gethostname()} (pid {holder.pid})"
    sentence = rf"[\dT:-]+Z error: Lock “nightly” is held by {re.escape(who)} since [\dT:-]+Z\.\n"
    return re.fullmatch(sentence, said) is not None


@pytest.mark.parametrize("command", ["run", "resume", "retry", "work"])
async def test_who_comes_too_early_is_refused_at_once_and_stores_nothing(
    command: str, dsn: str, domains: Path, gate: Gate, admin: asyncpg.Connection
) -> None:
    arguments = (domains,) if command == "run" else ()

    async with started("run", domains, *LOCAL, *LOCK, dsn=dsn) as running:
        await gate.knocked.wait()
        early = await run(command, *arguments, *LOCK, "--quiet", dsn=dsn)
        gate.opened.set()
        returned, _, _ = await ended(running)
    late = await run(command, *arguments, *LOCK, "--quiet", dsn=dsn)

    assert (early.returncode, early.stdout) == (75, "")
    assert refusal(early.stderr, running), early.stderr
    assert (returned, late.returncode) == (0, 1 if command == "run" else 0)  # without LOCAL the site is forbidden
    assert await count(admin, "batches") == (2 if command == "run" else 1)


async def test_a_lock_of_another_name_and_a_command_without_one_hinder_nobody(
    dsn: str, domains: Path, gate: Gate, lists: Lists
) -> None:
    async with started("run", domains, *LOCAL, *LOCK, dsn=dsn) as running:
        await gate.knocked.wait()
        elsewhere = lists.of("nowhere.invalid")
        others = [await run("run", elsewhere, *lock, dsn=dsn) for lock in ((), ("--lock", "weekly"))]
        gate.opened.set()
        await ended(running)

    assert [other.returncode for other in others] == [1, 1]


async def test_of_eight_at_once_one_wins(dsn: str, domains: Path, gate: Gate, admin: asyncpg.Connection) -> None:
    async with AsyncExitStack() as stack:
        all_eight = [
            await stack.enter_async_context(started("run", domains, *LOCAL, *LOCK, dsn=dsn)) for _ in range(8)
        ]
        ends = [asyncio.create_task(ended(each)) for each in all_eight]
        while sum(end.done() for end in ends) < 7:
            await asyncio.wait([end for end in ends if not end.done()], return_when=asyncio.FIRST_COMPLETED)
        gate.opened.set()
        outcomes = [await end for end in ends]

    (winner,) = [each for each in all_eight if each.returncode == 0]
    losers = [(returned, said) for returned, _, said in outcomes if returned != 0]
    assert [(returned, refusal(said, winner)) for returned, said in losers] == [(75, True)] * 7
    assert await count(admin, "batches") == 1


@pytest.mark.parametrize(
    ("lines", "exit_status"), [(["nowhere.invalid"], 1), (["no domain"], 2), (["# nothing"], 2)]
)
async def test_the_lock_is_given_back_however_the_command_ends(
    lines: list[str], exit_status: int, dsn: str, lists: Lists, admin: asyncpg.Connection
) -> None:
    result = await run("run", lists.write(lines), *LOCK, dsn=dsn)

    assert result.returncode == exit_status
    assert await count(admin, "locks") == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_gives_the_lock_back(
    number: signal.Signals, dsn: str, domains: Path, gate: Gate, admin: asyncpg.Connection
) -> None:
    async with started("run", domains, *LOCAL, *LOCK, dsn=dsn) as running:
        await gate.knocked.wait()
        assert await count(admin, "locks") == 1
        running.send_signal(number)
        returned, _, _ = await ended(running)

    assert returned == 128 + number
    assert await count(admin, "locks") == 0


async def test_the_lock_of_a_killed_command_is_taken_over_when_its_lease_is_over(
    dsn: str, domains: Path, gate: Gate, admin: asyncpg.Connection
) -> None:
    async with started("run", domains, *LOCAL, *LOCK, dsn=dsn) as killed:
        await gate.knocked.wait()
        killed.kill()
        await killed.wait()
    gate.opened.set()

    early = await run("resume", *LOCK, "--quiet", dsn=dsn)
    await until_dead(admin)
    late = await run("resume", *LOCK, dsn=dsn)

    assert (early.returncode, late.returncode) == (75, 0)
    assert refusal(early.stderr, killed)
    assert (await status(dsn))["status"] == "complete"


async def test_who_was_stopped_and_lost_the_lock_puts_its_jobs_back_when_it_wakes(
    dsn: str, domains: Path, web: Web, gate: Gate, lists: Lists, admin: asyncpg.Connection
) -> None:
    other_gate = Gate()

    async with started("run", domains, *LOCAL, *LOCK, dsn=dsn, env=SHORT) as sleeper:
        await gate.knocked.wait()
        first = await status(dsn)
        stopped = [sleeper.pid, *children(sleeper.pid)]
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        await until_dead(admin)
        async with started("run", lists.of(await web.serve(other_gate)), *LOCAL, *LOCK, dsn=dsn) as heir:
            await other_gate.knocked.wait()
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)
            returned, _, said = await ended(sleeper)
            other_gate.opened.set()
            inherited, _, _ = await ended(heir)

    assert (returned, inherited) == (75, 0)
    assert f"“nightly” was taken over by {socket.gethostname()} (pid {heir.pid}) since" in said
    assert "Traceback" not in said
    document = await status(dsn, first["batch_id"])
    assert document["status"] == "interrupted"
    assert [each["status"] for each in document["domain_statuses"].values()] == ["pending"]


async def test_workers_keep_the_lock_while_their_parent_alone_is_stopped(
    dsn: str, domains: Path, gate: Gate, admin: asyncpg.Connection
) -> None:
    async with started("run", domains, *LOCAL, *LOCK, dsn=dsn, env={"BATCHSCRAPE_LEASE": "2"}) as running:
        await gate.knocked.wait()
        running.send_signal(signal.SIGSTOP)
        stopped_at = await admin.fetchval("SELECT now()")
        while not await admin.fetchval(
            "SELECT seen_at > $1::timestamptz + 2 * lease FROM batchscrape.locks", stopped_at
        ):
            await asyncio.sleep(0.01)
        early = await run("run", domains, *LOCK, "--quiet", dsn=dsn)
        running.send_signal(signal.SIGCONT)
        gate.opened.set()
        returned, _, _ = await ended(running)

    assert refusal(early.stderr, running)
    assert returned == 0


async def test_who_loses_the_lock_while_it_stores_its_batch_stores_none(
    dsn: str, database: str, domains: Path, admin: asyncpg.Connection
) -> None:
    blocking = await asyncpg.connect(database)

    async with blocking.transaction():
        await blocking.execute("LOCK TABLE batchscrape.jobs IN SHARE MODE")
        async with started("run", domains, *LOCAL, *LOCK, dsn=dsn, env=SHORT) as running:
            while not await count(admin, "locks"):
                await asyncio.sleep(0.01)
            await admin.execute("UPDATE batchscrape.locks SET worker_id = gen_random_uuid()")
            returned, _, said = await ended(running)
    await blocking.close()

    assert (returned, "was taken over" in said) == (75, True)
    assert await count(admin, "batches") == 0


async def test_the_lock_outlives_a_list_that_takes_longer_than_its_lease(
    dsn: str, domains: Path, gate: Gate, admin: asyncpg.Connection
) -> None:
    gate.opened.set()
    env = {"BATCHSCRAPE_LEASE": "1"}

    async with started("run", domains, *LOCAL, *LOCK, dsn=dsn, env=env) as running:
        async with admin.transaction():
            await admin.execute("LOCK TABLE batchscrape.jobs IN SHARE MODE")
            while not await admin.fetchval(
                "SELECT bool_or(seen_at > taken_at + 2 * lease) FROM batchscrape.locks"
            ):
                await asyncio.sleep(0.01)
            early = await run("run", domains, *LOCK, "--quiet", dsn=dsn)
        returned, _, _ = await ended(running)

    assert refusal(early.stderr, running)
    assert returned == 0


@pytest.fixture
def own_home() -> Iterator[dict[str, str]]:
    """The environment of commands that share an embedded database."""
    folder = tempfile.mkdtemp(prefix="batchscrape-")
    Path(folder).chmod(0o755)
    yield {"BATCHSCRAPE_HOME": folder}
    shutil.rmtree(folder)


async def test_the_embedded_database_has_locks_too(domains: Path, gate: Gate, own_home: dict[str, str]) -> None:
    async with started("run", domains, *LOCAL, *LOCK, env=own_home | SHORT) as running:
        await gate.knocked.wait()
        early = await run("run", domains, *LOCK, "--quiet", env=own_home)
        running.kill()
        await running.wait()
    gate.opened.set()
    async with asyncio.timeout(60):
        while (late := await run("resume", *LOCK, "--json", env=own_home)).returncode == 75:
            pass

    assert refusal(early.stderr, running)
    assert json.loads(late.stdout)["status"] == "complete"
