"""Whether a profile is named like the site."""

import re
import unicodedata
from functools import cached_property
from urllib.parse import urlsplit

from batchscrape.extracting.organization import organization
from batchscrape.extracting.page import ParsedPage
from batchscrape.extracting.titles import site_name, title
from batchscrape.extracting.words import words

#: Parts of a profile's address that are no name.
_KINDS = words("company in school showcase pub channel c user profile companies pages people p groups")
_TITLE_PARTS = re.compile(r"\s[|\u2013\u2014\u00b7\u00bb:-]\s|[|:]\s")
_NO_NAMES = words("home homepage startseite welcome index blog shop news contact kontakt about start")
_START = re.compile(r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?|index\.\w+)?", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W_]")
_UMLAUTS = str.maketrans({"ß": "ss", "ø": "o", "æ": "a", "ł": "l", "đ": "d", "\u0131": "i"})
_DIGRAPHS = re.compile(r"([aou])e")
#: Of a name inside another one, and of a beginning that both have.
_SHORTEST, _SHORTEST_BEGINNING = 4, 6
_MOST_NAMES = 8


class Likeness:
    """Tells whether the profile at an address bears the name of this site."""

    def __init__(self, page: ParsedPage) -> None:
        self._page = page

    def __call__(self, url: str) -> bool:
        """By the domain's name, the organisation's, the site's, or a part of the title."""
        handle = _handle(url)
        return bool(handle) and any(_are_alike(handle, name) for name in self._names)

    def host(self, url: str) -> bool:
        """Whether the handle holds the domain's name."""
        return len(self._host) >= _SHORTEST and self._host in _handle(url)

    @cached_property
    def _host(self) -> str:
        return folded(max(self._page.host.split(".")[:-1], key=len, default=""))

    @cached_property
    def _names(self) -> list[str]:
        said = [organization(self._page), site_name(self._page), *self._title_parts()]
        names = [self._host, *(folded(name) for name in said[:_MOST_NAMES] if name)]
        return [name for name in names if name and name not in _NO_NAMES]

    def _title_parts(self) -> list[str]:
        """Those of a start page; the titles of others name what they are about."""
        is_start = _START.fullmatch(urlsplit(self._page.url).path) is not None
        return _TITLE_PARTS.split(title(self._page) or "") if is_start else []


def folded(name: str) -> str:
    """Letters and digits in lower case, without accents; `ä` and `ae` are one."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_UMLAUTS))
    return _DIGRAPHS.sub(r"\1", _NO_LETTERS.sub("", "".join(c for c in plain if not unicodedata.combining(c))))


def _handle(url: str) -> str:
    """The name in the address; a number alone is none."""
    parts = [part for part in url.split("/")[3:] if part.lower() not in _KINDS and not part.isdigit()]
    return folded(parts[-1]) if parts and "=" not in parts[-1] else ""


def _are_alike(handle: str, name: str) -> bool:
    shorter, longer = sorted((handle, name), key=len)
    beginning = max(_SHORTEST_BEGINNING, len(shorter) * 2 // 3)
    return shorter == longer or (
        (len(shorter) >= _SHORTEST and shorter in longer)
        or (len(shorter) >= beginning and shorter[:beginning] == longer[:beginning])
    )
