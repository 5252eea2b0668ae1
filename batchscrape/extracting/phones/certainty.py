"""Which numbers of a page are certain: valid, and of a known country."""

import re
from functools import cached_property

from batchscrape.extracting.language import language
from batchscrape.extracting.page import ParsedPage
from batchscrape.extracting.phones.numbers import digits_of, e164, is_international
from batchscrape.extracting.phones.regions import countries_of_language, region_of

_AMERICAN = re.compile(r"(?:\+?1[ .-]{0,3})?(?:\(\d{3}\) ?-?|\d{3}[ ./-]|\d{3} - )\d{3} ?[ .-] ?\d{4}")
_AMERICAN_DOMAINS = frozenset({"com", "net", "org", "us", "biz", "info", "co", "io", "edu", "gov"})
_NORTH_AMERICA = frozenset({"US", "CA"})
_FULL_LENGTH = 11


class Certainty:
    """What is known of the numbers of one page; its country is looked for when a number needs it."""

    def __init__(self, page: ParsedPage) -> None:
        self._page = page
        self._known: dict[str, str | None] = {}

    def __call__(self, number: str) -> str | None:
        """The full number, or None where it is not certain."""
        if number not in self._known:
            self._known[number] = self._look(number)
        return self._known[number]

    def of_named(self, number: str) -> str | None:
        """The same for what a word names; it may be valid in one country of the page's language only."""
        full = self(number)
        if full or self.region or is_international(number):
            return full
        found = {full for country in self._countries if (full := e164(number, country))}
        return found.pop() if len(found) == 1 else None

    def of_stated(self, number: str) -> str | None:
        """The same for what is surely a number; its "+" may be missing."""
        full = self.of_named(number)
        digits = digits_of(number)
        if full or self.region or len(digits) < _FULL_LENGTH or digits.startswith("0"):
            return full
        return e164("+" + digits, None)

    def is_of_several(self, number: str) -> bool:
        """Whether nothing tells which of the countries of the page's language the number is valid in."""
        if self.region:
            return False
        return any(e164(number, country) for country in self._countries)

    def is_american(self, number: str) -> bool:
        """Whether the number is written as only Americans do, on a site that may be one of theirs."""
        if _AMERICAN.fullmatch(number) is None:
            return False
        return self.region in _NORTH_AMERICA or (self.region is None and self._may_be_american)

    @cached_property
    def region(self) -> str | None:
        """The country of the page's numbers."""
        return region_of(self._page)

    @cached_property
    def _countries(self) -> tuple[str, ...]:
        return countries_of_language(self._page)

    @cached_property
    def _may_be_american(self) -> bool:
        tag = language(self._page)
        return (tag is None or tag[:2] in ("en", "es")) and self._page.host.rpartition(".")[2] in _AMERICAN_DOMAINS

    def _look(self, number: str) -> str | None:
        if is_international(number):
            return e164(number, None)
        if self.region is not None:
            return e164(number, self.region)
        return e164(number, "US") if self.is_american(number) else None
