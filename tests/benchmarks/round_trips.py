"""What 50 ms to the database cost: throughput from the first claim to the last result, beside none.

`python -m tests.benchmarks.round_trips` runs 2,000 local sites in turn without and with a delay of every message,
and prints the medians, the statements a domain and the connections.
"""

import asyncio
import statistics
import sys
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg

from batchscrape.database.embedded import running_server
from tests.benchmarks.serving import served_sites
from tests.command import LOCAL, batchscrape
from tests.pooler import NastyPooler

_SITES = 2_000
_ROUNDS = 3
#: Seconds each way.
_DELAY = 0.025


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, served_sites(_SITES) as domains:
        Path(folder).chmod(0o755)
        with running_server(Path(folder, "home")) as direct:
            socket = parse_qs(urlsplit(direct).query)["host"][0]
            with NastyPooler(socket, 5432, "batchscrape") as pooler:
                _compare(pooler, domains, direct)
            assert pooler.findings == [], pooler.findings


def _compare(pooler: NastyPooler, domains: Path, direct: str) -> None:
    rates: dict[float, list[float]] = {0.0: [], _DELAY: []}
    for _ in range(_ROUNDS):
        for delay, measured in rates.items():
            pooler.delay = delay
            before = pooler.statements
            rate = _run(pooler, domains, direct)
            measured.append(rate)
            statements = (pooler.statements - before) / _SITES
            figures = f"{rate:6.1f} domains/s, {statements:.4f} statements a domain"
            print(f"{delay * 2000:3.0f} ms: {figures}", flush=True)
    without, with_delay = (statistics.median(measured) for measured in rates.values())
    print(f"median {without:.1f} and {with_delay:.1f} domains/s: {with_delay / without:.1%} of the throughput")
    print(f"at most {pooler.peak_clients} connections: a parent and one worker process")


def _run(pooler: NastyPooler, domains: Path, direct: str) -> float:
    """Domains a second from the first claim to the last result."""
    result = batchscrape("run", domains, *LOCAL, "--quiet", dsn=pooler.dsn("batchscrape"))
    if result.returncode:
        sys.exit(result.stderr)
    return asyncio.run(_rate(direct))


async def _rate(direct: str) -> float:
    connection = await asyncpg.connect(direct)
    try:
        return float(
            await connection.fetchval(
                "SELECT total_domains / extract(epoch FROM end_time - start_time)::float8"
                " FROM batchscrape.batch_status ORDER BY created_at DESC LIMIT 1"
            )
        )
    finally:
        await connection.close()


if __name__ == "__main__":
    main()
