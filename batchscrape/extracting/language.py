"""The language that a page says it is written in, as a BCP 47 tag."""

import re
from collections.abc import Iterator

from batchscrape.extracting.page import ParsedPage

_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?:-[a-z0-9]{1,8})*", re.IGNORECASE)
#: What authors write for a language that has another code, and what is none.
_MENDED = {"jp": "ja", "cz": "cs", "dk": "da", "gr": "el", "se": "sv", "ua": "uk", "iw": "he", "in": "id"}
_NONE = frozenset({"und", "zxx", "mul", "www", "xx"})


def language(page: ParsedPage) -> str | None:
    """By `lang`, `xml:lang`, Content-Language (header, then `<meta>`), then `og:locale`."""
    return next((tag for said in _said(page) if (tag := _normal(said))), None)


def _said(page: ParsedPage) -> Iterator[str]:
    root = page.tree.css_first("html")
    attributes = root.attributes if root else {}
    yield attributes.get("lang") or ""
    yield attributes.get("xml:lang") or ""
    yield page.headers.get("content-language", "")
    yield page.meta.get("content-language", "")
    yield page.meta.get("og:locale", "")
    body = page.tree.body
    yield (body.attrs.get("lang") or "") if body else ""


def _normal(said: str) -> str | None:
    match = _TAG.fullmatch(said.partition(",")[0].partition(".")[0].strip().replace("_", "-")[:35])
    if match is None:
        return None
    name, script, region = match.groups()
    name = _MENDED.get(name.lower(), name.lower())
    if name in _NONE:
        return None
    return "-".join(part for part in (name, script and script.title(), region and region.upper()) if part)
