"""The live display of a run on a terminal."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Self

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.live import Live
from rich.text import Text

from batchscrape.models import Batch, JobEnded
from batchscrape.showing.bar import Bar
from batchscrape.showing.batch_view import STATUS_STYLES, batch_facts
from batchscrape.showing.columns import one_line
from batchscrape.showing.pace import Pace
from batchscrape.showing.terminal import clean
from batchscrape.showing.wording import count

_REFRESHES_PER_SECOND = 4
_RECENT = 6
_WIDEST = 100
#: The figures, and room for the `^C^C` that a terminal writes behind the last line; where it wraps, a line stays.
_BESIDE_DOMAIN = 46


class LiveDisplay:
    """Redraws itself in place while it is open, and leaves the terminal as it was.

    What other code writes to `sys.stderr` meanwhile (log messages) appears above it.
    """

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pace: Pace | None = None
        self._recent: deque[JobEnded] = deque(maxlen=_RECENT)
        self._lock = threading.Lock()
        self._live = Live(
            self,
            console=console,
            refresh_per_second=_REFRESHES_PER_SECOND,
            transient=True,
            redirect_stdout=False,
        )

    def update(self, batch: Batch) -> None:
        """The batch was read from the database."""
        with self._lock:
            if self._pace is None:
                self._pace = Pace(batch, self._clock)
            self._pace.update(batch)

    def ended(self, event: JobEnded) -> None:
        """A job ended in a worker of ours."""
        with self._lock:
            self._recent.append(event)
            if self._pace is not None:
                self._pace.ended(event)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        # A terminal that is gone ends nothing.
        with suppress(OSError):
            self._live.stop()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """As many lines as the terminal is high, the most important first."""
        with self._lock:
            lines = list(self._lines(options.max_width))
        yield from lines[: max(console.height - 1, 1)]

    def _lines(self, width: int) -> Iterable[RenderableType]:
        if self._pace is None:
            return
        batch = self._pace.batch()
        yield Bar(batch)
        for label, text in batch_facts(batch, self._pace.rates()):
            yield one_line(Text.assemble((f"{label:<10}", "bold"), text))
        yield Text()
        for event in self._recent:
            yield one_line(_ended_line(event, width))


def _ended_line(event: JobEnded, width: int) -> Text:
    """`complete            example.com            5 pages     1.2 s`."""
    domain = Text(clean(event.domain))
    domain.truncate(max(min(width, _WIDEST) - _BESIDE_DOMAIN, 1), overflow="ellipsis", pad=True)
    word = f"{clean(event.error_code or event.status.value):<20}"
    figures = f"{count(event.pages_scraped, 'page'):>12} {event.duration:>7.1f} s"
    return Text.assemble((word, STATUS_STYLES[event.status]), domain, (figures, "dim"))
