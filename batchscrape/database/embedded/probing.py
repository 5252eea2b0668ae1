"""Look at a server from outside: does it listen, is it ready, which process is it."""

import os
import socket

from batchscrape.database.embedded.places import Place


def is_ready(place: Place) -> bool:
    """Tell whether it takes queries; while it starts, recovers or stops, it only listens."""
    return listens(place) and _lock_file(place)[7:8] == ["ready"]


def listens(place: Place) -> bool:
    """Tell whether a living server has the socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.setblocking(False)
        try:
            probe.connect(os.fspath(place.socket))
        except BlockingIOError:  # it has more visitors than it can greet
            return True
        except OSError:
            return False
    return True


def listed_pid(place: Place) -> int | None:
    """Read which process PostgreSQL's lock file names, dead or alive."""
    lines = _lock_file(place)
    return int(lines[0]) if lines and lines[0].isdigit() else None


def _lock_file(place: Place) -> list[str]:
    try:
        text = (place.data / "postmaster.pid").read_text(errors="replace")
    except FileNotFoundError:
        return []
    return [line.strip() for line in text.splitlines()]
