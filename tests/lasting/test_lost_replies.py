"""A reply that is lost: the worker finds out by itself what was done, long before any lease ends."""

import pytest

from tests.cli.conftest import Lists
from tests.command import LOCAL, exported, run
from tests.pooler import NastyPooler
from tests.web import Web, site

SITES = 12


@pytest.mark.parametrize("concurrency", [1, 4, 100])
async def test_jobs_of_a_lost_claim_are_taken_back_by_the_same_worker(
    concurrency: int, dsn: str, pooler: NastyPooler, web: Web, lists: Lists
) -> None:
    sites = [await web.serve(site({"/": f"<title>{number}</title>"})) for number in range(SITES)]
    pooler.lose_next_reply(b"WITH next AS")

    result = await run("run", lists.of(*sites), *LOCAL, "--concurrency", concurrency, dsn=dsn)

    lines = await exported(dsn)
    lost = min(concurrency, SITES)
    assert result.returncode == 0, result.stderr
    assert [line["status"] for line in lines] == ["complete"] * SITES
    assert sum(line["attempts"] for line in lines) == SITES + lost
    assert "Took over jobs" not in result.stderr


async def test_results_whose_reply_is_lost_are_not_taken_for_late(
    dsn: str, pooler: NastyPooler, web: Web, lists: Lists
) -> None:
    sites = [await web.serve(site({"/": f"<title>{number}</title>"})) for number in range(SITES)]
    pooler.lose_next_reply(b"outcome AS MATERIALIZED")

    result = await run("run", lists.of(*sites), *LOCAL, dsn=dsn)

    assert (result.returncode, "came too late" in result.stderr) == (0, False)
    assert {(line["status"], line["attempts"]) for line in await exported(dsn)} == {("complete", 1)}
