"""The program as a process of its own, as its users run it."""

import asyncio
import json
import os
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

PROGRAM = str(Path(sys.executable).with_name("batchscrape"))
#: Options of every run over the test web.
LOCAL = ("--allow-network", "127.0.0.0/8", "--delay", "0", "--retries", "0")
#: Seconds that no command of the tests needs.
_LONG = 100


def environment(dsn: str | None = None, **more: str) -> dict[str, str]:
    """This process's, without what would decide about the database."""
    unwanted = ("BATCHSCRAPE_", "PG", "DATABASE_URL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return kept | ({"DATABASE_URL": dsn} if dsn else {}) | {"COLUMNS": "80"} | more


def batchscrape(
    *arguments: object, dsn: str | None = None, text: str = "", env: Mapping[str, str] | None = None
) -> CompletedProcess[str]:
    """Run a command to its end; `text` is its standard input."""
    return subprocess.run(
        [PROGRAM, *map(str, arguments)],
        input=text,
        capture_output=True,
        text=True,
        timeout=_LONG,
        check=False,
        env=environment(dsn, **(env or {})),
    )


async def run(
    *arguments: object, dsn: str | None = None, text: str = "", env: Mapping[str, str] | None = None
) -> CompletedProcess[str]:
    """The same beside the test's event loop, which may serve the web that the command scrapes."""
    return await asyncio.to_thread(batchscrape, *arguments, dsn=dsn, text=text, env=env)


@asynccontextmanager
async def started(
    *arguments: object, dsn: str | None = None, env: Mapping[str, str] | None = None
) -> AsyncIterator[Process]:
    """A command that goes on meanwhile; it is gone afterwards, whatever happens."""
    process = await asyncio.create_subprocess_exec(
        PROGRAM,
        *map(str, arguments),
        stdin=subprocess.DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
        env=environment(dsn, **(env or {})),
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(process: Process) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command that comes to its end."""
    async with asyncio.timeout(_LONG):
        out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def status(dsn: str, batch: str = "latest") -> dict[str, Any]:
    """What `status --json` says."""
    result = await run("status", batch, "--json", dsn=dsn)
    assert result.returncode == 0, result.stderr
    document: dict[str, Any] = json.loads(result.stdout)
    return document


async def exported(dsn: str, *arguments: object) -> list[dict[str, Any]]:
    """What `export` gives, a record a line."""
    result = await run("export", *arguments, dsn=dsn)
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def children(pid: int) -> list[int]:
    """Processes that this one started and that still are."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]
