"""What cron relies on: silence when all is well, times in UTC, exit codes that say what to do."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest

from batchscrape.cli._scraping import exit_status
from batchscrape.models import BatchStatus
from tests.cli.conftest import Lists
from tests.command import LOCAL, exported, run, status
from tests.showing.records import batch
from tests.web import Web, site

#: A machine nine hours ahead, whose database is ten behind.
FAR_EAST = {"TZ": "Asia/Tokyo", "PGTZ": "Asia/Tokyo"}


async def test_quiet_commands_say_nothing_when_all_is_well(
    dsn: str, web: Web, lists: Lists, tmp_path: Path
) -> None:
    domains = lists.of(await web.serve(site({"/": "<title>Here</title>"})), "no domain")
    commands: list[tuple[object, ...]] = [
        ("run", domains, *LOCAL, "--lock", "nightly"),
        ("work",),
        ("resume", "--lock", "nightly"),
        ("retry",),
        ("export", "--output", tmp_path / "out.jsonl"),
        ("export", "--changed-since", "previous", "--output", tmp_path / "changed.jsonl"),
    ]

    ran = [await run(*command, "--quiet", dsn=dsn) for command in commands]

    assert [(each.returncode, each.stdout, each.stderr) for each in ran] == [(0, "", "")] * len(commands)


async def test_quiet_leaves_what_json_asks_for(dsn: str, lists: Lists) -> None:
    result = await run("run", lists.of("nowhere.invalid"), "--quiet", "--json", dsn=dsn)

    assert (json.loads(result.stdout)["status"], result.stderr) == ("failed", "")


async def test_every_time_is_utc_wherever_the_machine_and_the_database_are(
    dsn: str, database: str, lists: Lists
) -> None:
    admin = await asyncpg.connect(database)
    name = await admin.fetchval("SELECT current_database()")
    await admin.execute(f"ALTER DATABASE {name} SET timezone = 'Pacific/Honolulu'")
    await admin.close()

    result = await run("run", lists.of("nowhere.invalid"), dsn=dsn, env=FAR_EAST)
    shown = (await run("status", dsn=dsn, env=FAR_EAST)).stdout
    logged = await run("resume", "--log-format", "json", dsn=dsn, env=FAR_EAST)
    document = await status(dsn)
    (line,) = await exported(dsn)

    said = [text.split()[0] for text in result.stderr.splitlines()]
    said += [json.loads(text)["time"] for text in logged.stderr.splitlines()]
    said += [document[name] for name in ("created_at", "updated_at", "start_time", "end_time")]
    said += [line["started_at"], line["finished_at"]]
    assert len(said) > 7
    for text in said:
        time = datetime.fromisoformat(text)
        assert time.utcoffset() == timedelta(0), text
        assert abs(datetime.now(UTC) - time) < timedelta(minutes=10), text
    assert f"ended {document['end_time'][:10]} {document['end_time'][11:16]} UTC" in shown


@pytest.mark.parametrize(
    ("failed", "total", "fail_at", "expected"),
    [
        (0, 5, 0.0, 0),
        (1, 5, 0.0, 1),
        (5, 5, 100.0, 1),
        (4, 5, 100.0, 0),
        (999_999, 1_000_000, 100.0, 0),
        (999_999, 1_000_000, 99.9999, 1),
        (1, 2, 50.0, 1),
        (1, 2, 50.1, 0),
        (1, 3, 33.3, 1),
        (1, 3, 33.4, 0),
        (161, 250, 64.4, 1),
        (33, 375, 8.8, 1),
        (32, 375, 8.8, 0),
    ],
)
def test_exactly_the_share_of_fail_at_is_too_much(failed: int, total: int, fail_at: float, expected: int) -> None:
    ended = batch(status=BatchStatus.PARTIAL, total_domains=total, failed_domains=failed)

    assert exit_status(ended, fail_at) == expected


def test_a_cancelled_batch_is_no_failure_whatever_failed_before() -> None:
    assert exit_status(batch(status=BatchStatus.CANCELLED, total_domains=2, failed_domains=1), 0.0) == 0


async def test_fail_at_nothing_fails_with_the_first_domain_and_not_before(
    dsn: str, web: Web, lists: Lists
) -> None:
    good = await web.serve(site({"/": "<title>Good</title>"}))

    well = await run("run", lists.of(good), *LOCAL, "--fail-at", 0, dsn=dsn)
    ill = await run("run", lists.of(good, "nowhere.invalid"), *LOCAL, "--fail-at", 0, dsn=dsn)

    assert (well.returncode, ill.returncode) == (0, 1)


@pytest.mark.parametrize("share", ["-1", "100.1", "nan", "half"])
async def test_a_share_that_is_none_is_refused(share: str, dsn: str, lists: Lists) -> None:
    result = await run("run", lists.of("nowhere.invalid"), "--fail-at", share, "--quiet", dsn=dsn)

    assert (result.returncode, "--fail-at" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("url", "exit_status"),
    [("{dsn}/nowhere", 78), ("mysql://127.0.0.1/db", 2)],
)
async def test_a_database_that_cannot_be_used_is_one_line_and_the_status_says_whether_to_try_again(
    url: str, exit_status: int, dsn: str, lists: Lists
) -> None:
    url = url.replace("{dsn}", dsn.rpartition("/")[0])

    result = await run("run", lists.of("nowhere.invalid"), "--quiet", dsn=url)

    assert (result.returncode, result.stdout, len(result.stderr.splitlines())) == (exit_status, "", 1)
