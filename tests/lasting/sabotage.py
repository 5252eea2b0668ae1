"""What Python runs first in every process of a command, through PYTHONPATH: poison, and clocks that jump."""

import ctypes
import datetime as dt
import hashlib
import importlib.abc
import importlib.machinery
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

#: Seconds in the parser after which a worker is ended, in place of 10.
PAGE_TIME = 2.0
#: How often a page that ends its worker at once does so.
SUDDEN_DEATHS = 8
_FOLDER = "SABOTAGE"
_CPU_TIME = "SABOTAGE_CPU_TIME"
_JUMP = "jump"


def sabotage(folder: Path, *, cpu_time: float = 60.0) -> dict[str, str]:
    """The environment of a command in whose processes poison works; the folder is for notes."""
    tests = Path(__file__).parents[2]
    start = f"import sys; sys.path.append({str(tests)!r}); from tests.lasting import sabotage; sabotage.install()"
    (folder / "sitecustomize.py").write_text(start)
    path = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
    return {"PYTHONPATH": path, _FOLDER: str(folder), _CPU_TIME: str(cpu_time)}


def poisoned(name: str, *, size: int = 0) -> str:
    """A page that does what the poison's name says, as soon as it is in the parser."""
    return f"<title>POISON={name}</title><!--{' ' * size}-->"


def jump(folder: Path, hours: float) -> None:
    """Put the clocks of the processes that are sabotaged from there forward or back."""
    (folder / _JUMP).write_text(str(hours))


def install() -> None:
    """Be there when the modules are imported that are meant."""
    sys.meta_path.insert(0, _Finder())
    if (clock := Path(os.environ[_FOLDER], _JUMP)).exists():
        _let_clocks_jump(clock)


def _be_killed_after_a_while() -> None:
    time.sleep(2)
    os.kill(os.getpid(), signal.SIGKILL)


def _be_killed_at_once() -> None:
    deaths = Path(os.environ[_FOLDER], "deaths")
    died = len(deaths.read_bytes()) if deaths.exists() else 0
    if died < SUDDEN_DEATHS:
        deaths.write_bytes(b"x" * (died + 1))
        os.kill(os.getpid(), signal.SIGKILL)


_POISONS: dict[bytes, Callable[[], object]] = {
    b"crash": lambda: ctypes.string_at(0),
    # In C, with the GIL, without it, and without any work.
    b"busy": lambda: re.match("(a|a)*$", "a" * 64 + "b"),
    b"free": lambda: hashlib.pbkdf2_hmac("sha256", b"", b"", (1 << 31) - 1),
    b"idle": lambda: time.sleep(1000),
    b"killed": _be_killed_after_a_while,
    b"sudden": _be_killed_at_once,
    b"slow": lambda: time.sleep(1),
}


def _poison(extracting: Any) -> None:
    parse = extracting.parse

    def parse_poison(body: bytes, **more: Any) -> Any:
        if found := re.search(rb"POISON=(\w+)", body):
            _POISONS[found[1]]()
        return parse(body, **more)

    extracting.parse = parse_poison


def _hurry(deaths: Any) -> None:
    deaths._PAGE_TIME = PAGE_TIME


def _limit(notes: Any) -> None:
    notes._CPU_TIME = float(os.environ[_CPU_TIME])


_CHANGES: dict[str, Callable[[ModuleType], None]] = {
    "batchscrape.extracting": _poison,
    "batchscrape.running.deaths": _hurry,
    "batchscrape.running.notes": _limit,
}


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname not in _CHANGES:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        assert spec
        assert spec.loader
        load = spec.loader.exec_module

        def load_and_change(module: ModuleType) -> None:
            load(module)
            _CHANGES[fullname](module)

        spec.loader.exec_module = load_and_change  # type: ignore[method-assign]
        return spec


def _let_clocks_jump(clock: Path) -> None:
    now = time.time

    def wrong() -> float:
        return float(clock.read_text()) * 3600

    class Jumping(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return super().now(tz) + dt.timedelta(seconds=wrong())

    time.time = lambda: now() + wrong()
    dt.datetime = Jumping  # type: ignore[misc]
