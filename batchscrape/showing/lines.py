"""Progress where there is no terminal: a line now and then, through `logging`."""

import logging
import time
from collections.abc import Callable
from typing import Any, Self

from batchscrape.models import Batch, BatchStatus, JobEnded
from batchscrape.showing.pace import Pace, Rates
from batchscrape.showing.wording import count, ended, percent, rate, span

_FIRST = 5.0
_EVERY = 30.0

logger = logging.getLogger(__name__)


class LineDisplay:
    """Says how far a batch is after 5 seconds, then every 30, and when the display ends."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pace: Pace | None = None
        self._next = clock() + _FIRST

    def update(self, batch: Batch) -> None:
        """The batch was read from the database."""
        if self._pace is None:
            self._pace = Pace(batch, self._clock)
        self._pace.update(batch)
        self._speak_when_due()

    def ended(self, event: JobEnded) -> None:
        """A job ended in a worker of ours."""
        if self._pace is not None:
            self._pace.ended(event)
            self._speak_when_due()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._speak()

    def _speak_when_due(self) -> None:
        if self._clock() >= self._next:
            self._next = self._clock() + _EVERY
            self._speak()

    def _speak(self) -> None:
        if self._pace is not None:
            batch, rates = self._pace.batch(), self._pace.rates()
            logger.info("%s", progress_line(batch, rates), extra={"fields": _fields(batch, rates)})


def progress_line(batch: Batch, rates: Rates) -> str:
    """`1,234 of 5,000 domains (24.6 %), 17 failed, 61 pages/s, 0:01:02 left`."""
    domains = f"{count(ended(batch))} of {count(batch.total_domains, 'domain')} ({percent(batch):g} %)"
    parts = [domains, f"{count(batch.failed_domains)} failed"]
    if ended(batch) >= batch.total_domains:
        took = "" if batch.processing_time is None else f" in {span(batch.processing_time)}"
        return ", ".join([*parts, count(batch.pages_scraped, "page") + took])
    if rates.pages_per_second is not None:
        parts.append(f"{rate(rates.pages_per_second)} pages/s")
    if rates.seconds_left is not None and batch.status is BatchStatus.PROCESSING:
        parts.append(f"{span(rates.seconds_left)} left")
    return ", ".join(parts)


def _fields(batch: Batch, rates: Rates) -> dict[str, Any]:
    """The same for `--log-format json`, under the names of `status --json`."""
    return {
        "batch_id": str(batch.batch_id),
        "status": batch.status.value,
        "total_domains": batch.total_domains,
        "completed_domains": batch.completed_domains,
        "failed_domains": batch.failed_domains,
        "progress": percent(batch, digits=2),
        "pages_scraped": batch.pages_scraped,
        "pages_per_second": rates.pages_per_second and round(rates.pages_per_second, 1),
        "seconds_left": rates.seconds_left and round(rates.seconds_left),
    }
