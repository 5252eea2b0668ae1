"""What a run shows while it goes on: live on a terminal, else a line now and then, nothing when quiet."""

from types import TracebackType
from typing import Protocol, Self

from rich.console import Console

from batchscrape.models import Batch, JobEnded
from batchscrape.showing.lines import LineDisplay


class Display(Protocol):
    """Told how a batch goes on, from `with` to its end."""

    def update(self, batch: Batch) -> None:
        """The batch was read from the database: every few seconds, and when it has ended."""

    def ended(self, event: JobEnded) -> None:
        """A job ended in a worker of ours."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def display(console: Console, *, quiet: bool) -> Display:
    """The display that suits the console, which writes to standard error."""
    if quiet:
        return QuietDisplay()
    if not console.file.isatty() or console.is_dumb_terminal:
        return LineDisplay()
    from batchscrape.showing.live import LiveDisplay

    return LiveDisplay(console)


class QuietDisplay:
    """Shows nothing."""

    def update(self, batch: Batch) -> None:
        """Nothing is shown."""

    def ended(self, event: JobEnded) -> None:
        """Nothing is shown."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...
