"""How a batch ends: cancelled, put back, frozen; also when two of these meet."""

import asyncio

import asyncpg
import pytest
from asyncpg import Connection

from batchscrape.database import batches, jobs, workers
from batchscrape.database.session import Session
from batchscrape.models import BatchStatus, JobStatus
from tests.database.making import (
    claim,
    end_jobs,
    make_batch,
    make_ended_batch,
    make_worker,
    read_pages,
    until_waiting,
)
from tests.pooler import NastyPooler


async def test_an_open_batch_is_not_frozen(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example", "b.example", "c.example")
    await end_jobs(connection, batch_id, None)
    await claim(connection, batch_id, limit=1)

    assert not await batches.freeze(connection, batch_id)
    assert await connection.fetchval("SELECT num_nonnulls(ended_at, errors, bytes) FROM batchscrape.batches") == 0


async def test_freezing_twice_is_freezing_once(connection: Connection) -> None:
    batch_id = await make_ended_batch(connection, None, "timeout")

    first = await batches.freeze(connection, batch_id)
    frozen = await batches.read(connection, batch_id)

    assert first
    assert await batches.freeze(connection, batch_id)
    assert await batches.read(connection, batch_id) == frozen


async def test_frozen_totals_stand_there_whole_and_add_up(connection: Connection) -> None:
    await make_batch(connection, "a.example")
    whole = (
        "UPDATE batchscrape.batches SET ended_at = now(), updated_at = now(), completed_domains = {}, "
        "failed_domains = 0, cancelled_domains = 0, pages_scraped = 0, bytes = 0, errors = {}"
    )

    for broken in (whole.format(2, "'{}'"), whole.format(1, "NULL")):
        with pytest.raises(asyncpg.CheckViolationError):
            await connection.execute(broken)
    assert await connection.execute(whole.format(1, "'{}'")) == "UPDATE 1"


async def test_a_freeze_waits_for_a_retry_and_finds_the_batch_open(
    connection: Connection, other: Connection, watcher: Connection
) -> None:
    batch_id = await make_ended_batch(connection, None, "timeout")

    async with connection.transaction():
        reopened = await batches.reopen(connection, batch_id)
        freezing = asyncio.create_task(batches.freeze(other, batch_id))
        await until_waiting(watcher)

    assert (reopened, await freezing) == (1, False)
    assert (await batches.read(connection, batch_id)).end_time is None


async def test_a_retry_waits_for_a_freeze_and_clears_its_totals(
    connection: Connection, other: Connection, watcher: Connection
) -> None:
    batch_id = await make_ended_batch(connection, None, "timeout")

    async with connection.transaction():
        frozen = await batches.freeze(connection, batch_id)
        reopening = asyncio.create_task(batches.reopen(other, batch_id))
        await until_waiting(watcher)

    assert (frozen, await reopening) == (True, 1)
    batch = await batches.read(connection, batch_id)
    assert (batch.status, batch.completed_domains, batch.failed_domains) == (BatchStatus.PROCESSING, 1, 0)


async def test_cancel_ends_what_has_not_started(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example", "b.example", "c.example")
    bystander = await make_batch(connection, "a.example")
    await end_jobs(connection, batch_id, None)

    assert await batches.cancel(connection, batch_id)

    batch = await batches.read(connection, batch_id)
    assert (batch.status, batch.completed_domains, batch.cancelled_domains) == (BatchStatus.CANCELLED, 1, 2)
    assert (await batches.read(connection, bystander)).status is BatchStatus.PENDING


async def test_workers_are_told_of_a_cancelled_batch_while_they_run_jobs_of_it(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example", "b.example")
    worker = await make_worker(connection)
    idle = await make_worker(connection, batch_id)
    await jobs.claim(connection, worker.worker_id, batch_id, limit=1)
    before = await workers.beat(connection, worker)

    await batches.cancel(connection, batch_id)
    batch = await batches.read(connection, batch_id)
    told = [await workers.beat(connection, each) for each in (worker, idle)]
    await jobs.put_back(connection, worker.worker_id)

    assert (batch.status, batch.running_domains, batch.end_time) == (BatchStatus.CANCELLED, 1, None)
    assert (before, told) == ([], [[batch_id], []])
    assert (await batches.read(connection, batch_id)).cancelled_domains == 2
    assert await workers.beat(connection, worker) == []


async def test_no_job_of_a_cancelled_batch_starts(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example")
    await batches.cancel(connection, batch_id)
    await connection.execute("UPDATE batchscrape.jobs SET status = 'pending', finished_at = NULL")

    _, claimed = await claim(connection, batch_id)

    assert claimed == []
    assert await batches.freeze(connection, batch_id)
    assert (await batches.read(connection, batch_id)).cancelled_domains == 1


async def test_cancel_ends_what_runs_at_the_dead(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example", "b.example")
    await claim(connection, batch_id, limit=1)
    await connection.execute("UPDATE batchscrape.workers SET seen_at = now() - interval '1 day'")
    await claim(connection, batch_id, limit=1)

    await batches.cancel(connection, batch_id)

    batch = await batches.read(connection, batch_id)
    assert (batch.cancelled_domains, batch.running_domains) == (1, 1)


@pytest.mark.parametrize("frozen", [True, False])
async def test_a_batch_that_has_ended_is_not_cancelled(connection: Connection, frozen: bool) -> None:
    batch_id = await make_ended_batch(connection, None, "timeout")
    if frozen:
        await batches.freeze(connection, batch_id)

    assert not await batches.cancel(connection, batch_id)

    assert (await batches.read(connection, batch_id)).status is BatchStatus.PARTIAL
    assert await connection.fetchval("SELECT cancelled_at FROM batchscrape.batches") is None


async def test_a_cancel_whose_reply_was_lost_says_the_same_again(
    session: Session, connection: Connection, pooler: NastyPooler
) -> None:
    batch_id = await make_batch(connection, "a.example")

    pooler.lose_next_reply(b"COMMIT")

    assert await session.run(batches.cancel, batch_id)
    assert session.losses == 1


async def test_retry_puts_the_failed_jobs_of_one_code_back(connection: Connection) -> None:
    batch_id = await make_ended_batch(connection, None, "timeout", "dns_error", "timeout")
    bystander = await make_ended_batch(connection, "timeout")

    assert await batches.reopen(connection, batch_id, "timeout") == 2

    statuses = await jobs.read_statuses(connection, batch_id, "", 10)
    assert [(each.status, each.error_code) for each in statuses] == [
        (JobStatus.COMPLETE, None),
        (JobStatus.PENDING, None),
        (JobStatus.FAILED, "dns_error"),
        (JobStatus.PENDING, None),
    ]
    assert (await batches.read(connection, bystander)).status is BatchStatus.FAILED


async def test_retry_deletes_the_pages_of_what_it_puts_back_and_counts_them_no_more(
    connection: Connection,
) -> None:
    batch_id = await make_ended_batch(connection, None, "timeout")
    before = (await batches.read(connection, batch_id)).bytes

    await batches.reopen(connection, batch_id)

    assert await read_pages(connection, batch_id) == [("0.example", "https://0.example/")]
    assert (before, (await batches.read(connection, batch_id)).bytes) == (20, 10)


async def test_retry_clears_the_totals_and_the_cancelled_flag(connection: Connection) -> None:
    batch_id = await make_batch(connection, "0.example", "1.example", "2.example")
    await end_jobs(connection, batch_id, "timeout", None)
    await batches.cancel(connection, batch_id)
    frozen = await batches.freeze(connection, batch_id)

    assert (frozen, await batches.reopen(connection, batch_id)) == (True, 1)

    batch = await batches.read(connection, batch_id)
    assert (batch.status, batch.errors, batch.cancelled_domains) == (BatchStatus.PROCESSING, {}, 1)
    assert [job.domain for job in (await claim(connection, batch_id))[1]] == ["0.example"]


async def test_a_retry_that_finds_nothing_changes_nothing(connection: Connection) -> None:
    batch_id = await make_ended_batch(connection, None, "timeout")
    await batches.freeze(connection, batch_id)
    before = await batches.read(connection, batch_id)

    assert await batches.reopen(connection, batch_id, "dns_error") == 0

    assert await batches.read(connection, batch_id) == before
    assert await batches.read_open(connection) == []
