"""Answers that are errors, waits that are asked for, and doors that do not open."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.hostile.behaviour import (
    EITHER,
    FACTS,
    HTTP,
    HTTPS,
    PAGE,
    Behaviour,
    Door,
    completes,
    fails,
    hangs,
    in_turn,
    shows_facts,
    start,
)
from tests.hostile.wire import reset_at_once
from tests.web import Handler, answer, silent, site

TOMORROW = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)
DAY = "86400"
GOOD = answer(PAGE)


def asks(status: int, wait: str) -> bytes:
    return answer(status=status, headers={"Retry-After": wait})


def then_asks(page: bytes) -> Handler:
    """A site whose pages but the first answer so."""
    return site({"/": answer(f'{PAGE}<a href="/a">a</a><a href="/b">b</a>'), "/a": page, "/b": page})


STATUS = [
    Behaviour("404", start(answer(PAGE, status=404)), fails("http_4xx", 404)),
    Behaviour("410", start(answer(PAGE, status=410)), fails("http_4xx", 410)),
    Behaviour("500", start(answer(PAGE, status=500)), fails("http_5xx", 500)),
    Behaviour("999", start(answer(PAGE, status=999)), fails("http_5xx", 999)),
    Behaviour("500 once", in_turn(answer(status=500), GOOD), shows_facts()),
    Behaviour("429 always", in_turn(answer(status=429)), fails("rate_limited", 429)),
    Behaviour("429, wait a second", in_turn(asks(429, "1"), GOOD), shows_facts()),
    Behaviour("503, wait a second", in_turn(asks(503, "1"), GOOD), shows_facts()),
    Behaviour("429, wait a day", in_turn(asks(429, DAY), GOOD), fails("rate_limited", 429, requests=2)),
    Behaviour("503, wait a day", in_turn(asks(503, DAY), GOOD), fails("rate_limited", 503, requests=2)),
    Behaviour("429 until tomorrow", in_turn(asks(429, TOMORROW), GOOD), fails("rate_limited", 429, requests=2)),
    Behaviour("503, wait soon", in_turn(asks(503, "soon"), GOOD), shows_facts()),
    Behaviour("503, wait -5", in_turn(asks(503, "-5"), GOOD), shows_facts()),
    Behaviour("429 later", then_asks(asks(429, DAY)), completes(**FACTS, failed=["rate_limited"], requests=3)),
    Behaviour("404 later", then_asks(answer(status=404)), completes(**FACTS, failed=["http_4xx"] * 2)),
]

UNTRUSTED = [
    behaviour
    for kind in ("self-signed", "expired", "other-name")
    for behaviour in (
        Behaviour(f"https {kind}", start(PAGE), fails("tls_error"), (Door(kind, plain=False, entry=HTTPS.entry),)),
        Behaviour(f"{kind}, then http", start(PAGE), shows_facts(), (Door(kind, plain=True),)),
    )
]

PLAIN_TLS = Door(None, plain=True, entry=HTTPS.entry)
#: No scheme in the list, and no TLS.
PLAIN = Door(None, plain=True)

SCHEMES = [
    Behaviour("both schemes", start(PAGE), shows_facts(), (EITHER,)),
    Behaviour("https only", start(PAGE), shows_facts(), (Door("valid", plain=False),)),
    Behaviour("http only", start(PAGE), shows_facts(), (PLAIN,)),
    Behaviour("https of a host without", start(PAGE), fails("tls_error"), (PLAIN_TLS,)),
    Behaviour(
        "http of a host without",
        start(PAGE),
        fails("protocol_error"),
        (Door("valid", plain=False, entry=HTTP.entry),),
    ),
    Behaviour("neither, silent", silent, hangs(), (Door("valid", plain=False),)),
    Behaviour("reset in the handshake", reset_at_once, fails("connect_error"), (Door(None, plain=False),)),
    Behaviour("silent in the handshake", silent, hangs(), (Door(None, plain=False, entry=HTTPS.entry),)),
]

BEHAVIOURS = STATUS + UNTRUSTED + SCHEMES
