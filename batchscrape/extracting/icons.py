"""The addresses of the site's favicon and logo."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from selectolax.lexbor import LexborNode

from batchscrape.extracting import json_ld
from batchscrape.extracting.owners import resolved
from batchscrape.extracting.page import ParsedPage

_ADDRESSES = ("src", "data-src", "data-lazy-src", "data-original")
_NAMES = ("class", "id", "itemprop", "alt")
#: How far the element that is named a logo may stand round the picture.
_MAX_CLIMB = 4
_MOST_PICTURES = 200
_OUTERMOST = frozenset({"body", "html", "main", "header", "footer"})
#: Logos of others.
_OTHERS = re.compile(
    r"partner|client|kunden|customer|sponsor|payment|zahlung|brands|logos|referen[zc]|press|carousel|"
    r"slider|award|trust|badge",
    re.IGNORECASE,
)


def favicon_url(page: ParsedPage) -> str | None:
    """The first `<link rel=icon>` that can be fetched; none is guessed."""
    return next((url for href in page.links("icon") if (url := page.absolute(href))), None)


def logo_url(page: ParsedPage) -> str | None:
    """The organisation's logo in JSON-LD, `og:logo`, else the first picture that is named a logo."""
    for written in _stated(page):
        if url := page.absolute(written):
            return url
    for node in islice(page.tree.css("img"), _MOST_PICTURES):
        if _is_logo(node):
            attributes = node.attributes
            if url := next((url for name in _ADDRESSES if (url := page.absolute(attributes.get(name)))), None):
                return url
    return None


def _is_logo(picture: LexborNode) -> bool:
    """Whether the picture, its file, or an element close round it is named a logo."""
    attributes = picture.attributes
    names = [attributes.get(name) or "" for name in _NAMES]
    names += [(attributes.get(name) or "").rpartition("/")[2] for name in _ADDRESSES]
    is_named = any("logo" in name.lower() for name in names)
    node = picture.parent
    for _ in range(_MAX_CLIMB):
        if node is None or node.tag in _OUTERMOST:
            break
        outer = node.attributes
        name = f"{outer.get('class') or ''} {outer.get('id') or ''}"
        if _OTHERS.search(name):
            return False
        is_named = is_named or "logo" in name.lower()
        node = node.parent
    return is_named and not any(map(_OTHERS.search, names[:2]))


def _stated(page: ParsedPage) -> Iterator[str]:
    for thing in page.owners:
        yield from _addresses(thing.get("logo"), page.json_ld)
    if "og:logo" in page.meta:
        yield page.meta["og:logo"]


def _addresses(logo: Any, things: list[dict[str, Any]]) -> Iterator[str]:
    """Of a URL, an ImageObject, a list of them, or a reference to one by its `@id`."""
    for one in logo if isinstance(logo, list) else [logo]:
        picture = resolved(one, things)
        if isinstance(picture, dict):
            yield from json_ld.texts(picture.get("url") or picture.get("contentUrl"))
        else:
            yield from json_ld.texts(picture)
