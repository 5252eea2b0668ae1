"""One parsed page, and what several extractors need of it, each worked out once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from batchscrape.errors import ParseError
from batchscrape.extracting import json_ld
from batchscrape.extracting.decoys import without_decoys
from batchscrape.extracting.lookahead import bounded
from batchscrape.extracting.owners import owners
from batchscrape.extracting.pieces import around, outermost, within_budget

#: Stands between the text nodes in `ParsedPage.text`; Python counts it as white space.
SEPARATOR = "\x1f"
_WITHOUT_WIDTH = ("\xad", "\u200b", "\u2060", "\ufeff")
_WORD_BREAK = re.compile(r"<wbr\b[^>]{0,200}>", re.IGNORECASE)
#: Browsers and servers take more, but no address of a page or picture needs it.
_MAX_URL = 2_048
_MOST_SAMPLES = 200
_MOST_STATED, _LONGEST_STATED = 200, 200
_SAMPLES = "pre code, pre.highlight, .highlight pre, pre[class*=language-], [class*=highlight-] pre"
_CANONICAL = re.compile(r"""<([^<>]+)>[^<>]*;\s*rel\s*=\s*["']?canonical\b""", re.IGNORECASE)
_META_NAMES = ("name", "property", "http-equiv")
_QUICK_URL = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?(?:[/?#][!-~]*)?", re.IGNORECASE)


@dataclass(eq=False)
class ParsedPage:
    """What the extractors read; they never change its tree."""

    url: str
    #: Names in lower case.
    headers: Mapping[str, str]
    #: After the look-ahead.
    html: str
    tree: LexborHTMLParser
    #: Country of phone numbers without a country code, when the user gave one.
    phone_region: str | None = None

    @cached_property
    def host(self) -> str:
        """The host name of the page, in lower case, without `www.`."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")

    @cached_property
    def base_url(self) -> str:
        """What relative addresses are relative to: `<base href>`, else the page's own address."""
        node = self.tree.css_first("base[href]")
        href = (node.attrs.get("href") or "").strip() if node else ""
        return _joined(self.url, href) or self.url

    @cached_property
    def anchors(self) -> list[LexborNode]:
        """Every `<a href>`, in the page's order."""
        return self.tree.css("a[href]")

    @cached_property
    def hrefs(self) -> list[str]:
        """The `href` of each anchor as it is written, without white space around it."""
        return [(node.attrs.get("href") or "").strip() for node in self.anchors]

    @cached_property
    def microdata(self) -> dict[str, list[LexborNode]]:
        """Name of an `itemprop` → the elements that carry it."""
        found: dict[str, list[LexborNode]] = {}
        for node in self.tree.css("[itemprop]"):
            for name in (node.attrs.get("itemprop") or "").split():
                found.setdefault(name, []).append(node)
        return found

    def stated(self, itemprop: str) -> Iterator[str]:
        """What the elements of microdata say under this name, the beginning of each."""
        nodes = self.microdata.get(itemprop, [])[:_MOST_STATED]
        for text in within_budget(node.attrs.get("content") or node.text() for node in nodes):
            yield text[:_LONGEST_STATED]

    @cached_property
    def meta(self) -> dict[str, str]:
        """`name`, `property` or `http-equiv` of `<meta>`, in lower case → its first content that is not empty."""
        found: dict[str, str] = {}
        for node in self.tree.css("meta[content]"):
            attributes = node.attributes
            content = attributes.get("content")
            if content and content.strip():
                for key in _META_NAMES:
                    if name := attributes.get(key):
                        found.setdefault(name.strip().lower(), content)
        return found

    @cached_property
    def generators(self) -> str:
        """The contents of all `<meta name=generator>`, one a line."""
        if "generator" not in self.meta:
            return ""
        nodes = self.tree.css('meta[name="generator" i][content]')
        return "\n".join((node.attrs.get("content") or "").strip() for node in nodes)

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """Every object in the page's JSON-LD, also those inside others."""
        scripts = self.tree.css('script[type*="ld+json" i]')
        return json_ld.objects(script.text() for script in scripts)

    @cached_property
    def postal_elements(self) -> list[LexborNode]:
        """Every `<address>`, and the elements of hCard and h-card."""
        return self.tree.css("address, .vcard, .h-card")

    @cached_property
    def owners(self) -> list[dict[str, Any]]:
        """The objects of the JSON-LD that the site may be of, the surest first."""
        return owners(self.json_ld) if self.json_ld else []

    @cached_property
    def text(self) -> str:
        """The text of the body without scripts and styles; SEPARATOR stands between its pieces.

        Soft hyphens, `<wbr>` and blanks without width part no word.
        """
        return _without_width(self._shown_and_hidden[0])

    @cached_property
    def prose(self) -> str:
        """The text without the samples of source code in it."""
        if not self.samples:
            return self.text
        text = f"{SEPARATOR}{self.text}{SEPARATOR}"
        for sample in self.samples:
            text = text.replace(f"{SEPARATOR}{sample}{SEPARATOR}", SEPARATOR, 1)
        return text

    @cached_property
    def samples(self) -> list[str]:
        """The samples of source code, as they stand in the text."""
        if self.tree.css_first("pre") is None or (body := self._readable_tree.body) is None:
            return []
        nodes = outermost(body.css(_SAMPLES)[:_MOST_SAMPLES])
        found = within_budget(node.text(separator=SEPARATOR, skip_empty=True) for node in nodes)
        return [_without_width(sample) for sample in found if sample]

    @property
    def scripts(self) -> str:
        """The source of the scripts and styles of the body."""
        return self._shown_and_hidden[1]

    @cached_property
    def _shown_and_hidden(self) -> tuple[str, str]:
        body = self._readable_tree.body
        if body is None:
            return "", ""
        text = body.text(separator=SEPARATOR, skip_empty=True)
        scripts = [node.text(skip_empty=True) for node in body.css("script, style")]
        return SEPARATOR.join(around(text, scripts)), "\n".join(scripts)

    @cached_property
    def _readable_tree(self) -> LexborHTMLParser:
        """The tree without `<wbr>` and decoys, or that of `<noframes>`; looked at again before it is parsed."""
        html = without_decoys(self.html, self.tree)
        if html is not self.html or self.tree.css_first("wbr") is not None:
            html = _WORD_BREAK.sub("", html)
        elif (without_frames := self.tree.css_first("noframes")) is not None:
            html = without_frames.text()
        else:
            return self.tree
        try:
            return LexborHTMLParser(bounded(html))
        except ParseError:
            return self.tree

    def links(self, rel: str) -> list[str]:
        """The `href` of each `<link>` of this relation, as it is written."""
        return [href for rels, href in self._links if rel in rels]

    @cached_property
    def _links(self) -> list[tuple[list[str], str]]:
        nodes = (node.attributes for node in self.tree.css("link[rel]"))
        return [((node["rel"] or "").lower().split(), href) for node in nodes if (href := node.get("href"))]

    @property
    def canonical_url(self) -> str | None:
        """The address that the page, or its response's header (RFC 8288), gives as its own, absolute."""
        stated = _CANONICAL.search(self.headers.get("link", ""))
        hrefs = [*self.links("canonical"), stated[1] if stated else None]
        return next((url for href in hrefs if (url := self.absolute(href))), None)

    def absolute(self, href: str | None) -> str | None:
        """The absolute http or https address, or None where there is none."""
        return _joined(self.base_url, href.strip()) if href and href.strip() else None


def _without_width(text: str) -> str:
    if not text.isascii():
        for character in _WITHOUT_WIDTH:
            if character in text:
                text = text.replace(character, "")
    return text


def _joined(base: str, href: str) -> str | None:
    if len(href) > _MAX_URL:
        return None
    if _QUICK_URL.fullmatch(href):
        return href
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc and len(url) <= _MAX_URL else None
