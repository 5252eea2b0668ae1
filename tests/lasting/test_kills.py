"""`kill -9` at each step of a batch, of each process that takes part: the batch ends as if nothing had been."""

import asyncio
import os
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from tests.cli.conftest import Gate, Lists
from tests.lasting.batch import Stored, stored
from tests.lasting.machine import own_machine
from tests.lasting.siege import OPTIONS, PageMoment, Siege, Step
from tests.lasting.sites import PAGES, Sites
from tests.lasting.trapping import Moment
from tests.web import Web

SITES = 10
VICTIMS = ("worker", "parent", "server", "all")
#: Of the random kills, and the seconds between two of them.
SEED = int(os.environ.get("SEED", "6"))
LONGEST = 1.5

BATCH, CLAIM, RESULTS, TOTALS = (
    "INSERT INTO batchscrape.batches",
    "WITH next AS",
    "outcome AS MATERIALIZED",
    "SET ended_at",
)
#: Nothing is stored before …
CREATING = (Moment(statement="INSERT INTO batchscrape.jobs"), Moment(statement="COMMIT", following=BATCH))
#: … and all of it afterwards.
CREATED = (Moment(statement="COMMIT", following=BATCH, done=True),)
CLAIMING = (Moment(statement=CLAIM), Moment(statement=CLAIM, done=True))
CRAWLING = (PageMoment(in_half=False), PageMoment(in_half=True))
STORING = (Moment(statement=RESULTS), Moment(statement=RESULTS, done=True))
FREEZING = (
    Moment(statement=TOTALS),
    Moment(statement="COMMIT", following=TOTALS),
    Moment(statement="COMMIT", following=TOTALS, done=True),
)
#: Who is killed, and when. Those who wait longest for leases and restarts have others beside them.
OF_MANY_JOBS = (
    ("worker", CLAIMING + CRAWLING + STORING),
    ("parent", CREATING + CREATED + CLAIMING + CRAWLING + STORING),
    ("server", CREATING + CREATED + CLAIMING),
    ("server", CRAWLING + STORING),
    ("all", CREATING + CREATED + CLAIMING),
    ("all", CRAWLING),
    ("all", STORING),
)
OF_ONE_JOB = (
    ("worker", STORING + FREEZING),
    ("parent", STORING + FREEZING),
    ("server", STORING + FREEZING),
    ("all", STORING),
    ("all", FREEZING),
)


@pytest.fixture
async def sites(web: Web) -> Sites:
    sites = Sites(seed=6)
    await sites.open(web, SITES)
    return sites


async def in_peace(domains: Path) -> Stored:
    """The batch as it is when nobody is killed."""
    async with own_machine() as machine:
        await machine.run("run", domains, *OPTIONS, "--name", "peaceful")
        batch = await stored(machine, "peaceful")
    assert batch
    assert (batch.status, batch.losses, batch.is_frozen) == ("complete", 0, True)
    assert len(batch.pages) >= len(PAGES)
    return batch


async def besiege(victim: str, steps: Sequence[Step], sites: Sites, domains: Path) -> Siege:
    """Kill the victim at each of the steps, then let the batch end."""
    async with own_machine() as machine, Siege(machine, sites, victim, domains) as siege:
        for step in steps:
            await siege.kill_at(step)
            if step in CREATING:
                assert await siege.stored() is None
        await siege.end()
    return siege


@pytest.mark.parametrize(("sieges", "count"), [(OF_MANY_JOBS, SITES), (OF_ONE_JOB, 1)])
async def test_a_kill_at_any_step_of_a_batch_changes_nothing(
    sieges: Iterable[tuple[str, Sequence[Step]]], count: int, sites: Sites, lists: Lists
) -> None:
    domains = lists.of(*sites.addresses[:count])

    async with asyncio.TaskGroup() as group:
        peace = group.create_task(in_peace(domains))
        ended = [group.create_task(besiege(victim, steps, sites, domains)) for victim, steps in sieges]

    for siege in [each.result() for each in ended]:
        assert siege.batches == [peace.result()] * len(siege.batches)


@pytest.mark.parametrize(
    "kills",
    [10, pytest.param(int(os.environ.get("KILLS", "300")), marks=[pytest.mark.long, pytest.mark.timeout(3600)])],
)
async def test_kills_at_random_moments_change_nothing(
    kills: int, sites: Sites, web: Web, lists: Lists, gate: Gate
) -> None:
    chance = random.Random(SEED)
    print("seed", SEED)
    domains = lists.of(await web.serve(gate), *sites.addresses)

    async with own_machine() as machine, Siege(machine, sites, "none", domains) as siege:
        while siege.kills < kills:
            siege.victim = chance.choice(VICTIMS)
            await siege.kill_after(chance.uniform(0, LONGEST))
        gate.opened.set()
        await siege.end()

    assert siege.batches == [await in_peace(domains)]
