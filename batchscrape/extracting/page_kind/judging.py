"""Whether a page is a site at all: parked domains, placeholders and error pages are told apart."""

import re

from selectolax.lexbor import LexborNode

from batchscrape.extracting.page import SEPARATOR, ParsedPage
from batchscrape.extracting.page_kind.errors import ERROR_TEXT, ERROR_TITLE, SURE_ERROR_TITLE
from batchscrape.extracting.page_kind.needles import (
    CONSTRUCTION_NEEDLES,
    DEFAULT_NEEDLES,
    ERROR_NEEDLES,
    POST_NEEDLES,
)
from batchscrape.extracting.page_kind.phrases import (
    DEFAULT_PAGE,
    DEFAULT_TITLE,
    FIRST_POST,
    PARKED_TEXT,
    PARKED_TITLE,
    PARKING_SERVICES,
    SOON_TITLE,
    UNDER_CONSTRUCTION,
)
from batchscrape.extracting.titles import title
from batchscrape.extracting.words import words

#: Characters of visible text. Above the first a page is a site whatever it says, but for its title.
_LONG, _MEDIUM, _SHORT, _VERY_SHORT = 6_000, 3_000, 1_500, 400
#: So much of a longer page is its beginning, where an error or an offer stands.
_BEGINNING = 600
#: So much of its source, at the top and at the end.
_EDGES = 6_000, 2_000
#: A site that is not there yet leads nowhere.
_FEW_LINKS = 8
#: What a parking service links to itself.
_LINKS_OF_PARKED = 25
_SHOWN = (
    "script, frame, iframe, img, video, object, embed, canvas, svg, form, input, meta[http-equiv='refresh' i], "
    "[style*='background' i], [background]"
)
_NOTHING = re.compile(
    r"\W*(?:(?:https?://)?www\.)?(?:hello(?:,? world)?|test(?:ing|seite|page|site| page)?|welcome(?: to)?|"
    r"willkommen(?: auf| bei)?|bienvenue(?: sur)?|home|index|todo|ok)?\W*",
    re.IGNORECASE,
)
_CHALLENGES = (
    "/cdn-cgi/challenge-platform/",
    "_Incapsula_Resource",
    "captcha-delivery.com",
    "/.well-known/sgcaptcha",
)
#: A page that says none of these is not parked.
_DOMAIN_WORDS = words(
    "domain domein domen domén домен domin domín domän domæn alan park sale ドメイン 域名 도메인 address adresse"
)


def page_kind(page: ParsedPage) -> str:
    """`site`, `parked`, `placeholder` or `error`; a page that says much is a site, unless its title is sure."""
    heading = title(page) or ""
    if len(page.text) > _LONG:
        return _by_title(heading) or "site"
    text = " ".join(page.text.split())
    return _by_title(heading) or _of_short(page, heading, text) or "site"


def _by_title(heading: str) -> str | None:
    """What titles say that no site has."""
    if SURE_ERROR_TITLE.match(heading):
        return "error"
    if PARKED_TITLE.search(heading):
        return "parked"
    return "placeholder" if DEFAULT_TITLE.match(heading) else None


def _of_short(page: ParsedPage, heading: str, text: str) -> str | None:
    if _is_error(page, heading, text):
        return "error"
    if len(page.hrefs) <= _LINKS_OF_PARKED and _is_of_parking_service(page.html):
        return "parked"
    if _is_parked(page, text):
        return "placeholder" if _is_unfinished(text[:_SHORT]) else "parked"
    return "placeholder" if _is_placeholder(page, heading, text) else None


def _is_of_parking_service(html: str) -> bool:
    """By what its scripts and frames load, near the top or the end."""
    edges = html if len(html) < sum(_EDGES) else html[: _EDGES[0]] + html[-_EDGES[1] :]
    return any(service in edges for service in PARKING_SERVICES)


def _is_error(page: ParsedPage, heading: str, text: str) -> bool:
    body = page.tree.body
    if body is not None and (
        "error404" in (body.attributes.get("class") or "").split() or _is_wordpress_error(body)
    ):
        return True
    if len(text) > _SHORT:
        return False
    if ERROR_TITLE.match(heading or text) or _says(text[:_BEGINNING], ERROR_TEXT, ERROR_NEEDLES):
        return True
    return len(text) < _VERY_SHORT and not page.hrefs and any(mark in page.html for mark in _CHALLENGES)


def _is_wordpress_error(body: LexborNode) -> bool:
    """Whether WordPress shows an error in place of the site, whatever its language."""
    return body.id == "error-page" and body.css_first(".wp-die-message") is not None


def _is_parked(page: ParsedPage, text: str) -> bool:
    beginning = text if len(text) < _SHORT else text[:_BEGINNING]
    lowered = beginning.lower()
    if not any(word in lowered for word in _DOMAIN_WORDS):
        return False
    its_name = rf"{re.escape(page.host or '-')}\W{{0,3}} (?:is|may be|might be) (?:parked|for sale)"
    return PARKED_TEXT.search(beginning) is not None or re.search(its_name, lowered) is not None


def _is_placeholder(page: ParsedPage, heading: str, text: str) -> bool:
    if len(text) < _MEDIUM and (
        _says(text, FIRST_POST, POST_NEEDLES) or _says(text, DEFAULT_PAGE, DEFAULT_NEEDLES)
    ):
        return True
    if len(text) > _SHORT or len(page.hrefs) > _FEW_LINKS:
        return False
    if SOON_TITLE.match(heading) or _is_unfinished(text) or _announces(page, len(text)):
        return True
    return _says_nothing(page, text) and not page.hrefs and page.tree.css_first(_SHOWN) is None


def _says_nothing(page: ParsedPage, text: str) -> bool:
    return not text or _NOTHING.fullmatch(text.replace(page.host, "")) is not None


def _announces(page: ParsedPage, length: int) -> bool:
    """Whether a headline, or any line of a page that says little else, is nothing but "coming soon"."""
    lines = (
        page.text.split(SEPARATOR)
        if length < _VERY_SHORT
        else [node.text() for node in page.tree.css("h1, h2")[:3]]
    )
    return any(SOON_TITLE.match(" ".join(line.split())) for line in lines)


def _is_unfinished(text: str) -> bool:
    return _says(text, UNDER_CONSTRUCTION, CONSTRUCTION_NEEDLES)


def _says(text: str, pattern: re.Pattern[str], needles: tuple[str, ...]) -> bool:
    """Whether the pattern finds something; a look for the needles first spares most pages the search."""
    lowered = text.lower()
    return any(needle in lowered for needle in needles) and pattern.search(text) is not None
