"""The transport is an httpx transport like any other, and our parsers bear whatever they are given."""

import gzip
import time
from contextlib import suppress

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchscrape.errors import RedirectError, RobotsUnreachable
from batchscrape.fetching.content import is_binary, is_html, looks_like_html
from batchscrape.fetching.cookies import Cookies
from batchscrape.fetching.dialing import Dialer, tls_context
from batchscrape.fetching.guard import Guard
from batchscrape.fetching.heads import mended_head
from batchscrape.fetching.origins import origin_of, parse_url, redirect_target
from batchscrape.fetching.resolver import Resolver
from batchscrape.fetching.robots import read_robots
from batchscrape.fetching.transport import SiteTransport
from tests.web import Web, answer, raw

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def transport() -> SiteTransport:
    return SiteTransport(Dialer(Resolver(), tls_context(), None), Guard(["127.0.0.0/8"]))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "sent",
    [
        answer("<p>hello", headers={"X-A": "1", "Set-Cookie": "a=1", "set-cookie": "b=2"}),
        answer(gzip.compress(b"<p>hello"), headers={"Content-Encoding": "gzip"}),
        HTML + b"Transfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n5\r\nhello\r\n0\r\nX-Trailer: 1\r\n\r\n",
        HTML + b"Connection: close\r\n\r\n<p>hello",
        b"HTTP/1.0 200 OK\r\n\r\n<p>hello",
        b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + answer("<p>hello"),
        b"HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n",
        b"HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n",
        answer("<p>gone", status=410),
        answer(status=302, headers={"Location": "/there"}),
    ],
)  # fmt: skip
async def test_its_answers_are_those_of_httpx(web: Web, sent: bytes, method: str) -> None:
    sent = sent.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if method == "HEAD" and b" 103 " not in sent else sent
    address = await web.serve(raw(sent))
    request = httpx.Request(method, address.url("/a%20b?c=d"))

    async with transport() as ours, httpx.AsyncHTTPTransport(trust_env=False) as theirs:
        answers = []
        for each in (ours, theirs):
            response = await each.handle_async_request(request)
            body = b"".join([piece async for piece in response.aiter_raw()])
            await response.aclose()
            answers.append((response.status_code, response.headers.raw, body))

    assert answers[0] == answers[1]
    assert address.requests[0].target == address.requests[1].target


@given(st.text() | st.from_regex(r"https?://[\[\]:@/%.0-9a-fx]{0,30}"))
def test_any_text_is_a_url_or_a_redirect_error(text: str) -> None:
    try:
        origin = origin_of(parse_url(text))
    except RedirectError:
        return
    assert origin.scheme in ("http", "https")
    assert 0 < origin.port < 65536


@given(
    st.text(alphabet=st.characters(max_codepoint=255)) | st.from_regex(r"[/\\?#:.@%\[\]a-z]{0,30}", fullmatch=True)
)
def test_any_location_is_a_url_or_a_redirect_error(location: str) -> None:
    with suppress(RedirectError):
        assert redirect_target(httpx.URL("http://a.example/b/c"), location).scheme in ("http", "https")


@given(st.binary() | st.from_regex(rb"HTTP/1\.1 200[ -~\r\n:]{0,200}"))
def test_any_head_is_mended_or_left(raw_head: bytes) -> None:
    mended = mended_head(raw_head)

    assert mended is None or isinstance(mended, bytes)


@given(st.text(), st.text(alphabet="=;, \n.a-domain", max_size=60))
def test_any_cookie_is_taken_or_left(text: str, line: str) -> None:
    cookies = Cookies()
    cookies.take("www.a.example", text)
    cookies.take("www.a.example", line)

    assert cookies.header("www.a.example").isascii()
    assert "\n" not in cookies.header("www.a.example")


@given(st.binary() | st.from_regex(rb"((user-agent|disallow|allow|crawl-delay)[: ][ -~]{0,20}\n){0,10}"))
def test_any_robots_txt_is_read_or_rubbish(body: bytes) -> None:
    try:
        robots = read_robots(body, "a.example")
    except RobotsUnreachable:
        assert b"\0" in body
        return
    assert robots.allows("http://a.example/x") in (True, False)
    assert 0 <= robots.crawl_delay <= 30


@given(st.text(), st.binary())
def test_any_content_is_html_or_not(content_type: str, start: bytes) -> None:
    assert is_html(content_type) in (True, False, None)
    assert looks_like_html(start) in (True, False)
    assert is_binary(start) in (True, False)


@pytest.mark.parametrize(
    "call",
    [
        lambda: Cookies().take("a.example", "a" * 50_000 + "=" * 50_000 + ";" * 50_000),
        lambda: mended_head(b"HTTP/1.1 200 " + b" \t" * 50_000 + b"\r\n\r\n"),
        lambda: mended_head(b"HTTP/1.1 200\r\n" + b"a:\r\n" * 50_000 + b"\n" * 50_000),
        lambda: mended_head(b"HTTP/1.1 200\r\n" + b"a" * 50_000 + b" \t" * 50_000 + b"\r\n\r\n"),
        lambda: read_robots(b"user-agent" + b" :" * 50_000, "a.example"),
        lambda: read_robots(b" user agent \t" * 50_000, "a.example"),
        lambda: redirect_target(httpx.URL("http://a.example/"), "http://" + "0x7f." * 10_000),
        lambda: redirect_target(httpx.URL("http://a.example/"), "../" * 15_000),
        lambda: is_html(",;/" * 50_000),
    ],
)  # fmt: skip
def test_patterns_stay_linear(call: object) -> None:
    started = time.process_time()
    with suppress(RedirectError):
        call()  # type: ignore[operator]
    assert time.process_time() - started < 1
