"""The language that a page says it is written in, as a BCP 47 tag."""

from collections.abc import Iterator

from batchscrape.extracting.language_tags import facebook_tag, normal_tag
from batchscrape.extracting.page import ParsedPage


def language(page: ParsedPage) -> str | None:
    """By `lang`, `xml:lang`, Content-Language (header, then `<meta>`), then `og:locale`."""
    return next((tag for tag in _tags(page) if tag), None)


def _tags(page: ParsedPage) -> Iterator[str | None]:
    root = page.tree.css_first("html")
    attributes = root.attributes if root else {}
    yield normal_tag(attributes.get("lang"))
    yield normal_tag(attributes.get("xml:lang"))
    yield normal_tag(page.headers.get("content-language"))
    yield normal_tag(page.meta.get("content-language"))
    yield facebook_tag(page.meta.get("og:locale"))
    body = page.tree.body
    yield normal_tag(body.attrs.get("lang") if body else None)
    yield from (normal_tag(page.meta.get(name)) for name in ("language", "dc.language", "dcterms.language"))
