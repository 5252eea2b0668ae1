"""Read one page: from bytes to facts.

A new extractor is one file (a package where it grows) with a function of a `ParsedPage`, and one name in
EXTRACTORS. A name that is no field of `Facts` lands in `Facts.extra`.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from batchscrape.extracting.charset import decode
from batchscrape.extracting.cleaning import clean, cleaned
from batchscrape.extracting.emails import emails
from batchscrape.extracting.icons import favicon_url, logo_url
from batchscrape.extracting.language import language
from batchscrape.extracting.lookahead import bounded
from batchscrape.extracting.merging import merge
from batchscrape.extracting.organization import address, organization
from batchscrape.extracting.page import ParsedPage
from batchscrape.extracting.page_kind import page_kind
from batchscrape.extracting.phones import phones
from batchscrape.extracting.social import social
from batchscrape.extracting.technologies import technologies
from batchscrape.extracting.titles import canonical_url, description, site_name, title
from batchscrape.models import Facts

__all__ = ["EXTRACTORS", "ParsedPage", "clean", "extract", "merge", "parse"]

#: The register: name → function of a page.
EXTRACTORS: dict[str, Callable[[ParsedPage], Any]] = {
    "title": title,
    "description": description,
    "language": language,
    "emails": emails,
    "phones": phones,
    "social": social,
    "technologies": technologies,
    "favicon_url": favicon_url,
    "logo_url": logo_url,
    "organization": organization,
    "address": address,
    "page_kind": page_kind,
    "canonical_url": canonical_url,
    "site_name": site_name,
}
_FIELDS = frozenset(field.name for field in fields(Facts)) - {"extra"}


def parse(body: bytes, *, url: str, headers: Mapping[str, str], phone_region: str | None = None) -> ParsedPage:
    """The page of these bytes, with its response's headers.

    Raises ParseError when the look-ahead refuses the page.
    """
    by_name = {name.lower(): value for name, value in headers.items()}
    html = bounded(decode(body, by_name.get("content-type")))
    return ParsedPage(url=url, headers=by_name, html=html, tree=LexborHTMLParser(html), phone_region=phone_region)


def extract(page: ParsedPage) -> Facts:
    """What the page says, every text of it clean; a fact that is not there is None or empty."""
    found = {name: cleaned(extractor(page)) for name, extractor in EXTRACTORS.items()}
    facts = {name: value for name, value in found.items() if name in _FIELDS}
    if facts.get("page_kind") == "parked":
        facts["social"] = {}  # they are its seller's
    return Facts(**facts, extra={name: value for name, value in found.items() if name not in _FIELDS})
