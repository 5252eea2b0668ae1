"""The checks of `doctor`: a list for people, and the document for scripts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from batchscrape.database.checks import Check, Status
from batchscrape.showing.terminal import clean
from batchscrape.showing.wording import count

_SYMBOLS = {Status.OK: "✓", Status.WARNING: "!", Status.FAILED: "✗"}
_ASCII = {Status.OK: "+", Status.WARNING: "!", Status.FAILED: "x"}
_STYLES = {Status.OK: "green", Status.WARNING: "yellow", Status.FAILED: "red"}
#: Names that are no words.
_SPELLED = {"tls": "TLS", "dns": "DNS", "https": "HTTPS"}


def exit_status(checks: Sequence[Check]) -> int:
    """That of the gravest failure: what waiting cannot mend (78) outdoes what it may (75)."""
    return max(check.exit_status for check in checks)


def checklist_document(checks: Sequence[Check]) -> dict[str, Any]:
    """What `doctor --json` prints; scripts rely on the names of the checks."""
    return {
        "exit_status": exit_status(checks),
        "checks": [
            {
                "name": check.name,
                "status": check.status.value,
                "seen": check.seen,
                "advice": check.advice or None,
                "value": check.value,
            }
            for check in checks
        ],
    }


@dataclass(frozen=True, slots=True)
class Checklist:
    """A line a check, the advice below it, and at the end what it comes to."""

    checks: Sequence[Check]

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Told apart without colours too."""
        symbols = _ASCII if options.ascii_only else _SYMBOLS
        arrow = "-> " if options.ascii_only else "→ "
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(style="bold", no_wrap=True)
        grid.add_column(overflow="fold")
        for check in self.checks:
            style = _STYLES[check.status]
            grid.add_row(Text(symbols[check.status], style=style), _label(check), Text(clean(check.seen)))
            if check.advice:
                grid.add_row("", "", Text(arrow + clean(check.advice), style=style))
        yield grid
        yield Text()
        yield _verdict(self.checks)


def _label(check: Check) -> str:
    return _SPELLED.get(check.name) or check.name.replace("_", " ").capitalize()


def _verdict(checks: Sequence[Check]) -> Text:
    failures = sum(check.status is Status.FAILED for check in checks)
    warnings = sum(check.status is Status.WARNING for check in checks)
    if failures:
        return Text(f"batchscrape cannot work like this: {count(failures, 'check')} failed.", style="bold red")
    if warnings:
        return Text(f"batchscrape can use this database; {count(warnings, 'warning')}.", style="bold yellow")
    return Text("All is well.", style="bold green")
