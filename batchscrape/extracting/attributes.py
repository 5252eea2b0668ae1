"""Find the attribute of an element that a place in the source of a page belongs to."""

import re
from html import unescape
from typing import NamedTuple

_LONGEST = 2_000
_UNQUOTED_END = re.compile(r"[\s\"'<>]|\Z")


class Attribute(NamedTuple):
    """One attribute, and where it stands."""

    #: The tag as it is written, from "<" to the end of the attribute's name.
    tag: str
    #: In lower case.
    name: str
    #: Without entities.
    value: str
    #: Where the value ends in the source.
    end: int


def attribute_at(html: str, position: int) -> Attribute | None:
    """The attribute whose value holds the position; None where it is in text, a script or a comment."""
    begin = html.rfind("<", max(0, position - _LONGEST), position)
    if begin < 0 or not html[begin + 1 : begin + 2].isalpha():
        return None
    end = begin
    while (equals := html.find("=", end, position)) >= 0 and html.find(">", end, equals) < 0:
        start, end = _value_at(html, equals + 1, position)
        if end < 0:
            return None
        if end >= position:
            tag = html[begin:equals].rstrip()
            return Attribute(tag, tag.split()[-1].lower(), unescape(html[start:end]), end)
    return None


def _value_at(html: str, start: int, position: int) -> tuple[int, int]:
    """Begin and end of the value, the quotes not counted; -1 where it does not end."""
    if html[start : start + 1] == " ":
        start += 1
    quote, limit = html[start : start + 1], position + _LONGEST
    if quote in ("'", '"'):
        return start + 1, html.find(quote, start + 1, limit)
    found = _UNQUOTED_END.search(html, start, limit)
    return start, found.start() if found else -1
