"""What may pass is tried again; what asks to wait is waited for, if it is not too long."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from batchscrape.fetching import retrying
from tests.fetching.conftest import Fetching
from tests.web import Handler, Visit, Web, answer


def in_turn(answers: Sequence[bytes]) -> Handler:
    """Sends one answer after the other, the last one again and again; an empty one closes the connection."""
    left = list(answers)

    async def handle(visit: Visit) -> None:
        while await visit.request():
            sent = left.pop(0) if len(left) > 1 else left[0]
            if not sent:
                return
            await visit.send(sent)

    return handle


@pytest.mark.parametrize(
    "first", [answer(status=status) for status in (408, 429, 500, 502, 503, 504, 522)] + [b""]
)
async def test_a_passing_failure_is_tried_again(fetching: Fetching, web: Web, first: bytes) -> None:
    address = await web.serve(in_turn([first, answer("hello")]))

    response = await fetching.get(address.url(), retries=1, ignore_robots=True)

    assert response.body == b"hello"
    assert len(address.requests) == 2


@pytest.mark.parametrize(
    ("sent", "code", "requests"),
    [
        (answer(status=404), "http_4xx", 1),
        (answer(status=403), "http_4xx", 1),
        (answer(status=501), "http_5xx", 1),
        (answer(status=503), "http_5xx", 3),
        (answer(status=429), "rate_limited", 3),
        (b"", "protocol_error", 3),
        (b"SSH-2.0\r\n", "protocol_error", 1),
        (answer("x", content_type="image/png"), "not_html", 1),
    ],
)
async def test_a_failure_that_stays_is_reported_after_all_tries(
    fetching: Fetching, web: Web, sent: bytes, code: str, requests: int
) -> None:
    address = await web.serve(in_turn([sent]))

    failure = await fetching.failure(address.url(), retries=2, ignore_robots=True)

    assert failure.code == code
    assert len(address.requests) == requests


async def test_a_status_error_knows_its_status_and_url(fetching: Fetching, web: Web) -> None:
    address = await web.serve(in_turn([answer(status=404)]))

    failure = await fetching.failure(address.url("/x"), ignore_robots=True)

    assert (failure.http_status, failure.final_url) == (404, address.url("/x"))
    assert "404" in str(failure)


async def test_retries_and_connect_time_out_can_be_set_for_one_page(fetching: Fetching, web: Web) -> None:
    address = await web.serve(in_turn([b""]))

    async with fetching.site(retries=5) as client:
        with pytest.raises(Exception, match="closed the connection"):
            await client.get(address.url(), retries=0, connect_timeout=5)

    assert address.paths == ["/robots.txt"]


async def test_an_answer_that_passes_is_tried_again_even_where_connecting_is_not(
    fetching: Fetching, web: Web
) -> None:
    address = await web.serve(in_turn([answer(status=503), answer("hello")]))

    async with fetching.site(retries=1, ignore_robots=True) as client:
        response = await client.get(address.url(), retries=0)

    assert response.body == b"hello"


@pytest.mark.parametrize("status", [429, 503])
async def test_a_short_wait_that_is_asked_for_is_waited(
    fetching: Fetching, web: Web, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "_FIRST_WAIT", 100.0)
    asks = answer(status=status, headers={"Retry-After": "1"})
    address = await web.serve(in_turn([asks, answer("hello")]))

    response = await fetching.get(address.url(), retries=1, ignore_robots=True)

    assert response.body == b"hello"


LATER = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)


@pytest.mark.parametrize("wait", ["86400", "61", "9" * 400, LATER, LATER.replace("GMT", "-0000")])
@pytest.mark.parametrize("status", [429, 503])
async def test_a_wait_that_is_too_long_is_not_waited(fetching: Fetching, web: Web, status: int, wait: str) -> None:
    address = await web.serve(in_turn([answer(status=status, headers={"Retry-After": wait})]))

    failure = await fetching.failure(address.url(), retries=2, ignore_robots=True)

    assert failure.code == "rate_limited"
    assert failure.http_status == status
    assert len(address.requests) == 1


async def test_a_wait_beyond_the_domains_time_is_not_waited(fetching: Fetching, web: Web) -> None:
    address = await web.serve(in_turn([answer(status=429, headers={"Retry-After": "20"})]))

    failure = await fetching.failure(address.url(), retries=2, domain_timeout=10.0, ignore_robots=True)

    assert failure.code == "rate_limited"
    assert len(address.requests) == 1


@pytest.mark.parametrize("wait", ["soon", "-5", "1.5", "", "Thu, 99 Foo 2020", "Thu, 01 Jan 1970 00:00:00 GMT"])
async def test_a_wait_that_says_nothing_is_the_usual_one(fetching: Fetching, web: Web, wait: str) -> None:
    asks = answer(status=503, headers={"Retry-After": wait})
    address = await web.serve(in_turn([asks, answer("hello")]))

    response = await fetching.get(address.url(), retries=1, ignore_robots=True)

    assert response.body == b"hello"


def test_the_wait_doubles_and_never_gets_long() -> None:
    waits = [retrying.back_off(tries) for tries in range(1, 60)]

    assert max(waits[:2]) < min(waits[5:8])
    assert max(waits) <= 15
