"""No answer costs more than its limits, whatever it decompresses to."""

import asyncio
import gzip
import itertools
import random
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import brotli
import pytest
import zstandard

from batchscrape.fetching import Fetcher
from batchscrape.fetching.decoding import Body
from batchscrape.fetching.slots import AddressSlots
from batchscrape.settings import ScrapeSettings
from tests.fetching.conftest import Fetching
from tests.web import Tls, Visit, Web, answer, endless, raw, silent, site

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
TEXT = b"<p>" + b"".join(b"line %d of a page\n" % number for number in range(3000))
BOMB = b"<p>" + b"\0" * 50_000_000


def raw_deflate(data: bytes) -> bytes:
    squeeze = zlib.compressobj(wbits=-15)
    return squeeze.compress(data) + squeeze.flush()


def in_two_members(data: bytes) -> bytes:
    return gzip.compress(data[:1000]) + gzip.compress(data[1000:])


def quick_brotli(data: bytes) -> bytes:
    return bytes(brotli.compress(data, quality=4))


ENCODINGS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("GZip", in_two_members),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("br", quick_brotli),
    ("zstd", zstandard.compress),
    ("gzip, br", lambda data: quick_brotli(gzip.compress(data))),
    ("gzip, gzip, zstd", lambda data: zstandard.compress(gzip.compress(gzip.compress(data)))),
    ("identity, gzip", gzip.compress),
    ("none", bytes),
    ("utf-8", bytes),
]
IDS = [f"{name}-{number}" for number, (name, _) in enumerate(ENCODINGS)]


@pytest.mark.parametrize(("name", "encode"), ENCODINGS, ids=IDS)
async def test_every_encoding_that_browsers_know_is_decoded(
    fetching: Fetching, web: Web, name: str, encode: Callable[[bytes], bytes]
) -> None:
    sent = answer(encode(TEXT), headers={"Content-Encoding": name})
    address = await web.serve(site({"/": sent}))
    in_bits = await web.serve(raw(*(sent[i : i + 700] for i in range(0, len(sent), 700))))

    assert (await fetching.get(address.url())).body == TEXT
    assert (await fetching.get(in_bits.url())).body == TEXT


@pytest.mark.parametrize(("name", "encode"), ENCODINGS, ids=IDS)
async def test_a_body_is_cut_at_the_limit_and_marked(
    fetching: Fetching, web: Web, name: str, encode: Callable[[bytes], bytes]
) -> None:
    address = await web.serve(site({"/": answer(encode(TEXT), headers={"Content-Encoding": name})}))

    cut = await fetching.get(address.url(), max_body=20_000)
    whole = await fetching.get(address.url(), max_body=len(TEXT))

    assert (cut.body, cut.truncated) == (TEXT[:20_000], True)
    assert (whole.body, whole.truncated) == (TEXT, False)


@pytest.mark.parametrize(
    ("name", "encode"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", quick_brotli),
        ("zstd", zstandard.compress),
        ("gzip, gzip", lambda data: gzip.compress(gzip.compress(data))),
    ],
)
async def test_a_bomb_stops_at_the_limit_without_filling_the_memory(
    fetching: Fetching, web: Web, name: str, encode: Callable[[bytes], bytes]
) -> None:
    address = await web.serve(site({"/": answer(encode(BOMB), headers={"Content-Encoding": name})}))
    tracemalloc.start()

    response = await fetching.get(address.url(), max_body=1_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (len(response.body), response.truncated) == (1_000_000, True)
    assert peak < 12_000_000


async def test_a_stacked_bomb_costs_no_more_than_the_limit_at_any_stage(fetching: Fetching, web: Web) -> None:
    """The outer layer inflates to 50 MB of empty gzip members, which are nothing."""
    nothing = gzip.compress(b"") * 2_500_000
    address = await web.serve(
        site({"/": answer(gzip.compress(nothing), headers={"Content-Encoding": "gzip, gzip"})})
    )

    failure = await fetching.failure(address.url(), max_body=100_000)

    assert failure.code == "decode_error"


@pytest.mark.parametrize(("members", "code"), [(1_000, None), (1_001, "decode_error")])
async def test_a_gzip_body_has_a_thousand_members_at_most(
    fetching: Fetching, web: Web, members: int, code: str | None
) -> None:
    body = gzip.compress(b"<") * members
    address = await web.serve(site({"/": answer(body, headers={"Content-Encoding": "gzip"})}))

    if code is None:
        assert (await fetching.get(address.url())).body == b"<" * members
    else:
        assert (await fetching.failure(address.url())).code == code


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
async def test_what_is_no_such_encoding_is_a_decode_error(fetching: Fetching, web: Web, name: str) -> None:
    address = await web.serve(site({"/": answer("<p>plain text in truth", headers={"Content-Encoding": name})}))

    failure = await fetching.failure(address.url())

    assert failure.code == "decode_error"
    assert failure.http_status == 200
    assert failure.final_url == address.url()


@pytest.mark.parametrize("name", ["compress", "x-\x1b[31mred", "gzip, gzip, gzip, gzip"])
async def test_an_encoding_that_cannot_be_read_is_a_decode_error(fetching: Fetching, web: Web, name: str) -> None:
    address = await web.serve(site({"/": answer("<p>hello", headers={"Content-Encoding": name})}))

    failure = await fetching.failure(address.url())

    assert failure.code == "decode_error"


@pytest.mark.parametrize(("name", "encode"), ENCODINGS[:7], ids=IDS[:7])
async def test_of_a_page_that_was_compressed_only_in_part_the_part_is_kept(
    fetching: Fetching, web: Web, name: str, encode: Callable[[bytes], bytes]
) -> None:
    noisy = b"<p>" + random.Random(0).randbytes(250_000).hex().encode()
    half = encode(noisy)[: len(encode(noisy)) * 3 // 4]
    address = await web.serve(site({"/": answer(half, headers={"Content-Encoding": name})}))

    response = await fetching.get(address.url())

    assert 0 < len(response.body) < len(noisy)
    assert noisy.startswith(response.body)


async def test_rubbish_after_the_compressed_data_is_ignored(fetching: Fetching, web: Web) -> None:
    body = gzip.compress(TEXT) + b"<!-- cached -->"
    address = await web.serve(site({"/": answer(body, headers={"Content-Encoding": "gzip"})}))

    assert (await fetching.get(address.url())).body == TEXT


async def test_an_endless_body_is_cut_at_the_limit(fetching: Fetching, web: Web) -> None:
    address = await web.serve(endless(OK + b"\r\n", b"x" * 65536))

    response = await fetching.get(address.url(), max_body=300_000)

    assert (response.body, response.truncated) == (b"x" * 300_000, True)
    await address.all_closed()


@pytest.mark.parametrize(
    "handler",
    [
        raw(OK + b"".join(b"X-%d: y\r\n" % number for number in range(20_000)) + b"\r\n"),
        raw(OK + b"".join(b"X-%d: y\r\n" % number for number in range(300)) + b"\r\n"),
        raw(OK + b"X: " + b"y" * 70_000 + b"\r\n\r\n"),
        endless(OK, b"X: y\r\n"),
        endless(OK + b"X: ", b"y" * 1000),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX: ", b"y" * 1000),
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n1;x=", b"y" * 1000),
    ],
)
async def test_headers_beyond_bounds_are_too_large(fetching: Fetching, web: Web, handler: object) -> None:
    address = await web.serve(handler)  # type: ignore[arg-type]

    failure = await fetching.failure(address.url())

    assert failure.code == "too_large"
    await address.all_closed()


async def test_what_is_no_html_is_refused_before_it_is_downloaded(fetching: Fetching, web: Web) -> None:
    address = await web.serve(endless(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n", b"x" * 1000))

    failure = await fetching.failure(address.url())

    assert failure.code == "not_html"
    assert "application/pdf" in str(failure)
    assert failure.http_status == 200
    await address.all_closed()


@pytest.mark.parametrize(
    ("content_type", "body", "is_html"),
    [
        ("text/html", "anything", True),
        ("Text/HTML;charset=x", "anything", True),
        ("text/html, text/html", "anything", True),
        ("application/xhtml+xml", "anything", True),
        ("text/plain", "<html>", False),
        ("image/png", "<html>", False),
        (None, " \n<!doctype html>", True),
        (None, "\ufeff<html>", True),
        (None, "", True),
        (None, "%PDF-1.7", False),
        (None, "%PDF-1.7" * 99, False),
        (None, "<?xml version='1.0'?><rss>", False),
        ("", "<p>", True),
        ("html", "<p>", True),
        ("*/*", "GIF89a", False),
        ("unknown/unknown", "<p>", True),
        ("evil\x1b[31m/x", "<p>", False),
    ],
)
async def test_html_is_told_by_its_type_and_without_one_by_its_start(
    fetching: Fetching, web: Web, content_type: str | None, body: str, is_html: bool
) -> None:
    address = await web.serve(site({"/": answer(body, content_type=content_type)}))

    if is_html:
        assert (await fetching.get(address.url())).body == body.encode()
    else:
        assert (await fetching.failure(address.url())).code == "not_html"


BINARY = [
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"\xff\xd8\xff\xe0\0\x10JFIF",
    b"GIF89a\1\0\1\0",
    b"%PDF-1.7\n%\xe2\xe3",
    b"PK\3\4\x14\0",
    gzip.compress(b"<p>compressed twice"),
    bytes(range(256)),
]
TEXTS = [
    b"",
    b"plain words",
    b'{"error": 1}',
    b"\xef\xbb\xbf<p>\0",
    b" \r\n<p>\0\1",
    "<p>Größe".encode("utf-16"),
    "Größe".encode("utf-16"),
    "<p>a".encode("utf-16-be"),
    "<p>a".encode("utf-16-le"),
    "日本".encode("iso2022_jp"),
    b"words of 64 bytes and more, behind which a NUL is a slip of the pen" + b"\0",
]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("body", BINARY)
async def test_what_only_calls_itself_html_is_refused(
    fetching: Fetching, web: Web, body: bytes, packed: bool
) -> None:
    headers = {"Content-Encoding": "gzip"} if packed else {}
    address = await web.serve(site({"/": answer(gzip.compress(body) if packed else body, headers=headers)}))

    failure = await fetching.failure(address.url())

    assert (failure.code, failure.http_status) == ("not_html", 200)


@pytest.mark.parametrize("body", TEXTS)
async def test_text_that_calls_itself_html_is_taken(fetching: Fetching, web: Web, body: bytes) -> None:
    address = await web.serve(site({"/": answer(body)}))

    assert (await fetching.get(address.url())).body == body


@pytest.mark.parametrize("content_type", ["text/html", None])
@pytest.mark.parametrize(("name", "encode"), ENCODINGS, ids=IDS)
async def test_a_page_that_comes_by_the_byte_is_judged_when_enough_of_it_is_there(
    fetching: Fetching, web: Web, name: str, encode: Callable[[bytes], bytes], content_type: str | None
) -> None:
    sent = answer(encode(b"<p>hello"), content_type=content_type, headers={"Content-Encoding": name})
    address = await web.serve(raw(*(sent[i : i + 1] for i in range(len(sent)))))

    assert (await fetching.get(address.url())).body == b"<p>hello"


async def test_at_most_eight_connections_go_to_one_address(fetching: Fetching, web: Web) -> None:
    async def handler(visit: Visit) -> None:
        while await visit.request():
            await asyncio.sleep(0)
            await visit.send(answer("hello"))

    address = await web.serve(handler)

    async def crawl() -> None:
        async with fetching.site(ignore_robots=True) as client:
            for _ in range(3):
                await client.get(address.url())
                await asyncio.sleep(0)

    await asyncio.gather(*(crawl() for _ in range(40)))

    assert address.most_open <= 9  # the server sees an end a moment later than we
    assert len(address.requests) == 120
    await address.all_closed()
    assert fetching.fetcher._dialer._slots._addresses == {}


async def test_a_site_that_waits_for_its_address_is_not_timed_out_by_it(fetching: Fetching, web: Web) -> None:
    busy = await web.serve(silent)

    async def hold() -> None:
        await fetching.failure(busy.url(), timeout=0.6, ignore_robots=True)

    holders = [asyncio.ensure_future(hold()) for _ in range(8)]
    while busy.open_now < 8:
        await asyncio.sleep(0.01)
    good = await web.serve(site({"/": "hello"}), host=busy.host)

    response = await fetching.get(good.url(), timeout=0.3, ignore_robots=True)

    assert response.body == b"hello"
    await asyncio.gather(*holders)


async def test_a_connection_that_idles_gives_way(fetching: Fetching, web: Web) -> None:
    address = await web.serve(site({"/": "hello"}))
    clients = [fetching.site(ignore_robots=True) for _ in range(9)]

    for client in clients:
        await client.get(address.url())
    again = await clients[0].get(address.url())

    assert again.body == b"hello"
    for client in clients:
        await client.__aexit__(None, None, None)
    await address.all_closed()


async def test_who_gives_up_waiting_takes_no_slot_with_it(fetching: Fetching, web: Web) -> None:
    address = await web.serve(silent)
    holders = [asyncio.ensure_future(fetching.get(address.url(), ignore_robots=True)) for _ in range(20)]
    while address.open_now < 8:
        await asyncio.sleep(0.01)

    for holder in reversed(holders):
        holder.cancel()
    await asyncio.gather(*holders, return_exceptions=True)

    await address.all_closed()
    assert fetching.fetcher._dialer._slots._addresses == {}


async def test_a_client_keeps_few_connections(fetching: Fetching, web: Web) -> None:
    addresses = [await web.serve(site({"/": "hello"})) for _ in range(8)]

    async with fetching.site() as client:
        for address in addresses:
            await client.get(address.url())
        await asyncio.gather(*(address.all_closed() for address in addresses[:4]))
        still_open = [address.open_now for address in addresses]

    assert still_open == [0, 0, 0, 0, 1, 1, 1, 1]


async def test_a_hundred_thousand_dead_names_are_cheap() -> None:
    fetcher = Fetcher()
    loop = asyncio.get_running_loop()
    started = loop.time()

    for number in range(1000):
        async with fetcher.site(ScrapeSettings()) as client:
            with pytest.raises(Exception, match="no address"):
                await client.get(f"https://n{number}.invalid/")

    assert loop.time() - started < 5
    await fetcher.aclose()


async def test_a_zstandard_window_beyond_what_browsers_take_is_a_decode_error(
    fetching: Fetching, web: Web
) -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=25)
    squeeze = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    body = squeeze.compress(TEXT) + squeeze.flush()
    address = await web.serve(site({"/": answer(body, headers={"Content-Encoding": "zstd"})}))

    assert (await fetching.failure(address.url())).code == "decode_error"


def test_nothing_is_decoded_beyond_the_limit() -> None:
    class Endless:
        def feed(self, data: bytes) -> Iterator[bytes]:
            return itertools.repeat(data)

    body = Body("gzip", 100)
    body._decoders = [Endless()]

    assert not body.feed(b"hello")
    assert body.content == b"hello" * 20


async def test_a_slot_that_comes_as_its_waiter_gives_up_is_not_lost() -> None:
    slots = AddressSlots()
    taken = [await slots.acquire("192.0.2.1") for _ in range(8)]
    waiter = asyncio.ensure_future(slots.acquire("192.0.2.1"))
    await asyncio.sleep(0)

    taken[0].release()
    waiter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiter

    taken[0] = await slots.acquire("192.0.2.1")
    for slot in taken:
        slot.release()
        slot.release()
    assert slots._addresses == {}


@pytest.mark.parametrize("kind", [None, "self-signed"])
async def test_a_connection_that_fails_gives_its_slot_back(fetching: Fetching, web: Web, kind: Tls) -> None:
    address = await web.serve(site({}), tls="self-signed")
    url = address.url() if kind else "http://127.9.9.9:9/"

    for _ in range(10):
        await fetching.failure(url, ignore_robots=True)
    await address.all_closed()

    assert fetching.fetcher._dialer._slots._addresses == {}
