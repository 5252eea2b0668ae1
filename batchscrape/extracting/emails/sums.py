"""Addresses that a script adds up: 'info' + '@' + 'firma.de', and Joomla's cloak."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

from batchscrape.extracting.emails.spellings import at_signs
from batchscrape.extracting.page import ParsedPage

_LOOK = 150
_MOST = 1_000
_NEAR = 8
_JOINT = re.compile(r"['\"]\s{0,3}\+\s{0,3}['\"]")
_NAME_BEFORE = re.compile(r"([A-Za-z_$][\w$]{0,40})\s{0,3}\+\s{0,3}['\"]\Z")
_NAME_AFTER = re.compile(r"['\"]\s{0,3}\+\s{0,3}([A-Za-z_$][\w$]{0,40})")
#: Literals and the plus signs between them.
_SUM = r"(?:'[^'\n]*+'|\"[^\"\n]*+\"|[\s+]++)++"
_JOOMLA = re.compile(rf"(addy\w*+)\s*=({_SUM});\s*\1\s*=\s*\1\s*\+({_SUM})")
_LITERAL = re.compile(r"'([^']*)'|\"([^\"]*)\"")


def summed(page: ParsedPage) -> Iterator[str]:
    """The texts of sums round an "@", and of those where it is written as an entity."""
    yield from _sums(page.html)
    if "&#64;" in page.scripts:
        source = unescape(page.scripts)
        for match in _JOOMLA.finditer(source):
            yield "".join(one or other for one, other in _LITERAL.findall(match[2] + match[3]))
        yield from _sums(source)


def _sums(source: str) -> Iterator[str]:
    for position in islice(at_signs(source), _MOST):
        before, after = source[position - 1], source[position + 1 : position + 2]
        if before not in "'\"" and after not in ("'", '"'):
            continue
        if "+" in source[max(0, position - _NEAR) : position + _NEAR]:
            yield f"{_left(source, position)}@{_right(source, position)}"


def _left(source: str, position: int) -> str:
    text = _JOINT.sub("", source[max(0, position - _LOOK) : position])
    name = _NAME_BEFORE.search(text)
    return _value(source, name[1]) if name else text


def _right(source: str, position: int) -> str:
    text = source[position + 1 : position + _LOOK]
    if name := _NAME_AFTER.match(text):
        return _value(source, name[1])
    return _JOINT.sub("", text)


def _value(source: str, name: str) -> str:
    """The first literal that the script gives the variable."""
    found = re.search(rf"\b{re.escape(name)}\s{{0,3}}=\s{{0,3}}['\"]([\w.+-]{{1,100}})['\"]", source)
    return found[1] if found else ""
