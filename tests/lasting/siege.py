"""One victim, and a `kill -9` at one step of its batch after the other."""

import asyncio
import signal
from asyncio.subprocess import Process
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeAlias

from tests.command import LOCAL, ended
from tests.lasting.batch import Stored, stored
from tests.lasting.machine import Machine
from tests.lasting.sites import PAGES, Sites
from tests.lasting.trapping import Moment

OPTIONS = (*LOCAL, "--concurrency", 2, "--max-pages", len(PAGES))
#: Seconds in which every step has come.
_LONG = 60
#: How a command ends that was killed, and one whose workers die too often.
_KILLED, _WORKERS_DIED = -signal.SIGKILL, 70


@dataclass(frozen=True)
class PageMoment:
    """When a site is asked for a page, or has sent half of it."""

    in_half: bool


Step: TypeAlias = Moment | PageMoment


class Siege:
    """`run`, and after each end of it `resume`; another batch where one has ended before the step came."""

    def __init__(self, machine: Machine, sites: Sites, victim: str, domains: Path) -> None:
        self._machine = machine
        self._sites = sites
        self.victim = victim
        self._visitor = f"{victim} of {machine.folder.name}"
        self._domains = domains
        self._names = [self._visitor]
        self._command: Process | None = None
        self._stack = AsyncExitStack()
        self.kills = 0
        #: What is stored of each batch at the end.
        self.batches: list[Stored | None] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._stack.aclose()

    async def kill_at(self, step: Step) -> None:
        """Kill the victim in that moment."""
        happened = self._lie_in_wait(step)
        await self._machine.connect()
        async with asyncio.timeout(_LONG):
            while not happened.is_set():
                command = await self._going_on()
                await _first(happened.wait(), command.wait())
        await self._mend(command)

    async def kill_after(self, seconds: float) -> None:
        """Kill the victim, if the command goes on for so long."""
        await self._machine.connect()
        command = await self._going_on()
        await _first(asyncio.sleep(seconds), command.wait())
        if command.returncode is None:
            self._machine.kill(self.victim, command)
            await self._mend(command)

    async def stored(self) -> Stored | None:
        """What is in the database of the batch now."""
        return await stored(self._machine, self._names[-1])

    async def end(self) -> None:
        """Let the batch end in peace, and look at all of them."""
        await self._machine.connect()
        async with asyncio.timeout(_LONG):
            while await (await self._going_on()).wait() != 0:
                pass
        await self._machine.all_gone()
        self.batches = [await stored(self._machine, name) for name in self._names]

    async def _mend(self, command: Process) -> None:
        """Put right what does not come back by itself."""
        self.kills += 1
        if self.victim in {"parent", "all"}:
            await command.wait()
        await self._machine.repair()

    async def _going_on(self) -> Process:
        """The command, a new one if need be."""
        if self._command is not None and self._command.returncode is not None:
            if await self._result(self._command) == 0:
                self._names.append(f"{self._visitor} {len(self._names)}")
            self._command = None
        if self._command is None:
            self._command = await self._stack.enter_async_context(
                self._machine.started(*await self._next_command())
            )
        return self._command

    async def _result(self, command: Process) -> int:
        """The exit status of a command that has ended, or does so now."""
        returned, _, said = await ended(command)
        expected = returned in {0, _KILLED} or (returned == _WORKERS_DIED and "Workers keep dying" in said)
        assert expected, f"exit {returned}: {said}"
        return returned

    async def _next_command(self) -> list[object]:
        if self.kills and await self.stored():
            return ["resume", self._names[-1]]
        return ["run", self._domains, *OPTIONS, "--name", self._names[-1], "--user-agent", self._visitor]

    def _lie_in_wait(self, step: Step) -> asyncio.Event:
        happened = asyncio.Event()
        loop = asyncio.get_running_loop()

        def kill() -> None:
            assert self._command is not None
            self._machine.kill(self.victim, self._command)
            loop.call_soon_threadsafe(happened.set)

        if isinstance(step, Moment):
            self._machine.pooler.set_trap(step, kill)
        else:
            self._sites.set_trap(self._visitor, in_half=step.in_half, act=kill)
        return happened


async def _first(*events: Coroutine[Any, Any, object]) -> None:
    """Wait for one of them."""
    tasks = [asyncio.create_task(event) for event in events]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
