"""Title and description, as a browser's tab and a search result show them."""

from batchscrape.extracting.page import ParsedPage

_MAX_TITLE = 1_000
_MAX_DESCRIPTION = 2_000
_DESCRIPTIONS = ("description", "og:description", "twitter:description", "dc.description")


def title(page: ParsedPage) -> str | None:
    """The first `<title>` that is no SVG's, else Open Graph's."""
    for node in page.tree.css("title"):
        parent = node.parent
        if (parent is None or parent.tag in ("head", "html", "body")) and (
            text := _collapsed(node.text(), _MAX_TITLE)
        ):
            return text
    return _collapsed(page.meta.get("og:title") or page.meta.get("twitter:title") or "", _MAX_TITLE)


def description(page: ParsedPage) -> str | None:
    """`<meta name=description>`, then Open Graph, then Twitter."""
    for name in _DESCRIPTIONS:
        if text := _collapsed(page.meta.get(name, ""), _MAX_DESCRIPTION):
            return text
    return None


def _collapsed(text: str, longest: int) -> str | None:
    return " ".join(text.split())[:longest].strip() or None
