"""The e-mail addresses of a page, in whatever way they are hidden from robots."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from batchscrape.extracting import json_ld
from batchscrape.extracting.email_rules import address, is_of_site
from batchscrape.extracting.language import language
from batchscrape.extracting.page import SEPARATOR, ParsedPage

_MOST = 100
_MOST_CANDIDATES = 5_000
_LONGEST_LOCAL, _LONGEST_DOMAIN = 64, 255

#: The characters of an address, read outwards from its "@".
_LOCAL = re.compile(rf"[\w.+%&'/=~-]{{1,{_LONGEST_LOCAL}}}\Z")
_DOMAIN = re.compile(rf"[\w.-]{{1,{_LONGEST_DOMAIN}}}")

#: How "@" and "." are spelled in brackets: info [at] firma (dot) de.
#: A pattern a bracket: where the bracket is not in the text, no pattern is tried.
_BRACKETED_AT = {
    bracket: re.compile(
        rf"{re.escape(bracket)}\s{{0,2}}(?i:at|ät|æt|@|a|[aä]t-zeichen|klammeraffe|arrobas?|arobas|arobase|chez|ma[łl]pa"
        r"|chiocciola)\s{0,2}[\])}>|*_]\s{0,3}"
    )
    for bracket in "[({<|*_"
}
_BRACKETED_DOT = {
    bracket: re.compile(
        rf"{re.escape(bracket)}\s{{0,2}}(?i:dot|d0t|punkt|pkt|point|punto|kropka|\.|·)\s{{0,2}}[\])}}>|]\s{{0,3}}"
    )
    for bracket in "[({<|"
}
#: Language → its words for "@" and ".", as they stand without brackets (info at firma dot de).
_BARE_WORDS = {
    "en": ("at", "dot"),
    "de": ("ät|at", "punkt"),
    "fr": ("arobase|arobas|chez|at", "point"),
    "es": ("arroba|chiocciola", "punto"),
    "it": ("arroba|chiocciola", "punto"),
    "pl": ("małpa|malpa", "kropka"),
}
_BARE = {
    dot: (
        re.compile(rf"\s(?:{at})\s([\w-]{{1,63}}(?:\s{dot}\s[\w-]{{1,63}}){{1,3}})(?!\w)", re.IGNORECASE),
        re.compile(rf"\s{dot}\s", re.IGNORECASE),
    )
    for at, dot in _BARE_WORDS.values()
}
#: Names before a lone "@" that are no word of a sentence.
_ROLE = re.compile(
    r"\b(?:info|kontakt|kontakty|contact|contacto|office|mail|hello|hallo|service|sales|support|team|biuro|post|verwaltung)\s\Z",
    re.IGNORECASE,
)
_PROTECTED = re.compile(r"data-cfemail=[\"']?([0-9a-f]{6,600})", re.IGNORECASE)
_PROTECTED_LINK = "/cdn-cgi/l/email-protection#"


def emails(page: ParsedPage) -> tuple[str, ...]:
    """Each address once, in lower case; those of the site's own domain first."""
    found: dict[str, None] = {}
    for written in _written(page):
        if (valid := address(written, page.host)) is not None:
            found[valid] = None
            if len(found) >= _MOST:
                break
    return tuple(sorted(found, key=lambda one: not is_of_site(one, page.host)))


def _written(page: ParsedPage) -> Iterator[str]:
    """What may be an address: from the surest place to the least sure."""
    for href in page.hrefs:
        if href[:7].lower() == "mailto:":
            yield from _of_mailto(href[7:])
        elif _PROTECTED_LINK in href:
            yield from _of_cloudflare(href.partition(_PROTECTED_LINK)[2])
    if "data-cfemail" in page.html:
        for match in _PROTECTED.finditer(page.html):
            yield from _of_cloudflare(match[1])
    for thing in page.json_ld:
        for text in json_ld.texts(thing.get("email")):
            yield from _in_text(unquote(text.removeprefix("mailto:")))
    for node in page.microdata.get("email", ()):
        yield from _in_text(node.attrs.get("content") or "")
    yield from _in_text(page.text)
    yield from _in_words(page)
    yield from _in_text(page.meta.get("description", ""))


def _of_mailto(rest: str) -> Iterator[str]:
    """`mailto:a@b,c@d?cc=e@f`, percent-encoded or not (RFC 6068), or spelled with [at]."""
    receivers, _, query = rest.partition("?")
    for part in [f"to={receivers}", *query.replace("&amp;", "&").split("&")]:
        name, _, value = part.partition("=")
        if name.strip().lower() in ("to", "cc", "bcc"):
            yield from _in_text(unquote(unquote(value)).replace(",", " ").replace(";", " "))


def _of_cloudflare(digits: str) -> Iterator[str]:
    """Hexadecimal bytes, each xor-ed with the first."""
    try:
        key, *rest = bytes.fromhex(digits)
    except ValueError:
        return
    yield from _in_text(bytes(byte ^ key for byte in rest).decode("utf-8", "replace").partition("?")[0])


def _in_text(text: str) -> Iterator[str]:
    text = _replaced(_BRACKETED_AT, "@", text)
    if "@" in text:
        text = _replaced(_BRACKETED_DOT, ".", text)
    position = text.find("@")
    for _ in range(_MOST_CANDIDATES):
        if position < 0:
            return
        yield _around(text, position)
        position = text.find("@", position + 1)


def _in_words(page: ParsedPage) -> Iterator[str]:
    """Addresses spelled out in English or in the page's language."""
    own = _BARE_WORDS.get((language(page) or "en")[:2], ("", "dot"))[1]
    for word in {"dot": None, own: None}:
        if f" {word} " not in page.text:
            continue
        whole, between = _BARE[word]
        for match in whole.finditer(page.text):
            yield f"{_before(page.text, match.start())}@{between.sub('.', match[1])}"


def _replaced(spellings: dict[str, re.Pattern[str]], sign: str, text: str) -> str:
    """The text with each spelling, and the blanks around it, made the sign."""
    for bracket, spelling in spellings.items():
        if bracket not in text:
            continue
        pieces, done = [], 0
        for match in spelling.finditer(text):
            pieces.append(text[done : match.start()].rstrip())
            done = match.end()
        if pieces:
            text = sign.join([*pieces, text[done:]])
    return text


def _around(text: str, at: int) -> str:
    """The candidate round the "@"; a lone "@" between two elements belongs to both of them."""
    left, right = at, at + 1
    if text[right : right + 1] == SEPARATOR:
        right += 1
        if text[left - 1 : left] == SEPARATOR:
            left -= 1
    elif text[right : right + 1].isspace() and _ROLE.search(text[max(0, left - 20) : left]):
        left, right = left - 1, right + 1
    domain = _DOMAIN.match(text, right)
    return f"{_before(text, left)}@{domain[0] if domain else ''}"


def _before(text: str, position: int) -> str:
    local = _LOCAL.search(text[max(0, position - _LONGEST_LOCAL) : position])
    return local[0] if local else ""
