"""A run on the embedded PostgreSQL, whose server is killed or runs out of room under it."""

import os
import random
import resource
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Gate, Lists
from tests.command import LOCAL, batchscrape, ended, run, started
from tests.web import Address, Web, site

SITES = 12
#: Bytes of a page; half of them are left when it is compressed.
NOISE = 4_000_000


class Home:
    """A BATCHSCRAPE_HOME."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Jobs of a worker that cannot put them back any more wait for its lease.
        self.env = {"BATCHSCRAPE_HOME": str(folder / "home"), "BATCHSCRAPE_LEASE": "2"}

    @property
    def server(self) -> int:
        return int((self.folder / "home/data/postmaster.pid").read_text().split()[0])


@contextmanager
def small_files(_: Home) -> Iterator[None]:
    """What is started now may make no file of more than 16 MB: what WAL needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 24, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def small_disk(home: Home) -> Iterator[None]:
    """There is room for little more than an empty database."""
    mount(home.folder, "size=64m")
    yield
    mount(home.folder, "remount,size=500m")


def mount(folder: Path, options: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"mode=755,{options}", "none", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def may_mount() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        return mount(Path(folder), "size=1m") and unmount(Path(folder))


def unmount(folder: Path) -> bool:
    return subprocess.run(["umount", folder], check=False).returncode == 0


@pytest.fixture
def embedded() -> Iterator[Home]:
    """A home that every user can reach."""
    with tempfile.TemporaryDirectory(prefix="bs-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield Home(folder)
        if folder.is_mount():
            unmount(folder)


@pytest.fixture
async def sites(web: Web) -> list[Address]:
    noise = random.Random(1).randbytes(NOISE // 2).hex()
    return [await web.serve(site({"/": f"<title>{number}</title>{noise}"})) for number in range(SITES)]


async def test_a_run_goes_on_when_its_server_was_killed(
    embedded: Home, web: Web, gate: Gate, lists: Lists
) -> None:
    slow = await web.serve(gate)
    quick = [await web.serve(site({"/": "<title>Quick</title>"})) for _ in range(SITES)]

    async with started("run", lists.of(slow, *quick), *LOCAL, "--json", env=embedded.env) as running:
        await gate.knocked.wait()
        os.kill(embedded.server, signal.SIGKILL)
        gate.opened.set()
        status, out, err = await ended(running)

    assert status == 0, err
    assert f'"completed_domains": {SITES + 1}' in out
    assert "The embedded PostgreSQL has died; starting it again." in err
    assert "Traceback" not in err


@pytest.mark.parametrize("shortage", [small_disk if may_mount() else small_files])
async def test_without_room_nothing_is_lost_and_the_batch_goes_on_when_there_is_some(
    shortage: Callable[[Home], AbstractContextManager[None]], sites: list[Address], embedded: Home, lists: Lists
) -> None:
    options = (*LOCAL, "--keep-html", "--concurrency", 1, "--database-timeout", 3)

    with shortage(embedded):
        interrupted = await run("run", lists.of(*sites), *options, env=embedded.env)
    resumed = await run("resume", env=embedded.env)
    lines = batchscrape("export", env=embedded.env).stdout.splitlines()

    assert interrupted.returncode == 75, interrupted.stderr
    assert "Traceback" not in interrupted.stderr
    assert resumed.returncode == 0, resumed.stderr
    assert sum('"status": "complete"' in line for line in lines) == len(lines) == SITES
