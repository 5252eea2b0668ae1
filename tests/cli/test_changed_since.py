"""`export --changed-since`: what is new since an earlier batch, in every form of export."""

import json
from pathlib import Path
from uuid import UUID

import pytest
from asyncpg import Connection

from batchscrape.database import batches, results
from batchscrape.models import JOB_COLUMNS, Facts
from tests.command import batchscrape
from tests.database.making import claim, end, make_batch


async def make_scraped(
    connection: Connection, facts: dict[str, Facts | str | None], name: str | None = "nightly"
) -> UUID:
    """A batch that has ended: each domain with its facts, or failed with a code."""
    batch_id = await make_batch(connection, *facts, name=name)
    worker_id, jobs = await claim(connection, batch_id)
    ended = [
        end(job, value) if isinstance(value := facts[job.domain], str) else end(job, facts=value or Facts())
        for job in jobs
    ]
    await results.finish(connection, worker_id, results.encode(ended))
    await batches.freeze(connection, batch_id)
    return batch_id


@pytest.fixture
async def two_nights(connection: Connection) -> tuple[UUID, UUID]:
    same = Facts(title="Same", emails=("a@same.example", "b@same.example"))
    again = Facts(title="Same", emails=("b@same.example", "a@same.example"))
    first = await make_scraped(
        connection, {"same.example": same, "other.example": Facts(title="Before"), "failing.example": None}
    )
    second = await make_scraped(
        connection,
        {
            "same.example": again,
            "other.example": Facts(title="After"),
            "failing.example": "timeout",
            "new.example": Facts(title="New"),
        },
    )
    return first, second


def changed(dsn: str, batch: object, since: object, *more: object) -> list[str]:
    """The domains of the export."""
    result = batchscrape("export", batch, "--changed-since", since, *more, dsn=dsn)
    assert result.returncode == 0, result.stderr
    assert all(tuple(json.loads(line)) == JOB_COLUMNS for line in result.stdout.splitlines())
    return [json.loads(line)["domain"] for line in result.stdout.splitlines()]


async def test_what_is_new_different_or_failed_since_is_exported(dsn: str, two_nights: tuple[UUID, UUID]) -> None:
    first, second = two_nights

    assert changed(dsn, second, first) == ["other.example", "failing.example", "new.example"]
    assert changed(dsn, second, first, "--failed") == ["failing.example"]


async def test_both_batches_are_named_as_everywhere(dsn: str, two_nights: tuple[UUID, UUID]) -> None:
    first, second = two_nights
    expected = ["other.example", "failing.example", "new.example"]

    assert changed(dsn, "latest", str(first)[:8]) == expected
    assert changed(dsn, "nightly", "previous") == expected
    assert changed(dsn, first, "nightly") == ["other.example", "failing.example"]
    assert changed(dsn, str(second)[:8], first) == expected


@pytest.mark.usefixtures("two_nights")
async def test_the_other_formats_hold_the_same_domains(dsn: str, tmp_path: Path) -> None:
    target = tmp_path / "changed.csv"

    csv = batchscrape("export", "--changed-since", "previous", "--format", "csv", "--output", target, dsn=dsn)
    domains = batchscrape("export", "--changed-since", "previous", "--format", "domains", dsn=dsn)

    assert csv.returncode == 0
    assert [line.split(",")[2] for line in target.read_text().splitlines()] == [
        "domain", "other.example", "failing.example", "new.example"
    ]  # fmt: skip
    assert domains.stdout.split() == ["other.example", "failing.example", "new.example"]


async def test_the_first_batch_of_a_name_is_all_new(dsn: str, connection: Connection) -> None:
    await make_scraped(connection, {"a.example": None}, name="nightly")
    await make_scraped(connection, {"a.example": None, "b.example": None}, name="weekly")

    result = batchscrape("export", "weekly", "--changed-since", "previous", dsn=dsn)
    quiet = batchscrape("export", "weekly", "--changed-since", "previous", "--quiet", dsn=dsn)

    assert [json.loads(line)["domain"] for line in result.stdout.splitlines()] == ["a.example", "b.example"]
    assert "every domain is new" in result.stderr
    assert (quiet.returncode, quiet.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nightly", "--changed-since", "nightly"], "is the exported batch itself"),
        (["--changed-since", "nowhere"], "There is no batch “nowhere”"),
        (["--changed-since", "previous", "--pages"], "leave --pages out"),
    ],
)
@pytest.mark.usefixtures("two_nights")
async def test_what_cannot_be_compared_is_one_sentence(arguments: list[str], says: str, dsn: str) -> None:
    result = batchscrape("export", *arguments, "--quiet", dsn=dsn)

    (line,) = result.stderr.splitlines()
    assert (result.returncode, result.stdout) == (2, "")
    assert says in line
