"""Print the score of the labelled pages: `python -m tests.pages`; `-v` adds every miss and every false item."""

import sys

from tests.pages.collection import labelled_pages
from tests.pages.kept import keep
from tests.pages.score import Tally, score


def main() -> None:
    pages = list(labelled_pages())
    tallies = score(pages)
    print(f"{len(pages)} pages\n\n{'fact':<14}precision  recall  correct  stated  expected")
    for fact, tally in tallies.items():
        print(
            f"{fact:<14}{tally.precision:>9.3f}{tally.recall:>8.3f}"
            f"{tally.correct:>9}{tally.stated:>8}{tally.expected:>10}"
        )
    if "-v" in sys.argv:
        for fact, tally in tallies.items():
            _print_errors(fact, tally)
    if "--keep" in sys.argv:
        keep(tallies)


def _print_errors(fact: str, tally: Tally) -> None:
    for kind, errors in (("missed", tally.missed), ("false", tally.false)):
        for page, item in errors:
            print(f"\n{fact}: {kind} in {page}\n    {item}", end="")
    print()


main()
