"""Watches a command and the processes it starts: where they connect to, and how much memory they take."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

WATCHER = Path(__file__).with_name("watcher")


class Watch:
    """Notes of the processes that were started with `environment`."""

    def __init__(self, folder: Path, names: Mapping[str, Sequence[str]]) -> None:
        """`names`: what the resolver says: addresses, or the name of an error such as EAI_AGAIN."""
        self._notes = folder / "notes"
        self._notes.touch()
        self.environment = {
            "PYTHONPATH": str(WATCHER),
            "WATCHED_NOTES": str(self._notes),
            "WATCHED_NAMES": json.dumps(names),
        }

    @property
    def connects(self) -> Counter[tuple[str, int]]:
        """Address and port → how often they were connected to."""
        return Counter((host, port) for host, port in self._read("connect"))

    @property
    def peaks(self) -> list[tuple[bool, int]]:
        """Of each process that has ended: whether it is a worker, and its most memory in MB."""
        return [(is_worker, megabytes) for is_worker, megabytes in self._read("peak")]

    def _read(self, kind: str) -> list[list[Any]]:
        notes = map(json.loads, self._notes.read_text().splitlines())
        return [note[1:] for note in notes if note[0] == kind]
