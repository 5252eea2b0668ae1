"""File locks (`flock`): they end with the processes that hold them, however those end."""

import fcntl
import os
import time
from pathlib import Path

from batchscrape.database.embedded.accounts import Account

#: Seconds between two looks at something that changes soon.
PAUSE = 0.005


class FileLock:
    """One open lock file; a process that inherits it holds the lock too."""

    def __init__(self, path: Path, account: Account) -> None:
        self.fd = open_file(path, account)

    def take(self, seconds: float) -> bool:
        """Take it alone, or give up after that time."""
        end = time.monotonic() + seconds
        while not (taken := self._try_exclusive()) and time.monotonic() < end:
            time.sleep(PAUSE)
        return taken

    def share(self) -> None:
        """Take it together with others that share it."""
        fcntl.flock(self.fd, fcntl.LOCK_SH)

    def release(self) -> None:
        """Let others have it."""
        fcntl.flock(self.fd, fcntl.LOCK_UN)

    def close(self) -> None:
        """Drop this process's hold, not that of those who inherited it."""
        os.close(self.fd)

    def _try_exclusive(self) -> bool:
        try:
            fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def open_file(path: Path, account: Account) -> int:
    """Open a file for appending, following no link; a new one is private and belongs to the account."""
    flags = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        fd = os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return os.open(path, flags)
    if not account.is_own:
        os.fchown(fd, account.uid, account.gid)
    return fd
