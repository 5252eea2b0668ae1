"""The benchmark's sites in a process of their own."""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served_sites(count: int) -> Iterator[Path]:
    """A list of so many domains, served for as long as the context lasts."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    command = [sys.executable, "-m", "tests.benchmarks.sites", str(count)]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        assert server.stdin is not None
        assert server.stdout is not None
        path = Path(folder, "domains.txt")
        with path.open("w") as file:
            while line := server.stdout.readline().strip():
                file.write(f"{line}\n")
        try:
            yield path
        finally:
            server.stdin.close()
