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
    certain = Certainty(page)
    #: Number → whether it is kept as digits, where nothing tells its country.
    found: dict[str, bool] = {}
    for number, is_kept in islice(_numbers(page, certain), _MOST_CANDIDATES):
        found.setdefault(number, is_kept)
        if len(found) >= _MOST:
            break
    return tuple(dict.fromkeys(_without_doubles(_completed(found))))


def _numbers(page: ParsedPage, certain: Certainty) -> Iterator[tuple[str, bool]]:
    for number in stated_numbers(page):
        digits = digits_of(number)
        if _SHORTEST_STATED <= len(digits) <= LONGEST and not is_example(digits):
            yield certain.of_stated(number) or digits, True
    for number in shown_numbers(page, certain):
        yield number, number.startswith("+") or certain.is_of_several(number)


def _completed(found: dict[str, bool]) -> list[str]:
    """Where all full numbers are of one country, the others are too, if they are valid there."""
    full = [number for number in found if number.startswith("+")]
    region = common_region(full) if full and len(full) < len(found) else None
    return [
        complete
        for number, is_kept in found.items()
        if (
            complete := number if number.startswith("+") else e164(number, region) or (number if is_kept else None)
        )
    ]


def _without_doubles(found: list[str]) -> Iterator[str]:
    """Without the national forms of numbers that are there in full."""
    full = {number[1:] for number in found if number.startswith("+")}
    for number in found:
        if number.startswith("+") or not _is_known(number, full):
            yield number


def _is_known(digits: str, full: set[str]) -> bool:
    national = digits.lstrip("0")
    return any(number.endswith(national) and len(number) - len(national) <= _LONGEST_CODE for number in full)
