"""The results of a small batch as a table for people: who they are and how to reach them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from rich.table import Table
from rich.text import Text

from batchscrape.showing.batch_view import STATUS_STYLES
from batchscrape.showing.columns import Column, table
from batchscrape.showing.terminal import clean

#: A line of `export`.
Row: TypeAlias = Mapping[str, Any]

_WIDE = 120
_WIDER = 160


def results_table(rows: Iterable[Row], *, width: int) -> Table:
    """A line each domain, in the order in which they come."""
    return table(_COLUMNS, rows, width=width)


def _domain(row: Row) -> Text:
    return Text(clean(row["domain"]))


def _status(row: Row) -> Text:
    return Text(clean(row["status"]), style=STATUS_STYLES[row["status"]])


def _title(row: Row) -> Text:
    """Where there is none, why."""
    return Text(clean(row["title"])) if row["title"] else Text(clean(row["error_code"] or ""), style="red")


def _emails(row: Row) -> Text:
    return _first(row["emails"])


def _phones(row: Row) -> Text:
    return _first(row["phones"])


def _technologies(row: Row) -> Text:
    return _listed(" ".join(filter(None, (each["name"], each["version"]))) for each in row["technologies"] or ())


def _social(row: Row) -> Text:
    return _listed(row["social"])


def _pages(row: Row) -> Text:
    return Text(str(row["pages_scraped"] or 0))


def _language(row: Row) -> Text:
    return Text(clean(row["language"] or ""))


def _first(texts: Sequence[str] | None) -> Text:
    """The first, and how many more there are."""
    more = f" +{len(texts) - 1}" if texts and len(texts) > 1 else ""
    return Text(clean((texts or ("",))[0]) + more)


def _listed(texts: Iterable[str] | None) -> Text:
    return Text(clean(", ".join(texts or ())))


_COLUMNS = (
    Column("domain", _domain),
    Column("status", _status, whole=True),
    Column("pages", _pages, figure=True, from_width=_WIDE),
    Column("title", _title),
    Column("e-mails", _emails),
    Column("phones", _phones, whole=True),
    Column("technologies", _technologies, from_width=_WIDE),
    Column("social", _social, from_width=_WIDER),
    Column("language", _language, from_width=_WIDER, whole=True),
)
