"""Jobs through the nasty pooler: handed out once, ended once, put back when their worker dies."""

from uuid import uuid4

from asyncpg import Connection

from batchscrape.database import batches, jobs, results, workers
from batchscrape.models import BatchStatus, Job, JobStatus, Outcome
from tests.database.making import make_batch, make_worker


async def test_a_job_is_handed_out_once(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example", "b.example")
    worker = await make_worker(connection, batch_id)

    first = await jobs.claim(connection, worker.worker_id, batch_id, limit=1)
    second = await jobs.claim(connection, worker.worker_id, batch_id, limit=5)
    third = await jobs.claim(connection, worker.worker_id, batch_id, limit=5)

    assert [job.domain for job in first + second] == ["a.example", "b.example"]
    assert third == []


async def test_a_worker_that_counts_as_dead_gets_no_job(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example")

    claimed = await jobs.claim(connection, uuid4(), batch_id, limit=5)

    assert claimed == []


async def test_claiming_goes_on_past_the_last_job(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example", "b.example", "c.example")
    worker = await make_worker(connection, batch_id)
    (first,) = await jobs.claim(connection, worker.worker_id, batch_id, limit=1)
    await jobs.put_back(connection, worker.worker_id)

    claimed = await jobs.claim(connection, worker.worker_id, batch_id, after=first.job_id, limit=5)

    assert [job.domain for job in claimed] == ["b.example", "c.example"]


async def test_a_result_is_stored_once(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example")
    worker = await make_worker(connection, batch_id)
    (job,) = await jobs.claim(connection, worker.worker_id, batch_id, limit=5)
    encoded = results.encode([Outcome(job=job, status=JobStatus.COMPLETE)])

    first = await results.finish(connection, worker.worker_id, encoded)
    second = await results.finish(connection, worker.worker_id, encoded)

    assert (first, second) == ({job.job_id}, set())
    assert await results.read_ended(connection, {job.job_id: job.attempts}) == {job.job_id}


async def test_a_worker_thought_dead_that_comes_back_changes_nothing(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example")
    zombie = await make_worker(connection, batch_id, lease=0.0)
    alive = await make_worker(connection, batch_id)
    await connection.execute("UPDATE batchscrape.workers SET lease = '1 hour' WHERE lease = '0'")
    (job,) = await jobs.claim(connection, zombie.worker_id, batch_id, limit=1)
    await connection.execute("UPDATE batchscrape.workers SET lease = '0' WHERE worker_id = $1", zombie.worker_id)
    swept = await jobs.sweep(connection)
    (again,) = await jobs.claim(connection, alive.worker_id, batch_id, limit=1)

    late = await results.finish(
        connection, zombie.worker_id, results.encode([Outcome(job=job, status=JobStatus.COMPLETE)])
    )

    assert (swept, late, again.attempts) == (1, set(), 2)
    assert await results.read_ended(connection, {job.job_id: job.attempts}) == set()


async def test_the_living_are_not_swept(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example")
    worker = await make_worker(connection, batch_id)
    await jobs.claim(connection, worker.worker_id, batch_id, limit=1)

    assert await jobs.sweep(connection) == 0


async def test_the_third_blame_fails_the_job_and_no_other(connection: Connection) -> None:
    batch_id = await make_batch(connection, "poison.example", "good.example")

    for _ in range(3):
        worker = await make_worker(connection, batch_id)
        poison, _good = await jobs.claim(connection, worker.worker_id, batch_id, limit=2)
        await jobs.bury(connection, worker.worker_id, [poison.job_id])

    statuses = await jobs.read_statuses(connection, batch_id, "", 10)
    assert [(each.domain, each.status, each.error_code) for each in statuses] == [
        ("good.example", "pending", None),
        ("poison.example", "failed", "worker_lost"),
    ]


async def test_a_page_long_in_the_parser_is_blamed_by_the_sweep_too(connection: Connection) -> None:
    batch_id = await make_batch(connection, "poison.example")

    for _ in range(3):
        worker = await make_worker(connection, batch_id)
        (poison,) = await jobs.claim(connection, worker.worker_id, batch_id, limit=2)
        await workers.beat(connection, worker, parsing=[poison.job_id])
        await connection.execute("UPDATE batchscrape.workers SET seen_at = now() - interval '1 day'")
        await jobs.sweep(connection)

    (status,) = await jobs.read_statuses(connection, batch_id, "", 10)
    assert status.error_code == "worker_lost"


async def test_killing_workers_fails_no_job(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example")

    for _ in range(5):
        worker = await make_worker(connection, batch_id)
        await jobs.claim(connection, worker.worker_id, batch_id, limit=2)
        await jobs.bury(connection, worker.worker_id, [])

    (status,) = await jobs.read_statuses(connection, batch_id, "", 10)
    assert status.status == "pending"


async def test_a_worker_takes_back_what_it_does_not_hold(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example", "b.example")
    worker = await make_worker(connection, batch_id)
    held, _lost = await jobs.claim(connection, worker.worker_id, batch_id, limit=2)

    count = await jobs.put_back(connection, worker.worker_id, keep=[held.job_id])

    assert (count, await jobs.count_open(connection, batch_id)) == (1, (1, 1))


async def test_a_job_put_back_after_cancel_is_cancelled(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example")
    worker = await make_worker(connection, batch_id)
    await jobs.claim(connection, worker.worker_id, batch_id, limit=1)
    await batches.cancel(connection, batch_id)

    told = await workers.beat(connection, worker)
    await jobs.put_back(connection, worker.worker_id)

    assert told == [batch_id]
    assert (await batches.read(connection, batch_id)).status is BatchStatus.CANCELLED
    assert await batches.freeze(connection, batch_id)


async def test_dead_workers_are_forgotten_once_nothing_refers_to_them(connection: Connection) -> None:
    batch_id = await make_batch(connection, "a.example")
    busy = await make_worker(connection, batch_id)
    await make_worker(connection, batch_id)
    await jobs.claim(connection, busy.worker_id, batch_id, limit=1)
    await connection.execute("UPDATE batchscrape.workers SET seen_at = now() - interval '1 day'")

    await workers.forget_dead(connection)

    assert await connection.fetchval("SELECT array_agg(worker_id)::text FROM batchscrape.workers") == (
        f"{{{busy.worker_id}}}"
    )


def test_a_claimed_job_is_an_entry() -> None:
    job = Job(
        job_id=1,
        batch_id=uuid4(),
        attempts=1,
        domain="a.example",
        input="a.example",
        start_url="https://a.example/",
    )

    assert not job.has_scheme
