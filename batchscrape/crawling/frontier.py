"""Which pages of a site are known, which were read, and which is next."""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from itertools import count

from batchscrape.crawling.links import Link
from batchscrape.crawling.priority import Tier, rank
from batchscrape.crawling.urls import host_of, page_name
from batchscrape.models import Facts

#: Pages that wait at the same time; a site without end does not fill the memory.
MAX_WAITING = 10_000


class Frontier:
    """The pages of one site by name, each handed out once, the most welcome first."""

    def __init__(self, language: str | None = None) -> None:
        """`language`: two letters; pages in other languages come later."""
        self._language = language
        self._waiting: list[tuple[tuple[Tier, int, int], int, str, str]] = []
        self._order = count()
        self._known: set[str] = set()
        #: Name → what the page that was read under it said.
        self._read: dict[str, Facts] = {}

    @property
    def promising(self) -> int:
        """How many pages wait that are worth reading."""
        return sum(key[0] < Tier.LAST for key, *_ in self._waiting)

    def add(self, links: Iterable[Link]) -> None:
        """Remember pages to read; those that are known are left out."""
        for link in links:
            name = page_name(link.url)
            if name not in self._known and len(self._waiting) < MAX_WAITING:
                self._known.add(name)
                heappush(self._waiting, (rank(link, self._language), next(self._order), name, link.url))

    def take(self) -> str | None:
        """Take the page that is next, or None where no more are known."""
        while self._waiting:
            *_, name, url = heappop(self._waiting)
            if name not in self._read:
                return url
        return None

    def mark_read(self, urls: Iterable[str], facts: Facts) -> None:
        """Remember that these clean URLs are names of a page that was read; the first page of a name keeps it."""
        for name in map(page_name, urls):
            self._known.add(name)
            self._read.setdefault(name, facts)

    def was_read(self, url: str) -> bool:
        """Whether the page was read, under this name or another."""
        return page_name(url) in self._read

    def was_read_as(self, url: str, facts: Facts) -> bool:
        """Whether a page that said the same was read under this name: some sites call every page their first."""
        known = self._read.get(page_name(url))
        return known is not None and _said(known) == _said(facts)

    def drop_host(self, url: str) -> None:
        """Forget the pages that wait on the URL's host."""
        host = host_of(url)
        self._waiting = [page for page in self._waiting if host_of(page[-1]) != host]
        heapify(self._waiting)


def _said(facts: Facts) -> tuple[object, ...]:
    return facts.title, facts.description, facts.emails, facts.phones
