"""Batches that others made: submit, work, several workers, retry, watch."""

import json
import signal
from pathlib import Path
from uuid import UUID

import pytest

from tests.cli.conftest import Gate, Lists
from tests.command import LOCAL, children, ended, exported, run, started, status
from tests.web import Visit, Web, answer, site


async def test_submit_prints_the_id_alone_and_work_does_the_rest(dsn: str, web: Web, lists: Lists) -> None:
    address = await web.serve(site({"/": "<title>Later</title>"}))

    submitted = await run("submit", lists.of(address), *LOCAL, dsn=dsn)
    before = await status(dsn)
    worked = await run("work", "--allow-network", "127.0.0.0/8", dsn=dsn)

    batch_id = UUID(submitted.stdout.strip())
    assert (before["batch_id"], before["status"], before["start_time"]) == (str(batch_id), "pending", None)
    assert worked.returncode == 0
    assert (await status(dsn))["status"] == "complete"


async def test_work_forever_waits_for_new_batches_until_it_is_stopped(dsn: str, web: Web, lists: Lists) -> None:
    address = await web.serve(site({"/": "<title>New</title>"}))
    await run("submit", lists.of("a.invalid"), dsn=dsn)

    async with started("work", "--forever", "--allow-network", "127.0.0.0/8", dsn=dsn) as working:
        await run("status", "--watch", dsn=dsn)
        await run("submit", lists.of(address), *LOCAL, dsn=dsn)
        watched = await run("status", "--watch", dsn=dsn)
        working.send_signal(signal.SIGTERM)
        returned, _, said = await ended(working)

    assert watched.returncode == 0
    assert returned == 143
    assert "batchscrape work" in said


async def test_a_stored_network_opens_nobodys_guard(dsn: str, web: Web, lists: Lists) -> None:
    address = await web.serve(site({"/": "<title>Inside</title>"}))
    await run("submit", lists.of(address), *LOCAL, dsn=dsn)

    await run("work", dsn=dsn)

    (line,) = await exported(dsn)
    assert line["error_code"] == "blocked_address"
    assert address.connections == 0


async def test_work_on_a_named_batch_uses_its_networks(dsn: str, web: Web, lists: Lists) -> None:
    address = await web.serve(site({"/": "<title>Named</title>"}))
    await run("submit", lists.of(address), *LOCAL, "--name", "mine", dsn=dsn)

    worked = await run("work", "mine", "--json", dsn=dsn)

    assert json.loads(worked.stdout)["status"] == "complete"


async def test_two_processes_and_a_second_command_share_a_batch(dsn: str, web: Web, lists: Lists) -> None:
    sites = [await web.serve(site({"/": f"<title>{number}</title>"})) for number in range(60)]
    await run("submit", lists.of(*sites), *LOCAL, dsn=dsn)

    async with started("work", "latest", "--processes", 2, "--concurrency", 4, dsn=dsn) as other:
        here = await run("work", "latest", "--concurrency", 4, dsn=dsn)
        there, _, _ = await ended(other)

    assert (here.returncode, there) == (0, 0)
    assert [line["status"] for line in await exported(dsn)] == ["complete"] * 60
    assert [each.paths.count("/") for each in sites] == [1] * 60


async def test_work_waits_for_what_others_run_and_says_for_whom(
    dsn: str, web: Web, lists: Lists, gate: Gate
) -> None:
    address = await web.serve(gate)

    async with started("run", lists.of(address), *LOCAL, dsn=dsn) as running:
        await gate.knocked.wait()
        (worker,) = children(running.pid)
        async with started("work", "latest", dsn=dsn) as waiting:
            assert waiting.stderr is not None
            line = await waiting.stderr.readline()
            gate.opened.set()
            returned, _, _ = await ended(waiting)
        await ended(running)

    assert f"(pid {worker})" in line.decode()
    assert returned == 0


async def test_retry_scrapes_what_failed_with_that_code(dsn: str, web: Web, lists: Lists) -> None:
    broken = True

    async def moody(visit: Visit) -> None:
        while request := await visit.request():
            found = request.target == "/" and not broken
            await visit.send(answer("<title>Well again</title>") if found else answer(status=404))

    address = await web.serve(moody)
    await run("run", lists.of(address, "nowhere.invalid"), *LOCAL, dsn=dsn)
    before = await exported(dsn, "--failed")
    broken = False

    none = await run("retry", "--code", "timeout", dsn=dsn)
    retried = await run("retry", "--code", "http_4xx", dsn=dsn)

    assert [line["error_code"] for line in before] == ["http_4xx", "dns_error"]
    assert (none.returncode, "no job that failed with timeout" in none.stderr) == (1, True)
    assert retried.returncode == 0
    assert [line["status"] for line in await exported(dsn)] == ["complete", "failed"]
    assert (await status(dsn))["status"] == "partial"


async def test_retry_of_an_unfinished_batch_in_which_nothing_failed_goes_on_with_what_is_open(
    dsn: str, web: Web, lists: Lists
) -> None:
    address = await web.serve(site({"/": "<title>Open</title>"}))
    await run("submit", lists.of(address), *LOCAL, dsn=dsn)

    retried = await run("retry", dsn=dsn)

    assert (retried.returncode, "going on with what is open" in retried.stderr) == (0, True)
    assert (await status(dsn))["status"] == "complete"


async def test_work_says_that_nothing_is_open(dsn: str, lists: Lists) -> None:
    await run("submit", lists.of("nowhere.invalid"), dsn=dsn)

    open_yet, empty = await run("work", dsn=dsn), await run("work", dsn=dsn)

    assert "No batch has open jobs." not in open_yet.stderr
    assert (empty.returncode, "No batch has open jobs." in empty.stderr) == (0, True)


async def test_two_processes_are_watched_cancelled_and_resumed_behind_the_pooler(
    dsn: str, web: Web, lists: Lists, gate: Gate
) -> None:
    slow = [await web.serve(gate) for _ in range(6)]
    quick = [await web.serve(site({"/": f"<title>{number}</title>"})) for number in range(20)]
    options = (*LOCAL, "--processes", 2, "--concurrency", 3)

    async with (
        started("run", lists.of(*quick[:10], *slow, *quick[10:]), *options, dsn=dsn) as running,
        started("status", "--watch", "--json", dsn=dsn) as early,
    ):
        await gate.knocked.wait()
        running.send_signal(signal.SIGINT)
        stopped, _, _ = await ended(running)
        done = {line["domain"] for line in await exported(dsn) if line["status"] == "complete"}
        assert early.returncode is None or early.returncode == 2  # it was quicker than the batch
    gate.opened.set()
    async with started("resume", "--processes", 2, dsn=dsn) as resuming:
        async with started("status", "--watch", "--json", dsn=dsn) as watching:
            watched, out, _ = await ended(watching)
        resumed, _, _ = await ended(resuming)
    late = await run("cancel", dsn=dsn)

    assert (stopped, resumed, watched, late.returncode) == (130, 0, 0, 2)
    assert json.loads(out)["status"] == "complete"
    lines = await exported(dsn)
    assert [line["status"] for line in lines] == ["complete"] * 26
    assert len(done) > 0
    assert {each.domain: each.paths.count("/") for each in quick if each.domain in done} == dict.fromkeys(done, 1)


async def test_watch_ends_with_the_batch_and_as_run_would(dsn: str, web: Web, lists: Lists, gate: Gate) -> None:
    address = await web.serve(gate)

    async with started("run", lists.of(address), *LOCAL, dsn=dsn) as running:
        await gate.knocked.wait()
        async with started("status", "--watch", "--json", dsn=dsn) as watching:
            gate.opened.set()
            returned, out, _ = await ended(watching)
        await ended(running)
    await run("run", lists.of("nowhere.invalid"), dsn=dsn)

    assert (returned, json.loads(out)["status"]) == (0, "complete")
    assert (await run("status", "--watch", dsn=dsn)).returncode == 1


async def test_no_password_stands_in_the_arguments_of_a_process(
    dsn: str, web: Web, lists: Lists, gate: Gate
) -> None:
    address = await web.serve(gate)
    secret = dsn.replace("batchscrape@", "batchscrape:s3cret@")

    async with started("run", lists.of(address), *LOCAL, "--verbose", dsn=secret) as running:
        await gate.knocked.wait()
        (worker,) = children(running.pid)
        commands = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in (running.pid, worker)]
        gate.opened.set()
        _, out, err = await ended(running)

    assert not any(b"s3cret" in command for command in commands)
    assert "s3cret" not in out + err


async def test_a_program_in_the_current_folder_is_not_imported(
    dsn: str, lists: Lists, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "asyncpg.py").write_text("raise SystemExit('imported from the current folder')")
    domains = lists.of("nowhere.invalid")
    monkeypatch.chdir(tmp_path)

    result = await run("run", domains, dsn=dsn)

    assert result.returncode == 1
