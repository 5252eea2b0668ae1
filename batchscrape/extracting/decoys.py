"""Take out what a page hides inside its words, so that robots read other addresses than people."""

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

_HIDDEN = '[style*="none"], [style*="hidden"]'
_HIDING = ("display:none", "display: none", "visibility:hidden", "visibility: hidden")
_MOST, _LONGEST, _LONGEST_TAG = 200, 60, 120
#: info<i style="display:none">x</i>@firma.de
_DECOY = re.compile(
    r"<(\w{1,10})\b[^<>]{0,90}(?:display:\s?none|visibility:\s?hidden)[^<>]{0,60}>[^<>\s]{0,60}</\1>(?=[\w.@&+-])"
)
_IN_WORD = "@.-_;"


def without_decoys(html: str, tree: LexborHTMLParser) -> str:
    """The source without the hidden elements inside words; the same object where there are none."""
    if not any(_may_be_decoy(node) for node in tree.css(_HIDDEN)):
        return html
    spans = {decoy.span() for hiding in _HIDING for decoy in islice(_decoys(html, hiding), _MOST)}
    for begin, end in sorted(spans, reverse=True):
        html = html[:begin] + html[end:]
    return html


def _may_be_decoy(node: LexborNode) -> bool:
    """Whether the element holds a single word and no other element."""
    child = node.first_child
    return child is not None and child.tag == "-text" and len(node.text()[: _LONGEST + 1].split()) == 1


def _decoys(html: str, hiding: str) -> Iterator[re.Match[str]]:
    position = html.find(hiding)
    while position >= 0:
        begin = html.rfind("<", max(0, position - _LONGEST_TAG), position)
        is_in_word = begin > 0 and (html[begin - 1].isalnum() or html[begin - 1] in _IN_WORD)
        if is_in_word and (decoy := _DECOY.match(html, begin)):
            yield decoy
        position = html.find(hiding, position + 1)
