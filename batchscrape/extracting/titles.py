"""Title and description, as a browser's tab and a search result show them, and what else a page calls itself."""

import re

from selectolax.lexbor import LexborNode

from batchscrape.extracting.page import ParsedPage

_MAX_TITLE = 1_000
_MAX_DESCRIPTION = 2_000
_MAX_CLIMB = 50
_TITLES = ("og:title", "twitter:title")
_DESCRIPTIONS = ("description", "og:description", "twitter:description", "dc.description", "dcterms.description")
#: Mark-up that editors paste into a description; search results leave it out.
_TAGS = re.compile(r"</?(?:p|br|b|strong|em|i|u|span|div|h[1-6]|ul|ol|li|a|font)(?:\s[^<>]*)?/?>", re.IGNORECASE)
#: A title inside these is a drawing's or a formula's, unless HTML stands between.
_FOREIGN = frozenset({"svg", "math"})
_HTML_AGAIN = frozenset({"foreignObject", "desc", "annotation-xml"})


def title(page: ParsedPage) -> str | None:
    """The first `<title>` of the document that is HTML's own and not empty, else Open Graph's, then Twitter's."""
    for node in page.tree.css("title"):
        if _is_html(node) and (text := _collapsed(node.text(), _MAX_TITLE)):
            return text
    return _first_meta(page, _TITLES, _MAX_TITLE)


def description(page: ParsedPage) -> str | None:
    """`<meta name=description>`, then Open Graph, then Twitter, then Dublin Core; without mark-up."""
    return _first_meta(page, _DESCRIPTIONS, _MAX_DESCRIPTION)


def site_name(page: ParsedPage) -> str | None:
    """What the site calls itself, in `og:site_name`."""
    return _collapsed(page.meta.get("og:site_name", ""), _MAX_TITLE)


def canonical_url(page: ParsedPage) -> str | None:
    """The address that the page gives as its own."""
    return page.canonical_url


def _is_html(title: LexborNode) -> bool:
    """Whether no drawing or formula holds the title; a broken head leaves its own in the body, beside theirs."""
    node = title.parent
    for _ in range(_MAX_CLIMB):
        if node is None or node.tag in _HTML_AGAIN:
            return True
        if node.tag in _FOREIGN:
            return False
        node = node.parent
    return True


def _first_meta(page: ParsedPage, names: tuple[str, ...], longest: int) -> str | None:
    for name in names:
        said = page.meta.get(name, "")
        if text := _collapsed(_TAGS.sub(" ", said) if "<" in said else said, longest):
            return text
    return None


def _collapsed(text: str, longest: int) -> str | None:
    return " ".join(text.split())[:longest].strip() or None
