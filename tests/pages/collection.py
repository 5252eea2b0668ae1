"""The labelled pages: `labelled/NAME.html`, the bytes as they are served; `labelled/NAME.toml`, what they say."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from batchscrape.extracting import ParsedPage, parse

FOLDER = Path(__file__).parent / "labelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPage:
    """One page of the collection."""

    name: str
    body: bytes
    #: `url`, `headers`, and a fact each; a fact that the page does not state is left out.
    label: dict[str, Any]

    def parsed(self) -> ParsedPage:
        """The page as our code reads it."""
        return parse(self.body, url=self.label["url"], headers=self.label.get("headers", {}))


def labelled_pages() -> Iterator[LabelledPage]:
    """Every page of the collection, by name."""
    for path in sorted(FOLDER.glob("*.toml")):
        label = tomllib.loads(path.read_text("utf-8"))
        yield LabelledPage(name=path.stem, body=path.with_suffix(".html").read_bytes(), label=label)
