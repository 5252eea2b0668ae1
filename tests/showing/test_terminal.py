import unicodedata

import pytest

from batchscrape.showing.terminal import clean
from tests.showing.records import HARMLESS, HOSTILE


def test_what_acts_on_a_terminal_is_taken_out() -> None:
    assert clean(HOSTILE) == HARMLESS


@pytest.mark.parametrize("text", ["", "plain", "münchen.de", "日本語 [bold] 😀", "e\u0301"])
def test_other_text_stays(text: str) -> None:
    assert clean(text) == text


def test_no_character_of_unicode_that_controls_is_left() -> None:
    everything = clean("".join(map(chr, range(0x110000))))

    assert not {c for c in everything if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}}
    assert not {c for c in everything if unicodedata.bidirectional(c) in {"LRO", "RLO", "LRE", "RLE", "PDF"}}
    assert not {c for c in everything if unicodedata.bidirectional(c) in {"LRI", "RLI", "FSI", "PDI"}}
