"""`run` from the list to the rows, as a whole process behind the nasty pooler."""

import json
from pathlib import Path

import pytest

from batchscrape.models import JOB_COLUMNS
from tests.cli.by_hand import BY_HAND
from tests.cli.conftest import Gate, Lists
from tests.command import LOCAL, exported, run, started, status
from tests.web import Web, answer, redirect, site

STATUS_FIELDS = [
    "batch_id", "status", "total_domains", "completed_domains", "failed_domains", "progress", "created_at",
    "updated_at", "start_time", "end_time", "processing_time", "domain_statuses", "error", "metadata",
]  # fmt: skip


async def test_two_hundred_sites_end_as_two_hundred_lines(dsn: str, web: Web, lists: Lists) -> None:
    sites = [await web.serve(site({"/": f"<title>Site {number}</title>"})) for number in range(200)]
    domains = lists.of(*sites)

    result = await run("run", domains, *LOCAL, "--json", dsn=dsn)
    lines = await exported(dsn)

    document = json.loads(result.stdout)
    assert result.returncode == 0
    assert list(document) == STATUS_FIELDS
    assert document["status"] == "complete"
    assert document["completed_domains"] == document["total_domains"] == 200
    assert [line["domain"] for line in lines] == [each.domain for each in sites]
    assert [line["title"] for line in lines] == [f"Site {number}" for number in range(200)]
    assert all(tuple(line) == JOB_COLUMNS for line in lines)


async def test_the_facts_of_a_site_come_from_all_its_pages(dsn: str, web: Web, lists: Lists) -> None:
    address = await web.serve(
        site(
            {
                "/": '<html lang="de"><title>Bäckerei</title><a href="/impressum">Impressum</a>'
                '<a href="/brot">Brot</a><a href="https://www.facebook.com/morgenrot.demo">f</a>',
                "/impressum": "<title>Impressum</title><p>E-Mail: post [at] backstube-morgenrot (punkt) de"
                '<p><a href="tel:+49 30 901820">Anruf</a>',
                "/brot": "<title>Brot</title>",
            }
        )
    )

    await run("run", lists.of(address), *LOCAL, dsn=dsn)
    (line,) = await exported(dsn)
    pages = await exported(dsn, "--pages")

    assert line["title"] == "Bäckerei"
    assert line["language"] == "de"
    assert line["emails"] == ["post@backstube-morgenrot.de"]
    assert line["phones"] == ["+4930901820"]
    assert line["social"] == {"facebook": ["https://www.facebook.com/morgenrot.demo"]}
    assert [page["title"] for page in pages] == ["Bäckerei", "Impressum", "Brot"]
    assert pages[1]["emails"] == ["post@backstube-morgenrot.de"]


async def test_the_facts_of_pages_written_by_hand_are_right(dsn: str, web: Web, lists: Lists) -> None:
    sites = [await web.serve(site(each.pages)) for each in BY_HAND]

    await run("run", lists.of(*sites), *LOCAL, dsn=dsn)
    lines = await exported(dsn)

    assert [{name: line[name] for name in each.facts} for each, line in zip(BY_HAND, lines, strict=True)] == [
        each.facts for each in BY_HAND
    ]


async def test_a_second_run_leaves_the_first_ones_rows_alone(dsn: str, web: Web, lists: Lists) -> None:
    address = await web.serve(site({"/": "<title>Here</title>"}))
    domains = lists.of(address)

    first = json.loads((await run("run", domains, *LOCAL, "--json", dsn=dsn)).stdout)
    before = await exported(dsn, first["batch_id"])
    second = json.loads((await run("run", domains, *LOCAL, "--json", dsn=dsn)).stdout)

    assert second["batch_id"] != first["batch_id"]
    assert await exported(dsn, first["batch_id"]) == before
    assert (await status(dsn))["batch_id"] == second["batch_id"]


@pytest.mark.parametrize("count", [2_000, pytest.param(100_000, marks=pytest.mark.long)])
async def test_names_that_do_not_resolve_fail_as_dns_error(count: int, dsn: str, lists: Lists) -> None:
    domains = lists.write(f"name-{number}.invalid" for number in range(count))

    result = await run("run", domains, "--quiet", dsn=dsn)
    document = await status(dsn)

    assert result.returncode == 1
    assert (result.stdout, result.stderr) == ("", "")
    assert document["status"] == "failed"
    assert document["failed_domains"] == count
    assert document["metadata"]["errors"] == {"dns_error": count}
    assert "dns_error" in document["error"]


async def test_a_batch_that_runs_shows_true_figures(dsn: str, web: Web, lists: Lists, gate: Gate) -> None:
    quick = await web.serve(site({"/": "<title>Quick</title>"}))
    slow = await web.serve(gate)

    async with started("run", lists.of(quick, slow, "nowhere.invalid"), *LOCAL, "--json", dsn=dsn) as running:
        await gate.knocked.wait()
        document = await status(dsn)
        while document["completed_domains"] + document["failed_domains"] < 2:
            assert document["status"] == "processing"
            document = await status(dsn)
        gate.opened.set()
        out, _ = await running.communicate()

    assert document["progress"] == 66.66
    assert document["end_time"] is None
    assert document["domain_statuses"][slow.domain]["status"] == "running"
    assert json.loads(out)["status"] == "partial"
    assert running.returncode == 0


async def test_too_many_failures_are_exit_1(dsn: str, web: Web, lists: Lists) -> None:
    good = await web.serve(site({"/": "<title>Good</title>"}))
    domains = lists.of(good, "nowhere.invalid")

    assert (await run("run", domains, *LOCAL, "--fail-at", 50, dsn=dsn)).returncode == 1
    assert (await run("run", domains, *LOCAL, "--fail-at", 51, dsn=dsn)).returncode == 0


async def test_the_list_may_come_from_standard_input(dsn: str, web: Web) -> None:
    address = await web.serve(site({"/": "<title>Piped</title>"}))

    result = await run("run", "-", *LOCAL, "--json", dsn=dsn, text=f"http://{address.domain}\nfoo bar\n")

    document = json.loads(result.stdout)
    assert list(document["domain_statuses"]) == [address.domain]
    assert document["metadata"]["rejected_lines"] == 1
    assert "Line 2 left out: “foo bar”" in result.stderr


async def test_a_dry_run_stores_nothing(dsn: str, lists: Lists) -> None:
    domains = lists.of("a.example", "A.example.", "no domain")

    result = await run("run", domains, "--dry-run", dsn=dsn)

    assert "line 3: “no domain”" in result.stdout
    assert "1 domain, 1 double dropped, 1 line rejected" in result.stdout
    assert json.loads((await run("list", "--json", dsn=dsn)).stdout) == []


async def test_without_a_scheme_http_serves_where_https_does_not(dsn: str, web: Web, lists: Lists) -> None:
    address = await web.serve(site({"/": "<title>Plain</title>"}))

    await run("run", lists.of(address.domain), *LOCAL, dsn=dsn)
    (line,) = await exported(dsn)

    assert line["status"] == "complete"
    assert line["final_url"] == address.url("/")
    assert line["start_url"] == f"https://{address.domain}/"


async def test_nothing_but_public_addresses_is_reached_unasked(dsn: str, web: Web, lists: Lists) -> None:
    inside = await web.serve(site({"/": "<title>Secret</title>"}))
    outside = await web.serve(site({"/": redirect(inside.url("/"))}))
    opened = ("--allow-network", f"{outside.host}/32", "--delay", "0", "--retries", "0")

    await run("run", lists.of(inside, outside), *opened, dsn=dsn)
    lines = await exported(dsn)

    assert [line["error_code"] for line in lines] == ["blocked_address", "blocked_address"]
    assert inside.connections == 0


async def test_the_html_is_kept_where_asked(dsn: str, database: str, web: Web, lists: Lists) -> None:
    import gzip

    import asyncpg

    address = await web.serve(site({"/": "<title>Kept</title>"}))

    await run("run", lists.of(address), *LOCAL, "--keep-html", dsn=dsn)

    connection = await asyncpg.connect(database)
    html = await connection.fetchval("SELECT html FROM batchscrape.pages")
    await connection.close()
    assert gzip.decompress(html) == b"<title>Kept</title>"


async def test_every_option_can_come_from_the_environment(dsn: str, web: Web, lists: Lists) -> None:
    address = await web.serve(site({"/": '<a href="/2">2</a>', "/2": "<title>2</title>"}))
    env = {"BATCHSCRAPE_ALLOW_NETWORK": "127.0.0.0/8", "BATCHSCRAPE_MAX_PAGES": "1", "BATCHSCRAPE_NAME": "env"}

    await run("run", lists.of(address), dsn=dsn, env=env)

    document = await status(dsn, "env")
    assert document["metadata"]["options"]["max_pages"] == 1
    assert document["metadata"]["pages_scraped"] == 1


async def test_a_csv_and_a_file_for_the_output(dsn: str, web: Web, lists: Lists, tmp_path: Path) -> None:
    address = await web.serve(site({"/": answer("<title>=cmd|' /C calc'!A0</title>")}))
    domains = lists.write(["name;website", f"Firm;http://{address.domain}"])
    target = tmp_path / "out.csv"

    await run("run", domains, *LOCAL, dsn=dsn)
    await run("export", "--format", "csv", "--output", target, dsn=dsn)
    listed = await run("export", "--format", "domains", dsn=dsn)

    header, row = target.read_text().splitlines()
    assert header.split(",") == list(JOB_COLUMNS)
    assert "'=cmd|" in row
    assert listed.stdout == f"http://{address.domain}/\n"
