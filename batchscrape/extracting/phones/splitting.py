"""Part a run of digits into the numbers that it holds."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from batchscrape.extracting.page import SEPARATOR
from batchscrape.extracting.phones.numbers import LONGEST, SHORTEST, digits_of, plain

_EDGE = re.compile(rf"[ \n\t\r]{{0,99}}{SEPARATOR}[\s{SEPARATOR}]*|[ \n\t\r]{{3,}}")
#: Longer pieces are tables of figures.
_LONGEST_PIECE = 300
_MOST_PIECES = 1_000
_MOST_JOINED = 5
_HALF = 6
_SHORTEST_OF_TWO = 9
#: Digits of a number whose groups stand in elements of their own.
_LONGEST_SPREAD = 13
_BEGIN_JUNK = re.compile(r"[\s/.)\]-]+")
_END_JUNK = " (+./[-"
#: The beginning of a remark: 0180 5 123456 (14 ct/min)
_OPEN_BRACKET = re.compile(r"(?<=\d) ?\([\d /.-]{0,20}\Z")
#: The same number again, in other groups: 1300 123 456 (13 00 12 34 56)
_AGAIN = re.compile(r"(.*\d) ?\((\d[\d ]{5,})\)?")
#: What parts two numbers, from the surest to the least sure.
_BOUNDARIES = tuple(
    re.compile(boundary)
    for boundary in (r" {2,}", r" ?/ ?", r" - ", r" (?=\+)", r" (?=\(0)", r" (?=0)", r" (?=\()")
)
#: 030 1234-0 / -20: the direct lines of one number.
_DIRECT_LINES = re.compile(r"(.{4,}\d ?- ?)(\d{1,4})((?: ?/ ?- ?\d{1,4})+)")
#: 030 123456/57: two numbers that differ in their last digits.
_TWINS = re.compile(r"(.*[ /)-]\d[\d ]+?)(\d{1,2}) ?/ ?(\d{1,2})")
#: 021-12345678-801: where a number is full without its last group.
_EXTENSION = re.compile(r"(.+\d{4})-\d{1,5}")

Certain = Callable[[str], str | None]


class Piece(NamedTuple):
    """What may be a number, and where it stands in its run."""

    start: int
    end: int
    #: With Latin digits and ASCII signs.
    number: str


def numbers_in(run: str, certain: Certain) -> Iterator[Piece]:
    """The numbers of a run; `certain` gives the full form of what is surely one."""
    pieces = _pieces(run)
    position = 0
    while position < len(pieces):
        numbers, position = _joined(pieces, position, run, certain)
        yield from numbers


def _pieces(run: str) -> list[Piece]:
    edges = [0, *(edge for match in _EDGE.finditer(run) for edge in match.span()), len(run)]
    spans = list(pairwise(edges))[::2][:_MOST_PIECES]
    return [
        piece
        for start, end in spans
        if end - start <= _LONGEST_PIECE and (piece := _trimmed(run, start, end)).number
    ]


def _trimmed(run: str, start: int, end: int) -> Piece:
    text = plain(run[start:end])
    number = text.rstrip(_END_JUNK)
    if "(" in number:
        number = _OPEN_BRACKET.sub("", number)
    junk = _BEGIN_JUNK.match(number)
    skipped = junk.end() if junk else 0
    return Piece(start + skipped, start + len(number), number[skipped:])


def _joined(pieces: list[Piece], first: int, run: str, certain: Certain) -> tuple[list[Piece], int]:
    """The numbers of the piece, with those after it where only together they are one; and the position behind."""
    found = None
    for last in range(first, min(first + _MOST_JOINED, len(pieces))):
        whole = _trimmed(run, pieces[first].start, pieces[last].end)
        length = len(digits_of(whole.number))
        is_too_long = length > (LONGEST if found is None else _LONGEST_SPREAD)
        if last > first and (is_too_long or (found and pieces[last].number[0] in "0+(")):
            break
        if length >= SHORTEST:
            parts = list(_parted(whole, certain))
            if any(certain(part.number) for part in parts):
                found = parts, last + 1
                if last == first:
                    break
    return found or (list(_parted(pieces[first], certain)), first + 1)


def _parted(piece: Piece, certain: Certain) -> Iterator[Piece]:
    if (again := _AGAIN.fullmatch(piece.number)) and certain(again[1]):
        yield piece._replace(number=again[1])
    elif "/" in piece.number and (parts := _parted_by_slash(piece, certain)):
        yield from parts
    elif certain(piece.number) is not None:
        yield piece
    elif (line := _EXTENSION.fullmatch(piece.number)) and certain(line[1]):
        yield piece._replace(number=line[1])
    else:
        yield from _parts(piece, certain) or (piece,)


def _parted_by_slash(piece: Piece, certain: Certain) -> list[Piece]:
    number = piece.number
    if lines := _DIRECT_LINES.fullmatch(number):
        return [piece._replace(number=lines[1] + ending) for ending in (lines[2], *re.findall(r"\d+", lines[3]))]
    twins = _TWINS.fullmatch(number)
    if twins and len(twins[2]) == len(twins[3]) and _is_whole(twins[1] + twins[2]):
        return [piece._replace(number=twins[1] + ending) for ending in (twins[2], twins[3])]
    return [part for half in _halves(piece, certain) for part in _parted(half, certain)]


def _is_whole(number: str) -> bool:
    return len(digits_of(number)) > SHORTEST


def _halves(piece: Piece, certain: Certain) -> list[Piece]:
    """Both sides of a slash, where each is long enough to be a number, and they are not one together."""
    for slash in re.finditer(r" ?/ ?", piece.number):
        before, after = piece.number[: slash.start()], piece.number[slash.end() :]
        if min(len(digits_of(before)), len(digits_of(after))) >= _HALF and (
            after[0] in "0+(" or (_is_whole(before) and certain(before)) or certain(piece.number) is None
        ):
            return [
                Piece(piece.start, piece.start + slash.start(), before),
                Piece(piece.start + slash.end(), piece.end, after),
            ]
    return []


def _parts(piece: Piece, certain: Certain) -> list[Piece]:
    """The piece cut at the first kind of boundary that makes a part of it a number."""
    if len(digits_of(piece.number)) < _SHORTEST_OF_TWO:
        return []
    for boundary in _BOUNDARIES:
        edges = [
            0,
            *(edge for match in boundary.finditer(piece.number) for edge in match.span()),
            len(piece.number),
        ]
        spans = list(pairwise(edges))[::2]
        if len(spans) > 1 and any(certain(piece.number[slice(*span)]) for span in spans):
            return [Piece(piece.start + begin, piece.start + end, piece.number[begin:end]) for begin, end in spans]
    return []
