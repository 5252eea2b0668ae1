"""Bad input: one clear sentence, the right exit status, nothing stored."""

import subprocess
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from asyncpg import Connection

from batchscrape.database import batches
from batchscrape.settings import ScrapeSettings
from tests.command import PROGRAM, batchscrape, environment
from tests.database.making import entry


def _one_sentence(result: "subprocess.CompletedProcess[str]") -> str:
    (line,) = result.stderr.splitlines()
    assert "Traceback" not in line
    assert result.stdout == ""
    return line.partition("error: ")[2]


async def _stored(database: str) -> int:
    connection = await asyncpg.connect(database)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM batchscrape.batches"))
    finally:
        await connection.close()


@pytest.fixture
def rubbish(tmp_path: Path) -> dict[str, Path]:
    contents = {
        "empty": b"",
        "binary": bytes(range(256)) * 50,
        "comments": b"# nothing\n\n",
        "rubbish": b"no domain here\nfoo bar\n!!\n",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in contents} | {
        "folder": tmp_path,
        "missing": tmp_path / "nowhere.txt",
    }


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("missing", "There is no file"),
        ("folder", "is a folder"),
        ("empty", "The list is empty."),
        ("binary", "binary"),
        ("comments", "no domain"),
        ("rubbish", "no domain (3 lines rejected"),
    ],
)
async def test_a_list_that_cannot_be_used_stores_nothing(
    kind: str, says: str, rubbish: dict[str, Path], dsn: str, database: str
) -> None:
    result = batchscrape("run", rubbish[kind], "--quiet", dsn=dsn)

    assert says in _one_sentence(result)
    assert result.returncode == 2
    assert await _stored(database) == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--max-pages", "0"], "--max-pages"),
        (["--max-pages", "1001"], "--max-pages"),
        (["--timeout", "0"], "--timeout"),
        (["--delay", "nan"], "--delay"),
        (["--domain-timeout", "inf"], "--domain-timeout"),
        (["--name", "\udcff"], "UTF-8"),
        (["--allow-network", "10.0.0"], "10.0.0"),
        (["--phone-region", "Germany"], "Germany"),
        (["--proxy", "socks5://127.0.0.1"], "--proxy"),
        (["--nonsense"], "--nonsense"),
    ],
)
def test_an_option_out_of_its_bounds_is_named(arguments: list[str], says: str, tmp_path: Path) -> None:
    domains = tmp_path / "domains.txt"
    domains.write_text("a.example\n")

    result = batchscrape("run", domains, *arguments)

    assert says in _one_sentence(result)
    assert result.returncode == 2


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("nonsense", 2),
        ("mysql://localhost/db", 2),
        ("postgresql://127.0.0.1:1/db", 75),
    ],
)
def test_a_database_url_that_leads_nowhere_says_so(url: str, status: int) -> None:
    result = batchscrape("list", "--quiet", dsn=url)

    assert _one_sentence(result)
    assert result.returncode == status


def test_an_unknown_database_is_refused(dsn: str) -> None:
    result = batchscrape("list", "--quiet", dsn=dsn.rpartition("/")[0] + "/nowhere")

    assert "nowhere" in _one_sentence(result)
    assert result.returncode == 78


@pytest.mark.parametrize("command", ["status", "export", "resume", "retry", "cancel"])
def test_a_batch_that_does_not_exist_is_named(command: str, dsn: str) -> None:
    result = batchscrape(command, "abcd1234", "--quiet", dsn=dsn)

    assert "abcd1234" in _one_sentence(result)
    assert result.returncode == 2


async def test_an_ambiguous_beginning_is_refused(dsn: str, connection: Connection) -> None:
    for end in range(2):
        batch_id = UUID(int=0xABCD << 112 | end)
        await batches.create(connection, batch_id, lambda: iter([entry("a.example")]), ScrapeSettings())

    ambiguous = batchscrape("status", "abcd", "--quiet", dsn=dsn)
    exact = batchscrape("status", str(UUID(int=0xABCD << 112)), dsn=dsn)

    assert "beginning of 2 batches" in _one_sentence(ambiguous)
    assert (ambiguous.returncode, exact.returncode) == (2, 0)


def test_a_wrong_command_is_told_the_near_one() -> None:
    result = batchscrape("rnu")

    assert "'run'" in _one_sentence(result)
    assert result.returncode == 2


@pytest.mark.parametrize("command", ["status", "list", "export"])
def test_a_database_without_our_schema_is_one_sentence(command: str, server: str) -> None:
    result = batchscrape(command, "--quiet", dsn=server)

    assert "batchscrape run" in _one_sentence(result)
    assert result.returncode == 2


@pytest.mark.parametrize(
    ("code", "says"),
    [("tiemout", "do you mean timeout?"), ("http_44xx", "do you mean http_4xx?"), ("§", "dns_error")],
)
def test_a_code_that_is_none_is_told_the_near_one(code: str, says: str, dsn: str) -> None:
    result = batchscrape("retry", "--code", code, "--quiet", dsn=dsn)

    assert says in _one_sentence(result)
    assert result.returncode == 2


def test_work_has_no_document_for_every_batch(dsn: str) -> None:
    result = batchscrape("work", "--json", "--quiet", dsn=dsn)

    assert "work latest --json" in _one_sentence(result)
    assert result.returncode == 2


@pytest.mark.parametrize(
    "command",
    [
        ["status"],
        ["status", "--json"],
        ["list"],
        ["export"],
        ["run", "{list}", "--json"],
        ["run", "{list}", "--dry-run"],
        ["submit", "{list}"],
        ["cancel"],
    ],
)
def test_a_full_disk_under_standard_output_is_one_sentence(command: list[str], dsn: str, tmp_path: Path) -> None:
    domains = tmp_path / "domains.txt"
    domains.write_text("nowhere.invalid\n")
    assert batchscrape("submit", domains, dsn=dsn).returncode == 0

    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [PROGRAM, *(word.replace("{list}", str(domains)) for word in command), "--quiet"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=environment(dsn),
        )

    assert "error: Standard output cannot be written: No space left on device." in result.stderr
    assert (result.returncode, len(result.stderr.splitlines())) == (2, 1)
