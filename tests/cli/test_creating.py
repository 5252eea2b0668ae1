"""A batch is created whole or not at all, whatever interrupts it and whatever becomes of its list."""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import asyncpg
import pytest

from tests.cli.conftest import Lists
from tests.command import PROGRAM, ended, environment, run, started
from tests.database.making import until_waiting
from tests.pooler import NastyPooler

#: Several statements' worth of lines.
sizes = pytest.mark.parametrize(
    "size", [60_000, pytest.param(1_000_000, marks=[pytest.mark.long, pytest.mark.timeout(900)])]
)


@pytest.fixture
async def admin(database: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


@pytest.fixture
async def watcher(database: str) -> AsyncIterator[asyncpg.Connection]:
    """Outside of the admin's transaction, in which the activity stands still."""
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


async def stored(admin: asyncpg.Connection) -> tuple[int, int, int]:
    """How many batches there are, how many domains they say they have, and how many jobs there are."""
    (row,) = await admin.fetch(
        "SELECT count(*), coalesce(sum(total_domains), 0), (SELECT count(*) FROM batchscrape.jobs)"
        " FROM batchscrape.batches"
    )
    return tuple(row)


async def until_in_the_middle(admin: asyncpg.Connection, size: int) -> None:
    """Sequences are not transactional: they tell how far an open transaction is."""
    while await admin.fetchval("SELECT last_value FROM batchscrape.jobs_job_id_seq") < size / 10:
        await asyncio.sleep(0.001)


async def until_alone(admin: asyncpg.Connection) -> None:
    """Return when the server has noticed that its client is gone."""
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    while await admin.fetchval(others):
        await asyncio.sleep(0.01)


def long_list(lists: Lists, size: int) -> Path:
    return lists.write(f"name-{number}.invalid" for number in range(size))


@sizes
@pytest.mark.parametrize("command", ["run", "submit"])
async def test_a_command_that_is_killed_in_the_middle_leaves_nothing(
    command: str, size: int, database: str, admin: asyncpg.Connection, lists: Lists
) -> None:
    domains = long_list(lists, size)

    async with started(command, domains, dsn=database) as killed:
        await until_in_the_middle(admin, size)
        killed.kill()
        await killed.wait()
    await until_alone(admin)

    assert await stored(admin) == (0, 0, 0)
    assert (await run("submit", domains, dsn=database)).returncode == 0
    assert await stored(admin) == (1, size, size)


@sizes
@pytest.mark.parametrize("command", ["run", "submit"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_in_the_middle_leaves_nothing(
    number: signal.Signals, command: str, size: int, dsn: str, admin: asyncpg.Connection, lists: Lists
) -> None:
    async with started(command, long_list(lists, size), dsn=dsn) as stopped:
        await until_in_the_middle(admin, size)
        stopped.send_signal(number)
        returned, out, said = await ended(stopped)

    assert (returned, out) == (128 + number, "")
    assert "Traceback" not in said
    assert await stored(admin) == (0, 0, 0)


@sizes
async def test_a_connection_that_is_lost_in_the_middle_costs_a_second_try_and_nothing_else(
    size: int, dsn: str, admin: asyncpg.Connection, lists: Lists, pooler: NastyPooler
) -> None:
    domains = lists.write(["foo bar", *(f"name-{number}.invalid" for number in range(size))])

    async with started("submit", domains, dsn=dsn) as submitting:
        await until_in_the_middle(admin, size)
        await asyncio.to_thread(pooler.drop_all)
        returned, out, said = await ended(submitting)

    assert returned == 0, said
    assert await stored(admin) == (1, size, size)
    assert out.strip() == str(await admin.fetchval("SELECT batch_id FROM batchscrape.batches"))
    assert said.count("foo bar") == 1


async def test_broken_lines_in_the_middle_are_left_out_and_counted(
    dsn: str, admin: asyncpg.Connection, lists: Lists
) -> None:
    domains = long_list(lists, 30_000)
    lines = domains.read_bytes().splitlines()
    broken = [b"foo bar", b"\xff\xfe.example", b"nul\0.example", b"x" * 20_000 + b".example", b"http://[", b"a..b"]
    domains.write_bytes(b"\n".join([*lines[:15_000], *broken, *lines[15_000:]]))

    result = await run("submit", domains, dsn=dsn)

    assert result.returncode == 0, result.stderr
    assert await stored(admin) == (1, 30_000, 30_000)
    assert await admin.fetchval("SELECT rejected_lines FROM batchscrape.batches") == len(broken)
    assert [f"Line {15_001 + number} left out" in result.stderr for number in range(len(broken))] == [True] * 6


def append(domains: Path) -> None:
    with domains.open("a") as file:
        file.write("one-more.invalid\n")


def empty(domains: Path) -> None:
    os.truncate(domains, 0)


def rewrite(domains: Path) -> None:
    domains.write_text("another.invalid\n")


def replace(domains: Path) -> None:
    beside = domains.with_name("beside")
    beside.write_text("another.invalid\n")
    beside.replace(domains)


@pytest.mark.parametrize("change", [append, empty, rewrite])
async def test_a_list_that_is_written_to_while_it_is_read_makes_no_batch(
    change: Callable[[Path], None],
    dsn: str,
    admin: asyncpg.Connection,
    watcher: asyncpg.Connection,
    lists: Lists,
) -> None:
    domains = long_list(lists, 30_000)

    async with started("submit", domains, "--quiet", dsn=dsn) as submitting:
        async with admin.transaction():
            await admin.execute("LOCK TABLE batchscrape.jobs IN SHARE MODE")
            await until_waiting(watcher)
            change(domains)
        returned, out, said = await ended(submitting)

    (line,) = said.splitlines()
    assert (returned, out) == (2, "")
    assert "was written to while it was read" in line
    assert await stored(admin) == (0, 0, 0)


@pytest.mark.parametrize("change", [replace, Path.unlink])
async def test_a_list_that_another_one_takes_the_place_of_is_read_to_its_end(
    change: Callable[[Path], None],
    dsn: str,
    admin: asyncpg.Connection,
    watcher: asyncpg.Connection,
    lists: Lists,
) -> None:
    domains = long_list(lists, 30_000)

    async with started("submit", domains, "--quiet", dsn=dsn) as submitting:
        async with admin.transaction():
            await admin.execute("LOCK TABLE batchscrape.jobs IN SHARE MODE")
            await until_waiting(watcher)
            change(domains)
        returned, _, said = await ended(submitting)

    assert (returned, said) == (0, "")
    assert await stored(admin) == (1, 30_000, 30_000)


async def test_a_list_that_is_gone_when_it_must_be_read_again_makes_no_batch(
    dsn: str, admin: asyncpg.Connection, watcher: asyncpg.Connection, lists: Lists, pooler: NastyPooler
) -> None:
    domains = long_list(lists, 30_000)

    async with started("submit", domains, "--quiet", dsn=dsn) as submitting:
        async with admin.transaction():
            await admin.execute("LOCK TABLE batchscrape.jobs IN SHARE MODE")
            await until_waiting(watcher)
            domains.unlink()
            await asyncio.to_thread(pooler.drop_all)
        returned, out, said = await ended(submitting)

    (line,) = said.splitlines()
    assert (returned, out) == (2, "")
    assert "There is no file" in line
    assert await stored(admin) == (0, 0, 0)


@pytest.mark.parametrize("command", ["run", "submit"])
async def test_a_standard_input_that_is_closed_is_one_sentence(
    command: str, dsn: str, admin: asyncpg.Connection
) -> None:
    result = await asyncio.to_thread(
        subprocess.run,
        ["sh", "-c", f"exec {PROGRAM} {command} - --quiet 0<&-"],
        capture_output=True,
        text=True,
        timeout=100,
        env=environment(dsn),
        check=False,
    )

    (line,) = result.stderr.splitlines()
    assert result.returncode == 2, line
    assert "standard input is closed" in line
    assert await stored(admin) == (0, 0, 0)
