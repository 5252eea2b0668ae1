"""Tables for the terminal: a line a row, the widest texts cut first, more columns where there is room."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Generic, TypeVar

from rich.table import Table
from rich.text import Text

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Column(Generic[Record]):
    """What one column says of a record."""

    header: str
    cell: Callable[[Record], Text]
    _: KW_ONLY
    #: Shown in terminals of at least so many columns.
    from_width: int = 0
    #: Never cut.
    whole: bool = False
    #: Never cut, and to the right.
    figure: bool = False


def table(columns: Sequence[Column[Record]], records: Iterable[Record], *, width: int) -> Table:
    """The records as a table for a terminal of that width."""
    shown = [column for column in columns if width >= column.from_width]
    result = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in shown:
        result.add_column(
            column.header,
            no_wrap=column.whole or column.figure,
            justify="right" if column.figure else "left",
        )
    for record in records:
        result.add_row(*(one_line(column.cell(record)) for column in shown))
    return result


def one_line(text: Text) -> Text:
    """The same text, cut with `…` where the line ends."""
    text.no_wrap, text.overflow = True, "ellipsis"
    return text
