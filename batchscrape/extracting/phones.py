"""The telephone and fax numbers of a page."""

import re
import string
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from batchscrape.extracting import json_ld
from batchscrape.extracting.page import ParsedPage
from batchscrape.extracting.phone_regions import region_of

_MOST = 100
_MOST_CANDIDATES = 1_000
_SHORTEST, _LONGEST = 7, 15
_SHORTEST_LINKED = 3

#: A run of digits and what stands between them; taken whole, so that no part of it is looked at twice.
_RUN = re.compile(r"[+(0-9][+0-9 \xa0()./-]{6,}+")
_RUN_ENDS = " \xa0(+./-"
#: Other spellings of what stands in a number; each as long as what it becomes.
_SPELLINGS = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\uff0d", "-"),
    **dict.fromkeys("\u2009\u202f\u3000", " "),
    **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    "\uff08": "(",
    "\uff09": ")",
    "\uff0b": "+",
}
_PARTS = re.compile(r"((?:[ \xa0]{2,}| / )+)")
_NOT_BEFORE = re.compile(r"[\w@#$€£/+-]\Z|\d[.,:]\Z")
_NOT_AFTER = re.compile(r"\s?[%€$£@]|\w|[,:]\d")

#: What stands before a number that is one, in the languages of Europe; the end of a pattern.
_LATIN_WORDS = (
    r"tel(?:e(?:fon|phone|fax|foon)\w{0,8})?|phones?|fone?|fax\w{0,6}|mob(?:ile?|iel|iltelefon)?|cell|handy|hotline"
    r"|call|ring|toll[ -]?free|freephone|sms|whatsapp|zentrale|ruf(?:nummer)?"
    r"|gsm|t[ée]l(?:[ée](?:phone|copie|fono))?"
    r"|portable|m[óo]vil|celular|cellulare"
    r"|tfno|tlfn?|telf|fijo|fono|kom(?:[óo]rka)?|infolinia|puh(?:elin)?|[tfmp](?=\s?[:.|])"
)
_OTHER_WORDS = (
    r"тел\w*|факс|моб\w*|звоните|電話(?:番号)?|电话|手机|传真|傳真|代表|전화|팩스"
    r"|هاتف|جوال|فاكس|טלפון|โทร|[☎☏✆📞📱🖷📠]"
)
_WORDS_BEFORE = re.compile(
    rf"(?:\b(?:{_LATIN_WORDS})\b|{_OTHER_WORDS})\s{{0,3}}"
    r"(?:(?:nr|no|num\w*|n[°º]|us(?: at| on)?|at|number|nummer|now|today|line)\b)?"
    r"[^\w]{0,8}(?:\([^)\d]{1,20}\))?[^\w]{0,6}\Z",
    re.IGNORECASE,
)
_LOOK_BACK = 48
_LETTERS = string.ascii_letters + " .:/"
_DATE = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})"
    r"|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}(?: .*)?"
    r"|(?:19|20)\d\d ?- ?(?:19|20)\d\d"
)
#: What stands between two numbers after one word.
_AND = re.compile(r"[ \xa0]{0,3}(?:[,;/|&]|or|oder|and|und|y|o|et|ou|e|i|lub)?[ \xa0]{0,3}", re.IGNORECASE)
#: A number with a country code.
_ABROAD = re.compile(r"\(?(?:\+|00[1-9])")
_AMERICAN = re.compile(r"(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}")
_AMERICAN_DOMAINS = frozenset({"com", "net", "org", "us", "biz", "info"})
_EXTENSION = re.compile(r"(?:;|,|p|w|ext|x|#|\?|durchwahl|poste).*", re.IGNORECASE | re.DOTALL)
_NO_DIGIT = re.compile(r"[^0-9]+")
_NO_NUMBER = re.compile(r"(\d)\1*|0?123456789?0?")


def phones(page: ParsedPage) -> tuple[str, ...]:
    """Each number once, in E.164 where it is certain, else its digits; linked ones before those in the text."""
    found: dict[str, None] = {}
    for number in _numbers(page):
        found[number] = None
        if len(found) >= _MOST:
            break
    certain = {number.lstrip("+") for number in found if number.startswith("+")}
    return tuple(number for number in found if number.startswith("+") or not _is_known(number, certain))


def _is_known(digits: str, certain: set[str]) -> bool:
    """Whether these digits are the national form of a number that is there in full."""
    national = digits.lstrip("0")
    return any(number.endswith(national) and len(number) - len(national) <= 3 for number in certain)  # noqa: PLR2004 - the longest country code


def _numbers(page: ParsedPage) -> Iterator[str]:
    for written in _stated(page):
        number = _EXTENSION.sub("", _plain(unquote(written)).lstrip(_LETTERS))
        digits = _digits(number)
        if _SHORTEST_LINKED <= len(digits) <= _LONGEST and not _NO_NUMBER.fullmatch(digits):
            yield _e164(number, page) or digits
    text = _plain(page.text)
    end = -1
    for start, number in islice(_candidates(text), _MOST_CANDIDATES):
        named = _is_named(text, start) or (end >= 0 and _AND.fullmatch(text, end, start) is not None)
        certain = _e164(number, page) if named or _ABROAD.match(number) or _is_american(number, page) else None
        if certain or (named and _looks_dialled(number)):
            end = start + len(number)
            yield certain or _digits(number)


def _is_named(text: str, start: int) -> bool:
    """Whether a word like "Tel" stands before the number."""
    return _WORDS_BEFORE.search(text, max(0, start - _LOOK_BACK), start) is not None


def _stated(page: ParsedPage) -> Iterator[str]:
    """Numbers that the page marks as such."""
    for href in page.hrefs:
        if href[:4].lower() == "tel:":
            yield href[4:]
    for thing in page.json_ld:
        for name in ("telephone", "faxNumber"):
            yield from json_ld.texts(thing.get(name))
    for node in (*page.microdata.get("telephone", ()), *page.microdata.get("faxNumber", ())):
        yield node.attrs.get("content") or node.text()


def _plain(text: str) -> str:
    if not text.isascii():
        for written, plain in _SPELLINGS.items():
            text = text.replace(written, plain)
    return text


def _candidates(text: str) -> Iterator[tuple[int, str]]:
    """Where a number may begin, and the number."""
    for match in _RUN.finditer(text):
        number = match[0].rstrip(_RUN_ENDS)
        if _DATE.fullmatch(number):
            continue
        parts = [match[0]] if len(_digits(number)) <= _LONGEST else _PARTS.split(match[0])
        start = match.start()
        for part in parts:
            number = part.rstrip(_RUN_ENDS)
            if _stands_free(text, start, start + len(number)) and _is_shaped_like_one(number):
                yield start, number
            start += len(part)


def _stands_free(text: str, start: int, end: int) -> bool:
    return not _NOT_BEFORE.search(text[max(0, start - 2) : start]) and not _NOT_AFTER.match(text, end)


def _is_shaped_like_one(number: str) -> bool:
    digits = _digits(number)
    return _SHORTEST <= len(digits) <= _LONGEST and not _NO_NUMBER.fullmatch(digits)


def _looks_dialled(number: str) -> bool:
    return number.startswith(("0", "(", "+")) or _AMERICAN.fullmatch(number) is not None


def _digits(number: str) -> str:
    return _NO_DIGIT.sub("", number)


def _e164(number: str, page: ParsedPage) -> str | None:
    """The full number where it is valid and its country certain."""
    import phonenumbers

    international = number.strip().lstrip("(").startswith(("+", "00"))
    region = None
    if not international:
        region = region_of(page) or ("US" if _is_american(number, page) else None)
        if region is None:
            return None
    text = number.strip().replace("(0)", "") if international else number
    if international and not text.lstrip("(").startswith("+"):
        text = "+" + text.lstrip("(")[2:]
    try:
        parsed = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _is_american(number: str, page: ParsedPage) -> bool:
    """Whether the number is written as only Americans do, on a site that may be one of theirs."""
    if _AMERICAN.fullmatch(number.strip()) is None:
        return False
    return region_of(page) in ("US", "CA") or page.host.rpartition(".")[2] in _AMERICAN_DOMAINS
