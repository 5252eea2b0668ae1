"""Which pages of a site are known, which were read, and which is next."""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from itertools import count

from batchscrape.crawling.links import Link
from batchscrape.crawling.priority import Tier, rank
from batchscrape.crawling.urls import host_of, page_name

#: Pages that wait at the same time; a site without end does not fill the memory.
MAX_WAITING = 10_000


class Frontier:
    """The pages of one site by name, each handed out once, the most welcome first."""

    def __init__(self) -> None:
        self._waiting: list[tuple[tuple[Tier, int], int, str, str]] = []
        self._order = count()
        self._known: set[str] = set()
        #: Name → title.
        self._read: dict[str, str | None] = {}

    def add(self, links: Iterable[Link]) -> None:
        """Remember pages to read; those that are known are left out."""
        for link in links:
            name = page_name(link.url)
            if name not in self._known and len(self._waiting) < MAX_WAITING:
                self._known.add(name)
                heappush(self._waiting, (rank(link), next(self._order), name, link.url))

    def take(self) -> str | None:
        """Take the page that is next, or None where no more are known."""
        while self._waiting:
            *_, name, url = heappop(self._waiting)
            if name not in self._read:
                return url
        return None

    def mark_read(self, urls: Iterable[str], title: str | None) -> None:
        """Remember that these clean URLs are names of a page that was read."""
        names = dict.fromkeys(map(page_name, urls), title)
        self._known |= names.keys()
        self._read |= names

    def was_read(self, url: str) -> bool:
        """Whether the page was read, under this name or another."""
        return page_name(url) in self._read

    def was_read_as(self, url: str, title: str | None) -> bool:
        """Whether a page of that title was read under this name: some sites call every page their home page."""
        name = page_name(url)
        return name in self._read and self._read[name] == title

    def drop_host(self, url: str) -> None:
        """Forget the pages that wait on the URL's host."""
        host = host_of(url)
        self._waiting = [page for page in self._waiting if host_of(page[-1]) != host]
        heapify(self._waiting)
