"""Sites for benchmarks: each on a loopback address of its own, linked pages of 20 to 60 KB, gzip, robots.txt.

`python -m tests.benchmarks.sites COUNT` serves them until its standard input closes, and prints their URLs.
"""

import asyncio
import gzip
import random
import sys
from typing import cast

import uvloop

_PAGES = 8
_WORDS = [f"word{number}" for number in range(800)]
_ROBOTS = b"User-agent: *\nDisallow: /private\n"


def make_pages() -> dict[bytes, bytes]:
    """Path → whole answer; the same pages for every site."""
    rng = random.Random(7)
    paths = ["/", *(f"/page-{number}.html" for number in range(1, _PAGES))]
    answers = {
        path.encode(): _answer(_html(rng, path, paths), b"text/html; charset=utf-8", compressed=True)
        for path in paths
    }
    return answers | {b"/robots.txt": _answer(_ROBOTS, b"text/plain")}


def _html(rng: random.Random, path: str, paths: list[str]) -> bytes:
    links = "".join(f'<li><a href="{each}">Page {each}</a>' for each in paths)
    blocks = "".join(
        f'<div class="block"><h2>{rng.choice(_WORDS)}</h2><p>{" ".join(rng.choices(_WORDS, k=60))}</p></div>'
        for _ in range(rng.randint(40, 110))
    )
    return (
        f'<!doctype html><html lang="en"><head><title>Page {path}</title>'
        f'<meta name="description" content="About {path}"></head><body><ul>{links}</ul>{blocks}'
        '<footer><a href="mailto:office@acme-benchmark.com">Mail</a> <a href="tel:+493023125042">Call</a>'
        '<a href="https://www.linkedin.com/company/acme-benchmark">LinkedIn</a></footer></body></html>'
    ).encode()


def _answer(body: bytes, content_type: bytes, *, compressed: bool = False) -> bytes:
    body = gzip.compress(body) if compressed else body
    encoding = b"Content-Encoding: gzip\r\n" if compressed else b""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\n%bContent-Length: %d\r\n\r\n"
    return head % (content_type, encoding, len(body)) + body


_MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class _Site(asyncio.Protocol):
    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self._answers = answers
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while b"\r\n\r\n" in self._waiting:
            head, _, self._waiting = self._waiting.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1]
            self._transport.write(self._answers.get(path, _MISSING))


async def _serve(count: int) -> None:
    answers = make_pages()
    loop = asyncio.get_running_loop()
    hosts = [f"127.2.{number // 250}.{number % 250 + 1}" for number in range(count)]
    servers = [await loop.create_server(lambda: _Site(answers), host, 8088) for host in hosts]
    print("\n".join(f"http://{host}:8088/" for host in hosts), end="\n\n", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    for server in servers:
        server.close()


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1])))
