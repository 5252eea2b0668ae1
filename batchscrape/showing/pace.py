"""How far a batch is between two looks at the database, and how fast it goes."""

import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from batchscrape.models import Batch, BatchStatus, JobEnded, JobStatus
from batchscrape.showing.wording import ended

_PAGES_WINDOW = 10.0
_ENDED_WINDOW = 60.0
_SHORTEST_LOOK = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How fast a batch goes; None where it cannot be said."""

    pages_per_second: float | None = None
    seconds_left: float | None = None


class Pace:
    """The batch as last read from the database, plus what ended here since.

    Each count is the larger of what the database says and what it said at first plus what ended here: so
    nothing is counted twice, whether an event or the database is the first to tell, and no count goes back.
    """

    def __init__(self, batch: Batch, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._first = self._read = batch
        self._read_at = clock()
        self._here: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self._samples: deque[_Sample] = deque()
        self._sample()

    def update(self, batch: Batch) -> None:
        """The database was read again."""
        self._read, self._read_at = batch, self._clock()
        self._sample()

    def ended(self, event: JobEnded) -> None:
        """A job ended in a worker of ours."""
        self._here.update({event.status: 1, "pages": event.pages_scraped, "bytes": event.bytes})
        if event.status is JobStatus.FAILED and event.error_code:
            self._errors[event.error_code] += 1

    def batch(self) -> Batch:
        """The batch as it is now, as far as is known."""
        read = self._read
        if ended(read) >= read.total_domains:
            return read
        counts = _counts(read) | (_counts(self._first) + self._here)
        open_jobs = read.total_domains - counts["complete"] - counts["failed"] - counts["cancelled"]
        return replace(
            read,
            completed_domains=counts["complete"],
            failed_domains=counts["failed"],
            cancelled_domains=counts["cancelled"],
            running_domains=max(0, min(read.running_domains, open_jobs)),
            pages_scraped=counts["pages"],
            bytes=counts["bytes"],
            errors=Counter(read.errors) | (Counter(self._first.errors) + self._errors),
            processing_time=self._processing_time(),
        )

    def rates(self) -> Rates:
        """Pages over the last 10 seconds; the time left by what ended in the last minute."""
        self._sample()
        pages = self._per_second("pages", _PAGES_WINDOW)
        jobs = self._per_second("ended", _ENDED_WINDOW)
        left = self._read.total_domains - self._samples[-1].ended
        return Rates(pages_per_second=pages, seconds_left=left / jobs if jobs else None)

    def _processing_time(self) -> float | None:
        known = self._read.processing_time
        return None if known is None else known + self._clock() - self._read_at

    def _sample(self) -> None:
        """Note where we are, once a second at most, and forget what is older than any window."""
        now = self._clock()
        batch = self.batch()
        if len(self._samples) > 1 and now - self._samples[-2].time < 1:
            self._samples.pop()
        self._samples.append(_Sample(now, batch.pages_scraped, ended(batch)))
        while self._samples[0].time < now - _ENDED_WINDOW and len(self._samples) > 1:
            self._samples.popleft()

    def _per_second(self, what: str, window: float) -> float | None:
        last = self._samples[-1]
        before = [sample for sample in self._samples if sample.time <= last.time - window]
        first = before[-1] if before else self._samples[0]
        if last.time - first.time < _SHORTEST_LOOK:
            return None
        return float(getattr(last, what) - getattr(first, what)) / (last.time - first.time)


def average(batch: Batch) -> Rates:
    """The rates of a batch that is looked at once: over all of its time."""
    if not batch.processing_time:
        return Rates()
    pages = batch.pages_scraped / batch.processing_time
    if batch.status is not BatchStatus.PROCESSING or not ended(batch):
        return Rates(pages_per_second=pages)
    left = (batch.total_domains - ended(batch)) * batch.processing_time / ended(batch)
    return Rates(pages_per_second=pages, seconds_left=left)


class _Sample(NamedTuple):
    time: float
    pages: int
    ended: int


def _counts(batch: Batch) -> Counter[str]:
    return Counter(
        complete=batch.completed_domains,
        failed=batch.failed_domains,
        cancelled=batch.cancelled_domains,
        pages=batch.pages_scraped,
        bytes=batch.bytes,
    )
