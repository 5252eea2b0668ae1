"""`purge` deletes what ended long ago, and nothing else, and not without being told."""

import os
import pty
import subprocess
from asyncio import to_thread

import pytest
from asyncpg import Connection

from batchscrape.database import batches
from tests.command import PROGRAM, environment, run
from tests.database.making import make_batch, make_ended_batch, read_pages

AGED = "UPDATE batchscrape.batches SET ended_at = ended_at - interval '10 days' WHERE batch_id = $1"
COUNTS = (
    "SELECT (SELECT count(*) FROM batchscrape.batches), (SELECT count(*) FROM batchscrape.jobs),"
    " (SELECT count(*) FROM batchscrape.pages)"
)


@pytest.fixture
async def three(connection: Connection) -> None:
    """An old batch with two domains beside one that ended just now and one that is open."""
    old = await make_ended_batch(connection, None, "timeout")
    await batches.freeze(connection, old)
    await connection.execute(AGED, old)
    await batches.freeze(connection, await make_ended_batch(connection, None))
    await make_batch(connection, "open.example")


async def left(connection: Connection) -> tuple[int, ...]:
    """Batches, jobs and pages."""
    row = await connection.fetchrow(COUNTS)
    assert row is not None
    return tuple(row)


@pytest.mark.usefixtures("three")
async def test_what_ended_long_ago_is_deleted_with_its_domains_and_pages(connection: Connection, dsn: str) -> None:
    result = await run("purge", "--older-than", "9d", "--yes", dsn=dsn)

    assert (result.returncode, result.stdout) == (0, "Deleted 1 batch with 2 domains.\n")
    assert await left(connection) == (2, 2, 1)


@pytest.mark.usefixtures("three")
async def test_what_ended_later_is_kept(connection: Connection, dsn: str) -> None:
    result = await run("purge", "--older-than", "2w", "--yes", dsn=dsn)

    assert (result.returncode, result.stdout) == (0, "Deleted 0 batches with 0 domains.\n")
    assert await left(connection) == (3, 4, 3)


@pytest.mark.usefixtures("three")
async def test_nothing_is_deleted_where_nobody_can_be_asked(connection: Connection, dsn: str) -> None:
    result = await run("purge", "--older-than", "9d", dsn=dsn)

    assert (result.returncode, result.stdout) == (2, "")
    assert "--yes" in result.stderr
    assert await left(connection) == (3, 4, 3)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(("reply", "status", "rest"), [(b"y\n", 0, (2, 2, 1)), (b"n\n", 2, (3, 4, 3))])
async def test_somebody_at_a_terminal_is_asked(
    connection: Connection, dsn: str, reply: bytes, status: int, rest: tuple[int, ...]
) -> None:
    result = await to_thread(purge_at_a_terminal, dsn, reply)

    assert result.returncode == status
    assert "Delete 1 batch with 2 domains, the oldest ended " in result.stderr
    assert await left(connection) == rest


def purge_at_a_terminal(dsn: str, reply: bytes) -> subprocess.CompletedProcess[str]:
    controller, terminal = pty.openpty()
    try:
        os.write(controller, reply)
        return subprocess.run(
            [PROGRAM, "purge", "--older-than", "9d"],
            stdin=terminal,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=environment(dsn),
        )
    finally:
        os.close(terminal)
        os.close(controller)


async def test_a_batch_whose_totals_nobody_froze_is_deleted_too(connection: Connection, dsn: str) -> None:
    batch_id = await make_ended_batch(connection, None)
    await connection.execute("UPDATE batchscrape.jobs SET finished_at = finished_at - interval '10 days'")

    result = await run("purge", "--older-than", "9d", "--yes", dsn=dsn)

    assert result.stdout == "Deleted 1 batch with 1 domain.\n"
    assert await read_pages(connection, batch_id) == []


@pytest.mark.parametrize("age", ["90", "d", "-3d", "1y", "100000d"])
async def test_an_age_that_is_none_is_a_clear_sentence(age: str) -> None:
    result = await run("purge", f"--older-than={age}", "--yes")

    assert result.returncode == 2
    assert "90d, 12w or 36h" in " ".join(result.stderr.replace("│", " ").split())
