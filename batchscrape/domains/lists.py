"""Read list files: encodings, comments, CSV; a million lines never stand in memory as a whole."""

import re
import shutil
import string
import sys
import tempfile
from array import array
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from batchscrape.domains.entries import read_entry
from batchscrape.domains.tables import COMMENT, find_layout, read_cells
from batchscrape.errors import InputError
from batchscrape.models import Entry

#: Characters; of a longer line only the beginning is kept, and it is rejected.
MAX_LINE = 10_000
SAMPLE_BYTES = 64 * 1024
SAMPLE_LINES = 200
CHUNK = 256 * 1024
SHOWN_CHARACTERS = 100

_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_AROUND = string.whitespace + '\xa0\u3000\u200b\ufeff"'
_PASSWORD = re.compile(r":[^@/\s]*@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A line that holds no domain."""

    #: Counted from 1.
    line: int
    #: What stands there, shortened, without anything that could act on a terminal.
    text: str
    #: What is wrong, as it goes on after the text: "has no dot".
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSummary:
    """How many of which a list holds."""

    #: Different domains.
    valid: int
    #: Entries whose domain stood there before.
    doubles: int
    rejected: int


@contextmanager
def list_file(domains: str) -> Iterator[Path]:
    """Give the list that `DOMAINS` names as a file to read twice: `-` and named pipes are spooled."""
    if domains == "-":
        with spooled(sys.stdin.buffer) as path:
            yield path
    elif Path(domains).is_fifo():
        with _opened(Path(domains)) as stream, spooled(stream) as path:
            yield path
    else:
        yield Path(domains)


@contextmanager
def spooled(stream: BinaryIO) -> Iterator[Path]:
    """Everything from the stream in a temporary file, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="batchscrape-") as folder:
        path = Path(folder, "standard-input")
        with path.open("wb") as file:
            shutil.copyfileobj(stream, file)
        yield path


def read_domains(path: Path) -> Generator[Entry | Rejected]:
    """Read what each line holds, in order; blank lines and comments are left out, doubles are not.

    Raises `InputError` at once where the file is missing, unreadable, empty or binary.
    """
    lines = _lines(_decoded(_opened(path)))
    head = list(islice(lines, SAMPLE_LINES))
    return _items(read_cells(chain(head, lines), find_layout(head)))


def count_entries(path: Path, on_rejected: Callable[[Rejected], None] | None = None) -> ListSummary:
    """Count a list in 8 bytes an entry; each rejected line is handed over as it comes."""
    # Equal domains fall into the same bucket, so only one bucket at a time has to become a set.
    buckets = [array("q") for _ in range(256)]
    rejected = 0
    for item in read_domains(path):
        if isinstance(item, Entry):
            value = hash(item.domain)
            buckets[value & 255].append(value)
            continue
        rejected += 1
        if on_rejected is not None:
            on_rejected(item)
    valid = sum(len(set(bucket)) for bucket in buckets)
    return ListSummary(valid=valid, doubles=sum(map(len, buckets)) - valid, rejected=rejected)


def nothing_valid(rejected: int) -> InputError:
    """Make the error for a list in which no domain was found."""
    lines = "line" if rejected == 1 else "lines"
    return InputError(f"The list holds no domain ({rejected} {lines} rejected; --dry-run shows why).")


def _items(cells: Iterator[tuple[int, str]]) -> Generator[Entry | Rejected]:
    for line, cell in cells:
        text = COMMENT.sub("", cell) if "#" in cell else cell
        text = text.strip(_AROUND)
        if not text:
            continue
        try:
            yield read_entry(text)
        except InputError as error:
            yield Rejected(line=line, text=_shown(text), reason=str(error))


def _shown(text: str) -> str:
    text = _PASSWORD.sub(":***@", text[: SHOWN_CHARACTERS + 1])
    text = "".join(c if c.isprintable() else "\ufffd" for c in text)
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…"


def _opened(path: Path) -> BufferedReader:
    try:
        return BufferedReader(path.open("rb", buffering=0), SAMPLE_BYTES)
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder, not a list of domains.") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error


def _decoded(file: BufferedReader) -> TextIOWrapper:
    """Let wrong bytes pass: spreadsheets write a legacy encoding into columns that nobody reads here."""
    try:
        return TextIOWrapper(file, _encoding(file.peek()), "replace")
    except BaseException:
        file.close()
        raise


def _encoding(sample: bytes) -> str:
    if not sample:
        raise InputError("The list is empty.")
    marked = (name for mark, name in _BYTE_ORDER_MARKS.items() if sample.startswith(mark))
    encoding = next(marked, "utf-8")
    text = sample.decode(encoding, "replace")
    if "\0" in text or text.count("\ufffd") > len(text) / 10:
        raise InputError("The list is a binary file, or its text is not UTF-8.")
    return encoding


def _lines(text: TextIOWrapper) -> Iterator[str]:
    with text:
        rest = ""
        while chunk := text.read(CHUNK):
            *lines, rest = (rest + chunk).split("\n")
            yield from lines
            rest = rest[: MAX_LINE + 1]
        if rest:
            yield rest
