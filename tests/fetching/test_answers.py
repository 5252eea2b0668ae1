"""Whatever a server sends as HTTP is read as a browser would, or is one clear failure."""

import asyncio
import time

import pytest

from batchscrape.fetching import answer as answer_module
from batchscrape.fetching import heads
from batchscrape.fetching.answer import Answer
from tests.fetching.conftest import Fetching
from tests.web import Tls, Visit, Web, answer, endless, raw, silent, site

HTML = b"Content-Type: text/html\r\n"
BODY = b"<p>hello"
CHUNKED = b"HTTP/1.1 200 OK\r\n" + HTML + b"Transfer-Encoding: chunked\r\n"


async def test_a_page_comes_with_all_that_is_known_of_it(fetching: Fetching, web: Web) -> None:
    address = await web.serve(site({"/a?b=c": answer("<p>hällo", headers={"X-One": "1", "x-one": "2"})}))

    response = await fetching.get(address.url("/a?b=c#part"))

    assert response.url == address.url("/a?b=c#part")
    assert response.final_url == address.url("/a?b=c")
    assert response.http_status == 200
    assert response.headers["x-one"] == "1, 2"
    assert response.content_type == "text/html; charset=utf-8"
    assert response.body == "<p>hällo".encode()
    assert not response.truncated
    assert 0 < response.duration < 10
    assert response.fetched_at.tzinfo is not None


async def test_a_request_says_who_asks_and_what_can_be_read(fetching: Fetching, web: Web) -> None:
    address = await web.serve(site({"/": "hello"}))

    await fetching.get(address.url(), user_agent="me/1\r\nX-Evil: 1")

    headers = address.requests[-1].headers
    assert headers["host"] == address.domain
    assert headers["user-agent"] == "me/1X-Evil: 1"
    assert headers["accept-encoding"] == "gzip, deflate, br, zstd"


@pytest.mark.parametrize(
    "sent",
    [
        b"HTTP/1.1 200 OK\r\n" + HTML + b"Content-Length: 8\r\n\r\n<p>hello",
        b"HTTP/1.1 200 OK\r\n" + HTML + b"\r\n<p>hello",
        b"HTTP/1.0 200 OK\r\n" + HTML + b"\r\n<p>hello",
        b"HTTP/1.1 200\r\n" + HTML + b"\r\n<p>hello",
        b"HTTP/1.2 200 OK\r\n" + HTML + b"\r\n<p>hello",
        b"HTTP/1.1 200 OK\n" + HTML.replace(b"\r", b"") + b"\n<p>hello",
        CHUNKED + b"\r\n3\r\n<p>\r\n5\r\nhello\r\n0\r\n\r\n",
        CHUNKED + b"\r\n8 ;x=1\r\n<p>hello\r\n0\r\nX-T: 1\r\n\r\n",
        CHUNKED + b"Content-Length: 3\r\n\r\n8\r\n<p>hello\r\n0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
        b"HTTP/1.1 200 OK\r\n" + HTML + b"Content-Length: 8\r\n\r\n<p>hello",
        b"HTTP/1.1 200 OK\r\n" + HTML + b"Content-Length: 8\r\nContent-Length: 8\r\n\r\n<p>hello",
        b"HTTP/1.1 200 OK\r\n" + HTML + b"Content-Length: lots\r\n\r\n<p>hello",
        b"HTTP/1.1 200 OK\r\n" + HTML + b"Upgrade: h2c\r\nConnection: Upgrade, close\r\n\r\n<p>hello",
        CHUNKED + b"\r\n8\r\n<p>hello0\r\n\r\n",
        CHUNKED + b"Content-Length: 8\r\n\r\n8\r\n<p>hello\r\n0\r\n\r\n",
        CHUNKED.replace(b"Transfer", b"Content-Length: 3\r\nTransfer") + b"\r\n8\r\n<p>hello\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + HTML + b"Transfer-Encoding: identity\r\nContent-Length: 8\r\n\r\n<p>hello",
        b"HTTP/1.1 200 OK\r\n" + HTML + b"Bad Name: x\r\n\r\n<p>hello",
        b"HTTP/1.1 200 OK\r\n" + HTML + b"no field at all\r\n: empty\r\nX-Nul: a\0b\r\n\r\n<p>hello",
        b"HTTP/1.1 200 OK\r\n" + HTML + b"X-Bell: \x07\xff\r\n\r\n<p>hello",
        b"HTTP/1.1 200 OK\r\n" + HTML + b"Content-Length: 8\r\n\r\n<p>helloHTTP/1.1 rubbish after the body",
        b"HTTP/1.1 200 OK\r\n" + HTML + b"Connection: close\r\nContent-Length: 8\r\n\r\n<p>hello and more",
    ],
)  # fmt: skip
async def test_what_browsers_forgive_is_forgiven(fetching: Fetching, web: Web, sent: bytes) -> None:
    address = await web.serve(raw(sent))
    by_the_byte = await web.serve(raw(*(sent[i : i + 1] for i in range(len(sent)))))

    assert (await fetching.get(address.url())).body == BODY
    assert (await fetching.get(by_the_byte.url())).body == BODY


@pytest.mark.parametrize("status", [204, 304])
async def test_an_answer_without_a_body_is_an_empty_page(fetching: Fetching, web: Web, status: int) -> None:
    address = await web.serve(raw(b"HTTP/1.1 %d X\r\nContent-Length: 99\r\n\r\n" % status))

    response = await fetching.get(address.url())

    assert (response.http_status, response.body) == (status, b"")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "protocol_error"),
        (b"220 mail ESMTP\r\n", "protocol_error"),
        (b"\x15\x03\x01\0\x02\x02", "protocol_error"),
        (b"HTTP/1.1 2000 Odd\r\n\r\n", "protocol_error"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: te", "protocol_error"),
        (b"", "protocol_error"),
        (b"HTTP/1.1 200 OK\r\n" + HTML + b"Content-Length: 99\r\n\r\nhello", "protocol_error"),
        (CHUNKED + b"\r\n5\r\nhello\r\n", "protocol_error"),
        (CHUNKED + b"\r\nxyz\r\nhello\r\n", "protocol_error"),
        (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "protocol_error"),
    ],
)  # fmt: skip
async def test_what_is_no_whole_answer_is_a_protocol_error(
    fetching: Fetching, web: Web, sent: bytes, code: str
) -> None:
    address = await web.serve(raw(sent))

    failure = await fetching.failure(address.url())

    assert failure.code == code


@pytest.mark.parametrize("end", [b"\r\n\r\n", b"\n\n", b"\r\n\n"])
def test_a_head_that_is_mended_is_searched_once_however_it_drips(
    monkeypatch: pytest.MonkeyPatch, end: bytes
) -> None:
    searched: list[int] = []

    def mended_head(raw: bytes) -> bytes | None:
        searched.append(len(raw))
        return heads.mended_head(raw)

    monkeypatch.setattr(answer_module, "mended_head", mended_head)
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nno field\r\n" + b"X-A: 1\r\n" * 100 + b"X-B: 1" + end
    answer = Answer()

    for byte in head + b"hi":
        answer.feed(bytes([byte]))

    assert (answer.status, answer.take(), answer.complete) == (200, b"hi", True)
    assert len(searched) == 2
    assert searched[-1] == len(head)


async def test_a_reset_is_a_connect_error_before_the_head_and_a_protocol_error_after(
    fetching: Fetching, web: Web
) -> None:
    async def before(visit: Visit) -> None:
        await visit.reader.readexactly(1)
        visit.reset()

    async def after(visit: Visit) -> None:
        await visit.request()
        await visit.send(b"HTTP/1.1 200 OK\r\n" + HTML + b"Content-Length: 99\r\n\r\nhello")
        visit.reset()

    first = await web.serve(before)
    second = await web.serve(after)

    assert (await fetching.failure(first.url(), ignore_robots=True)).code == "connect_error"
    failure = await fetching.failure(second.url(), ignore_robots=True)
    assert failure.code == "protocol_error"
    assert failure.http_status == 200


async def test_a_closed_port_is_a_connect_error(fetching: Fetching) -> None:
    failure = await fetching.failure("http://127.9.9.9:9/")

    assert failure.code == "connect_error"
    assert "127.9.9.9" in str(failure)


SLOW = [
    silent,
    raw(*([b"H"] + [b"TTP/1.1 200 OK\r\nX: "] + [b"x"] * 1000), pause=0.02),
    endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", pause=0.02),
    endless(b"HTTP/1.1 200 OK\r\n" + HTML + b"\r\n", b"x", pause=0.02),
    endless(CHUNKED + b"\r\n", b"1\r\nx\r\n", pause=0.02),
]


@pytest.mark.parametrize("handler", SLOW)
async def test_a_slow_server_costs_the_time_out_however_busy_it_is(
    fetching: Fetching, web: Web, handler: object
) -> None:
    address = await web.serve(handler)  # type: ignore[arg-type]
    started = time.monotonic()

    failure = await fetching.failure(address.url(), timeout=0.3, ignore_robots=True)

    assert failure.code == "timeout"
    assert time.monotonic() - started < 5
    await address.all_closed()


@pytest.mark.parametrize("kind", [None, "valid"])
async def test_a_cancelled_request_leaves_no_connection_open(fetching: Fetching, web: Web, kind: Tls) -> None:
    asked = asyncio.Event()

    async def handler(visit: Visit) -> None:
        await visit.request()
        asked.set()
        await visit.until_gone()

    address = await web.serve(handler, tls=kind)
    task = asyncio.ensure_future(fetching.get(address.url()))
    await asked.wait()

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    await address.all_closed()


async def test_a_handshake_that_is_cancelled_leaves_no_connection_open(fetching: Fetching, web: Web) -> None:
    connected = asyncio.Event()

    async def handler(visit: Visit) -> None:
        connected.set()
        await visit.until_gone()

    address = await web.serve(handler)
    task = asyncio.ensure_future(fetching.get(address.url().replace("http", "https")))
    await connected.wait()

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    await address.all_closed()


class TestKeepAlive:
    async def test_the_pages_of_a_site_come_over_one_connection(self, fetching: Fetching, web: Web) -> None:
        address = await web.serve(site({"/": "one", "/2": "two"}))

        async with fetching.site() as client:
            for path in ("/", "/2", "/"):
                await client.get(address.url(path))

        assert address.paths == ["/robots.txt", "/", "/2", "/"]
        assert address.connections == 1
        await address.all_closed()

    async def test_a_connection_that_the_server_closed_is_replaced_silently(
        self, fetching: Fetching, web: Web
    ) -> None:
        async def handler(visit: Visit) -> None:
            await visit.request()
            await visit.send(answer("hello"))

        address = await web.serve(handler)

        async with fetching.site(ignore_robots=True) as client:
            await client.get(address.url())
            second = await client.get(address.url())

        assert second.body == b"hello"
        assert address.connections == 2

    async def test_a_connection_that_ends_as_the_request_goes_out_is_replaced_once(
        self, fetching: Fetching, web: Web
    ) -> None:
        async def handler(visit: Visit) -> None:
            await visit.request()
            await visit.send(answer("hello"))
            await visit.request()

        address = await web.serve(handler)

        async with fetching.site(ignore_robots=True) as client:
            await client.get(address.url())
            second = await client.get(address.url())

        assert second.body == b"hello"
        assert address.paths == ["/", "/", "/"]

    @pytest.mark.parametrize(
        "rubbish", [b"x", b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Type: text/html\r\n\r\nevil"]
    )
    async def test_a_connection_with_rubbish_after_the_body_is_not_used_again(
        self, fetching: Fetching, web: Web, rubbish: bytes
    ) -> None:
        address = await web.serve(site({"/": answer("good") + rubbish}))

        async with fetching.site(ignore_robots=True) as client:
            bodies = [(await client.get(address.url())).body for _ in range(3)]

        assert bodies == [b"good"] * 3
        assert address.connections == 3

    async def test_what_comes_unasked_over_an_idle_connection_closes_it(
        self, fetching: Fetching, web: Web
    ) -> None:
        async def handler(visit: Visit) -> None:
            while await visit.request():
                await visit.send(answer("good"))
                await answered.wait()
                await visit.send(b"HTTP/1.1 408 Timeout\r\nContent-Length: 0\r\n\r\n")

        answered = asyncio.Event()
        address = await web.serve(handler)

        async with fetching.site(ignore_robots=True) as client:
            await client.get(address.url())
            answered.set()
            await address.all_closed()
            second = await client.get(address.url())

        assert second.body == b"good"

    async def test_a_page_that_was_not_read_does_not_spoil_the_next(self, fetching: Fetching, web: Web) -> None:
        address = await web.serve(
            site({"/pdf": answer("x" * 99_999, content_type="application/pdf"), "/": "good"})
        )

        async with fetching.site(ignore_robots=True) as client:
            with pytest.raises(Exception, match="no HTML"):
                await client.get(address.url("/pdf"))
            response = await client.get(address.url())

        assert response.body == b"good"
