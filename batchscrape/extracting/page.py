"""One parsed page, and what several extractors need of it, each worked out once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from batchscrape.extracting import json_ld

#: Stands between the text nodes in `ParsedPage.text`; Python counts it as white space.
SEPARATOR = "\x1f"
#: Browsers and servers take more, but no address of a page or picture needs it.
_MAX_URL = 2_048
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

    @cached_property
    def meta(self) -> dict[str, str]:
        """`name`, `property` or `http-equiv` of `<meta>`, in lower case → its first content that is not empty."""
        found: dict[str, str] = {}
        for node in self.tree.css("meta[content]"):
            attributes = node.attributes
            name = attributes.get("name") or attributes.get("property") or attributes.get("http-equiv")
            content = attributes.get("content")
            if name and content and content.strip():
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
    def assets(self) -> str:
        """The addresses of all scripts and `<link>`s, one a line."""
        nodes = self.tree.css("script[src], link[href]")
        return "\n".join(node.attrs.get("src") or node.attrs.get("href") or "" for node in nodes)

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """Every object in the page's JSON-LD, also those inside others."""
        scripts = self.tree.css('script[type*="ld+json" i]')
        return json_ld.objects(script.text() for script in scripts)

    @cached_property
    def text(self) -> str:
        """The text of the body without scripts and styles; SEPARATOR stands between its pieces."""
        body = self.tree.body
        if body is None:
            return ""
        rest = body.text(separator=SEPARATOR, skip_empty=True)
        shown = []
        for node in body.css("script, style"):
            hidden = node.text(skip_empty=True)
            before, found, after = rest.partition(hidden) if hidden else (rest, "", "")
            if found:
                shown.append(before)
                rest = after
        return SEPARATOR.join([*shown, rest])

    @property
    def canonical_url(self) -> str | None:
        """The address that the page gives as its own, absolute."""
        node = self.tree.css_first('link[rel~="canonical" i][href]')
        return self.absolute(node.attrs.get("href")) if node else None

    def absolute(self, href: str | None) -> str | None:
        """The absolute http or https address, or None where there is none."""
        return _joined(self.base_url, href.strip()) if href and href.strip() else None


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
