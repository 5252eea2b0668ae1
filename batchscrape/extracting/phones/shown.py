"""The numbers that a page's text shows: those that are named, and those that can be nothing else."""

import re
from collections.abc import Iterator

from batchscrape.extracting.page import ParsedPage
from batchscrape.extracting.phones.certainty import Certainty
from batchscrape.extracting.phones.markup import is_marked
from batchscrape.extracting.phones.numbers import (
    LONGEST,
    SHORTEST,
    digits_of,
    is_example,
    is_free,
    is_international,
    plain,
)
from batchscrape.extracting.phones.splitting import Certain, numbers_in
from batchscrape.extracting.phones.tables import column_name
from batchscrape.extracting.phones.text import runs_of_digits
from batchscrape.extracting.phones.vanity import vanity_numbers
from batchscrape.extracting.phones.words import Name, is_in_contact, is_label, name_of

_SHORTEST_NAMED = 6
_MOST_LOOKS = 50
_LONGEST_AND, _LONGEST_WORD, _NEAR, _NEAR_LABEL = 12, 24, 100, 30
_LONG_GROUP = re.compile(r"\d{3}")
_NO_PHONE = re.compile(r"[+-]?\d+\.\d{1,2}|-?\d{1,3}\.\d{4,}|\d{1,3}(?:\.\d{1,3}){3}|[1-9]\d{0,2}(?:\.\d{3})+")
#: How national numbers are written: a trunk prefix or an area in brackets, or several groups alike.
_TYPICAL = re.compile(
    r"(?:\(|0|8[ (-])[\d ()/.-]*\d[ ()/.-]{1,3}\d[\d ()/.-]*"
    r"|1-\d{3}-\d{3}-\d{3,4}|\d{2,4}(?:([ .-])\d{2,4})(?:\1\d{2,4}){1,3}"
)
#: A sign of a number that may stand without a word.
_WORTH_A_LOOK = re.compile(r"\+|\(|(?<!\d)0\d|(?<!\d)[18][ -]\d|\d{2,4}[ ./-]\d{2,4}[ .-]\d{2,4}")
#: What stands between two numbers after one word.
_AND = re.compile(
    r"\s{0,3}(?:[,;/|&•·、，]|or|oder|and|und|y|o|et|ou|e|i|lub|oraz|eller|of|ou|nebo|alebo|sau|vagy|ή|tai|või|veya|ili|és|и|или|та|або|和|及|または|أو|או)?\s{0,3}",  # noqa: RUF001
    re.IGNORECASE,
)
#: -20 after 030 1234-0: another line of the same number.
_LINE = re.compile(
    r"[\s,;/|(]{0,6}(?:(?:tele)?fax|durchwahl|dw|mobil|fax-?dw)?[\s.:]{0,5}[-\u2013]\s?(\d{1,4})(?![\d.-]|\s?[%€$°])",
    re.IGNORECASE,
)
_BASE = re.compile(r"(.+\d ?- ?)\d{1,4}")
_AREA = re.compile(
    r"(?:\+\d{1,3} ?(?:\(0\) ?)?\(?\d{1,4}\)?|0 ?\(\d{2,4}\)|\(?0\d{1,4}\)?|\(\d{2,5}\)|\d{3})[ /.-]+(?=\d)"
)

#: An article number or the like right before: 6202-2RSH 617-884-2210.
_CODE_BEFORE = re.compile(r"(?:\d[^\s-]{0,12}-|[A-Z][^\s-]{0,12}-(?=\S{0,12}\d))\S{0,12} \Z")
_ZIP, _STATE = re.compile(r"\d{5}-\d{4}"), re.compile(r"[A-Z]{2},?\s{1,3}\Z")
_LETTERS_BEFORE = re.compile(r"[A-Za-z\u00c0-\u024f]+\Z")
_NOT_BEFORE = re.compile(r"(?:[@#$€£/=&?%_-]|\d[.,:])\Z")
_NOT_AFTER = re.compile(
    r"\s?[%€$£¥₽@°]|,\d{1,2}(?!\d)|:\d\d|_|[a-z](?<!x)"
    r"|\s?(?:eur|usd|chf|gbp|pln|z[łl]|kč|kr|円|元|원|kg|km|cm|mm|m²|qm|sqm|ml|mb|gb|kb|px|stück|stk|pcs|besucher|uhr)(?!\w)"
    r"|\s?руб",  # noqa: RUF001 - roubles
    re.IGNORECASE,
)


def shown_numbers(page: ParsedPage, certain: Certainty) -> Iterator[str]:
    """Each number in E.164 where it is certain, else its digits."""
    yield from filter(None, map(certain, vanity_numbers(page.prose)))
    yield from _Reader(page, certain).numbers()


class _Reader:
    """Goes through the text from number to number."""

    def __init__(self, page: ParsedPage, certain: Certainty) -> None:
        self._html = page.html
        self._has_tables = page.tree.css_first("th") is not None
        self._text = page.prose
        self._certain = certain
        #: How often the mark-up was looked at.
        self._looks = 0
        #: The last number that was taken, with its area, whether a word named it, and where it ends.
        self._last = ""
        self._completed = ""
        self._is_named = False
        self._end = -1

    def numbers(self) -> Iterator[str]:
        for offset, run in runs_of_digits(self._text):
            if (certain := self._judge(offset, run)) is None:
                continue
            for piece in numbers_in(run, certain):
                start, end = offset + piece.start, offset + piece.end
                if (value := self._value(start, end, piece.number)) is not None:
                    self._last, self._completed, self._end = self._completed or piece.number, "", end
                    yield value
                    if self._is_named:
                        yield from self._further_lines()

    def _judge(self, offset: int, run: str) -> Certain | None:
        """What says which numbers of the run are certain; None where it is not worth the look."""
        if len(digits_of(number := plain(run))) < _SHORTEST_NAMED:
            return None
        is_worth_a_look = _WORTH_A_LOOK.search(number) is not None
        if is_worth_a_look and self._certain.region:
            return self._certain
        is_next = 0 <= offset - self._end <= _LONGEST_AND
        if is_next or name_of(self._text, offset, offset + len(run.rstrip())) in (Name.LABEL, Name.HINT):
            return self._certain.of_named
        return self._certain if is_worth_a_look else None

    def _value(self, start: int, end: int, number: str) -> str | None:
        digits = digits_of(number)
        if not _SHORTEST_NAMED <= len(digits) <= LONGEST or is_example(digits):
            return None
        name, joined = self._name(start, end)
        self._is_named = name in (Name.LABEL, Name.HINT) or is_international(number)
        if not self._stands_free(start, end, name) or (name is Name.OTHER and number[0] != "+"):
            return None
        full = self._full(number, name) or self._of_same_area(number, start, name, joined=joined)
        if name is Name.LABEL:
            return full or (digits if _looks_dialled(number, digits) else None)
        if _NO_PHONE.fullmatch(number):
            return None
        if full is not None and (name is Name.HINT or self._is_unmistakable(start, number)):
            return full
        return self._in_place(start, end, number, full)

    def _full(self, number: str, name: Name) -> str | None:
        return self._certain.of_named(number) if name in (Name.LABEL, Name.HINT) else self._certain(number)

    def _is_unmistakable(self, start: int, number: str) -> bool:
        """Whether the number is written as nothing else is."""
        if number.startswith("00"):
            return (
                number != digits_of(number) and not self._text[max(0, start - 3) : start].rstrip()[-1:].isdigit()
            )
        return is_international(number)

    def _in_place(self, start: int, end: int, number: str, full: str | None) -> str | None:
        """A national number without a word, where the mark-up or what stands near speaks for it."""
        if self._certain.is_american(number):
            is_code = _CODE_BEFORE.search(self._text, max(0, start - _LONGEST_WORD), start)
            return None if is_code else full
        if _TYPICAL.fullmatch(number) is None and number[0] not in "0(":
            return None
        if self._is_marked(start, end):
            self._is_named = True
            full = full or self._certain.of_named(number)
            return full or (digits_of(number) if number[0] in "0(" else None)
        return full if full is not None and self._is_likely(start, end, number, full) else None

    def _is_likely(self, start: int, end: int, number: str, full: str) -> bool:
        """Whether the form of a valid number, and what stands near, leave little else that it may be."""
        is_twin = "/" in self._text[start:end] and "/" not in number
        if is_twin or len(digits_of(number)) <= SHORTEST:
            return False
        if number != digits_of(number) and is_free(full):
            return True
        if _TYPICAL.fullmatch(number) is None or self._is_post_code(start, number):
            return False
        if self._certain.region is None and number[0] not in "0(":
            return False
        is_near_another = self._end >= 0 and start - self._end < _NEAR
        return is_near_another or is_in_contact(self._text, start, end)

    def _is_post_code(self, start: int, number: str) -> bool:
        """Boston, MA 02110-1301."""
        return (
            _ZIP.fullmatch(number) is not None and _STATE.search(self._text, max(0, start - 6), start) is not None
        )

    def _is_marked(self, start: int, end: int) -> bool:
        self._looks += 1
        return self._looks <= _MOST_LOOKS and is_marked(self._html, self._text[start:end])

    def _name(self, start: int, end: int) -> tuple[Name, bool]:
        """How the number is announced, and whether by the word of the number before it."""
        name = name_of(self._text, start, end)
        if self._has_tables and name is not Name.LABEL:
            name = self._name_of_column(start, end) or name
        if name in (Name.LABEL, Name.OTHER) or self._end < 0 or start - self._end > _LONGEST_AND:
            return name, False
        between = _AND.fullmatch(self._text, self._end, start)
        if between is None:
            return name, False
        return (Name.LABEL, True) if between[0].strip() else (Name.HINT, False)

    def _name_of_column(self, start: int, end: int) -> Name | None:
        """What the head of the column says, where the number stands in a table and the head says something."""
        self._looks += 1
        column = column_name(self._html, self._text[start:end]) if self._looks <= _MOST_LOOKS else None
        name = name_of(column, len(column), len(column)) if column else Name.NONE
        return None if name is Name.NONE else name

    def _stands_free(self, start: int, end: int, name: Name) -> bool:
        text = self._text
        after = _NOT_AFTER.match(text, end)
        if after is not None and (name is Name.NONE or not after[0].isupper()):
            return False
        if 0 <= start - self._end <= 1:
            return True
        if text[start] not in "+(\uff0b\uff08":
            letters = _LETTERS_BEFORE.search(text, max(0, start - _LONGEST_WORD), start)
            if letters and not is_label(letters[0]):
                return False
        return _NOT_BEFORE.search(text, max(0, start - 2), start) is None

    def _of_same_area(self, number: str, start: int, name: Name, *, joined: bool) -> str | None:
        """654321 after 030 123456: the area is that of the number before."""
        if number[0] in "0+(" or self._end < 0 or (area := _AREA.match(self._last)) is None:
            return None
        last = self._last[area.end() :]
        is_alike = (
            len(digits_of(last)) == len(digits_of(number)) or last.partition("-")[0] == number.partition("-")[0]
        )
        if joined or (name is Name.LABEL and is_alike and start - self._end < _NEAR_LABEL):
            self._completed = area[0] + number
            return self._certain(self._completed)
        return None

    def _further_lines(self) -> Iterator[str]:
        """-20 after 030 1234-0."""
        while (base := _BASE.fullmatch(self._last)) and (line := _LINE.match(self._text, self._end)):
            self._last, self._end = base[1] + line[1], line.end()
            yield self._certain(self._last) or digits_of(self._last)


def _looks_dialled(number: str, digits: str) -> bool:
    if _NO_PHONE.fullmatch(number) and not number.startswith("0"):
        return False
    return number[0] in "0(+" or len(digits) >= SHORTEST or _LONG_GROUP.search(number) is not None
