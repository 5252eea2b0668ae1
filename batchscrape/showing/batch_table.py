"""The batches of `list` as a table for people."""

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from batchscrape.models import Batch
from batchscrape.showing.batch_view import STATUS_STYLES
from batchscrape.showing.columns import Column, table
from batchscrape.showing.terminal import clean
from batchscrape.showing.wording import count, minute, percent, size, span

_WIDE = 120
_WIDER = 160
#: Characters of a batch's id that tell it apart; commands take the beginning of an id.
_ENOUGH_OF_ID = 8


def batch_table(batches: Iterable[Batch], *, width: int) -> Table:
    """A line each batch, in the order in which they come."""
    batch_id = Column("batch", _id if width >= _WIDER else _short_id, whole=True)
    return table([batch_id, *_COLUMNS], batches, width=width)


def _id(batch: Batch) -> Text:
    return Text(str(batch.batch_id))


def _short_id(batch: Batch) -> Text:
    return _id(batch)[:_ENOUGH_OF_ID]


def _name(batch: Batch) -> Text:
    return Text(clean(batch.name or ""))


def _status(batch: Batch) -> Text:
    return Text(batch.status.value, style=STATUS_STYLES[batch.status])


def _done(batch: Batch) -> Text:
    return Text(f"{percent(batch):g} %")


def _domains(batch: Batch) -> Text:
    return Text(count(batch.total_domains))


def _failed(batch: Batch) -> Text:
    return Text(count(batch.failed_domains), style="red" if batch.failed_domains else "")


def _pages(batch: Batch) -> Text:
    return Text(count(batch.pages_scraped))


def _bytes(batch: Batch) -> Text:
    return Text(size(batch.bytes))


def _time(batch: Batch) -> Text:
    return Text("" if batch.processing_time is None else span(batch.processing_time))


def _created(batch: Batch) -> Text:
    return Text(minute(batch.created_at))


_COLUMNS = (
    Column("name", _name),
    Column("status", _status, whole=True),
    Column("done", _done, figure=True),
    Column("domains", _domains, figure=True),
    Column("failed", _failed, figure=True),
    Column("pages", _pages, figure=True, from_width=_WIDE),
    Column("bytes", _bytes, figure=True, from_width=_WIDE),
    Column("time", _time, figure=True, from_width=_WIDE),
    Column("created (UTC)", _created, whole=True),
)
