"""One batch for people: the same lines in `status`, at the end of `run` and in the live display."""

from collections.abc import Iterable, Mapping

from rich.console import Group
from rich.table import Table
from rich.text import Text

from batchscrape.models import Batch, BatchStatus
from batchscrape.showing.bar import Bar
from batchscrape.showing.pace import Rates, average
from batchscrape.showing.terminal import clean
from batchscrape.showing.wording import count, ended, minute, rate, size, span

_LABEL = len("Failures")
STATUS_STYLES = {
    "complete": "green",
    "partial": "yellow",
    "failed": "red",
    "interrupted": "yellow",
    "cancelled": "magenta",
    "processing": "cyan",
    "running": "cyan",
    "pending": "dim",
}


def status_view(batch: Batch) -> Group:
    """The batch as it is in the database now."""
    facts = Table.grid(padding=(0, 2, 0, 0))
    facts.add_column(style="bold", no_wrap=True, min_width=_LABEL)
    facts.add_column(overflow="fold")
    for label, text in batch_facts(batch, average(batch)):
        facts.add_row(label, text)
    return Group(heading(batch), Bar(batch), facts)


def heading(batch: Batch) -> Text:
    """The batch's name, id and state."""
    parts = [Text(str(batch.batch_id)), Text(batch.status.value, style=f"bold {STATUS_STYLES[batch.status]}")]
    if batch.name:
        parts.insert(0, Text(clean(batch.name), style="bold"))
    return Text("  ").join(parts)


def batch_facts(batch: Batch, rates: Rates) -> Iterable[tuple[str, Text]]:
    """A label and its line, the most important first."""
    yield "Domains", _domains(batch)
    yield "Pages", _pages(batch, rates)
    yield "Time", _time(batch, rates)
    if batch.errors:
        yield "Failures", _failures(batch.errors)
    if batch.rejected_lines:
        yield "Rejected", Text(f"{count(batch.rejected_lines, 'line')} of the list")
    if batch.error:
        yield "Error", Text(clean(batch.error), style="red")


def _domains(batch: Batch) -> Text:
    """`1,234 of 5,000, 1,217 complete, 17 failed, 100 running`."""
    parts = [
        (batch.completed_domains, "complete", "green"),
        (batch.failed_domains, "failed", "red"),
        (batch.cancelled_domains, "cancelled", "magenta"),
        (batch.running_domains, "running", "cyan"),
    ]
    text = Text(f"{count(ended(batch))} of {count(batch.total_domains)}")
    for number, word, style in parts:
        if number:
            text.append(", ").append(f"{count(number)} {word}", style=style)
    return text


def _pages(batch: Batch, rates: Rates) -> Text:
    parts = [f"{count(batch.pages_scraped)} ({size(batch.bytes)})"]
    if rates.pages_per_second is not None:
        parts.append(f"{rate(rates.pages_per_second)} pages/s")
    if batch.workers:
        parts.append(count(batch.workers, "worker"))
    return Text(", ".join(parts))


def _time(batch: Batch, rates: Rates) -> Text:
    if batch.start_time is None:
        return Text(f"created {minute(batch.created_at)} UTC", style="dim")
    parts = [] if batch.processing_time is None else [span(batch.processing_time)]
    if rates.seconds_left is not None and batch.status is BatchStatus.PROCESSING:
        parts.append(f"about {span(rates.seconds_left)} left")
    parts.append(
        f"ended {minute(batch.end_time)} UTC" if batch.end_time else f"since {minute(batch.start_time)} UTC"
    )
    return Text(", ".join(parts))


def _failures(errors: Mapping[str, int]) -> Text:
    """`dns_error 9, timeout 5`, the most frequent first."""
    ordered = sorted(errors.items(), key=lambda item: (-item[1], item[0]))
    return Text(", ").join(Text.assemble(f"{clean(code)} ", (count(number), "red")) for code, number in ordered)
