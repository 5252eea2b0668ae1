"""Who the server runs as: PostgreSQL refuses root, so root hands it to another user."""

import os
import pwd
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from batchscrape.errors import InputError

#: Whom root takes, the first that exists.
CANDIDATES = ("postgres", "nobody")


class ProcessOptions(TypedDict, total=False):
    """What `subprocess` needs to start a process as another user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """The user that owns the data and runs the server."""

    uid: int
    gid: int

    @property
    def name(self) -> str:
        """As the system has it, else the number."""
        try:
            return pwd.getpwuid(self.uid).pw_name
        except KeyError:
            return str(self.uid)

    @property
    def is_own(self) -> bool:
        """Whether this process runs as that user itself."""
        return self.uid == os.geteuid()

    @property
    def process_options(self) -> ProcessOptions:
        """Keyword arguments of `subprocess` that start a process as this user."""
        return {} if self.is_own else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def reaches(self, path: Path) -> bool:
        """Tell whether this user may enter the folder, or execute the file."""
        try:
            return self._run("test", "-x", str(path)) == 0
        except PermissionError as error:
            raise InputError(
                f"PostgreSQL does not run as root, and root may not become {self.name} here: "
                "run batchscrape as an ordinary user, or give --database-url."
            ) from error

    def kill(self, pid: int, how: signal.Signals) -> None:
        """Send a signal with the rights of this user, who alone vouches for the number."""
        self._run("sh", "-c", 'kill -s "$0" "$1"', how.name.removeprefix("SIG"), str(pid))

    def own(self, path: Path) -> None:
        """Hand over what this process has just made."""
        if not self.is_own:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def _run(self, *command: str) -> int:
        options = self.process_options
        return subprocess.run(command, cwd="/", stderr=subprocess.DEVNULL, check=False, **options).returncode  # noqa: S603 - constant programs


def owner_of(data: Path) -> Account | None:
    """Find the account that made the data, if there are any."""
    try:
        found = data.stat()
    except FileNotFoundError:
        return None
    account = Account(found.st_uid, found.st_gid)
    if os.geteuid() not in (0, account.uid):
        raise InputError(
            f"The database in {data} belongs to {account.name}: set BATCHSCRAPE_HOME to another folder."
        )
    return account


def fitting_account() -> Account:
    """Choose the account for new data: this user, or whom root takes."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in CANDIDATES:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid)
    raise InputError(
        "PostgreSQL does not run as root, and no user postgres or nobody exists: give --database-url."
    )
