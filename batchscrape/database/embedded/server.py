"""Start and stop the server of one place; the caller sees to it that nobody else does so at the time.

The server and its children inherit the lock `server.lock`: while it is taken one of them lives, whatever
process ids stand in PostgreSQL's own lock files.
"""

import os
import re
import signal
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from batchscrape.database.embedded.binaries import find_programs
from batchscrape.database.embedded.cluster import create_data, environment, first_complaint
from batchscrape.database.embedded.locks import PAUSE, FileLock, open_file
from batchscrape.database.embedded.places import Place, make_private
from batchscrape.database.embedded.probing import is_ready, listed_pid, listens
from batchscrape.errors import BatchscrapeError, DatabaseRefused, DatabaseUnavailable

#: Seconds until a server must be ready.
OPENING = 10.0
#: Seconds for each way of stopping.
STOPPING = 5.0
#: Bytes of log beyond which the next server begins a new one.
LONGEST_LOG = 10 * 1024 * 1024
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    # A container's /dev/shm is small, and systemd empties it when the user logs out.
    "dynamic_shared_memory_type": "mmap",
    "TimeZone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}


@dataclass(frozen=True, slots=True)
class StartedServer:
    """A server that this process has started."""

    process: subprocess.Popen[bytes]
    #: Where its own words begin in the log, in bytes.
    log_start: int


def ensure_running(place: Place) -> StartedServer | None:
    """Wait until the server is ready; if none lives, start it and return it."""
    server = None
    end = time.monotonic() + OPENING
    try:
        while not is_ready(place):
            if server is None and (server := _start_if_none_lives(place)):
                end = time.monotonic() + OPENING
            _check(place, server, end)
            time.sleep(PAUSE)
    except (KeyboardInterrupt, SystemExit):
        if server:
            server.process.send_signal(signal.SIGINT)
        raise
    return server


def stop(place: Place) -> None:
    """Stop the server, gently at first, and wait until its last process has ended."""
    pid = listed_pid(place) if listens(place) else None
    with closing(FileLock(place.folder / "server.lock", place.account)) as alive:
        for how in (signal.SIGINT, signal.SIGQUIT):
            if pid:
                place.account.kill(pid, how)
            if alive.take(STOPPING):
                return


def _start_if_none_lives(place: Place) -> StartedServer | None:
    with closing(FileLock(place.folder / "server.lock", place.account)) as alive:
        if not alive.take(0):
            return None
        programs = find_programs(place)
        if not place.data.exists():
            create_data(place, programs, alive)
        make_private(place.sockets, place.account)
        place.socket.with_name(f"{place.socket.name}.lock").unlink(missing_ok=True)
        with os.fdopen(open_file(place.log, place.account), "ab") as log:
            if log.tell() > LONGEST_LOG:
                log.seek(log.truncate(0))
            log_start = log.tell()
            return StartedServer(_spawn(place, programs, alive, log.fileno()), log_start)


def _spawn(place: Place, programs: Path, alive: FileLock, log: int) -> subprocess.Popen[bytes]:
    directory = str(place.sockets).replace('"', '""')
    settings = SETTINGS | {"unix_socket_directories": f'"{directory}"'}
    # Whom a left-over lock file names is dead, or a stranger who got the number: not to be minded.
    stale = {"PG_GRANDPARENT_PID": str(listed_pid(place) or 0)}
    return subprocess.Popen(  # noqa: S603 - our own program
        [programs / "postgres", "-D", place.data, *(f"--{name}={value}" for name, value in settings.items())],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd="/",
        env=environment() | stale,
        start_new_session=True,
        pass_fds=[alive.fd],
        **place.account.process_options,
    )


def _check(place: Place, server: StartedServer | None, end: float) -> None:
    if server and server.process.poll() is not None:
        raise _failure(place, server.log_start)
    if time.monotonic() > end:
        raise DatabaseUnavailable(
            f"The embedded PostgreSQL is not ready after {OPENING:.0f} s, perhaps it recovers from a crash: "
            f"try again later (see {place.log})."
        )


def _failure(place: Place, log_start: int) -> BatchscrapeError:
    words = place.log.read_bytes()[log_start:].decode(errors="replace")
    if versions := re.search(r"initialized by PostgreSQL version (\S+), .* this version (\d+)", words):
        theirs, ours = versions.groups()
        return DatabaseRefused(
            f"The data in {place.data} are of PostgreSQL {theirs}, and this batchscrape brings {ours}: "
            f"move the folder away to start anew, or dump it with PostgreSQL {theirs} and load the dump."
        )
    return DatabaseUnavailable(
        f"The embedded PostgreSQL does not start: {first_complaint(words)} (see {place.log})."
    )
