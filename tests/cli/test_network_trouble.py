"""Our own network goes away: the batch waits and goes on, or ends with 75, and no domain fails for it."""

import asyncio
import os
import re
import signal
from asyncio.subprocess import Process
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from time import monotonic
from uuid import uuid4

import pytest

from batchscrape.errors import FetchTimeout
from batchscrape.fetching.network import Network, Peer, Witnesses
from batchscrape.models import Job, JobStatus, Outcome
from batchscrape.running import pausing
from batchscrape.running.pausing import Pause
from tests.cli.conftest import Gate, Lists
from tests.command import LOCAL, ended, exported, run, started, status
from tests.web import Address, Handler, Web, site

#: Stands in for the resolver of every process that finds it on its PYTHONPATH.
SITECUSTOMIZE = """
import os, socket

real = socket.getaddrinfo

def getaddrinfo(host, *args, **kwargs):
    if not str(host).endswith((".example", ".net")):
        return real(host, *args, **kwargs)
    with open(os.environ["NAMES_OF_THE_TEST"]) as file:
        answers = dict(line.split() for line in file)
    answer = answers.get(host, answers["*"])
    if answer.startswith("EAI_"):
        raise socket.gaierror(getattr(socket, answer), "as the test wants it")
    return real(answer, *args, **kwargs)

socket.getaddrinfo = getaddrinfo
"""


class Dns:
    """The resolver of a command that is started with `env`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        folder.joinpath("sitecustomize.py").write_text(SITECUSTOMIZE)
        self._file = folder / "names"
        paths = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
        self.env = {"PYTHONPATH": paths, "NAMES_OF_THE_TEST": str(self._file), "BATCHSCRAPE_LEASE": "2"}
        self.hosts: dict[str, str] = {}

    def named(self, address: Address) -> str:
        """A name for a server, as it stands in a list."""
        name = f"n{len(self.hosts)}.example"
        self.hosts[name] = address.host
        return f"http://{name}:{address.port}"

    def answer(self, *, others: str = "EAI_NONAME") -> None:
        """Answer for the servers; for other names say this."""
        self._write({**self.hosts, "*": others})

    def fail(self) -> None:
        """Be in trouble, whatever is asked for."""
        self._write({"*": "EAI_AGAIN"})

    def _write(self, answers: dict[str, str]) -> None:
        new = self._file.with_suffix(".new")
        new.write_text("".join(f"{name} {answer}\n" for name, answer in answers.items()))
        new.replace(self._file)  # at once: it is read meanwhile


@pytest.fixture
def dns(tmp_path: Path) -> Dns:
    return Dns(tmp_path / "dns")


@pytest.fixture
async def sites(web: Web, dns: Dns, gate: Gate) -> list[str]:
    """Ten sites with names; the first waits behind the gate."""
    handlers: list[Handler] = [gate, *(site({"/": f"<title>{number}</title>"}) for number in range(9))]
    return [dns.named(await web.serve(handler)) for handler in handlers]


async def says(running: Process, text: str) -> None:
    """Wait until the command says it."""
    assert running.stderr is not None
    async with asyncio.timeout(60):
        while text not in (line := (await running.stderr.readline()).decode()):
            assert line, "it ended without saying so"


async def pauses(running: Process, gate: Gate, dns: Dns) -> None:
    """Let the resolver fail in the middle, and wait until the command has noticed."""
    async with asyncio.timeout(60):
        await gate.knocked.wait()
    dns.fail()
    gate.opened.set()
    await says(running, "warning: The network is down: The resolver fails for ")


async def test_a_resolver_that_fails_in_the_middle_is_waited_for(
    sites: list[str], gate: Gate, dns: Dns, lists: Lists, dsn: str
) -> None:
    dns.answer()

    async with started("run", lists.of(*sites), *LOCAL, "--concurrency", 3, dsn=dsn, env=dns.env) as running:
        await pauses(running, gate, dns)
        meanwhile = await status(dsn)
        dns.answer()
        returned, _, said = await ended(running)

    assert meanwhile["failed_domains"] == 0
    assert returned == 0
    assert said.count("The network is back after") == 1
    assert [(line["status"], line["error"]) for line in await exported(dsn)] == [("complete", None)] * 10
    assert {line["attempts"] for line in await exported(dsn)} == {1}


async def test_a_network_that_stays_away_is_exit_75_and_resume_finishes(
    sites: list[str], gate: Gate, dns: Dns, lists: Lists, dsn: str
) -> None:
    dns.answer()
    options = (*LOCAL, "--concurrency", 1, "--network-timeout", 0.1)

    async with started("run", lists.of(*sites), *options, dsn=dsn, env=dns.env) as running:
        await pauses(running, gate, dns)
        returned, _, said = await ended(running)
    before = {line["domain"]: line for line in await exported(dsn)}
    dns.answer()
    resumed = await run("resume", dsn=dsn, env=dns.env)
    after = {line["domain"]: line for line in await exported(dsn)}

    assert returned == 75
    assert "error: the network was down for 0.1 s" in said
    assert "Traceback" not in said
    complete = {domain for domain, line in before.items() if line["status"] == "complete"}
    assert complete
    assert {line["status"] for domain, line in before.items() if domain not in complete} == {"pending"}
    assert resumed.returncode == 0
    assert {line["status"] for line in after.values()} == {"complete"}
    assert all(before[domain] == after[domain] for domain in complete)


async def test_no_network_from_the_start_is_exit_75(
    sites: list[str], gate: Gate, dns: Dns, lists: Lists, dsn: str
) -> None:
    dns.fail()

    result = await run(
        "run", lists.of(*sites), *LOCAL, "--network-timeout", 1, "--processes", 2, dsn=dsn, env=dns.env
    )
    document = await status(dsn)
    dns.answer()
    gate.opened.set()
    resumed = await run("resume", dsn=dsn, env=dns.env)

    assert result.returncode == 75
    assert result.stderr.count("The network is down") == 1
    assert {job["status"] for job in document["domain_statuses"].values()} == {"pending"}
    assert resumed.returncode == 0
    assert (await status(dsn))["completed_domains"] == 10


def dead(names: int, addresses: int) -> Iterable[str]:
    """Names that nobody knows or whose name servers are broken, addresses that refuse or that no way leads to."""
    ports = count(10_000)
    for number in range(names):
        yield f"http://gone-{number}.example"
    for _ in range(addresses):
        yield f"http://127.9.9.9:{next(ports)}"
        yield f"http://255.255.255.255:{next(ports)}"


@pytest.mark.parametrize("others", ["EAI_NONAME", "EAI_AGAIN"])
async def test_a_list_full_of_dead_names_and_hosts_is_no_outage(
    others: str, sites: list[str], gate: Gate, dns: Dns, lists: Lists, dsn: str
) -> None:
    dns.answer(others=others)
    gate.opened.set()
    options = (*LOCAL, "--allow-network", "255.255.255.255/32", "--concurrency", 20)

    result = await run("run", lists.of(*sites, *dead(200, 50)), *options, dsn=dsn, env=dns.env)

    document = await status(dsn)
    assert result.returncode == 0
    assert "network" not in result.stderr
    assert document["completed_domains"] == 10
    assert document["metadata"]["errors"] == {"connect_error": 100, "dns_error": 200}


async def test_names_that_fail_beside_addresses_that_answer_are_no_outage(
    web: Web, dns: Dns, lists: Lists, dsn: str
) -> None:
    dns.fail()
    living = await web.serve(site({"/": "<title>An address needs no resolver</title>"}))

    result = await run("run", lists.of(living, *dead(5, 0)), *LOCAL, "--concurrency", 1, dsn=dsn, env=dns.env)

    assert result.returncode == 0
    assert "network" not in result.stderr
    assert (await status(dsn))["metadata"]["errors"] == {"dns_error": 5}


async def test_a_paused_batch_can_be_cancelled(
    sites: list[str], gate: Gate, dns: Dns, lists: Lists, dsn: str
) -> None:
    dns.answer()

    async with started("run", lists.of(*sites), *LOCAL, "--concurrency", 3, dsn=dsn, env=dns.env) as running:
        await pauses(running, gate, dns)
        await run("cancel", dsn=dsn)
        returned, _, _ = await ended(running)

    assert returned == 0
    document = await status(dsn)
    assert document["status"] == "cancelled"
    assert document["failed_domains"] == 0


async def test_a_signal_stops_a_paused_batch(
    sites: list[str], gate: Gate, dns: Dns, lists: Lists, dsn: str
) -> None:
    dns.answer()

    async with started("run", lists.of(*sites), *LOCAL, "--concurrency", 3, dsn=dsn, env=dns.env) as running:
        await pauses(running, gate, dns)
        running.send_signal(signal.SIGINT)
        returned, _, said = await ended(running)

    assert returned == 130
    assert re.search("`batchscrape resume .*` goes on", said)
    document = await status(dsn)
    assert {job["status"] for job in document["domain_statuses"].values()} <= {"pending", "complete"}


async def test_a_domain_whose_time_runs_out_while_nothing_answers_is_crawled_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pausing, "_LOOK", 0.01)
    answers = iter([False, True])
    peers = Witnesses[Peer](lambda _: asyncio.sleep(0, next(answers)))
    peers.note(Peer("127.0.0.1", 80), monotonic())
    pause = Pause(Network(Witnesses(lambda _: asyncio.sleep(0, result=True)), peers, lambda: True), 60)
    job = Job(
        job_id=1,
        batch_id=uuid4(),
        attempts=1,
        domain="a.example",
        input="a.example",
        start_url="https://a.example",
    )
    outcomes = iter(
        [
            Outcome(job=job, status=JobStatus.FAILED, error_code=FetchTimeout.code, error="It took too long."),
            Outcome(job=job, status=JobStatus.COMPLETE),
        ]
    )

    outcome = await pause.outlast(lambda: asyncio.sleep(1.1, next(outcomes)))

    assert outcome.status is JobStatus.COMPLETE
