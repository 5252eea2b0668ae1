"""What a page built to keep a parser busy costs, and what the other 99 domains in flight notice of it.

`python -m tests.benchmarks.bombs` crawls 100 local sites at once for each shape: all of them good, then with the
bomb as every page of one, in turn. It prints the CPU of one such page, the longest time that the event loop stood
still, and how long the 99 took together.
"""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

import uvloop

from batchscrape.crawling import crawl_site
from batchscrape.errors import ParseError
from batchscrape.extracting import extract, parse
from batchscrape.fetching import Fetcher
from batchscrape.settings import ScrapeSettings
from tests.benchmarks.serving import served_sites
from tests.crawling.fakes import job
from tests.extracting.test_lookahead import BOMBS

_GOOD_SITES = 99
_SETTINGS = ScrapeSettings(delay=0, allow_network=("127.0.0.0/8",), retries=0)
_PORT = 8089
#: Seconds between two looks at the clock.
_TICK = 0.005
#: Bytes: what is parsed on the event loop, unless it is suspicious, and the largest page.
_SIZES = (190_000, _SETTINGS.max_body)
_MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
_LINKS = "<title>t</title>" + "".join(f"<a href='/{number}'>n</a>" for number in range(8))


def main() -> None:
    with (
        served_sites(_GOOD_SITES + 1) as path,
        subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.bombs", "serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as bombs,
    ):
        assert bombs.stdin is not None
        assert bombs.stdout is not None
        bombs.stdout.readline()
        try:
            _measure(path.read_text().split())
        finally:
            bombs.stdin.close()


def _measure(good: list[str]) -> None:
    print(f"{'KB':>5} {'page CPU':>9} {'loop stood still':>17} {'the 99 took':>12}   (alone)")
    costs, gaps, ratios = [], [], []
    for number, name in enumerate(BOMBS):
        for size in _SIZES:
            cost = _cost(_page(name, size))
            alone_gap, alone = uvloop.run(_crawl(good))
            gap, took = uvloop.run(_crawl([*good[:-1], f"http://{_host(number, size)}:{_PORT}/"]))
            figures = f"{size // 1000:5} {cost:7.2f} s {gap * 1000:7.0f} ({alone_gap * 1000:3.0f}) ms"
            print(f"{figures} {took:10.2f} s   ({alone:.2f} s)  {name}", flush=True)
            costs.append(cost)
            gaps.append(gap)
            ratios.append(took / alone)
    print(f"worst page {max(costs):.2f} s, longest stand-still {max(gaps) * 1000:.0f} ms,", end=" ")
    print(
        f"the 99 took {statistics.median(ratios):.2f} times as long as alone (median), {max(ratios):.2f} at worst"
    )


def _cost(body: bytes) -> float:
    """Seconds of CPU."""
    began = time.process_time()
    with suppress(ParseError):
        extract(parse(body, url="https://a.de/", headers={"content-type": "text/html; charset=utf-8"}))
    return time.process_time() - began


async def _crawl(sites: list[str]) -> tuple[float, float]:
    """The longest time that the loop stood still, and the time until all but the last site were done."""
    fetcher = Fetcher()
    ticking = asyncio.create_task(_longest_gap(stop := asyncio.Event()))
    began = time.perf_counter()
    last = asyncio.create_task(crawl_site(job(sites[-1]), fetcher, _SETTINGS))
    await asyncio.gather(*(crawl_site(job(site), fetcher, _SETTINGS) for site in sites[:-1]))
    took = time.perf_counter() - began
    await last
    stop.set()
    await fetcher.aclose()
    return await ticking, took


async def _longest_gap(stop: asyncio.Event) -> float:
    longest, looked = 0.0, time.perf_counter()
    while not stop.is_set():
        await asyncio.sleep(_TICK)
        now = time.perf_counter()
        longest, looked = max(longest, now - looked - _TICK), now
    return longest


def _page(name: str, size: int) -> bytes:
    return (_LINKS + str(eval(BOMBS[name]))).encode()[:size]


def _host(number: int, size: int) -> str:
    return f"127.3.{_SIZES.index(size)}.{number + 1}"


async def _serve() -> None:
    """Each shape and size on an address of its own, whatever the path."""
    for number, name in enumerate(BOMBS):
        for size in _SIZES:
            handler = _site(_page(name, size))
            await asyncio.start_server(handler, _host(number, size), _PORT)
    print("serving", flush=True)
    await asyncio.to_thread(sys.stdin.read)


def _site(page: bytes) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                missing = request.startswith(b"GET /robots.txt")
                writer.write(_MISSING if missing else head % len(page) + page)
                await writer.drain()
        writer.close()

    return handle


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        uvloop.run(_serve())
    else:
        main()
