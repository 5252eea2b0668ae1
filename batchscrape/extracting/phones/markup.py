"""What the elements round a number say of it: a class like "phone", the picture of a receiver."""

import re

from batchscrape.extracting.page import SEPARATOR

_MOST_PLACES, _MOST_TAGS = 3, 8
_MOST_BLANKS, _LONGEST_TAG = 100, 2_000
_WORD = re.compile(
    r"(?<![a-z])tel(?![a-z])|telefon|telephone|phone(?!t)|fax|(?<![a-z])mobile?(?![a-z-]*(?:menu|nav|logo))|handset|earphone|hotline"
    r"|(?<![a-z])call(?![a-z])|whatsapp|wa\.me|(?<![a-z])handy",
    re.IGNORECASE,
)


def is_marked(html: str, shown: str) -> bool:
    """Whether the tags right before the text, without other text between, speak of a telephone."""
    begin = shown.partition(SEPARATOR)[0].rstrip()
    position = html.find(begin)
    for _ in range(_MOST_PLACES):
        if position < 0:
            return False
        if _is_marked_at(html, position):
            return True
        position = html.find(begin, position + 1)
    return False


def _is_marked_at(html: str, position: int) -> bool:
    """Whether one of the tags that end right before the position holds such a word."""
    for _ in range(_MOST_TAGS):
        end = len(html[max(0, position - _MOST_BLANKS) : position].rstrip()) + max(0, position - _MOST_BLANKS)
        begin = html.rfind("<", max(0, end - _LONGEST_TAG), end)
        if begin < 0 or html[end - 1] != ">":
            return False
        if _WORD.search(html, begin, end):
            return True
        position = begin
    return False
