"""A bar of what is complete, what failed and what is still to do, told apart without colours too."""

from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from batchscrape.models import Batch
from batchscrape.showing.wording import ended, percent

_WIDEST = 72
_LINES = ("━", "╍", "─")
_ASCII = ("#", "x", "-")


@dataclass(frozen=True, slots=True)
class Bar:
    """Complete, failed or cancelled, and open jobs, with the per cent that has ended behind."""

    batch: Batch

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """As wide as there is room, but no wider than an eye takes in."""
        figure = f" {percent(self.batch):5.1f} %"
        width = max(min(options.max_width, _WIDEST) - len(figure), 1)
        total = max(self.batch.total_domains, 1)
        done = ended(self.batch) * width // total
        complete = self.batch.completed_domains * width // total
        good, bad, rest = _ASCII if options.ascii_only else _LINES
        yield Text.assemble(
            (good * complete, "green"),
            (bad * (done - complete), "red"),
            (rest * (width - done), "dim"),
            figure,
        )
