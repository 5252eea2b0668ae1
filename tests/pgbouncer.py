"""A real pgbouncer in transaction mode, where one is installed; CI must have one."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from batchscrape.database.embedded.accounts import fitting_account
from tests.postgres import free_port, private_folder

SETTINGS = {
    "listen_addr": "127.0.0.1",
    "unix_socket_dir": "",
    "pool_mode": "transaction",
    "default_pool_size": "2",
    "max_client_conn": "50",
    "auth_type": "scram-sha-256",
    "server_login_retry": "1",
}


def find_pgbouncer() -> str:
    """Where the program is; without one the test fails in CI and is skipped elsewhere."""
    path = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if path:
        return path
    if os.environ.get("CI"):
        pytest.fail("pgbouncer is not installed, and CI must test with it")
    pytest.skip("pgbouncer is not installed")


def version() -> tuple[int, ...]:
    """Of the program that is installed, as (1, 18, 0)."""
    said = subprocess.run([find_pgbouncer(), "--version"], check=True, capture_output=True, text=True).stdout
    found = re.search(r"(\d+)\.(\d+)\.(\d+)", said)
    assert found
    return tuple(int(part) for part in found.groups())


@contextmanager
def running_pgbouncer(
    server: Path, users: Mapping[str, str], settings: Mapping[str, str] | None = None
) -> Iterator[int]:
    """A pgbouncer before the server with that socket folder; gives its port. `users` have passwords."""
    program = find_pgbouncer()
    account = fitting_account()
    with private_folder(account) as folder:
        port = free_port()
        files = {"auth_file": folder / "users", "logfile": folder / "log"}
        everything = SETTINGS | {"listen_port": port, **files} | dict(settings or {})
        (folder / "users").write_text("".join(f'"{user}" "{word}"\n' for user, word in users.items()))
        (folder / "ini").write_text(
            f"[databases]\n* = host={server}\nunreachable = host={folder}\n[pgbouncer]\n"
            + "".join(f"{name} = {value}\n" for name, value in everything.items())
        )
        process = subprocess.Popen([program, "--quiet", folder / "ini"], cwd="/", **account.process_options)
        try:
            _wait_until_it_listens(port, process)
            yield port
        finally:
            process.terminate()
            process.wait()


def _wait_until_it_listens(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.01)
        else:
            return
    pytest.fail(f"pgbouncer ended with {process.returncode}")
