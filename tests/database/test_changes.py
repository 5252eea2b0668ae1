"""What counts as a change, and which batch is the previous one."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from asyncpg import Connection

from batchscrape.database import batches, changes, jobs, results
from batchscrape.database.changes import FACTS
from batchscrape.database.results import Run
from batchscrape.models import JOB_COLUMNS, Facts, Technology
from tests.database.making import claim, end, end_jobs, entry, make_batch, make_ended_batch, make_page

README = Path(__file__).parents[2] / "README.md"
FACEBOOK, XING = "https://facebook.example/a", "https://xing.example/a"
FULL = Facts(
    title="Title",
    description="Description",
    language="de",
    emails=("a@a.example", "b@a.example"),
    phones=("+4930123456", "+4930123457"),
    social={"facebook": (FACEBOOK, f"{FACEBOOK}2"), "xing": (XING,)},
    technologies=(Technology(name="nginx"), Technology(name="PHP", version="8.3")),
    favicon_url="https://a.example/i.png",
    logo_url="https://a.example/l.png",
    organization="A",
    address="Here 1",
    page_kind="site",
    extra={"a": [1, 2], "b": {"c": None}},
    canonical_url="https://a.example/",
    site_name="A & Co",
)
PAGE = make_page("https://a.example/")
#: None of them says anything of the site.
OF_THE_SCRAPE = {
    "batch_id", "job_id", "domain", "input", "start_url", "error", "attempts", "pages_scraped", "bytes",
    "started_at", "finished_at", "duration",
}  # fmt: skip


async def scrape(connection: Connection, **values: Any) -> UUID:
    """A batch of one domain that ended so."""
    batch_id = await make_batch(connection, "a.example")
    worker_id, (job,) = await claim(connection, batch_id)
    known: dict[str, Any] = {"facts": FULL, "pages": (PAGE,), "http_status": 200}
    outcome = end(job, **known | values)
    await results.finish(connection, worker_id, results.encode([outcome]))
    return batch_id


async def changed(run: Run, batch_id: UUID, since: UUID | None) -> list[str]:
    return [row["domain"] async for row in changes.stream_changed(run, batch_id, since=since)]


def test_every_column_is_a_fact_or_of_the_scrape() -> None:
    assert set(FACTS) | OF_THE_SCRAPE == set(JOB_COLUMNS)
    assert set(FACTS) & OF_THE_SCRAPE == set()


def test_the_readme_names_every_fact() -> None:
    (sentence,) = re.findall(r"- The facts are (.*?)\. The other columns", README.read_text("utf-8"), re.DOTALL)

    assert tuple(re.findall(r"`(\w+)`", sentence)) == FACTS


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"facts": replace(FULL, emails=FULL.emails[::-1], phones=FULL.phones[::-1])},
        {"facts": replace(FULL, technologies=FULL.technologies[::-1])},
        {"facts": replace(FULL, social={"xing": (XING,), "facebook": (f"{FACEBOOK}2", FACEBOOK)})},
        {"facts": replace(FULL, extra={"b": {"c": None}, "a": [1, 2]})},
        {"duration": 99.0},
        {"pages": (PAGE, make_page("https://a.example/2", bytes=77))},
    ],
)
async def test_order_and_how_the_scrape_went_are_no_change(
    values: dict[str, Any], connection: Connection, run: Run
) -> None:
    before = await scrape(connection)
    after = await scrape(connection, **values)

    assert await changed(run, after, before) == []


@pytest.mark.parametrize(
    "facts",
    [
        *({field.name: None} for field in fields(Facts) if getattr(Facts(), field.name) is None),
        *({field.name: "Other"} for field in fields(Facts) if getattr(Facts(), field.name) is None),
        {"emails": ("a@a.example",)},
        {"emails": ("a@a.example", "c@a.example")},
        {"emails": (*FULL.emails, "c@a.example")},
        {"phones": ()},
        {"social": {"facebook": (FACEBOOK, f"{FACEBOOK}2")}},
        {"social": {"facebook": (FACEBOOK,), "xing": (XING,)}},
        {"social": {"facebook": (FACEBOOK, f"{FACEBOOK}2"), "linkedin": (XING,)}},
        {"technologies": (Technology(name="nginx"), Technology(name="PHP", version="8.4"))},
        {"technologies": (Technology(name="nginx", version="1"), Technology(name="PHP", version="8.3"))},
        {"technologies": ()},
        {"extra": {"a": [2, 1], "b": {"c": None}}},
        {"extra": {}},
    ],
)
async def test_another_fact_is_a_change_in_both_directions(
    facts: dict[str, Any], connection: Connection, run: Run
) -> None:
    before = await scrape(connection)
    after = await scrape(connection, facts=replace(FULL, **facts))

    assert await changed(run, after, before) == ["a.example"]
    assert await changed(run, before, after) == ["a.example"]


async def test_every_fact_counts(connection: Connection, run: Run) -> None:
    """Each column on its own, whatever sets it."""
    other = {"http_status": "404", "is_wordpress": "true", "emails": "'{x}'", "phones": "'{x}'",
             "social": "'{\"x\": []}'", "technologies": "'[1]'", "extra": "'[1]'"}  # fmt: skip
    before, after = await scrape(connection), await scrape(connection)

    for name in set(FACTS) - {"status", "error_code"}:
        value = other.get(name, "'x'")
        await connection.execute(f"UPDATE batchscrape.jobs SET {name} = {value} WHERE batch_id = $1", after)
        assert await changed(run, after, before) == ["a.example"], name
        await connection.execute(
            f"UPDATE batchscrape.jobs SET {name} = (SELECT {name} FROM batchscrape.jobs WHERE batch_id = $2)"
            " WHERE batch_id = $1",
            after,
            before,
        )
        assert await changed(run, after, before) == [], name


async def test_how_it_ended_is_a_fact_and_its_sentence_is_none(connection: Connection, run: Run) -> None:
    failure = {"facts": Facts(), "pages": (), "http_status": None}
    timeout = await scrape(connection, error_code="timeout", error="after 15.0 s", **failure)
    again = await scrape(connection, error_code="timeout", error="after 15.1 s", **failure)
    dns = await scrape(connection, error_code="dns_error", error="no address", **failure)
    complete = await scrape(connection, **failure)

    assert await changed(run, again, timeout) == []
    assert await changed(run, dns, timeout) == ["a.example"]
    assert await changed(run, complete, timeout) == ["a.example"]


async def test_what_has_not_ended_is_not_known_to_have_changed(connection: Connection, run: Run) -> None:
    before = await make_batch(connection, "a.example", "b.example", "c.example")
    await end_jobs(connection, before, None)
    after = await make_batch(connection, "a.example", "b.example", "c.example")
    await end_jobs(connection, after, "timeout", None)
    await claim(connection, after)

    assert await changed(run, after, before) == ["a.example", "b.example"]
    assert await changed(run, after, None) == ["a.example", "b.example"]


async def test_only_the_domains_of_the_batch_itself_are_lines(connection: Connection, run: Run) -> None:
    before = await make_ended_batch(connection, None, None)
    after = await make_ended_batch(connection, None)

    assert await changed(run, after, before) == []
    assert await changed(run, before, after) == ["1.example"]


async def test_it_is_read_window_by_window_in_the_lists_order(connection: Connection, run: Run) -> None:
    domains = [f"{number * 7919 % 10_007}.example" for number in range(5_100)]
    before, after = [await make_batch(connection, "first.example") for _ in range(2)]
    for batch_id, title in ((before, "Before"), (after, "After")):
        await jobs.insert(connection, batch_id, [entry(domain) for domain in domains])
        await connection.execute(
            "UPDATE batchscrape.jobs"
            " SET status = 'complete', attempts = 1, started_at = now(), finished_at = now(), title = $2"
            " WHERE batch_id = $1 AND domain <> 'first.example'",
            batch_id,
            title,
        )
    read: list[int] = []

    async def watched(statement: Callable[..., Awaitable[Any]], *values: Any) -> Any:
        rows = await run(statement, *values)
        read.append(len(rows))
        return rows

    assert await changed(watched, after, before) == domains
    assert max(read) <= 2_000


async def test_the_previous_batch_is_the_newest_of_that_name_that_brought_something(
    connection: Connection,
) -> None:
    good = await make_batch(connection, "a.example", "b.example", name="nightly")
    await end_jobs(connection, good, None, "timeout")
    failed = await make_batch(connection, "a.example", name="nightly")
    await end_jobs(connection, failed, "timeout")
    interrupted = await make_batch(connection, "a.example", "b.example", name="nightly")
    await end_jobs(connection, interrupted, None)
    cancelled = await make_batch(connection, "a.example", "b.example", name="nightly")
    await end_jobs(connection, cancelled, None)
    await batches.cancel(connection, cancelled)
    await make_ended_batch(connection, None)
    mine = await make_batch(connection, "a.example", name="nightly")
    later = await make_batch(connection, "a.example", name="nightly")
    await end_jobs(connection, later, None)

    assert await changes.find_previous(connection, mine) == good
    assert await changes.find_previous(connection, good) is None


async def test_of_batches_without_a_name_the_previous_has_none_either(connection: Connection) -> None:
    first = await make_ended_batch(connection, None)
    named = await make_batch(connection, "a.example", name="nightly")
    await end_jobs(connection, named, None)
    second = await make_ended_batch(connection, None)

    assert await changes.find_previous(connection, second) == first
    assert await changes.find_previous(connection, named) is None


def test_the_full_facts_of_these_tests_leave_none_out() -> None:
    assert all(value != asdict(Facts())[name] for name, value in asdict(FULL).items())
