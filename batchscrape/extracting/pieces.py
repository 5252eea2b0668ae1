"""Pieces of a page's text, read at a cost that does not grow with how they are nested."""

from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode

#: Characters altogether; a text that exceeds them is the last.
_MOST_TEXT = 200_000
#: Pieces that are not found in the text.
_MOST_MISSES = 20


def within_budget(texts: Iterable[str]) -> Iterator[str]:
    """The texts as long as they are not too long altogether; those of nested elements repeat each other."""
    read = 0
    for text in texts:
        yield text
        read += len(text)
        if read > _MOST_TEXT:
            return


def outermost(nodes: Iterable[LexborNode]) -> Iterator[LexborNode]:
    """Those that are in none of the others; the outer ones come first."""
    seen: set[int] = set()
    for node in nodes:
        seen.add(node.mem_id)
        outer = node.parent
        while outer is not None and outer.mem_id not in seen:
            outer = outer.parent
        if outer is None:
            yield node


def around(text: str, pieces: Iterable[str]) -> Iterator[str]:
    """What stands before, between and behind the pieces, which follow each other in the text."""
    position = misses = 0
    for piece in filter(None, pieces):
        begin = text.find(piece, position)
        if begin >= 0:
            yield text[position:begin]
            position = begin + len(piece)
        elif (misses := misses + 1) > _MOST_MISSES:
            break
    yield text[position:]
