"""Make text of a page harmless to databases, terminals and spreadsheets of people."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from batchscrape.models import Technology

_ESCAPE_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*+[ -/]*+[@-~]?|\][^\x07\x1b]*+(?:\x07|\x1b\\)?|[@-_])")
_JUNK = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\ufffc\ufffe\uffff]"
)


def clean(text: str) -> str:
    """Text without NUL, control characters, terminal escapes, lone surrogates and bidi overrides.

    White space is collapsed to single blanks, and none is left at the ends.
    """
    if not text.isprintable():
        text = _JUNK.sub("", _ESCAPE_SEQUENCE.sub("", text))
    return " ".join(text.split())


def cleaned(value: Any) -> Any:
    """The same value with every text in it clean; objects and lists at any depth."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Technology):
        return replace(value, name=clean(value.name), version=value.version and clean(value.version))
    if isinstance(value, Mapping):
        return {clean(str(key)): cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return tuple(cleaned(item) for item in value)
    return value
