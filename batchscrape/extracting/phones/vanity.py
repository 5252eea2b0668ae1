"""Numbers with letters: 1-800-FLOWERS."""

import re
from collections.abc import Iterator

_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_LOCAL_LENGTH = 7
_VANITY = re.compile(
    r"8(?:00|33|44|55|66|77|88)(?:\)[ .-]?|[.-]| (?=[A-Z\d-]{7,}))(?=[\d.-]{0,7}[A-Z])"
    r"([A-Z\d](?:[.-]?[A-Z\d]){6,9})(?![A-Za-z\d])"
)
_BEFORE = re.compile(r"(?<![\d.])(?:\+?1[ .-]?)?\(?\Z")


def vanity_numbers(text: str) -> Iterator[str]:
    """The toll-free numbers of North America that are written with letters, in digits."""
    for match in _VANITY.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - 4), match.start())
        if before is not None and (before[0] or text[match.start() + 3] != " "):
            local = re.sub(r"[.-]", "", match[1]).translate(_KEYS)
            yield f"+1{match[0][:3]}{local[:_LOCAL_LENGTH]}"


def in_digits(number: str) -> str:
    """The number as it is dialled."""
    return next(vanity_numbers(number), number)
