"""Where `--output` goes: a file that is whole or as it was before, else standard output."""

import errno
import io
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from batchscrape.errors import InputError

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def output_file(path: Path | None) -> Iterator[TextIO]:
    r"""Open it for text, in UTF-8, with `\n` as it is; None is standard output.

    A file is written beside its name and renamed at the end; after an error it is gone, and an older one of
    that name is untouched. What is no plain file (a pipe, `/dev/null`) is written to directly. Raises
    InputError where it cannot be written. A closed pipe is the caller's BrokenPipeError.
    """
    if path is None:
        yield _standard_output()
        sys.stdout.flush()
        return
    target = path.resolve()
    open_file = _direct if target.exists() and not target.is_file() else _replacing
    try:
        with open_file(target) as file:
            yield file
    except OSError as error:
        if error.errno in _DISK_FULL or _is_about(target, error):
            raise InputError(f"{path} cannot be written: {error.strerror}.") from error
        raise


def _standard_output() -> TextIO:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    return sys.stdout


@contextmanager
def _direct(target: Path) -> Iterator[TextIO]:
    with target.open("w", encoding="utf-8", newline="") as file:
        yield file


@contextmanager
def _replacing(target: Path) -> Iterator[TextIO]:
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    file = beside.open("x", encoding="utf-8", newline="")
    try:
        with file:
            yield file
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _is_about(target: Path, error: OSError) -> bool:
    """Whether it is the file's error, and not one of whoever produces the rows."""
    return error.filename is not None and Path(error.filename).parent == target.parent
