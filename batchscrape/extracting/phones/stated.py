"""The numbers that a page marks as such: links, JSON-LD, microdata, attributes."""

import re
import string
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import unquote

from batchscrape.extracting import json_ld
from batchscrape.extracting.attributes import attribute_at
from batchscrape.extracting.page import ParsedPage
from batchscrape.extracting.phones.numbers import digits_of, plain
from batchscrape.extracting.phones.vanity import in_digits

_MOST_LINKS = 500
_SHORTEST_FURTHER = 6
_SCHEMES = ("tel:", "callto:", "fax:", "sms:", "telto:", "phone:", "tell:")
_LONGEST_SCHEME = max(map(len, _SCHEMES))
_LINK = re.compile(r"<a\s[^>]*\bhref\Z", re.IGNORECASE)
_PROPERTIES = ("telephone", "faxNumber", "phone", "fax", "tel", "mobile", "phoneNumber")
_BEFORE = string.ascii_letters + string.whitespace + ".:/"
#: Properties of JSON-LD that hold somebody else.
_STRANGERS = frozenset(
    {"manufacturer", "brand", "review", "reviews", "performer", "performers", "itemListElement"}
)
_EVENTS = ("Event", "Festival")
_EXTENSION = re.compile(
    r"(?:[;?#*]|\s?\b(?:ext|x|p|w|durchwahl|poste|доб)\b|(?<=\d)[xpw](?=\d)).*", re.IGNORECASE | re.DOTALL
)
_BETWEEN = re.compile(r"[,|]|\s(?:or|oder|und|and|et|ou|y|o|e|lub)\s|\s?/\s?(?=\+|\(?0\d)")


def stated_numbers(page: ParsedPage) -> Iterator[str]:
    """Each number, with Latin digits and without its extension."""
    for written in _written(page):
        first, *further = _BETWEEN.split(_EXTENSION.sub("", in_digits(plain(unquote(written)).lstrip(_BEFORE))))
        yield first
        yield from (number for number in further if len(digits_of(number)) >= _SHORTEST_FURTHER)


def _written(page: ParsedPage) -> Iterator[str]:
    for href in page.hrefs:
        scheme = href[:_LONGEST_SCHEME].lower()
        if scheme.startswith(_SCHEMES):
            yield href[href.index(":") + 1 :]
    yield from _in_attributes(page.html)
    strangers = _strangers(page.json_ld)
    for thing in page.json_ld:
        for name in _PROPERTIES:
            if name in thing and id(thing) not in strangers:
                yield from _texts(thing[name])
    for name in ("telephone", "faxNumber"):
        yield from page.stated(name)


def _strangers(things: list[dict[str, Any]]) -> set[int]:
    """`id` of the objects that are makers, authors of reviews, places of events; the outer ones come first."""
    found: set[int] = set()
    for thing in things:
        is_event = any(name.endswith(_EVENTS) for name in json_ld.texts(thing.get("@type")))
        for key, value in thing.items():
            if id(thing) in found or key in _STRANGERS or (is_event and key == "location"):
                found.update(id(child) for child in (value if isinstance(value, list) else [value]))
    return found


def _in_attributes(html: str) -> Iterator[str]:
    """`tel:` in elements other than links: areas, forms, and what a button does."""
    position = html.find("tel:")
    for _ in range(_MOST_LINKS):
        if position < 0:
            return
        before = html[position - 1 : position]
        if before and before in "'\"=;":
            attribute = attribute_at(html, position)
            if attribute is not None and not _LINK.match(attribute.tag):
                yield re.split(r"['\"\\)<]", attribute.value.partition("tel:")[2])[0]
        position = html.find("tel:", position + 4)


def _texts(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, int) and not isinstance(one, bool):
            yield str(one)
        elif isinstance(one, str):
            yield from islice(json_ld.texts(one), 1)
