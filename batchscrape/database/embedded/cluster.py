"""Make the data of a new server: in a folder beside, renamed when it is complete."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from batchscrape.database.embedded.locks import FileLock
from batchscrape.database.embedded.places import Place, make_private
from batchscrape.errors import DatabaseUnavailable

#: Seconds for each of the two steps; as long do others wait for a first start.
CREATING = 120.0
INITDB = (
    *("--username=batchscrape", "--auth=trust", "--no-instructions"),
    *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
)


def create_data(place: Place, programs: Path, alive: FileLock) -> None:
    """Make the database `batchscrape`, which belongs to a user of that name."""
    beside = place.data.with_name("data.new")
    shutil.rmtree(beside, ignore_errors=True)
    make_private(beside, place.account)
    single = (programs / "postgres", "--single", "-D", beside, "--exit_on_error=on", "template1")
    try:
        _run(place, alive, programs / "initdb", "-D", beside, *INITDB)
        _run(place, alive, *single, words="ALTER DATABASE postgres RENAME TO batchscrape;\n")
        beside.rename(place.data)
        _sync(place.folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def environment() -> dict[str, str]:
    """Keep what PostgreSQL's programs need of ours, and nothing that changes what they do."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def first_complaint(words: str) -> str:
    """Find the first thing that went wrong in all that a program says: the others follow from it."""
    if complaint := re.search(r"(?:error|ERROR|FATAL|PANIC): +(.*)", words):
        return complaint[1].rstrip(".")
    return words.rstrip().rpartition("\n")[2].removeprefix("but ") or "it ended without a word"


def _run(place: Place, alive: FileLock, *command: str | Path, words: str = "") -> None:
    try:
        done = subprocess.run(  # noqa: S603 - our own programs
            command,
            input=words,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=CREATING,
            check=False,
            cwd="/",
            env=environment(),
            start_new_session=True,
            pass_fds=[alive.fd],
            **place.account.process_options,
        )
    except subprocess.TimeoutExpired as error:
        raise DatabaseUnavailable(f"Making the database in {place.folder} took over {CREATING:.0f} s.") from error
    if done.returncode:
        raise DatabaseUnavailable(
            f"The database cannot be made in {place.folder}: {first_complaint(done.stdout)}."
        )


def _sync(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
