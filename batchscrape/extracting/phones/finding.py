"""The telephone and fax numbers of a page."""

from collections.abc import Iterator
from itertools import islice

from batchscrape.extracting.page import ParsedPage
from batchscrape.extracting.phones.certainty import Certainty
from batchscrape.extracting.phones.numbers import LONGEST, common_region, digits_of, e164, is_example
from batchscrape.extracting.phones.shown import shown_numbers
from batchscrape.extracting.phones.stated import stated_numbers

_MOST = 100
_MOST_CANDIDATES = 5_000
_SHORTEST_STATED = 3
_LONGEST_CODE = 3


def phones(page: ParsedPage) -> tuple[str, ...]:
    """Each number once, in E.164 where it is certain, else its digits; linked ones before those in the text."""
    found: dict[str, None] = {}
    for number in islice(_numbers(page), _MOST_CANDIDATES):
        found[number] = None
        if len(found) >= _MOST:
            break
    return tuple(dict.fromkeys(_without_doubles(_completed(found))))


def _numbers(page: ParsedPage) -> Iterator[str]:
    certain = Certainty(page)
    for number in stated_numbers(page):
        digits = digits_of(number)
        if _SHORTEST_STATED <= len(digits) <= LONGEST and not is_example(digits):
            yield certain.of_stated(number) or digits
    yield from shown_numbers(page, certain)


def _completed(found: dict[str, None]) -> list[str]:
    """Where all full numbers are of one country, the others are too, if they are valid there."""
    full = [number for number in found if number.startswith("+")]
    if not full or len(full) == len(found) or (region := common_region(full)) is None:
        return list(found)
    return [number if number.startswith("+") else e164(number, region) or number for number in found]


def _without_doubles(found: list[str]) -> Iterator[str]:
    """Without the national forms of numbers that are there in full."""
    full = {number[1:] for number in found if number.startswith("+")}
    for number in found:
        if number.startswith("+") or not _is_known(number, full):
            yield number


def _is_known(digits: str, full: set[str]) -> bool:
    national = digits.lstrip("0")
    return any(number.endswith(national) and len(number) - len(national) <= _LONGEST_CODE for number in full)
