"""Tell a CSV from a plain list, and take the one column that holds the domains."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: Columns that hold the entries, the best name first.
HEADER_NAMES = ("domain", "website", "url")
DELIMITERS = (",", ";", "\t")
#: Lines that one quoted cell may go over.
MAX_ROW_LINES = 50
#: A whole line, or what follows an entry.
COMMENT = re.compile(r"(?:^|\s)#.*")
_URL_WITH_PATH = re.compile(r"\s*\w+://[^/\s\"]+/[^\s\"]*\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the lines of a list are laid out."""

    #: None in a plain list.
    delimiter: str | None
    #: The column with the domains, counted from 0.
    column: int = 0
    #: The number of the line that names the columns; 0 where none does.
    header: int = 0


def find_layout(head: list[str]) -> Layout:
    """Judge by the first lines: a header, else a delimiter in at least half of them."""
    lines = [(number, line) for number, line in enumerate(head, 1) if COMMENT.sub("", line).strip()]
    if not lines:
        return Layout(delimiter=None)
    number, first = lines[0]
    for delimiter in (*DELIMITERS, None):
        cells = first.split(delimiter) if delimiter else [first]
        names = [cell.strip(' "').lower() for cell in cells]
        for name in HEADER_NAMES:
            if name in names and (delimiter is None or len(names) > 1):
                return Layout(delimiter=delimiter, column=names.index(name), header=number)
    return Layout(delimiter=_delimiter([line for _, line in lines]))


def read_cells(lines: Iterable[str], layout: Layout) -> Iterator[tuple[int, str]]:
    """Line number and entry, blank ones and comments included."""
    cells = _column(lines, layout.delimiter, layout.column) if layout.delimiter else enumerate(lines, 1)
    return (cell for cell in cells if cell[0] != layout.header) if layout.header else cells


def _delimiter(lines: list[str]) -> str | None:
    counts = {delimiter: sum(_begins_with_cell(line, delimiter) for line in lines) for delimiter in DELIMITERS}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] * 2 >= len(lines) else None


def _begins_with_cell(line: str, delimiter: str) -> bool:
    """Whether the line looks like a row; the comma in a URL's path does not make it one."""
    text = COMMENT.sub("", line)
    first, found, _ = text.partition(delimiter)
    return bool(found) and not any(other in first for other in DELIMITERS) and not _URL_WITH_PATH.fullmatch(text)


def _column(lines: Iterable[str], delimiter: str, column: int) -> Iterator[tuple[int, str]]:
    for number, row in _rows(lines, delimiter):
        cell = row[column] if column < len(row) else ""
        if cell.strip() or not any(map(str.strip, row)):
            yield number, cell
        elif not row[0].lstrip().startswith("#"):
            # No entry begins with a comma, so the row is rejected and shown as a whole.
            yield number, "," + ",".join(row)


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of their first line; a quote that is never closed costs its own line only."""
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            feed.unclosed = True
        number, line = feed.taken[0]
        if feed.unclosed:
            row = line.split(delimiter)
        feed.next_row()
        yield number, row


class _Feed:
    """Lines for `csv.reader`, which asks for more while a quoted cell is open."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._numbered = enumerate(lines, 1)
        self._given_back: deque[tuple[int, str]] = deque()
        self.taken: list[tuple[int, str]] = []
        self.unclosed = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.unclosed = True
        if len(self.taken) == MAX_ROW_LINES:
            raise StopIteration
        self.taken.append(self._given_back.popleft() if self._given_back else next(self._numbered))
        self.unclosed = False
        return self.taken[-1][1] + "\n"

    def next_row(self) -> None:
        if self.unclosed:
            self._given_back.extendleft(reversed(self.taken[1:]))
        self.taken, self.unclosed = [], False
