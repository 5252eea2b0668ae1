"""Read the JSON-LD of a page (schema.org): a flat list of its objects, whatever is broken left out."""

import json
import re
from collections import deque
from collections.abc import Iterable
from html import unescape
from typing import Any

_MAX_LENGTH = 500_000
_MAX_OBJECTS = 2_000
_WRAPPER = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)


def objects(scripts: Iterable[str]) -> list[dict[str, Any]]:
    """Every object in the scripts: the outer ones before those that they hold."""
    found: list[dict[str, Any]] = []
    waiting = deque(_loaded(script) for script in scripts)
    while waiting and len(found) < _MAX_OBJECTS:
        value = waiting.popleft()
        if isinstance(value, dict):
            found.append(value)
            waiting.extend(item for item in value.values() if isinstance(item, dict | list))
        elif isinstance(value, list):
            waiting.extend(item for item in value[:_MAX_OBJECTS] if isinstance(item, dict | list))
    return found


def texts(value: Any) -> list[str]:
    """The strings in a value that may be one string, a list of them, or anything else."""
    values = value if isinstance(value, list) else [value]
    return [unescape(item).strip() for item in values if isinstance(item, str) and item.strip()]


def _loaded(script: str) -> Any:
    if len(script) > _MAX_LENGTH:
        return None
    try:
        return json.loads(_WRAPPER.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return None
