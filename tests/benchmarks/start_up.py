"""How long `--help` takes, and `status` with the server running: `python -m tests.benchmarks.start_up`."""

import statistics
import tempfile
import time
from pathlib import Path

from batchscrape.database.embedded import running_server
from tests.command import batchscrape

_ROUNDS = 11


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        home = Path(folder, "home")
        domains = Path(folder, "domains.txt")
        domains.write_text("".join(f"name-{number}.invalid\n" for number in range(1_000)))
        env = {"BATCHSCRAPE_HOME": str(home)}
        with running_server(home):
            batchscrape("run", domains, "--quiet", env=env)
            for command in (["--help"], ["run", "--help"], ["status"], ["status", "--json"], ["list"]):
                print(f"{' '.join(command):15} {_median(command, env):.3f} s (median of {_ROUNDS})")


def _median(command: list[str], env: dict[str, str]) -> float:
    batchscrape(*command, env=env)
    times = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        batchscrape(*command, env=env)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


if __name__ == "__main__":
    main()
