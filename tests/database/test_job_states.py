"""The state machine of a job is held by the table itself: no statement, ours or a user's, can break it."""

from itertools import product

import asyncpg
import pytest
from asyncpg import Connection

from tests.database.making import make_batch, make_ended_batch

STATUSES = ("pending", "running", "complete", "failed", "cancelled", "done")
#: Status, and whether worker_id, error_code, finished_at and started_at are set, and how often it was claimed.
Combination = tuple[str, bool, bool, bool, bool, int]
YES_OR_NO = (False, True)
COMBINATIONS: list[Combination] = list(product(STATUSES, YES_OR_NO, YES_OR_NO, YES_OR_NO, YES_OR_NO, (0, 1)))


def is_legal(combination: Combination) -> bool:
    status, has_worker, has_code, has_ended, has_started, attempts = combination
    return (
        status != "done"
        and has_worker == (status == "running")
        and has_code == (status == "failed")
        and has_ended == (status in {"complete", "failed", "cancelled"})
        and has_started == (attempts > 0)
        and (attempts > 0 or status in {"pending", "cancelled"})
    )


async def is_taken(connection: Connection, combination: Combination) -> bool:
    status, has_worker, has_code, has_ended, has_started, attempts = combination
    try:
        await connection.execute(
            "UPDATE batchscrape.jobs SET status = $1, attempts = $6,"
            " worker_id = CASE WHEN $2 THEN gen_random_uuid() END, error_code = CASE WHEN $3 THEN 'timeout' END,"
            " finished_at = CASE WHEN $4 THEN now() END, started_at = CASE WHEN $5 THEN now() END",
            status, has_worker, has_code, has_ended, has_started, attempts,
        )  # fmt: skip
    except asyncpg.CheckViolationError:
        return False
    return True


async def test_each_illegal_combination_is_refused_and_each_legal_one_taken(connection: Connection) -> None:
    await make_batch(connection, "a.example")

    taken = {each for each in COMBINATIONS if await is_taken(connection, each)}

    assert taken == {each for each in COMBINATIONS if is_legal(each)}
    assert len(taken) == 7


async def test_a_domain_stands_once_in_a_batch(connection: Connection) -> None:
    await make_batch(connection, "a.example", "b.example")

    with pytest.raises(asyncpg.UniqueViolationError):
        await connection.execute("UPDATE batchscrape.jobs SET domain = 'a.example'")


async def test_what_belongs_to_a_batch_goes_with_it(connection: Connection) -> None:
    batch_id = await make_ended_batch(connection, None, "timeout")
    bystander = await make_ended_batch(connection, None)

    await connection.execute("DELETE FROM batchscrape.batches WHERE batch_id = $1", batch_id)

    left = await connection.fetch(
        "SELECT job.batch_id, page.url FROM batchscrape.jobs AS job JOIN batchscrape.pages AS page USING (job_id)"
    )
    assert [tuple(row) for row in left] == [(bystander, "https://0.example/")]
    assert await connection.fetchval("SELECT count(*) FROM batchscrape.workers") == 1
