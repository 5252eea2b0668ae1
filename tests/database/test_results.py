"""Results: stored once, whole, and given back as they were."""

import gzip
import json
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from asyncpg import Connection

from batchscrape.database import batches, results
from batchscrape.database.results import Run
from batchscrape.models import PAGE_COLUMNS, Facts, Job, Page, Technology
from tests.database.making import (
    NOON,
    claim,
    end,
    make_batch,
    make_ended_batch,
    make_page,
    read_pages,
    read_rows,
)

NASTY = """„Ü“ 日本 עברית 🦊 \\ \\\\ \\n " ' '' {a,"b"} [c] NULL \n\t\x7f \u2028 $1 %s --"""
HTML = gzip.compress(b"\x00\xff<p>" * 100)
FACTS = Facts(
    title=NASTY + "title",
    description=NASTY,
    language="zh-Hant",
    emails=("info@a.example", NASTY, "", "NULL"),
    phones=("+41441234567", "{}"),
    social={"github": ("https://github.example/a", NASTY), "xing": ()},
    technologies=(Technology(name="WordPress", version="6.9"), Technology(name=NASTY)),
    favicon_url="https://a.example/ü.ico",
    logo_url=NASTY + "logo",
    organization=NASTY + "organization",
    address="Weg 1\n8000 Zürich",
    page_kind="site",
    canonical_url=NASTY + "canonical",
    site_name=NASTY,
    extra={NASTY: [1, 2.5, None, True, {"deep": NASTY}], "große Zahl": 2**53},
)
PAGE = Page(
    url="https://a.example/?q='\"\\",
    final_url="https://www.a.example/ü",
    http_status=203,
    error_code="not_html",
    error=NASTY + "error",
    content_type='text/html; charset="x"',
    title=NASTY,
    description=NASTY + "description",
    language="de-CH",
    emails=("a@a.example", NASTY),
    phones=("+41441234567",),
    bytes=2**31,
    truncated=True,
    fetched_at=NOON,
    duration=0.1,
    html=HTML,
)


async def test_every_column_of_a_domain_comes_back_as_it_was(connection: Connection, run: Run) -> None:
    batch_id = await make_batch(connection, "a.example")
    worker_id, (job,) = await claim(connection, batch_id)
    outcome = end(
        job,
        "http_5xx",
        error=NASTY,
        http_status=503,
        final_url=NASTY + "url",
        facts=FACTS,
        pages=(make_page("https://a.example/", bytes=2**40), make_page("https://a.example/2", "timeout")),
        duration=1 / 3,
    )

    stored = await results.finish(connection, worker_id, results.encode([outcome]))

    (row,) = await read_rows(run, batch_id)
    assert stored == {job.job_id}
    assert row.pop("started_at") <= row.pop("finished_at")
    assert row == {
        "batch_id": batch_id, "job_id": job.job_id, "domain": "a.example", "input": "a.example",
        "start_url": "https://a.example/", "status": "failed", "error_code": "http_5xx", "error": NASTY,
        "attempts": 1, "http_status": 503, "final_url": NASTY + "url", "title": FACTS.title,
        "description": NASTY, "language": "zh-Hant", "emails": list(FACTS.emails), "phones": list(FACTS.phones),
        "social": {"github": ["https://github.example/a", NASTY], "xing": []},
        "technologies": [{"name": "WordPress", "version": "6.9"}, {"name": NASTY, "version": None}],
        "is_wordpress": True, "wordpress_version": "6.9", "favicon_url": FACTS.favicon_url,
        "logo_url": FACTS.logo_url, "organization": FACTS.organization, "address": FACTS.address,
        "page_kind": "site", "pages_scraped": 1, "bytes": 2**40 + 10, "duration": 1 / 3, "extra": FACTS.extra,
        "canonical_url": NASTY + "canonical", "site_name": NASTY,
    }  # fmt: skip


async def test_what_a_page_did_not_say_stays_empty(connection: Connection, run: Run) -> None:
    batch_id = await make_ended_batch(connection, None)

    (row,) = await read_rows(run, batch_id)

    empty = {"error_code", "error", "http_status", "final_url", "title", "description", "language", "favicon_url"}
    empty |= {"wordpress_version", "logo_url", "organization", "address", "page_kind"}
    empty |= {"canonical_url", "site_name"}
    assert {name for name, value in row.items() if value is None} == empty
    assert (row["emails"], row["phones"], row["technologies"], row["social"], row["extra"]) == ([], [], [], {}, {})


@pytest.mark.parametrize(
    ("technologies", "error_code", "expected"),
    [
        ((Technology(name="Shop"), Technology(name="WordPress")), None, (True, None)),
        ((Technology(name="WordPress", version="5.1"),), None, (True, "5.1")),
        ((Technology(name="Shop", version="5.1"),), None, (False, None)),
        ((), "timeout", (None, None)),
    ],
)
def test_wordpress_is_read_from_the_technologies_where_a_page_was_read(
    technologies: tuple[Technology, ...], error_code: str | None, expected: tuple[bool | None, str | None]
) -> None:
    job = Job(job_id=1, batch_id=uuid4(), attempts=1, domain="a", input="a", start_url="https://a/")
    outcome = end(
        job, error_code, facts=Facts(technologies=technologies), pages=(make_page("https://a/", error_code),)
    )

    (values,) = json.loads(results.encode([outcome]))

    assert (values["is_wordpress"], values["wordpress_version"]) == expected


async def test_every_column_of_a_page_comes_back_as_it_was(connection: Connection, run: Run) -> None:
    batch_id = await make_batch(connection, "a.example")
    worker_id, (job,) = await claim(connection, batch_id)
    bare = Page(url="https://a.example/2", fetched_at=NOON + timedelta(seconds=1), duration=0.0)

    await results.finish(connection, worker_id, results.encode([end(job, pages=(bare, PAGE))]))

    rows = await connection.fetch("SELECT * FROM batchscrape.pages ORDER BY fetched_at")
    stored = [{field.name: row[field.name] for field in fields(Page)} for row in rows]
    given = [{field.name: getattr(page, field.name) for field in fields(Page)} for page in (PAGE, bare)]
    assert [as_lists(row) for row in given] == stored
    exported = [row async for row in results.stream_pages(run, batch_id)]
    own = {"batch_id": batch_id, "job_id": job.job_id, "domain": "a.example"}
    assert exported == [{name: (own | row)[name] for name in PAGE_COLUMNS} for row in stored]


def as_lists(row: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}


async def test_after_a_retry_the_second_attempts_pages_stand_in_place_of_the_firsts(
    connection: Connection, run: Run
) -> None:
    batch_id = await make_batch(connection, "a.example")
    worker_id, (job,) = await claim(connection, batch_id)
    first = end(
        job, "timeout", facts=FACTS, http_status=500, pages=(PAGE, replace(PAGE, url="https://a.example/old"))
    )
    await results.finish(connection, worker_id, results.encode([first]))

    await batches.reopen(connection, batch_id)
    worker_id, (again,) = await claim(connection, batch_id)
    second = end(again, pages=(replace(PAGE, title="new"), replace(PAGE, url="https://a.example/new")))
    await results.finish(connection, worker_id, results.encode([second]))

    urls = sorted([PAGE.url, "https://a.example/new"])
    (row,) = await read_rows(run, batch_id)
    assert await read_pages(connection, batch_id) == [("a.example", url) for url in urls]
    assert (row["attempts"], row["status"], row["title"], row["http_status"]) == (2, "complete", None, None)


async def test_of_a_chunk_only_what_is_the_workers_own_is_stored(connection: Connection, run: Run) -> None:
    batch_id = await make_batch(connection, "own.example", "older.example", "others.example", "open.example")
    worker_id, claimed = await claim(connection, batch_id, limit=2)
    _, (others,) = await claim(connection, batch_id, limit=1)
    older = replace(claimed[1], attempts=0)
    _open = replace(older, job_id=others.job_id + 1, domain="open.example")
    ended = [end(job, pages=(make_page("https://x.example/"),)) for job in (claimed[0], older, others, _open)]

    stored = await results.finish(connection, worker_id, results.encode(ended))

    rows = await read_rows(run, batch_id)
    assert stored == {claimed[0].job_id}
    assert [row["status"] for row in rows] == ["complete", "running", "running", "pending"]
    assert await read_pages(connection, batch_id) == [("own.example", "https://x.example/")]


async def test_an_ended_job_is_known_by_its_attempt(connection: Connection) -> None:
    batch_id = await make_batch(connection, "0.example", "1.example", "2.example")
    worker_id, (first, second, third) = await claim(connection, batch_id)
    await results.finish(connection, worker_id, results.encode([end(first), end(second, "timeout")]))

    asked = {first.job_id: 1, second.job_id: 2, third.job_id: 1}

    assert await results.read_ended(connection, asked) == {first.job_id}
    assert await results.read_ended(connection, asked | {second.job_id: 1}) == {first.job_id, second.job_id}


async def test_a_chunk_is_stored_whole_or_not_at_all(connection: Connection, run: Run) -> None:
    batch_id = await make_batch(connection, "0.example", "1.example")
    worker_id, (first, second) = await claim(connection, batch_id)
    double = end(second, pages=(PAGE, PAGE))

    with pytest.raises(Exception, match="duplicate key"):
        await results.finish(connection, worker_id, results.encode([end(first), double]))

    assert [row["status"] for row in await read_rows(run, batch_id)] == ["running", "running"]
