"""Where the addresses of social profiles stand in a page: links, boxes, statements in the head, and text."""

import re
from collections.abc import Iterator
from html import unescape

from selectolax.lexbor import LexborNode

from batchscrape.extracting import json_ld
from batchscrape.extracting.page import ParsedPage

#: Everything that leads to a profile without being an anchor.
_OTHERS = 'area[href], iframe, [data-href], [onclick*="//"]'
_ATTRIBUTES = ("href", "data-href", "src", "data-src")
_IN_SCRIPT = re.compile(r"""["'](?:https?:)?(//[^"'\s]+)""")
_IN_JSON = re.compile(r"""["'](https?:(?:\\?/|\\u002[fF]){2}[^"'\s]{5,300}?)\\?["']""")
_WRITTEN = re.compile(r"[a-z.-]{1,20}$", re.IGNORECASE)
_REST = re.compile(r"[^\s\x1f<>\"'(),;|\u2026\u201c\u201d\u00bb]{2,120}")
_NETWORKS_IN_TEXT = (
    "facebook.com", "instagram.com", "twitter.com", "linkedin.com", "youtube.com", "tiktok.com", "xing.com",
    "pinterest.com", "github.com",
)  # fmt: skip
_MOST_SLASHES = 1_000


def linked_addresses(page: ParsedPage) -> Iterator[tuple[str, LexborNode | None]]:
    """What visitors can follow, with the element; anchors first."""
    own = page.url[: page.url.find("/", len("https://")) + 1] or page.url
    for href, node in zip(page.hrefs, page.anchors, strict=True):
        if not href.startswith(own):
            yield href, node
    for node in page.tree.css(_OTHERS):
        attributes = node.attributes
        for name in _ATTRIBUTES:
            if value := attributes.get(name):
                yield value.strip(), None
        for match in _IN_SCRIPT.finditer(attributes.get("onclick") or ""):
            yield match[1], node


def stated_addresses(page: ParsedPage, *, with_scripts: bool) -> Iterator[str]:
    """What the page says of its publisher; the data that scripts draw the page from only `with_scripts`."""
    for owner in page.owners:
        yield from json_ld.texts(owner.get("sameAs"))
    yield from page.links("me")
    for node in page.microdata.get("sameAs", ()):
        yield (node.attributes.get("href") or node.attributes.get("content") or "").strip()
    if "article:publisher" in page.meta:
        yield page.meta["article:publisher"].strip()
    if "twitter:site" in page.meta:
        account = page.meta["twitter:site"].strip()
        yield account if "/" in account else f"twitter.com/{account.lstrip('@')}"
    if with_scripts and "application/json" in page.html:
        for script in page.tree.css('script[type="application/json" i]'):
            for match in _IN_JSON.finditer(script.text()):
                yield unescape(re.sub(r"\\u002[fF]|\\/", "/", match[1]))


def written_addresses(page: ParsedPage) -> Iterator[str]:
    """Addresses in the text, which nobody can click."""
    text = page.text
    position = text.find("/")
    for _ in range(_MOST_SLASHES):
        if position < 0:
            return
        if text[max(0, position - 13) : position].lower().endswith(_NETWORKS_IN_TEXT):
            before = _WRITTEN.search(text[max(0, position - 20) : position])
            after = _REST.match(text, position + 1)
            if before and after:
                yield f"{before[0]}/{after[0].rstrip('.:!*')}"
        position = text.find("/", position + 1)
