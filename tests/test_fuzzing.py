"""Whatever the bytes from outside: every parser returns, or raises the error that its docstring names."""

import asyncio
import gzip
import re
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import brotli
import pytest
import zstandard
from httptools import HttpParserError, HttpParserUpgrade
from hypothesis import given, settings
from hypothesis import strategies as st

from batchscrape.crawling.links import Link, find_links, find_refresh
from batchscrape.crawling.priority import rank
from batchscrape.crawling.sitemap import find_pages
from batchscrape.crawling.urls import clean_url, is_page, page_name, site_of
from batchscrape.domains import MAX_URL, Rejected, read_domains, read_entry
from batchscrape.errors import DecodeError, InputError, RedirectError, RobotsUnreachable
from batchscrape.extracting import parse
from batchscrape.fetching.answer import Answer
from batchscrape.fetching.content import is_binary, is_html, looks_like_html
from batchscrape.fetching.cookies import Cookies
from batchscrape.fetching.decoding import Body
from batchscrape.fetching.failures import HeadTooLarge
from batchscrape.fetching.guard import Guard, literal_address
from batchscrape.fetching.heads import mended_head
from batchscrape.fetching.origins import origin_of, parse_url, redirect_target
from batchscrape.fetching.response import Response
from batchscrape.fetching.retrying import wait_asked_for
from batchscrape.fetching.robots import read_robots

if TYPE_CHECKING:
    from batchscrape.fetching import SiteClient

URL_PIECES = [
    "http",
    "https",
    "://",
    "//",
    "/",
    ":",
    "@",
    "?",
    "#",
    "&",
    "=",
    ";",
    ".",
    "..",
    "/../",
    "%",
    "%2e",
    "%ff",
    "%00",
    "[",
    "]",
    "[::1]",
    "::ffff:127.0.0.1",
    "%eth0",
    "127.1",
    "0x7f",
    "0177",
    "4294967296",
    "999999",
    ":80",
    ":0",
    "acme.de",
    "www.",
    "xn--",
    "xn--nxa",
    "b\xfccher",
    "\u2603",
    "\u0130",
    "\u200d",
    "\u3002",
    "co.uk",
    "localhost",
    "\\",
    " ",
    "\t",
    "\r\n",
    "\0",
    "\ufffd",
    "\ud800",
    "utm_source=1",
    "jsessionid=1",
    "(s(a))",
    "index.html",
    "-",
    "javascript:",
    "mailto:",
    "data:",
    "1",
    "a" * 64,
]
LIST_PIECES = [*URL_PIECES, "\n", "\r", ",", ";", '"', '""', "domain", "website", "url", "# "]
ROBOTS_PIECES = [
    "User-agent",
    "user agent",
    "Disallow",
    "Allow",
    "Crawl-delay",
    "Sitemap",
    "Request-rate",
    "Visit-time",
    "Host",
    ":",
    " ",
    "\n",
    "\r",
    "*",
    "$",
    "/",
    "%",
    "%2f",
    "#",
    "batchscrape",
    "others",
    "1/5s",
    "1e999",
    "nan",
    "-1",
    "0600-0845",
    "\u2028",
    "\u0130",
    "\ud800",
    "?",
    "https://",
    "[",
]
HEAD_PIECES = [
    b"HTTP/1.1",
    b"HTTP/1.0",
    b"HTTP/9.9",
    b" 200 OK",
    b" 101",
    b" 204",
    b" 99999",
    b"\r\n",
    b"\n",
    b"\r",
    b"\r\n\r\n",
    b"Content-Length: ",
    b"Transfer-Encoding: chunked",
    b"Connection: upgrade",
    b"Upgrade: h2c",
    b"X: y",
    b": ",
    b" ",
    b"-1",
    b"5",
    b"18446744073709551616",
    b"\0",
    b"\xff",
    b"5\r\nhello",
    b"0\r\n\r\n",
    b";x",
    b"fffffffffffffffff",
]
ANCHOR_PIECES = [
    *URL_PIECES,
    "<a href='",
    "'>",
    "</a>",
    "<area href=",
    "<frame src=",
    "<base href='",
    "<img alt=",
    ">",
]
ANCHOR_PIECES += [
    "<meta http-equiv=refresh content='",
    "0;url=",
    "9999999999;",
    "contact",
    "<a>",
    "<svg>",
    "<template>",
]
SITEMAP_PIECES = [*URL_PIECES, "<loc>", "</loc>", "<sitemapindex>", "<![CDATA[", "]]>", "&#xD800;", "&amp;", "\n"]
COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}

fuzzed = settings(max_examples=150, deadline=None)


def text_of(pieces: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces) | st.text(max_size=4), max_size=25).map("".join)


urls = text_of(URL_PIECES) | text_of(URL_PIECES).map("https://acme.de/".__add__)
headers = st.text(st.characters(max_codepoint=255), max_size=60)


@fuzzed
@given(urls)
def test_any_entry_is_read_or_refused(text: str) -> None:
    try:
        entry = read_entry(text)
    except InputError:
        return

    assert entry.domain.isascii()
    assert read_entry(entry.domain).domain == entry.domain
    assert len(entry.start_url) <= MAX_URL or len(text) <= MAX_URL


@fuzzed
@given(
    text_of(LIST_PIECES),
    st.sampled_from(["utf-8", "utf-16", "latin-1"]),
    st.sampled_from(["", "domain,x\n", "x\ty\n"]),
)
def test_any_list_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str, header: str
) -> None:
    path = Path(tmp_path_factory.getbasetemp(), "fuzzed-list")
    path.write_bytes((header + text).encode(encoding, "replace"))

    try:
        items = list(read_domains(path))
    except InputError:
        return

    for item in items:
        assert not isinstance(item, Rejected) or (item.reason and item.text.isprintable())


@fuzzed
@given(urls, text_of(["contact", " ", "\u0130", "kontakt", "\u0301", "\n", "/"]))
def test_any_url_is_cleaned_named_and_ranked_or_left_out(url: str, text: str) -> None:
    clean = clean_url(url)

    if clean is not None:
        assert clean.startswith(("http://", "https://"))
        assert clean_url(clean) is not None
        assert page_name(clean)
        assert site_of(clean)
        assert is_page(clean) in (True, False)
        assert rank(Link(clean, text), "de")


@fuzzed
@given(text_of(ANCHOR_PIECES))
def test_links_of_any_markup_are_pages_of_the_site(markup: str) -> None:
    body = markup.encode("utf-8", "surrogatepass")
    page = parse(body, url="https://acme.de/a?b", headers={"content-type": "text/html; charset=utf-8"})

    links = list(find_links(page, "acme.de"))

    assert all(site_of(link.url) == "acme.de" for link in links)
    assert (find_refresh(page) or "http").startswith("http")


class OneSitemap:
    """The part of a SiteClient that reads sitemaps."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def sitemaps(self, _url: str) -> tuple[str, ...]:
        return ()

    async def sitemap(self, _url: str, *, within: Callable[[str], bool]) -> bytes:
        assert not within("http://[")
        return self._body


async def no_pause(_url: str) -> None:
    """Ask at once."""


@fuzzed
@given(text_of(SITEMAP_PIECES), st.sampled_from(["utf-8", "utf-16"]))
def test_any_sitemap_is_read(text: str, encoding: str) -> None:
    client = cast("SiteClient", OneSitemap(text.encode(encoding, "replace")))

    links = asyncio.run(find_pages(client, "https://acme.de/", language="de", enough=9, pause=no_pause))

    assert all(site_of(link.url) == "acme.de" for link in links)


@fuzzed
@given(text_of(ROBOTS_PIECES), urls)
def test_any_robots_txt_is_read_or_forbids(text: str, url: str) -> None:
    try:
        robots = read_robots(text.encode("utf-8", "surrogatepass"), "acme.de")
    except RobotsUnreachable:
        return

    assert robots.allows(clean_url(url) or "https://acme.de/") in (True, False)
    assert 0 <= robots.crawl_delay <= 30
    assert all(isinstance(sitemap, str) for sitemap in robots.sitemaps)


@fuzzed
@given(st.lists(st.sampled_from(HEAD_PIECES) | st.binary(max_size=4), max_size=25), st.booleans())
def test_any_answer_is_parsed_or_refused(pieces: list[bytes], is_head: bool) -> None:
    answer = Answer(is_head=is_head)

    try:
        for piece in [b"HTTP/1.1 200 OK\r\n", *pieces]:
            answer.feed(piece)
    except (HttpParserError, HttpParserUpgrade, HeadTooLarge):
        return

    answer.end()
    assert len(answer.take()) <= sum(map(len, pieces))


@fuzzed
@given(st.lists(st.sampled_from(HEAD_PIECES) | st.binary(max_size=4), max_size=25).map(b"".join))
def test_a_mended_head_is_never_longer_than_its_lines(raw: bytes) -> None:
    mended = mended_head(raw)

    assert mended is None or len(mended) <= len(raw) + 3 * raw.count(b"\n") + 30


@fuzzed
@given(headers, st.sampled_from([200, 429, 503]))
def test_any_retry_after_is_a_time_or_nothing(value: str, status: int) -> None:
    for text in (value, f"Fri, 31 Dec 9999 23:59:59 {value}", f"Mon, 1 Jan {value} 00:00:00 GMT"):
        wait = wait_asked_for(answered(status, {"retry-after": text}))
        assert wait is None or wait >= 0


def answered(status: int, fields_: dict[str, str]) -> Response:
    return Response(
        url="https://acme.de/",
        final_url="https://acme.de/",
        http_status=status,
        headers=fields_,
        content_type=None,
        body=b"",
        truncated=False,
        duration=0.0,
        fetched_at=datetime.now(UTC),
    )


@fuzzed
@given(headers | st.none(), st.binary(max_size=80))
def test_any_content_is_html_or_not(content_type: str | None, start: bytes) -> None:
    assert is_html(content_type) in (True, False, None)
    assert looks_like_html(start) in (True, False)
    assert is_binary(start) in (True, False)


@fuzzed
@given(text_of(["a", "=", ";", " ", "\n", "Domain", "acme.de", ".", "Max-Age", "0", "-", '"', "\0"]))
def test_a_cookie_header_is_one_line(lines: str) -> None:
    cookies = Cookies()

    cookies.take("www.acme.de", lines)

    assert re.fullmatch(r"[\x20-\x7e]*", cookies.header("www.acme.de"))


@fuzzed
@given(
    st.lists(st.sampled_from([*COMPRESSIONS, "x-gzip", "identity", "", "b\xe9", "GZIP "]), max_size=4).map(
        ",".join
    ),
    st.sampled_from([*COMPRESSIONS.values(), bytes]),
    st.binary(max_size=300),
    st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=3)), max_size=3),
)
def test_any_body_is_decoded_within_its_limit_or_refused(
    encoding: str, compress: Callable[[bytes], bytes], content: bytes, spoils: list[tuple[int, bytes]]
) -> None:
    wire = compress(content * 9)
    for place, rubbish in spoils:
        wire = wire[:place] + rubbish + wire[place + 1 :]

    try:
        body = Body(encoding, 1_000)
        for start in range(0, len(wire), 7):
            if not body.feed(wire[start : start + 7]):
                break
        assert len(body.content) == body.size <= 1_000
    except DecodeError:
        return


@fuzzed
@given(urls, headers)
def test_any_redirect_leads_to_an_origin_or_is_refused(url: str, location: str) -> None:
    for text in (url, location):
        try:
            target = redirect_target(parse_url("https://acme.de/a?b"), text)
            host = origin_of(target).host
        except RedirectError:
            continue
        address = literal_address(host)
        assert host.isascii()
        assert address is None or Guard().permits(address) in (True, False)


@fuzzed
@given(st.ip_addresses())
def test_no_address_of_a_machine_or_a_link_is_permitted(address: Any) -> None:
    inside = address.is_loopback or address.is_link_local or address.is_multicast or address.is_unspecified

    assert literal_address(str(address)) == str(address)
    assert not (Guard().permits(str(address)) and inside)
