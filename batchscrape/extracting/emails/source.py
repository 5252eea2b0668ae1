"""Addresses in the source of a page that are not in its text: in attributes and in the data of scripts."""

import re
from collections.abc import Iterator

from batchscrape.extracting.attributes import Attribute, attribute_at
from batchscrape.extracting.emails.spellings import at_signs
from batchscrape.extracting.page import ParsedPage

_LOOK = 150
_LONGEST_LOCAL = 64
#: Attributes that show or carry an address; a placeholder only gives an example of one.
_SHOWN = re.compile(
    r"value|alt|title|aria-label|data-(?:[\w-]*(?:mail|contact|clipboard|addr)[\w-]*|to|href|text)"
)
#: "email": or mailto: right before an address in a script, the quotes escaped or not.
_KEY = re.compile(
    rf"(?:mail[\w-]{{0,20}}\\{{0,3}}[\"']\s?:\s?\\{{0,3}}[\"'](?:mailto:)?|mailto:)[\w.+-]{{1,{_LONGEST_LOCAL}}}\Z",
    re.IGNORECASE,
)


def in_attributes(page: ParsedPage) -> Iterator[str]:
    """The values of attributes that hold an address."""
    html, end = page.html, 0
    for position in at_signs(html):
        if position < end or not html[position - 1].isalnum() or not html[position + 1 : position + 2].isalnum():
            continue
        attribute = attribute_at(html, position)
        if attribute is not None and _is_shown(attribute):
            end = attribute.end
            yield attribute.value.partition("?")[0] if "mailto:" in attribute.value else attribute.value


def in_data(page: ParsedPage) -> Iterator[str]:
    """What stands after a key like "email" in the JSON of a script: the site's own addresses, or anybody's."""
    source = page.scripts
    for position in at_signs(source):
        if source[position - 1].isalnum() and _KEY.search(source, max(0, position - _LOOK), position):
            yield source[max(0, position - _LONGEST_LOCAL) : position + _LOOK]


def _is_shown(attribute: Attribute) -> bool:
    if attribute.name == "content":
        return "mail" in attribute.tag.lower()
    if attribute.name == "href" and attribute.tag[:2].lower() == "<a" and attribute.tag[2:3].isspace():
        return False
    return bool(_SHOWN.fullmatch(attribute.name)) or "mailto:" in attribute.value
