"""Bodies that are packed: as they should be, wrongly, and as bombs."""

import gzip
import zlib

import brotli
import zstandard

from tests.hostile.behaviour import HTTP, HTTPS, PAGE, Behaviour, fails, shows_facts, start
from tests.web import Handler, answer, raw

BODY = PAGE.encode()
#: 1:1000 when packed, and 10 times what `--max-body` allows.
BOMB = BODY + b" " * (50 << 20)
LIMIT = 5 << 20


def packed(name: str, body: bytes, **headers: str) -> Handler:
    return start(answer(body, headers={"Content-Encoding": name, **headers}))


def raw_deflate(data: bytes) -> bytes:
    squeeze = zlib.compressobj(wbits=-15)
    return squeeze.compress(data) + squeeze.flush()


def quick_brotli(data: bytes) -> bytes:
    return bytes(brotli.compress(data, quality=4))


def wide_zstd(data: bytes) -> bytes:
    """Asks for a window that no browser takes."""
    parameters = zstandard.ZstdCompressionParameters(window_log=25)
    squeeze = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    return bytes(squeeze.compress(data) + squeeze.flush())


def cut_off(data: bytes) -> Handler:
    half = answer(gzip.compress(data), headers={"Content-Encoding": "gzip"})
    return raw(half[: len(half) * 3 // 4])


GOOD = [
    Behaviour("gzip", packed("gzip", gzip.compress(BODY)), shows_facts()),
    Behaviour("deflate, zlib", packed("deflate", zlib.compress(BODY)), shows_facts()),
    Behaviour("deflate, raw", packed("deflate", raw_deflate(BODY)), shows_facts()),
    Behaviour("brotli", packed("br", quick_brotli(BODY)), shows_facts()),
    Behaviour("zstd", packed("zstd", zstandard.compress(BODY)), shows_facts()),
    Behaviour("gzip, gzip", packed("gzip, gzip", gzip.compress(gzip.compress(BODY))), shows_facts()),
    Behaviour("gzip with rubbish behind", packed("gzip", gzip.compress(BODY) + b"<!-- -->"), shows_facts()),
    Behaviour("no encoding called utf-8", packed("utf-8", BODY), shows_facts()),
]

WRONG = [
    Behaviour("wrong gzip", packed("gzip", BODY), fails("decode_error", 200)),
    Behaviour("wrong deflate", packed("deflate", b"\xff" * 99), fails("decode_error", 200)),
    Behaviour("wrong brotli", packed("br", BODY), fails("decode_error", 200)),
    Behaviour("wrong zstd", packed("zstd", BODY), fails("decode_error", 200)),
    Behaviour(
        "gzip of gzip called gzip", packed("gzip", gzip.compress(gzip.compress(BODY))), fails("not_html", 200)
    ),
    Behaviour("gzip called nothing", start(answer(gzip.compress(BODY))), fails("not_html", 200)),
    Behaviour("unknown encoding", packed("x-\x1b[31mred", BODY), fails("decode_error", 200)),
    Behaviour("four encodings", packed("gzip, gzip, gzip, gzip", BODY), fails("decode_error", 200)),
    Behaviour("wide zstd", packed("zstd", wide_zstd(BODY * 99)), fails("decode_error", 200)),
    Behaviour("gzip cut off", cut_off(BODY), fails("protocol_error", 200)),
]

BOMBS = [
    Behaviour("gzip bomb", packed("gzip", gzip.compress(BOMB)), shows_facts(truncated=1, bytes=LIMIT), (HTTP,)),
    Behaviour(
        "deflate bomb", packed("deflate", zlib.compress(BOMB)), shows_facts(truncated=1, bytes=LIMIT), (HTTPS,)
    ),
    Behaviour("brotli bomb", packed("br", quick_brotli(BOMB)), shows_facts(truncated=1, bytes=LIMIT), (HTTP,)),
    Behaviour(
        "zstd bomb", packed("zstd", zstandard.compress(BOMB)), shows_facts(truncated=1, bytes=LIMIT), (HTTPS,)
    ),
    Behaviour(
        "gzip, gzip bomb",
        packed("gzip, gzip", gzip.compress(gzip.compress(BOMB))),
        shows_facts(truncated=1, bytes=LIMIT),
        (HTTP,),
    ),
    Behaviour(
        "a bomb of nothing",
        packed("gzip, gzip", gzip.compress(gzip.compress(b"") * 1_000_000)),
        fails("decode_error", 200),
    ),
]

BEHAVIOURS = GOOD + WRONG + BOMBS
