"""Which pages are in a worker's parser and since when: memory that outlives the worker.

A few slots in a file that the parent made and both map: the parent reads it while the worker may hang, and after
it died. Behind them Python writes which thread crashed.
"""

import faulthandler
import mmap
import os
import re
import signal
import struct
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

#: job_id, `time.monotonic()`, which all processes of a machine share, and the thread.
_SLOT = struct.Struct("qdQ")
#: Slot 0 says when the worker's event loop last turned; the others are pages. More at once go unnoted.
_SLOTS = 33
_SIZE = _SLOT.size * _SLOTS
#: Seconds of CPU that a worker may burn while its event loop stands still: its parent may be gone.
_CPU_TIME = 60.0
#: As `faulthandler` writes it.
_CRASHED = re.compile(rb"^Current thread 0x([0-9a-f]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A page in the parser."""

    job_id: int
    #: Seconds since it went in.
    age: float
    #: Its `threading.get_ident()`.
    thread: int


class ParserNotes:
    """The notes of one worker, for both of its sides."""

    def __init__(self, fileno: int, *, own: bool = True) -> None:
        """`own`: this process is the worker, and a crash of it is noted too."""
        self._memory = mmap.mmap(fileno, _SIZE)
        if own:
            faulthandler.enable(fileno)
        self._free = list(range(_SLOTS - 1, 0, -1))

    @contextmanager
    def watch(self, job_id: int) -> Iterator[None]:
        """Note the job for as long as its page is in the parser."""
        try:
            slot = self._free.pop()  # at once: pages are also parsed in threads
        except IndexError:
            yield
            return
        self._write(slot, job_id)
        try:
            yield
        finally:
            self._write(slot, 0)
            self._free.append(slot)

    def turn(self) -> None:
        """Note that the event loop turns; the kernel ends the process where it does not for long."""
        self._write(0, 0)
        signal.setitimer(signal.ITIMER_PROF, _CPU_TIME)

    def read(self) -> list[Note]:
        """The pages that are in the parser."""
        now = time.monotonic()
        slots = (_SLOT.unpack_from(self._memory, _SLOT.size * slot) for slot in range(1, _SLOTS))
        return [Note(job_id=job_id, age=now - since, thread=thread) for job_id, since, thread in slots if job_id]

    def stalled(self) -> float:
        """Seconds since the event loop last turned; 0 before its first turn."""
        _, turned, _ = _SLOT.unpack_from(self._memory, 0)
        return time.monotonic() - turned if turned else 0.0

    def close(self) -> None:
        """Unmap the memory."""
        self._memory.close()

    def _write(self, slot: int, job_id: int) -> None:
        _SLOT.pack_into(self._memory, _SLOT.size * slot, job_id, time.monotonic(), threading.get_ident())


class NotesFile:
    """The file behind the notes, as the parent makes it; it has no name."""

    def __enter__(self) -> Self:
        self._file = tempfile.TemporaryFile()
        self._file.truncate(_SIZE)
        self._file.seek(_SIZE)
        self.notes = ParserNotes(self._file.fileno(), own=False)
        return self

    def fileno(self) -> int:
        """To hand to the worker."""
        return self._file.fileno()

    def crashed_thread(self) -> int | None:
        """The `threading.get_ident()` of the thread that crashed, where that is known."""
        found = _CRASHED.search(os.pread(self.fileno(), 1 << 20, _SIZE))
        return int(found[1], 16) if found else None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.notes.close()
        self._file.close()
