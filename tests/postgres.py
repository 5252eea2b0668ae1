"""A PostgreSQL server of its own, for tests that need passwords, or one to themselves."""

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from batchscrape.database.embedded.accounts import Account, fitting_account
from batchscrape.database.embedded.binaries import find_programs
from batchscrape.database.embedded.places import Place

SETTINGS = {"fsync": "off", "shared_buffers": "16MB", "listen_addresses": "", "max_connections": "60"}


@contextmanager
def private_folder(account: Account) -> Iterator[Path]:
    """A folder that the account owns, gone afterwards; its path is short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="batchscrape-", dir="/tmp"))
    account.own(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def running_postgres(*, hba: str = "local all all trust") -> Iterator[Path]:
    """A server with the superuser `batchscrape`; gives its socket's folder."""
    account = fitting_account()
    with private_folder(account) as folder:
        control(folder, "initdb", "--username=batchscrape", "--no-sync", "--encoding=UTF8", "--locale=C")
        data = Place(folder, account).data
        settings = SETTINGS | {"unix_socket_directories": str(folder)}
        lines = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
        (data / "postgresql.auto.conf").write_text(lines)
        (data / "pg_hba.conf").write_text(f"{hba}\n")
        start(folder)
        try:
            yield folder
        finally:
            stop(folder)


def start(folder: Path) -> None:
    """Start the server, and wait until it answers."""
    control(folder, "pg_ctl", "start", "--wait", f"--log={folder / 'log'}")


def stop(folder: Path) -> None:
    """Stop the server as a crash would."""
    control(folder, "pg_ctl", "stop", "--mode=immediate")


def control(folder: Path, program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL's on the data of that folder."""
    account = fitting_account()
    place = Place(folder, account)
    command = [str(find_programs(place) / program), f"--pgdata={place.data}", *arguments]
    subprocess.run(command, check=True, capture_output=True, cwd="/", **account.process_options)


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
