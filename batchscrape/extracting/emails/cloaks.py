"""Decode addresses that only a script or a style shows: Cloudflare, TYPO3, Joomla, WordPress plug-ins."""

import re
from base64 import b64decode
from codecs import decode
from collections.abc import Iterator
from html import unescape
from itertools import islice
from urllib.parse import unquote

from batchscrape.extracting.page import SEPARATOR, ParsedPage

_MOST, _LOOK = 500, 300
#: The attributes in which plug-ins keep an address, found in one pass.
_DATA = re.compile(r"data-(cfemail|mailto-token|enc-email|user|name|mailbox|local)=[\"']?([^\"'\s<>]{1,600})")
_CLOUDFLARE_LINK = re.compile(r"/email-protection#([0-9a-fA-F]{6,600})")
_DOMAIN = re.compile(r"[\"'][^<>]{0,60}?data-(?:domain|host|website|server|tld)=[\"']?([^\"'\s<>]{3,100})")
_TYPO3_LINK = re.compile(r"UnCryptMailto\(([\"'])(.{5,300}?)\1\)")
#: The three rings of characters in which TYPO3 shifts.
_RINGS = ((0x2B, 0x3A), (0x40, 0x5A), (0x61, 0x7A))
_ALPHABET = 26
_MAILTO_ROT13 = "znvygb:"
_ROT13 = re.compile(rf"{_MAILTO_ROT13}[\w.+@-]{{5,200}}")
#: The picture of an "@" between a name and a domain in elements of their own.
_PICTURE = re.compile(r"<img\b[^<>]{0,200}\balt=[\"']?\s?[\[(]?(?:at|@)[\])]?\s?[\"'\s>][^<>]{0,200}>?")
_NAME_BEFORE = re.compile(r"([\w.+-]{1,64})(?:\s|<[^<>]{1,100}>){0,4}\Z")
_TAGS = re.compile(r"(?:\s|<[^<>]{1,100}>)+")
_TURNED = re.compile(r"[\w.+-]{3,100}@[\w.+-]{1,64}")


def uncloaked(page: ParsedPage) -> Iterator[str]:
    """The texts that the page's scripts and styles make of what it holds."""
    html = page.html
    for match in islice(_DATA.finditer(html), _MOST):
        yield from _of_data(match, html)
    if "/email-protection#" in html:
        yield from (_of_cloudflare(match[1]) for match in islice(_CLOUDFLARE_LINK.finditer(html), _MOST))
    if page.tree.css_first('img[alt="at"], img[alt="@"]') is not None:
        yield from _of_pictures(html)
    for node in page.tree.css("joomla-hidden-mail"):
        yield "@".join(_of_base64(node.attrs.get(half) or "") for half in ("first", "last"))
    for href in page.hrefs:
        if href[:1] in "jJ" and (token := _TYPO3_LINK.search(unquote(href))):
            yield from _of_typo3(token[2])
    if _MAILTO_ROT13 in page.scripts:
        yield from (decode(match[0], "rot13") for match in islice(_ROT13.finditer(page.scripts), _MOST))
    if "@" in page.text and "unicode-bidi" in html:
        yield from (match[0][::-1] for match in islice(_TURNED.finditer(page.text), _MOST))


def _of_pictures(html: str) -> Iterator[str]:
    for picture in islice(_PICTURE.finditer(html), _MOST):
        before = _NAME_BEFORE.search(html, max(0, picture.start() - _LOOK), picture.start())
        if before:
            yield f"{before[1]}@{_TAGS.sub(SEPARATOR, html[picture.end() : picture.end() + _LOOK]).lstrip()}"


def _of_data(match: re.Match[str], html: str) -> Iterator[str]:
    name, value = match.groups()
    if name == "cfemail":
        yield _of_cloudflare(value)
    elif name == "mailto-token":
        yield from _of_typo3(unescape(value))
    elif name == "enc-email":
        yield decode(unescape(value), "rot13")
    elif domain := _DOMAIN.match(html, match.end()):
        yield from (f"{value}@{domain[1]}", f"{value[::-1]}@{domain[1][::-1]}")


def _of_cloudflare(digits: str) -> str:
    """Hexadecimal bytes, each xor-ed with the first."""
    try:
        key, *rest = bytes.fromhex(digits)
    except ValueError:
        return ""
    return bytes(byte ^ key for byte in rest).decode("utf-8", "replace").partition("?")[0]


def _of_typo3(token: str) -> Iterator[str]:
    """`mailto:` and the address, each character shifted by as many places in its ring."""
    by = ord("m") - ord(token[0])
    for places in (by, by - _ALPHABET, by + _ALPHABET):
        text = "".join(_shifted(ord(character), places) for character in token)
        if text.startswith("mailto:"):
            yield text.partition("?")[0]


def _shifted(code: int, places: int) -> str:
    for first, last in _RINGS:
        if first <= code <= last:
            return chr(first + (code - first + places) % (last - first + 1))
    return chr(code)


def _of_base64(text: str) -> str:
    try:
        return b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError:
        return ""
