"""What `status` says is what the rows say, counted or frozen."""

from dataclasses import asdict

import pytest
from asyncpg import Connection
from hypothesis import HealthCheck, given, settings

from batchscrape.database import batches
from batchscrape.models import BatchStatus
from tests.database.states import (
    STATES,
    JobState,
    State,
    WorkerState,
    expected_figures,
    expected_status,
    store_state,
)

PENDING, RUNNING = JobState(status="pending", attempts=0), JobState(status="running")
COMPLETE, CANCELLED = JobState(status="complete"), JobState(status="cancelled", attempts=0)
FAILED = JobState(status="failed", error_code="timeout")
PUT_BACK = JobState(status="pending", attempts=1)
MINE, DEAD, ANYBODYS = WorkerState(), WorkerState(alive=False), WorkerState(serves="all")
SOMEBODY_ELSES = WorkerState(serves="other")


@given(state=STATES)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_status_says_what_the_rows_say_and_a_freeze_changes_no_figure(
    connection: Connection, state: State
) -> None:
    batch_id = await store_state(connection, state)

    counted = await batches.read(connection, batch_id)
    would_end_it = state.cancelled and not state.has_ended
    frozen = not would_end_it and await batches.freeze(connection, batch_id)
    again = await batches.read(connection, batch_id)

    said = asdict(counted)
    figures = expected_figures(state)
    assert (counted.status, {name: said[name] for name in figures}) == (expected_status(state), figures)
    assert (counted.error is not None) == (counted.status in {BatchStatus.FAILED, BatchStatus.INTERRUPTED})
    assert (counted.progress == 100) == (counted.end_time is not None) == state.has_ended == frozen
    if counted.status is not BatchStatus.PROCESSING:
        last = counted.end_time or counted.updated_at
        expected = (last - counted.start_time).total_seconds() if counted.start_time else None
        assert counted.processing_time == expected
        assert again == counted


async def test_the_status_is_the_first_case_that_holds(connection: Connection) -> None:
    cases = {
        State(jobs=(COMPLETE, FAILED, CANCELLED)): BatchStatus.CANCELLED,
        State(jobs=(COMPLETE, CANCELLED)): BatchStatus.CANCELLED,
        State(jobs=(COMPLETE, COMPLETE), cancelled=True): BatchStatus.COMPLETE,
        State(jobs=(COMPLETE, COMPLETE)): BatchStatus.COMPLETE,
        State(jobs=(FAILED, FAILED), workers=(MINE,)): BatchStatus.FAILED,
        State(jobs=(COMPLETE, FAILED)): BatchStatus.PARTIAL,
        State(jobs=(COMPLETE, RUNNING), workers=(MINE,), cancelled=True): BatchStatus.CANCELLED,
        State(jobs=(PENDING, CANCELLED), cancelled=True): BatchStatus.CANCELLED,
        State(jobs=(PENDING, PENDING), workers=(MINE,)): BatchStatus.PENDING,
        State(jobs=(PENDING, CANCELLED)): BatchStatus.PENDING,
        State(jobs=(COMPLETE, PENDING), workers=(MINE,)): BatchStatus.PROCESSING,
        State(jobs=(PUT_BACK, PENDING), workers=(DEAD, ANYBODYS)): BatchStatus.PROCESSING,
        State(jobs=(COMPLETE, PENDING), workers=(DEAD, SOMEBODY_ELSES)): BatchStatus.INTERRUPTED,
        State(jobs=(RUNNING,)): BatchStatus.INTERRUPTED,
        State(jobs=(PUT_BACK,)): BatchStatus.INTERRUPTED,
    }

    said = {
        state: (await batches.read(connection, await store_state(connection, state))).status for state in cases
    }

    assert said == cases
    assert {expected_status(state) for state in cases} == set(BatchStatus)
    assert {state: expected_status(state) for state in cases} == cases


async def test_progress_is_never_100_before_the_end(connection: Connection) -> None:
    batch_id = await store_state(connection, State(jobs=(RUNNING,) + (COMPLETE,) * 19_999))

    almost = (await batches.read(connection, batch_id)).progress
    await connection.execute(
        "UPDATE batchscrape.jobs SET status = 'complete', worker_id = NULL, finished_at = now()"
        " WHERE status = 'running'"
    )

    assert (almost, (await batches.read(connection, batch_id)).progress) == (99.99, 100.0)


async def test_while_it_is_processed_the_time_goes_on(connection: Connection) -> None:
    batch_id = await store_state(connection, State(jobs=(RUNNING,), workers=(MINE,)))

    first = (await batches.read(connection, batch_id)).processing_time
    second = (await batches.read(connection, batch_id)).processing_time

    assert first is not None
    assert second is not None
    assert second > first


@pytest.mark.parametrize("frozen", [False, True])
async def test_a_failed_batch_says_of_what_its_domains_failed(connection: Connection, frozen: bool) -> None:
    codes = ["timeout", "dns_error", "tls_error", "dns_error"]
    jobs = tuple(JobState(status="failed", error_code=code) for code in codes)
    batch_id = await store_state(connection, State(jobs=jobs))

    batch = await batches.read(connection, batch_id)
    assert await batches.freeze(connection, batch_id)
    if frozen:
        batch = await batches.read(connection, batch_id)

    x = "\N{MULTIPLICATION SIGN}"
    assert batch.error == f"Every domain failed: 2 {x} dns_error, 1 {x} timeout, 1 {x} tls_error."


async def test_a_frozen_batch_is_read_without_counting(connection: Connection) -> None:
    big = JobState(status="complete", pages_scraped=3, bytes=2**40, finished=90, updated=95)
    batch_id = await store_state(connection, State(jobs=(big, COMPLETE, FAILED, CANCELLED)))
    counted = await batches.read(connection, batch_id)

    assert await batches.freeze(connection, batch_id)
    await connection.execute("DELETE FROM batchscrape.jobs")

    assert await batches.read(connection, batch_id) == counted


async def test_an_interrupted_batch_says_how_to_go_on(connection: Connection) -> None:
    batch_id = await store_state(connection, State(jobs=(PUT_BACK,)))

    batch = await batches.read(connection, batch_id)

    assert batch.error == (
        f"No living worker serves this batch; `batchscrape resume {str(batch_id)[:8]}` goes on with it."
    )
    assert await batches.find(connection, str(batch_id)[:8]) == batch_id


async def test_a_cancelled_batch_ends_when_it_is_frozen(connection: Connection) -> None:
    open_jobs = await store_state(connection, State(jobs=(COMPLETE, RUNNING), cancelled=True))
    left_over = await store_state(connection, State(jobs=(COMPLETE, PENDING), cancelled=True))

    frozen = [await batches.freeze(connection, batch_id) for batch_id in (open_jobs, left_over)]

    assert frozen == [False, True]
    assert (await batches.read(connection, left_over)).cancelled_domains == 1
