"""The e-mail addresses of a page, in whatever way they are hidden from robots."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from batchscrape.extracting import json_ld
from batchscrape.extracting.emails.cloaks import uncloaked
from batchscrape.extracting.emails.rules import address, is_of_site, registrable_domain
from batchscrape.extracting.emails.source import in_attributes, in_data
from batchscrape.extracting.emails.spellings import at_signs, spelled_out, with_signs
from batchscrape.extracting.emails.sums import summed
from batchscrape.extracting.page import SEPARATOR, ParsedPage

_MOST = 100
_MOST_CANDIDATES = 5_000
_META = ("description", "og:email", "business:contact_data:email", "reply-to")
_LONGEST_LOCAL, _LONGEST_DOMAIN = 64, 255

#: The characters of an address, read outwards from its "@".
_LOCAL = re.compile(rf"[\w.+%'-]{{1,{_LONGEST_LOCAL}}}\Z")
_DOMAIN = re.compile(rf"[\w.\u3002-]{{1,{_LONGEST_DOMAIN}}}")
_BLANKS_BEFORE = re.compile(r"\s{1,3}\Z")
_BLANKS_AFTER = re.compile(r"\s{1,3}")
#: The rest of a domain after a blank or another element: firma . de
_REST = re.compile(r"\s{0,2}\.\s{0,2}([a-z]{2,24}(?:\.[a-z]{2})?)(?!\w)|(?<=\.)\s([a-z]{2,24})(?!\w)")
#: What before a lone "@" is no word of a sentence: a role, a name with a dot, or what follows "E-Mail:".
_SURE = re.compile(
    r"(?:\b(?:info|kontakt|kontakty|contact|contacto|office|mail|hello|hallo|service|sales|support|team|biuro|post"
    r"|verwaltung|sekretariat|buero|bestellung|shop|admin|booking|reservierung|reservation)"
    r"|\w\.\w[\w.]{0,40}|mail\w{0,8}\s?:?\s{1,2}[\w+-]{1,40})\Z",
    re.IGNORECASE,
)
_DECOYS = frozenset({"null", "nospam", "spam", "remove", "none", "hidden", "dummy", "empty"})
#: Members of other networks (@name@server), users of a URL, and paths on servers (git@host:way) are no addresses.
_NOT_BEFORE = re.compile(r"(?:@|(?<!mailto)://\S{0,80})\Z")
_PATH_AFTER = re.compile(r":(?:~|/(?!/)|[\w.-]{1,60}/[\w.-]|[\w.-]{1,60}\.git(?!\w))")


def emails(page: ParsedPage) -> tuple[str, ...]:
    """Each address once, in lower case; those of the site's own domain first."""
    found: dict[str, None] = {}
    for written in islice(_written(page), _MOST_CANDIDATES):
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
    for text in _stated(page):
        yield from _in_text(text)
    yield from _in_text(page.prose, registrable_domain(page.host))
    for sample in page.samples:
        yield from (one for one in _in_text(sample) if is_of_site(one, page.host))
    for before, domain in spelled_out(page):
        yield f"{_before(before, len(before))}@{domain}"
    for text in in_attributes(page):
        yield from _in_text(text)
    for text in in_data(page):
        yield from (one for one in _in_text(text) if is_of_site(one, page.host))


def _stated(page: ParsedPage) -> Iterator[str]:
    """Texts that hold an address, and little else."""
    yield from uncloaked(page)
    yield from summed(page)
    for thing in page.json_ld:
        yield from (unquote(text) for text in json_ld.texts(thing.get("email")))
    for node in page.microdata.get("email", ()):
        yield node.attrs.get("content") or unquote(node.attrs.get("href") or "")
    yield from (page.meta[name] for name in _META if name in page.meta)


def _of_mailto(rest: str) -> Iterator[str]:
    """`mailto:a@b,c@d?cc=e@f`, percent-encoded or not (RFC 6068), or spelled with [at]."""
    receivers, _, query = rest.partition("?")
    for part in [f"to={receivers}", *query.replace("&amp;", "&").split("&")]:
        name, _, value = part.partition("=")
        if name.strip().lower() in ("to", "cc", "bcc"):
            yield from _in_text(unquote(unquote(value)).replace(",", " ").replace(";", " "))


def _in_text(text: str, own_domain: str | None = None) -> Iterator[str]:
    text = with_signs(text)
    for position in at_signs(text):
        yield from _around(text, position, own_domain)


def _around(text: str, at: int, own_domain: str | None) -> Iterator[str]:
    """The candidates round the "@"; a lone "@" may belong to the words or elements on both its sides."""
    left, right = _edges(text, at, own_domain)
    local, domain = _before(text, left), _DOMAIN.match(text, right)
    begin = left - len(local)
    if not local or domain is None or _NOT_BEFORE.search(text, max(0, begin - _LONGEST_LOCAL), begin):
        return
    if left < at and right == at + 1 and local.lower() in _DECOYS:
        return
    if _PATH_AFTER.match(text, domain.end()):
        return
    yield f"{local}@{domain[0]}"
    if registrable_domain(domain[0].rstrip(".")) is None and (rest := _REST.match(text, domain.end())):
        yield f"{local}@{domain[0].rstrip('.')}.{rest[1] or rest[2]}"


def _edges(text: str, at: int, own_domain: str | None) -> tuple[int, int]:
    """Where the name ends and the domain begins; blanks and the edges of elements may stand round the sign."""
    blanks, more = _BLANKS_BEFORE.search(text, max(0, at - 3), at), _BLANKS_AFTER.match(text, at + 1)
    left, right = blanks.start() if blanks else at, more.end() if more else at + 1
    if blanks is None:
        return at, right
    is_parted = SEPARATOR in blanks[0]
    if more is None:
        return (left if is_parted and _is_sure(text, left) else at), right
    is_own = own_domain is not None and text.startswith(own_domain, right)
    if is_own or (is_parted and SEPARATOR in more[0]) or _is_sure(text, left):
        return left, right
    return at, at + 1


def _is_sure(text: str, end: int) -> bool:
    return _SURE.search(text, max(0, end - _LONGEST_LOCAL), end) is not None


def _before(text: str, position: int) -> str:
    local = _LOCAL.search(text, max(0, position - _LONGEST_LOCAL), position)
    return local[0] if local else ""
