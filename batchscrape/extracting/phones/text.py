"""Find the runs of digits in the text of a page that may hold telephone numbers."""

import re
from collections.abc import Iterator
from itertools import islice

from batchscrape.extracting.page import SEPARATOR

_MOST = 1_000
_DIGITS = "0-9\uff10-\uff19\u0660-\u0669\u06f0-\u06f9"
#: A run of digits and what stands between them; taken whole, so that no part of it is looked at twice.
_RUN = re.compile(
    rf"[+(\[\uff0b\uff08{_DIGITS}][{_DIGITS} \xa0\u2007\u2009\u202f\u3000\t\n\r{SEPARATOR}"
    r"()\[\]\uff08\uff09./\uff0f+\uff0b"
    r"\u2010-\u2015\u2212\uff0d\u30fc-]{5,}+"
)
_BLOCK, _OVERLAP = 4_096, 64
#: UTF-8 without what stands between digits, each digit made the same: where no seven are in a row is no number.
_CLASSES = bytes(
    ord("1") if chr(byte).isdecimal() or (0x90 <= byte <= 0xB9 and byte & 0x0F <= 9) else ord("x")  # noqa: PLR2004
    for byte in range(256)
)
_BETWEEN = bytes(" \t\n\r\x1f()[]./+-", "ascii") + b"\xc2\xe2\xe3\x80\x88\x89\x8b\x8d\x8f\xaf\xef\xbc\xd9\xdb\xbb"
_SIX_DIGITS = b"111111"

#: Dates, spans of years, and opening hours; each as a whole, not as part of a longer number.
_TIMES = re.compile(
    r"(?<![\d.-])(?:(?:[01]?\d|2[0-4])\.[0-5]\d ?[\u2013-] ?(?:[01]?\d|2[0-4])\.[0-5]\d|(?<!\d[ /])(?:"
    r"(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d\d"
    r"|(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/(?:19|20)\d\d"
    r"|(?:19|20)\d\d([./-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01])"
    r"|(?:19|20)\d\d ?[/\u2013-] ?(?:19|20)\d\d|(?:19|20)\d\d (?:19|20)\d\d"
    r"))(?![./-]?\d)"
)

#: CH44 0079 0016 …, and after a bank in letters: NL91 ABNA 0417 1643 00.
_IBAN = re.compile(r"\A\d{2,4}(?:[ \xa0]?\d{4})+(?:[ \xa0]?\d{1,4})?(?!\d)")
_IBAN_BEFORE = re.compile(r"(?<![A-Za-z])[A-Z]{2}(?:\d\d[ \xa0]?[A-Z]{1,4}[ \xa0]?)?\Z")
_LONGEST_IBAN_BEFORE = 11


def runs_of_digits(text: str) -> Iterator[tuple[int, str]]:
    """Where each run begins, and the run; dates and hours in it are blanked out."""
    return islice(_runs(text), _MOST)


def _runs(text: str) -> Iterator[tuple[int, str]]:
    done = 0
    for begin in _promising_blocks(text):
        end = begin + _BLOCK
        for match in _RUN.finditer(text, max(begin, done)):
            if match.start() >= end:
                break
            done = match.end()
            yield match.start(), _without_account(text, match.start(), _TIMES.sub(_blanked, match[0]))


def _without_account(text: str, start: int, run: str) -> str:
    """The run without the digits of an IBAN that begins right before it."""
    if not text[max(0, start - 2) : start].rstrip(" \xa0").isupper():
        return run
    before = _IBAN_BEFORE.search(text, max(0, start - _LONGEST_IBAN_BEFORE), start)
    return _IBAN.sub(_blanked, run, count=1) if before else run


def _blanked(match: re.Match[str]) -> str:
    return SEPARATOR * len(match[0])


def _promising_blocks(text: str) -> Iterator[int]:
    """Where a part of the text begins that has enough digits in a row."""
    for begin in range(0, len(text), _BLOCK - _OVERLAP):
        block = text[begin : begin + _BLOCK].encode("utf-8", "surrogatepass")
        if _SIX_DIGITS in block.translate(_CLASSES, _BETWEEN):
            yield begin
