"""The scores over the labelled pages; `python -m tests.pages -v` says which page misses what."""

import phonenumbers
import pytest
from publicsuffixlist import PublicSuffixList

from tests.pages.collection import FOLDER, labelled_pages
from tests.pages.facts import FACTS
from tests.pages.kept import kept
from tests.pages.score import Tally, score

#: Fact → the least precision and recall.
LEAST = {
    "title": (0.98, 0.98),
    "description": (0.98, 0.98),
    "language": (0.98, 0.98),
    "social": (0.98, 0.98),
    "emails": (0.95, 0.97),
    "phones": (0.95, 0.93),
}


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    return score(labelled_pages())


@pytest.mark.parametrize("fact", LEAST)
def test_users_get_facts_that_are_right(fact: str, tallies: dict[str, Tally]) -> None:
    tally = tallies[fact]

    assert tally.precision >= LEAST[fact][0], tally.false
    assert tally.recall >= LEAST[fact][1], tally.missed


@pytest.mark.parametrize("fact", FACTS)
def test_no_score_falls(fact: str, tallies: dict[str, Tally]) -> None:
    precision, recall = kept()[fact]
    tally = tallies[fact]

    assert tally.precision >= precision, tally.false
    assert tally.recall >= recall, tally.missed


def test_every_page_has_its_label() -> None:
    pages, labels = ({path.stem for path in FOLDER.glob(f"*.{suffix}")} for suffix in ("html", "toml"))

    assert pages == labels
    assert len(pages) >= 64


def test_every_labelled_number_in_international_form_can_be_dialled() -> None:
    wrong = [
        (page.name, number)
        for page in labelled_pages()
        for number in page.label.get("phones", ())
        if number.startswith("+") and not phonenumbers.is_valid_number(phonenumbers.parse(number))
    ]

    assert wrong == []


def test_every_labelled_address_has_a_domain_that_can_be_registered() -> None:
    suffixes = PublicSuffixList(accept_unknown=False)

    wrong = [
        (page.name, address)
        for page in labelled_pages()
        for address in page.label.get("emails", ())
        if not suffixes.privatesuffix(address.partition("@")[2])
    ]

    assert wrong == []
