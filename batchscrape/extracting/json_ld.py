"""Read the JSON-LD of a page (schema.org): a flat list of its objects, whatever is broken left out."""

import json
import re
from collections import deque
from collections.abc import Iterable
from html import unescape
from typing import Any

_MAX_LENGTH = 500_000
_MAX_OBJECTS = 2_000
#: Strings, which stay as they are, and what no JSON holds: comments, commas before a closing bracket, CDATA.
_STRING_OR_NOISE = re.compile(
    r'("(?:[^"\\]|\\.?)*+(?:"|\Z))|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|//[^\n]*|,(?=\s*+(?:[}\]]|\Z))|<!--|-->|<!\[CDATA\[|\]\]>|\x00',
    re.DOTALL,
)
_BETWEEN = re.compile(r"[\s;,]*+")
_JSON = json.JSONDecoder(strict=False)


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
    """The value in the script; where that is no JSON, what is left of it without the usual mistakes."""
    if len(script) > _MAX_LENGTH:
        return None
    try:
        return json.loads(script, strict=False)
    except ValueError:
        return _values(_STRING_OR_NOISE.sub(r"\1", script))
    except RecursionError:
        return None


def _values(text: str) -> list[Any]:
    """The values that stand one after the other, up to the first that is broken."""
    found: list[Any] = []
    begin = _BETWEEN.match(text).end()  # type: ignore[union-attr] # it matches everywhere
    while begin < len(text) and len(found) < _MAX_OBJECTS:
        try:
            value, end = _JSON.raw_decode(text, begin)
        except (ValueError, RecursionError):
            break
        found.append(value)
        begin = _BETWEEN.match(text, end).end()  # type: ignore[union-attr] # it matches everywhere
    return found
