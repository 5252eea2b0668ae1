"""One `run` over everything the web does to a scraper, with 200 good sites among it."""

import json
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.command import exported, run, status
from tests.hostile.behaviour import shows_facts
from tests.hostile.serving import Host, HostileWeb, serve
from tests.hostile.watching import Watch
from tests.pooler import NastyPooler
from tests.web import Address, Web, site

#: The hostile web lives here, its canaries do not.
NETWORK = "127.1.0.0/16"
GOOD_SITES = 200
GOOD = {
    "/": '<title>Acme</title><p>Mail: info@acme-tools.de</p><a href="/contact">Contact</a>',
    "/contact": "<title>Contact</title>",
}
#: Seconds, megabytes.
LONGEST, MOST_MEMORY = 60, 300
#: Seconds that the pooler waits for a worker whose hands are full.
PATIENCE = 10.0
#: Differences that are printed.
_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class HostileRun:
    """A run that has ended, and what is known of it."""

    web: HostileWeb
    watch: Watch
    pooler: tuple[str, int]
    out: str
    err: str
    seconds: float
    lines: list[dict[str, Any]]
    pages: list[dict[str, Any]]


@pytest.fixture
async def hostile_run(dsn: str, pooler: NastyPooler, tmp_path: Path) -> AsyncIterator[HostileRun]:
    async with Web() as web, serve(web) as hostile:
        hostile.hosts += [_good(number, await web.serve(site(GOOD))) for number in range(GOOD_SITES)]
        _mix(hostile.hosts)
        pooler.patience = PATIENCE
        watch = Watch(tmp_path, hostile.names)
        authority = tmp_path / "authority.pem"
        web.certificates.write(authority)
        domains = tmp_path / "domains.txt"
        domains.write_text("".join(f"{host.line}\n" for host in hostile.hosts))
        limits = ("--timeout", 5, "--domain-timeout", 20, "--delay", 0.1, "--allow-network", NETWORK)
        env = watch.environment | {"SSL_CERT_FILE": str(authority)} | _proxies(hostile.canaries[0])
        began = time.monotonic()
        result = await run("run", domains, *limits, "--json", dsn=dsn, env=env)
        seconds = time.monotonic() - began
        assert result.returncode == 0, result.stderr
        yield HostileRun(
            web=hostile,
            watch=watch,
            pooler=(urlsplit(dsn).hostname or "", urlsplit(dsn).port or 0),
            out=result.stdout,
            err=result.stderr,
            seconds=seconds,
            lines=await exported(dsn),
            pages=await exported(dsn, "--pages"),
        )


async def test_nothing_on_the_web_stops_a_batch_or_leads_it_inside(hostile_run: HostileRun) -> None:
    """One test: the run is what takes its time."""
    report = [
        *_differences(hostile_run),
        *_connects_inside(hostile_run),
        *_connects_unseen(hostile_run),
        *_too_much(hostile_run),
        *_dangerous_output(hostile_run),
    ]

    assert report == [], "\n".join(["", *report[:_SHOWN], f"… {len(report)} differences", hostile_run.err])


async def test_robots_txt_is_ignored_where_the_batch_says_so(dsn: str, tmp_path: Path) -> None:
    denying = {"/robots.txt": "User-agent: *\nDisallow: /", "/": "<title>Denied</title>"}
    async with Web() as web:
        address = await web.serve(site(denying))
        domains = tmp_path / "domains.txt"
        domains.write_text(f"http://{address.domain}\n")

        await run("run", domains, "--ignore-robots", "--allow-network", NETWORK, dsn=dsn)

    assert (await status(dsn))["metadata"]["options"]["ignore_robots"] is True
    assert [line["title"] for line in await exported(dsn)] == ["Denied"]
    assert "/robots.txt" not in address.paths


def _proxies(canary: Address) -> dict[str, str]:
    """Of the environment; nobody may use them."""
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    return {spelt: canary.url() for name in names for spelt in (name, name.lower())}


def _mix(hosts: list[Host]) -> None:
    """All kinds at the same time, but those first that take their whole time."""
    random.Random(7).shuffle(hosts)
    hosts.sort(key=lambda host: host.expected["error_code"] != "timeout")


def _good(number: int, address: Address) -> Host:
    return Host(
        name=f"good site {number}",
        line=f"http://{address.domain}",
        domain=address.domain,
        expected=shows_facts(pages=2),
        address=address,
    )


def _differences(run: HostileRun) -> list[str]:
    """What came of each host and should not have, a line each."""
    lines = {line["domain"]: line for line in run.lines}
    pages = defaultdict(list)
    for page in run.pages:
        pages[page["domain"]].append(page)
    found = []
    for host in run.web.hosts:
        expected = dict(host.expected)
        never = expected.pop("never", [])
        seen = _seen(host, lines.get(host.domain, {}), pages[host.domain])
        found += [
            f"{host.name}: {key} is {seen.get(key)!r}, not {value!r} ({seen.get('error')})"
            for key, value in expected.items()
            if not value == seen.get(key)  # noqa: SIM201 - AtMost stands on the left
        ]
        found += [f"{host.name}: {path} was asked for" for path in never if path in seen["asked"]]
    found += [f"{domain} was not in the list" for domain in lines.keys() - {host.domain for host in run.web.hosts}]
    return found


def _seen(host: Host, line: Mapping[str, Any], pages: list[dict[str, Any]]) -> dict[str, Any]:
    asked = host.address.paths if host.address else []
    return {
        **line,
        "pages": sum(page["error_code"] is None for page in pages),
        "failed": [page["error_code"] for page in pages if page["error_code"]],
        "truncated": sum(page["truncated"] for page in pages),
        "asked": asked,
        "requests": sum("sitemap" not in path for path in asked),
        "sitemaps": sum("sitemap" in path for path in asked),
    }


def _connects_inside(run: HostileRun) -> list[str]:
    allowed = ip_network(NETWORK)
    return [
        f"{host}:{port} was connected to {count} times"
        for (host, port), count in run.watch.connects.items()
        if (host, port) != run.pooler and ip_address(host) not in allowed
    ] + [f"the canary {canary.host} was visited" for canary in run.web.canaries if canary.connections]


def _connects_unseen(run: HostileRun) -> list[str]:
    """The watcher proves that it is awake: it knows of every connection that a server has seen."""
    watched = run.watch.connects
    seen = {
        (each.address.host, each.address.port): each.address.connections for each in run.web.hosts if each.address
    }
    seen[run.pooler] = 1
    return [
        f"{host}:{port} saw {count} connections, the watcher {watched[host, port]}"
        for (host, port), count in seen.items()
        if watched[host, port] < count
    ]


def _too_much(run: HostileRun) -> list[str]:
    found = [f"a process took {peak} MB" for _, peak in run.watch.peaks if peak > MOST_MEMORY]
    if sorted(is_worker for is_worker, _ in run.watch.peaks) != [False, True]:
        found.append(f"a parent and one worker ran to their end, not {run.watch.peaks}")
    if run.seconds > LONGEST:
        found.append(f"the run took {run.seconds:.0f} s")
    return found


def _dangerous_output(run: HostileRun) -> list[str]:
    found = [f"unprintable: {line!r}" for line in (run.out + run.err).splitlines() if not line.isprintable()]
    if json.loads(run.out or "{}").get("completed_domains", 0) < GOOD_SITES:
        found.append(f"no result: {run.err}")
    return found + [line for line in run.err.splitlines() if "defect" in line.lower() or "died" in line]
