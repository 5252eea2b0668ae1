"""Text of strangers made harmless: nothing of it can act on a terminal, in a log or in a table."""

import re

#: DEL and C1, line separators, overrides of the writing direction, halves of surrogate pairs.
ACTING_BEYOND_C0 = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_ACTING = re.compile(f"[\x00-\x1f{ACTING_BEYOND_C0}]")
_SPACES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")


def clean(text: str) -> str:
    """The text on one line: white space that moves the cursor is a space, whatever else acts is `�`."""
    if text.isascii() and text.isprintable():
        return text
    return _ACTING.sub("\ufffd", _SPACES.sub(" ", text))
