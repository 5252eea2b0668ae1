"""Which telephone number is meant by a written one: E.164, where it is valid and its country known."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

SHORTEST, LONGEST = 7, 15
#: Other spellings of what stands in a number.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\u30fc", "-"),
        **dict.fromkeys("\xa0\u2007\u2009\u202f\u3000\t\n\r\x1f", " "),
        **{chr(zero + digit): str(digit) for zero in (0xFF10, 0x0660, 0x06F0) for digit in range(10)},
        **dict(zip("\uff08\uff09\uff0b\uff0f\uff0e[]", "()+/.()", strict=True)),
    }
)
_NO_DIGIT = re.compile(r"[^0-9]+")
#: The trunk prefix between a country code and the rest: +49 (0) 30.
_TRUNK = re.compile(r"\( ?0 ?\)")
_ABROAD = re.compile(r"[( ]*(?:\+|00(?=[1-9 ]))[+ ()]*")
#: Repeated and counted-up digits: what forms and themes show.
_NO_NUMBER = re.compile(r"(\d)\1*|0?123456789?0?|1?1234567890|1?5555555555|(?:00|\+)?1?2345678900?")
#: Countries where the 0 before a national number is often left out, although it belongs there.
_OPTIONAL_ZERO = frozenset({"IN", "TR", "UA", "ID", "AR", "VN", "PK", "BD"})
_SHORTEST_ABROAD = 10
_OLD_MEXICAN = re.compile(r"521(?=\d{10}\Z)")
_OLD_MEXICAN_TRUNK = re.compile(r"0(?:1|44|45)(?=\d{10}\Z)")


def plain(text: str) -> str:
    """The text with Latin digits, and the signs of ASCII between them."""
    return text.translate(_PLAIN)


def digits_of(number: str) -> str:
    """Only the digits."""
    return _NO_DIGIT.sub("", number)


def is_example(digits: str) -> bool:
    """Whether the digits are one of the numbers that stand for "your number"."""
    return _NO_NUMBER.fullmatch(digits) is not None


def is_international(number: str) -> bool:
    """Whether the number is written with a country code."""
    return _ABROAD.match(number) is not None


def common_region(numbers: Iterable[str]) -> str | None:
    """The country of all these full numbers, if it is one."""
    import phonenumbers

    codes = {_country_code(number) for number in numbers}
    return phonenumbers.region_code_for_country_code(codes.pop()) if len(codes) == 1 else None


@lru_cache(maxsize=8192)
def _country_code(full: str) -> int:
    import phonenumbers

    return phonenumbers.parse(full, None).country_code or 0


@lru_cache(maxsize=8192)
def e164(number: str, region: str | None) -> str | None:
    """The full number, where it is valid; one without a country code is of the region (ISO 3166)."""
    if abroad := _ABROAD.match(number):
        rest = number[abroad.end() :]
        # Italian numbers keep their 0.
        digits = digits_of(rest if rest.startswith("39") else _TRUNK.sub("", rest))
        return _valid("+" + _OLD_MEXICAN.sub("52", digits), None) if len(digits) <= LONGEST else None
    digits = digits_of(number)
    if region is None or not SHORTEST - 2 <= len(digits) <= LONGEST:
        return None
    return _of_country_code(digits, region) or _valid(_without_old_prefix(digits, region), region)


@lru_cache(maxsize=8192)
def is_free(full: str) -> bool:
    """Whether a call of the number costs nothing, or no more than one in the town."""
    import phonenumbers

    kinds = (phonenumbers.PhoneNumberType.TOLL_FREE, phonenumbers.PhoneNumberType.SHARED_COST)
    return phonenumbers.number_type(phonenumbers.parse(full, None)) in kinds


def _without_old_prefix(digits: str, region: str) -> str:
    """Mexicans dialled 01, 044 or 045 before a national number until 2019."""
    return _OLD_MEXICAN_TRUNK.sub("", digits) if region == "MX" else digits


def _valid(number: str, region: str | None) -> str | None:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed) or (region and not _is_whole(number, region, parsed)):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _is_whole(digits: str, region: str, parsed: "PhoneNumber") -> bool:
    """Whether no area code is missing: where national numbers begin with 0, this one does, or needs none."""
    import phonenumbers

    if (
        digits.startswith("0")
        or region in _OPTIONAL_ZERO
        or phonenumbers.ndd_prefix_for_region(region, True) != "0"
    ):
        return True
    national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return digits_of(national) == digits


def _of_country_code(digits: str, region: str) -> str | None:
    """The number of those who leave the "+" away: 49 30 12345678 in Germany."""
    import phonenumbers

    code = str(phonenumbers.country_code_for_region(region))
    if len(digits) < _SHORTEST_ABROAD or not digits.startswith(code):
        return None
    if phonenumbers.ndd_prefix_for_region(region, True) != "0":
        return None
    return _valid("+" + digits, None)
