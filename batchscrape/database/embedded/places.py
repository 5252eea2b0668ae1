"""Where things are kept: a home that the server's user reaches, and a short private folder for the socket."""

import hashlib
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from batchscrape.database.embedded.accounts import Account, fitting_account, owner_of
from batchscrape.errors import InputError

#: Where root keeps its database, and those of homes which the server's user cannot reach.
SYSTEM_HOME = Path("/var/lib/batchscrape")
#: In such a home: shows where the database is.
LINK = "postgresql"
SOCKET = ".s.PGSQL.5432"
#: Bytes of a socket's path on macOS, which allows the fewest.
LONGEST_SOCKET = 103


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one server, and the account it runs as."""

    folder: Path
    account: Account

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder, complete as soon as it exists."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "log"

    @property
    def sockets(self) -> Path:
        """The folder of the socket: in here, or a short one where this path is too deep."""
        inside = self.folder / "socket"
        if len(os.fsencode(inside / SOCKET)) <= LONGEST_SOCKET:
            return inside
        return Path("/tmp", f"batchscrape-{self.account.uid}-{_digest(self.folder)}")  # noqa: S108 - see make_private

    @property
    def socket(self) -> Path:
        """Where the server listens."""
        return self.sockets / SOCKET


def default_home() -> Path:
    """Choose `BATCHSCRAPE_HOME`, else the user's data folder, or for root the system's."""
    if home := os.environ.get("BATCHSCRAPE_HOME"):
        return Path(home).expanduser()
    if os.geteuid() == 0:
        return SYSTEM_HOME
    from platformdirs import user_data_path

    return user_data_path("batchscrape")


def find_place(home: Path) -> Place:
    """Take the home, or what it links to since the server's user cannot reach it; make what is missing."""
    folder = _linked(home) or home
    if owner := owner_of(folder / "data"):
        return Place(folder, owner)
    account = fitting_account()
    _make_folder(folder)
    if not account.is_own and not account.reaches(folder):
        folder = _system_folder(home, account)
    return Place(folder, account)


def make_private(folder: Path, account: Account) -> None:
    """Make a folder that nobody but the account enters, or verify that this is what is there."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    if folder.lstat().st_uid == os.geteuid():
        account.own(folder)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
        raise InputError(f"{folder} is not a private folder of {account.name}: remove it.")


def _make_folder(folder: Path) -> None:
    """Let others pass when root makes it: the server is not root."""
    if os.geteuid() != 0:
        folder.mkdir(parents=True, exist_ok=True)
        return
    umask = os.umask(0o022)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    finally:
        os.umask(umask)


def _linked(home: Path) -> Path | None:
    link = home / LINK
    return link.readlink() if link.is_symlink() and link.readlink().parent == SYSTEM_HOME else None


def _system_folder(home: Path, account: Account) -> Path:
    folder = SYSTEM_HOME / _digest(home)
    _make_folder(folder)
    if not account.reaches(folder):
        raise InputError(f"The user {account.name} reaches neither {home} nor {folder}: set BATCHSCRAPE_HOME.")
    with suppress(FileExistsError):
        (home / LINK).symlink_to(folder)
    return folder


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]
