"""The addresses of the site's favicon and logo."""

from collections.abc import Iterator
from typing import Any

from batchscrape.extracting import json_ld
from batchscrape.extracting.organization import ORGANIZATIONS
from batchscrape.extracting.page import ParsedPage

_LOGOS = (
    'img[itemprop~="logo"], img[class*="logo" i], img[id*="logo" i], '
    '[class*="logo" i] > img, [class*="logo" i] > a > img, '
    '[id*="logo" i] > img, [id*="logo" i] > a > img, header a[href] img[src*="logo" i], img[src*="/logo" i]'
)
_ADDRESSES = ("src", "data-src", "data-lazy-src", "data-original")


def favicon_url(page: ParsedPage) -> str | None:
    """The first `<link rel=icon>` that can be fetched; none is guessed."""
    for node in page.tree.css('link[rel~="icon" i][href]'):
        if url := page.absolute(node.attrs.get("href")):
            return url
    return None


def logo_url(page: ParsedPage) -> str | None:
    """The organisation's logo in JSON-LD, `og:logo`, else the first picture that is named a logo."""
    for written in _stated(page):
        if url := page.absolute(written):
            return url
    for node in page.tree.css(_LOGOS):
        if url := next((url for name in _ADDRESSES if (url := page.absolute(node.attrs.get(name)))), None):
            return url
    return None


def _stated(page: ParsedPage) -> Iterator[str]:
    for thing in page.json_ld:
        if json_ld.is_a(thing, ORGANIZATIONS):
            yield from _addresses(thing.get("logo"), page.json_ld)
    if "og:logo" in page.meta:
        yield page.meta["og:logo"]


def _addresses(logo: Any, things: list[dict[str, Any]]) -> Iterator[str]:
    """Of a URL, an ImageObject, a list of them, or a reference to one by its `@id`."""
    for one in logo if isinstance(logo, list) else [logo]:
        if isinstance(one, dict):
            yield from json_ld.texts(one.get("url") or one.get("contentUrl"))
            if set(one) == {"@id"}:
                for thing in things:
                    if thing.get("@id") == one["@id"]:
                        yield from json_ld.texts(thing.get("url") or thing.get("contentUrl"))
        else:
            yield from json_ld.texts(one)
