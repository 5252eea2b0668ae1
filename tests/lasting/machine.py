"""One machine to be maltreated: a PostgreSQL of its own, a trap in front of it, and commands that run on it."""

import asyncio
import os
import signal
import uuid
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager, suppress
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from urllib.parse import quote

import asyncpg

from batchscrape.database.embedded.accounts import fitting_account
from batchscrape.database.embedded.places import Place
from tests.command import children, run, started
from tests.lasting.trapping import TrapPooler
from tests.postgres import running_postgres, start

#: Seconds without a beat after which a worker counts as dead.
LEASE = 2
_MARK = "LASTING_TEST"
#: Seconds in which every process of a machine has gone after its parent.
_GONE = 20


class Machine:
    """Its commands carry its mark, so that none of them is overlooked, whoever adopted it."""

    def __init__(self, folder: Path, pooler: TrapPooler) -> None:
        self.folder = folder
        self.pooler = pooler
        self.dsn = pooler.dsn("postgres")
        #: Past the pooler.
        self.direct = f"postgresql://batchscrape@/postgres?host={quote(str(folder), safe='')}"
        self.environment = {_MARK: uuid.uuid4().hex, "BATCHSCRAPE_LEASE": str(LEASE)}
        self._killed: list[int] = []

    def started(self, *arguments: object) -> AbstractAsyncContextManager[Process]:
        """A command that goes on meanwhile."""
        return started(*arguments, dsn=self.dsn, env=self.environment)

    async def run(self, *arguments: object) -> CompletedProcess[str]:
        """A command to its end."""
        return await run(*arguments, dsn=self.dsn, env=self.environment)

    def kill(self, victim: str, command: Process) -> None:
        """`kill -9` of a `worker` of the command, of it itself (`parent`), of the `server`, or of `all`."""
        targets = []
        if victim in ("parent", "all"):
            targets.append(command.pid)
        if victim in ("worker", "all"):
            targets += children(command.pid)
        if victim in ("server", "all"):
            self._killed = _stopped_family(self._postmaster())
            targets += self._killed
        for pid in targets:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    async def repair(self) -> None:
        """Start the server where it was killed; nobody but the test reaches it before `connect`."""
        if self._killed:
            await asyncio.to_thread(self.pooler.stop)
            await _until_gone(self._killed)
            await asyncio.to_thread(start, self.folder)

    async def connect(self) -> None:
        """Let everybody reach the server that was repaired."""
        if self._killed:
            self._killed = []
            await asyncio.to_thread(self.pooler.start)

    async def fetch(self, statement: str, *values: Any) -> list[asyncpg.Record]:
        """Rows, past the pooler."""
        connection = await asyncpg.connect(self.direct)
        try:
            return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()

    def processes(self) -> list[int]:
        """Those of its commands, and of theirs, that still are."""
        mark = f"{_MARK}={self.environment[_MARK]}\0".encode()
        return [pid for pid in _all_processes() if mark in _environment_of(pid)]

    async def all_gone(self) -> None:
        """Wait for the end of the workers whose parents were killed."""
        async with asyncio.timeout(_GONE):
            while self.processes():
                await asyncio.sleep(0.05)

    def _postmaster(self) -> int:
        file = Place(self.folder, fitting_account()).data / "postmaster.pid"
        return int(file.read_text().split()[0])


@asynccontextmanager
async def machine_on(folder: Path) -> AsyncIterator[Machine]:
    """A machine on a running server; nothing of it is left afterwards, and its pooler had nothing to find."""
    pooler = TrapPooler(str(folder))
    await asyncio.to_thread(pooler.__enter__)
    machine = Machine(folder, pooler)
    try:
        yield machine
        left = machine.processes()
    finally:
        for pid in machine.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        await asyncio.to_thread(pooler.__exit__)
    assert left == []
    assert pooler.findings == []


@asynccontextmanager
async def own_machine() -> AsyncIterator[Machine]:
    """A machine with a server that nobody else uses."""
    with ExitStack() as stack:
        folder = await asyncio.to_thread(stack.enter_context, running_postgres())
        async with machine_on(folder) as machine:
            try:
                yield machine
            finally:
                await machine.repair()


async def until_dead(pid: int) -> None:
    """Wait for the end of a process; nobody need have taken notice of it."""
    async with asyncio.timeout(_GONE):
        while _state(pid) not in {"", "Z"}:
            await asyncio.sleep(0.01)


def _stopped_family(pid: int) -> list[int]:
    """A process's children and it itself: stopped, so that it starts no more, nor tells them that it ends."""
    os.kill(pid, signal.SIGSTOP)
    while _state(pid) != "T":
        pass  # a signal takes microseconds, and nothing else may happen meanwhile
    return [*children(pid), pid]


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


async def _until_gone(pids: list[int]) -> None:
    async with asyncio.timeout(_GONE):
        while any(Path(f"/proc/{pid}").exists() for pid in pids):
            await asyncio.sleep(0.01)


def _all_processes() -> list[int]:
    return [int(each.name) for each in Path("/proc").iterdir() if each.name.isdecimal()]


def _environment_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:  # gone, or a kernel's
        return b""
