"""What the facts of a page cost: the bare parse beside each extractor, and all together.

`python -m tests.benchmarks.extracting` prints microseconds, the best of many rounds, for the page of 42 KB
that the other benchmarks serve and, as a median, for the labelled pages of 20 to 60 KB.
"""

import gzip
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from batchscrape.extracting import EXTRACTORS, ParsedPage, parse
from tests.benchmarks.sites import make_pages
from tests.pages.collection import labelled_pages

_ROUNDS = 40


def main() -> None:
    body = gzip.decompress(make_pages()[b"/"].partition(b"\r\n\r\n")[2])
    headers = {"content-type": "text/html; charset=utf-8"}
    one = _cost(lambda: parse(body, url="https://www.acme-benchmark.com/", headers=headers))
    pages = [page for page in labelled_pages() if 20_000 <= len(page.body) <= 60_000]
    many = [_cost(page.parsed) for page in pages]
    print(f"{'µs':16} {len(body):>7,} bytes   median of {len(many)} labelled pages")
    for name in one:
        print(f"{name:16} {one[name]:13.0f}   {statistics.median(cost[name] for cost in many):.0f}")
    totals = [sum(cost.values()) for cost in many]
    middle, most = statistics.median(totals), max(totals)
    print(f"{'all together':16} {sum(one.values()):13.0f}   {middle:.0f}, at most {most:.0f}")


def _cost(parsed: Callable[[], ParsedPage]) -> dict[str, float]:
    """Microseconds of the parse and of each extractor, in the order in which they run."""
    best: dict[str, float] = {}
    for _ in range(_ROUNDS):
        page, took = _timed(parsed)
        best["parse"] = min(best.get("parse", took), took)
        for name, extractor in EXTRACTORS.items():
            _, took = _timed(partial(extractor, page))
            best[name] = min(best.get(name, took), took)
    return best


def _timed(call: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter_ns()
    result = call()
    return result, (time.perf_counter_ns() - began) / 1000


if __name__ == "__main__":
    main()
