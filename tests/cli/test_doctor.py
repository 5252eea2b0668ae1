"""`batchscrape doctor`, in this process, so that its look at the network can stay on this machine."""

import asyncio
import json
import logging
import os
import socket
import sys
import threading
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest

from batchscrape import cli
from batchscrape.cli import _network
from batchscrape.cli import doctor as doctor_module
from batchscrape.cli._network import check_network
from batchscrape.database.checks import Check, Status
from batchscrape.database.connect import describe
from batchscrape.showing.checklist import exit_status
from tests.command import environment
from tests.pgbouncer import running_pgbouncer
from tests.pooler import NastyPooler
from tests.postgres import free_port
from tests.web import Web, answer, site


class Result(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def checks(self) -> dict[str, dict[str, Any]]:
        return {check["name"]: check for check in self.document["checks"]}


class Doctor:
    """Runs the command, with the network looked at under a name that no resolver is asked for."""

    def __init__(self, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._patch = patch
        self._capsys = capsys

    def __call__(self, *arguments: str, dsn: str | None = None, **env: str) -> Result:
        self._set(environment(dsn, **env))
        self._patch.setattr(sys, "argv", ["batchscrape", "doctor", *arguments])
        self._patch.setattr(doctor_module, "check_network", partial(check_network, "https://nowhere.invalid/"))
        with pytest.raises(SystemExit) as ending:
            cli.main()
        out, err = self._capsys.readouterr()
        return Result(int(ending.value.code or 0), out, err)

    def _set(self, variables: Mapping[str, str]) -> None:
        for name in os.environ.keys() - variables.keys():
            self._patch.delenv(name)
        for name, value in variables.items():
            self._patch.setenv(name, value)


@pytest.fixture
def doctor(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Doctor]:
    root, ours = logging.getLogger(), logging.getLogger("batchscrape")
    before = root.handlers[:], root.level, ours.level
    yield Doctor(monkeypatch, capsys)
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    ours.setLevel(before[2])


# The database decides


def test_a_database_of_ones_own_is_checked_directly(doctor: Doctor, database: str) -> None:
    result = doctor("--database-url", database)

    lines = result.out.splitlines()
    assert result.status == 0
    assert lines[0].startswith("✓  Connect ")
    assert "✓  Pooler       None to be seen: the server itself answers." in map(str.rstrip, lines)
    assert any(line.startswith("!  DNS ") for line in lines)
    assert lines[-1] == "batchscrape can use this database; 1 warning."
    assert result.err == ""


def test_the_nasty_pooler_is_recognised_and_finds_nothing(doctor: Doctor, dsn: str, pooler: NastyPooler) -> None:
    result = doctor("--json", dsn=dsn)

    assert result.status == 0
    assert result.checks["pooler"]["value"] == "transaction"
    assert pooler.findings == []


def test_the_embedded_database_is_checked_without_a_url(doctor: Doctor, home: Path, server: str) -> None:
    result = doctor("--json", BATCHSCRAPE_HOME=str(home))

    assert result.status == 0
    assert result.checks["connect"]["value"] == describe(server)


def test_an_embedded_database_that_does_not_start_is_a_failed_check(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("9.6\n")

    result = doctor("--json", BATCHSCRAPE_HOME=str(tmp_path))

    assert result.status in {75, 78}, result
    assert result.checks["connect"]["status"] == "failed"
    assert result.checks["dns"]["status"] == "warning"


def test_nobody_listens(doctor: Doctor) -> None:
    result = doctor("--json", dsn=f"postgresql://app:s3cret@127.0.0.1:{free_port()}/db")

    connect = result.checks["connect"]
    assert (result.status, result.document["exit_status"]) == (75, 75)
    assert connect["status"] == "failed"
    assert connect["advice"] == "Check host and port of the database URL, and that the server runs."
    assert result.checks["dns"]["status"] == "warning"
    assert "s3cret" not in result.out + result.err


def test_a_wrong_password_is_a_refusal_and_not_shown(doctor: Doctor, server: str) -> None:
    folder = Path(parse_qs(urlsplit(server).query)["host"][0])
    with running_pgbouncer(folder, {"batchscrape": "right"}) as port:
        result = doctor(dsn=f"postgresql://batchscrape:wr0ngpass@127.0.0.1:{port}/postgres")

    assert result.status == 78
    assert result.out.startswith("✗  Connect  The database batchscrape@127.0.0.1")
    assert "→ Check user and password in the database URL" in result.out
    assert "batchscrape cannot work like this: 1 check failed." in result.out
    assert "!  DNS " in result.out
    assert "wr0ngpass" not in result.out + result.err


def test_a_newer_schema_is_a_refusal(doctor: Doctor, database: str, dsn: str) -> None:
    asyncio.run(_add_migration(database))

    result = doctor("--json", dsn=dsn)

    assert result.status == 78
    assert result.checks["schema"]["advice"] == "`pip install --upgrade batchscrape`."


async def _add_migration(database: str) -> None:
    connection = await asyncpg.connect(database)
    await connection.execute("INSERT INTO batchscrape.migrations VALUES (9999, 'later', '')")
    await connection.close()


def test_a_url_that_is_none_is_wrong_usage(doctor: Doctor) -> None:
    result = doctor(dsn="mysql://localhost/db")

    assert (result.status, result.out) == (2, "")
    assert "postgresql://" in result.err


# The network only warns


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with Web() as web:
        yield web


async def look_at(web: Web, url: str, *addresses: str) -> Mapping[str, Check]:
    """At a web of our own under the name firm.example."""

    def lookup(host: str) -> Sequence[str]:
        assert host == "firm.example"
        return addresses

    tls = web.certificates.client_context()
    checks = await check_network(url, lookup=lookup, tls=tls, allow_network=("127.0.0.0/8",))
    assert exit_status(checks) == 0
    return {check.name: check for check in checks}


@pytest.mark.parametrize("status", [200, 404, 503])
async def test_any_answer_shows_that_the_network_works(web: Web, status: int) -> None:
    address = await web.serve(site({"/": answer("<p>Hello", status=status)}), tls="valid", names=("firm.example",))

    checks = await look_at(web, address.url(host="firm.example"), address.host)

    assert {name: (check.status, check.value) for name, check in checks.items()} == {
        "dns": (Status.OK, address.host),
        "https": (Status.OK, status),
    }
    assert address.paths == ["/"]


async def test_a_certificate_that_nobody_vouches_for_is_a_warning(web: Web) -> None:
    address = await web.serve(site({}), tls="self-signed", names=("firm.example",))

    checks = await look_at(web, address.url(host="firm.example"), address.host)

    assert (checks["dns"].status, checks["https"].status) == (Status.OK, Status.WARNING)
    assert "certificate" in checks["https"].seen


async def test_a_site_that_is_not_reached_is_a_warning(web: Web) -> None:
    checks = await look_at(web, f"https://firm.example:{free_port()}/", "127.0.0.1")

    assert checks["https"].status is Status.WARNING
    assert "--proxy" in checks["https"].advice


@pytest.mark.parametrize("code", [socket.EAI_NONAME, socket.EAI_AGAIN])
async def test_a_name_without_an_address_is_a_warning_and_no_request_is_tried(code: int) -> None:
    def fail(_host: str) -> Sequence[str]:
        raise socket.gaierror(code, "no")

    (check,) = await check_network(lookup=fail)

    assert (check.name, check.status, check.exit_status) == ("dns", Status.WARNING, 0)
    assert "example.com" in check.seen


async def test_a_resolver_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_network, "TIMEOUT", 0.1)
    released = threading.Event()

    def hang(_host: str) -> Sequence[str]:
        released.wait()
        return ()

    (check,) = await check_network(lookup=hang)
    released.set()

    assert (check.name, check.status) == ("dns", Status.WARNING)
    assert "does not answer for example.com within 0.1 s" in check.seen
