"""The order in which a start page is looked for."""

import pytest

from batchscrape.crawling.start import HTTPS_PATIENCE, fetch_start
from batchscrape.errors import (
    ConnectError,
    DnsError,
    FetchError,
    FetchTimeout,
    HttpStatusError,
    RobotsDenied,
    TlsError,
)
from tests.crawling.fakes import FakeWeb, job

NO_HTTPS = [ConnectError("refused"), TlsError("no TLS"), FetchTimeout("silent")]


async def test_https_comes_first_once_and_with_little_patience() -> None:
    web = FakeWeb({"https://one.example/": "hello"})

    response = await fetch_start(web.client, job("one.example"))

    assert response.body == b"hello"
    assert web.asked == ["https://one.example/"]
    assert web.options == [(0, HTTPS_PATIENCE)]


@pytest.mark.parametrize("error", NO_HTTPS, ids=lambda error: error.code)
async def test_where_https_fails_http_is_tried_with_all_retries(error: FetchError) -> None:
    web = FakeWeb({"https://one.example/a": error, "http://one.example/a": "hello"})

    response = await fetch_start(web.client, job("one.example/a"))

    assert response.url == "http://one.example/a"
    assert web.options[1] == (None, None)


@pytest.mark.parametrize("error", NO_HTTPS, ids=lambda error: error.code)
async def test_where_both_fail_that_of_https_is_reported(error: FetchError) -> None:
    web = FakeWeb({"https://one.example/": error, "http://one.example/": ConnectError("http refused")})

    with pytest.raises(FetchError) as caught:
        await fetch_start(web.client, job("one.example"))

    assert caught.value is error


@pytest.mark.parametrize("error", [HttpStatusError("gone", http_status=404), RobotsDenied("no")])
async def test_an_answer_over_https_is_an_answer(error: FetchError) -> None:
    web = FakeWeb({"https://one.example/": error, "http://one.example/": "hello"})

    with pytest.raises(type(error)):
        await fetch_start(web.client, job("one.example"))

    assert web.asked == ["https://one.example/"]


async def test_where_the_bare_name_has_no_address_www_is_tried() -> None:
    web = FakeWeb({"https://www.one.example/a": ConnectError("refused"), "http://www.one.example/a": "hello"})

    response = await fetch_start(web.client, job("one.example/a"))

    assert response.url == "http://www.one.example/a"
    assert web.asked == ["https://one.example/a", "https://www.one.example/a", "http://www.one.example/a"]


async def test_where_neither_has_an_address_the_bare_name_is_reported() -> None:
    web = FakeWeb({})

    with pytest.raises(DnsError, match=r"^one\.example has no address"):
        await fetch_start(web.client, job("one.example"))

    assert web.asked == ["https://one.example/", "https://www.one.example/"]


async def test_a_name_that_begins_with_www_is_tried_once() -> None:
    web = FakeWeb({})

    with pytest.raises(DnsError):
        await fetch_start(web.client, job("www.one.example"))

    assert web.asked == ["https://www.one.example/"]


@pytest.mark.parametrize("entry", ["https://one.example/", "http://one.example/"])
async def test_an_entry_with_a_scheme_is_taken_at_its_word(entry: str) -> None:
    web = FakeWeb({entry: ConnectError("refused")})

    with pytest.raises(ConnectError):
        await fetch_start(web.client, job(entry))

    assert web.asked == [entry]
    assert web.options == [(None, None)]
