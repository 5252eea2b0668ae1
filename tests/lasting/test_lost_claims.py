"""A claim whose reply is lost: its worker takes those jobs back itself, long before any lease ends."""

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
