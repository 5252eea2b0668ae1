"""Rows for the exports: all of them, in the list's order, a window at a time."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from asyncpg import Connection

from batchscrape.database import jobs, results
from batchscrape.database.results import Run
from batchscrape.models import JOB_COLUMNS, PAGE_COLUMNS
from tests.database.making import (
    NOON,
    claim,
    end,
    entry,
    make_batch,
    make_ended_batch,
    make_page,
    read_rows,
)

PAGE = make_page("https://a.example/0")


async def test_the_columns_of_an_export_come_in_their_order(connection: Connection, run: Run) -> None:
    batch_id = await make_ended_batch(connection, None)

    (row,) = await read_rows(run, batch_id)
    (page,) = [row async for row in results.stream_pages(run, batch_id)]

    assert tuple(row) == JOB_COLUMNS
    assert tuple(page) == PAGE_COLUMNS


async def test_an_export_holds_the_open_jobs_too(connection: Connection, run: Run) -> None:
    batch_id = await make_batch(connection, "a.example", "b.example")
    await claim(connection, batch_id, limit=1)

    rows = await read_rows(run, batch_id)

    assert [(row["domain"], row["status"]) for row in rows] == [("a.example", "running"), ("b.example", "pending")]


async def test_an_export_keeps_the_lists_order_and_reads_window_by_window(
    connection: Connection, run: Run
) -> None:
    mine, other = await make_batch(connection, "first.example"), await make_batch(connection, "z.example")
    domains = [f"{number * 7919 % 10_007}.example" for number in range(5_100)]
    for start in range(0, len(domains), 300):
        chunk = [entry(domain) for domain in domains[start : start + 300]]
        await jobs.insert(connection, mine, chunk)
        await jobs.insert(connection, other, chunk[:150])
    await give_each_a_page(connection)
    read: list[int] = []

    async def watched(statement: Callable[..., Awaitable[Any]], *values: Any) -> Any:
        rows = await run(statement, *values)
        read.append(len(rows))
        return rows

    rows = [row["domain"] async for row in results.stream_jobs(watched, mine)]
    pages = [row["domain"] async for row in results.stream_pages(watched, mine)]

    assert rows == pages == ["first.example", *domains]
    assert max(read) <= 2_000


async def give_each_a_page(connection: Connection) -> None:
    await connection.execute(
        "INSERT INTO batchscrape.pages (job_id, url, bytes, truncated, fetched_at, duration)"
        " SELECT job_id, start_url, 1, false, now() - job_id * interval '1 second', 1 FROM batchscrape.jobs"
    )


async def test_pages_of_a_domain_come_in_the_order_they_were_fetched(connection: Connection, run: Run) -> None:
    batch_id = await make_batch(connection, "a.example", "b.example")
    worker_id, (first, second) = await claim(connection, batch_id)
    late = replace(PAGE, url="https://a.example/1", fetched_at=NOON + timedelta(seconds=1))
    pages = (late, replace(PAGE, url="https://a.example/3"), replace(PAGE, url="https://a.example/2"))
    ended = [end(second, pages=(replace(PAGE, fetched_at=NOON - timedelta(days=1)),)), end(first, pages=pages)]

    await results.finish(connection, worker_id, results.encode(ended))

    exported = [row["url"] async for row in results.stream_pages(run, batch_id)]
    assert exported == ["https://a.example/2", "https://a.example/3", "https://a.example/1", PAGE.url]


async def test_of_a_batch_without_jobs_nothing_is_exported(run: Run) -> None:
    assert await read_rows(run, uuid4()) == []


async def test_the_failed_can_be_had_alone(connection: Connection, run: Run) -> None:
    batch_id = await make_batch(connection, "0.example", "1.example", "2.example")
    worker_id, claimed = await claim(connection, batch_id, limit=2)
    ended = [
        end(claimed[0], pages=(make_page("https://0.example/"), make_page("https://0.example/x", "http_4xx"))),
        end(claimed[1], "timeout", pages=(make_page("https://1.example/", "timeout"),)),
    ]
    await results.finish(connection, worker_id, results.encode(ended))

    rows = await read_rows(run, batch_id, failed=True)
    pages = [row async for row in results.stream_pages(run, batch_id, failed=True)]

    assert [(row["domain"], row["error_code"]) for row in rows] == [("1.example", "timeout")]
    assert [page["url"] for page in pages] == ["https://0.example/x", "https://1.example/"]
