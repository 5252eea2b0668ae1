"""JSON for scripts: text as it is, except what could act on a terminal, which is escaped and so not lost."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from batchscrape.showing.terminal import ACTING_BEYOND_C0

#: json escapes C0 itself.
_ACTING = re.compile(f"[{ACTING_BEYOND_C0}]")


def dumps(value: Any, *, indent: int | None = None) -> str:
    """The value as JSON; times are ISO 8601, UUIDs text. Without `indent` on one line, whatever reads it."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=plain)
    if text.isascii() and "\x7f" not in text:
        return text
    return _ACTING.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def plain(value: object) -> object:
    """A value of a row as something that JSON knows."""
    match value:
        case datetime():
            return value.isoformat()
        case UUID():
            return str(value)
        case Mapping():
            return dict(value)
        case _:
            raise TypeError(f"{type(value).__name__} has no JSON form")
