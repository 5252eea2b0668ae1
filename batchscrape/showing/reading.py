"""How a domain list was read, for `run --dry-run`: a rejected line at a time, then the counts."""

from collections.abc import Callable
from typing import TextIO, TypeAlias

from batchscrape.domains import ListSummary, Rejected
from batchscrape.showing.jsontext import dumps
from batchscrape.showing.terminal import clean
from batchscrape.showing.wording import count

#: Reads a list and hands over each rejected line as it comes.
Reading: TypeAlias = Callable[[Callable[[Rejected], None]], ListSummary]


def print_reading(read: Reading, file: TextIO) -> None:
    """Write it for people."""
    summary = read(lambda line: print(f"line {line.line}: “{clean(line.text)}” {clean(line.reason)}", file=file))
    print(
        f"{count(summary.valid, 'domain')}, {count(summary.doubles, 'double')} dropped,"
        f" {count(summary.rejected, 'line')} rejected",
        file=file,
    )


def write_reading(read: Reading, file: TextIO) -> None:
    """Write it as one JSON document: `rejected`, and the counts `valid`, `doubles` and `rejected_lines`.

    Nothing is written before the list turns out to be readable.
    """
    before = '{\n  "rejected": ['

    def write_line(line: Rejected) -> None:
        nonlocal before
        entry = {"line": line.line, "text": line.text, "reason": line.reason}
        file.write(f"{before}\n    {dumps(entry)}")
        before = ","

    summary = read(write_line)
    file.write("\n  ]" if before == "," else f"{before}]")
    file.write(f',\n  "valid": {summary.valid},\n  "doubles": {summary.doubles},')
    file.write(f'\n  "rejected_lines": {summary.rejected}\n}}\n')
