"""How many facts of the labelled pages we find (recall), and how many that we find are there (precision)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.pages.collection import LabelledPage
from tests.pages.facts import FACTS, expected_items, stated_items


@dataclass(slots=True)
class Tally:
    """One fact over all pages."""

    correct: int = 0
    stated: int = 0
    expected: int = 0
    #: (page, item), expected and not stated.
    missed: list[tuple[str, str]] = field(default_factory=list)
    #: (page, item), stated and not expected.
    false: list[tuple[str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.correct / self.stated if self.stated else 1.0

    @property
    def recall(self) -> float:
        return self.correct / self.expected if self.expected else 1.0

    def add(self, page: str, expected: frozenset[str], stated: frozenset[str]) -> None:
        """Count one page."""
        self.correct += len(expected & stated)
        self.stated += len(stated)
        self.expected += len(expected)
        self.missed += [(page, item) for item in sorted(expected - stated)]
        self.false += [(page, item) for item in sorted(stated - expected)]


def score(pages: Iterable[LabelledPage]) -> dict[str, Tally]:
    """Each fact's tally over these pages."""
    tallies = {fact: Tally() for fact in FACTS}
    for page in pages:
        expected, stated = expected_items(page), stated_items(page)
        for fact, tally in tallies.items():
            tally.add(page.name, expected[fact], stated[fact])
    return tallies
