"""How worker processes die: which hang, and which page is to blame."""

import asyncio
import signal
import time
from asyncio.subprocess import Process
from dataclasses import dataclass

from batchscrape.running.notes import Note, ParserNotes

#: Seconds that a page may stay in the parser, or the event loop stand still, before its worker is ended.
_PAGE_TIME = 10.0
_LOOP_TIME = 30.0
#: How a process ends by its own doing. A page in the parser is blamed then at once …
_CRASHES = {signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGILL, signal.SIGFPE}
#: … and after any other death when it was there for so long: killing from outside blames nobody.
_LONG = 1.0
#: A parent that itself slept for so long after its last look (seconds) cannot tell who hangs, or hung.
_SLEPT = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """How a worker process ended before its work did."""

    status: int
    notes: list[Note]
    #: The one that crashed, where that is known.
    thread: int | None
    #: Whether the parent ended it because it hung.
    hung: bool
    #: Whether the parent may have heard of it late, so that the notes look older than they were.
    late: bool

    @property
    def blamed(self) -> list[int]:
        """Jobs whose page is held responsible."""
        if -self.status in _CRASHES:
            return [note.job_id for note in self.notes if self.thread in {None, note.thread}]
        if self.late and not self.hung:
            return []
        least = _PAGE_TIME if self.hung else _LONG
        return [note.job_id for note in self.notes if note.age >= least]


class Watch:
    """Looks every second whether a worker hangs."""

    def __init__(self, process: Process, notes: ParserNotes) -> None:
        self._process = process
        self._notes = notes
        self._looked = time.monotonic()
        self._was_late = False

    @property
    def is_late(self) -> bool:
        """Whether this process was stopped, or its machine, until just now."""
        return self._was_late or time.monotonic() - self._looked > _SLEPT

    async def run(self) -> None:
        """End a worker that hangs; returns when it did."""
        while True:
            await asyncio.sleep(1)
            self._was_late = time.monotonic() - self._looked > _SLEPT
            self._looked = time.monotonic()
            if not self._was_late and self._hangs():
                self._process.kill()
                return

    def _hangs(self) -> bool:
        longest = max((note.age for note in self._notes.read()), default=0.0)
        return longest > _PAGE_TIME or self._notes.stalled() > _LOOP_TIME
