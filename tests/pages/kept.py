"""The scores that must not fall, in `kept.toml`: `python -m tests.pages --keep` writes down today's."""

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

from tests.pages.score import Tally

_FILE = Path(__file__).with_name("kept.toml")


def kept() -> dict[str, tuple[float, float]]:
    """Fact → precision and recall, as they were written down."""
    stored = tomllib.loads(_FILE.read_text("utf-8"))
    return {fact: (precision, recall) for fact, (precision, recall) in stored.items()}


def keep(tallies: Mapping[str, Tally]) -> None:
    """Write these scores down, cut to three digits so that they are reached again."""
    lines = [f"{fact} = [{_cut(tally.precision)}, {_cut(tally.recall)}]\n" for fact, tally in tallies.items()]
    _FILE.write_text("# fact = [precision, recall]; written by `python -m tests.pages --keep`\n" + "".join(lines))


def _cut(share: float) -> float:
    return math.floor(share * 1000) / 1000
