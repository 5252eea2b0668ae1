"""Hosts that send their visitors elsewhere: in circles, into the void, or inside."""

from collections.abc import Iterator

from tests.hostile.behaviour import (
    FACTS,
    HTTP,
    HTTPS,
    PAGE,
    AtMost,
    Behaviour,
    completes,
    fails,
    shows_facts,
    start,
)
from tests.web import Address, Handler, answer, redirect, site

#: To what nobody can fetch.
NOWHERE = {
    "file:": "file:///etc/passwd",
    "javascript:": "javascript:alert(1)",
    "data:": "data:text/html,x",
    "a bad bracket": "http://[::bad",
    "no host": "http://:80/",
    "port 99999": "http://a.example:99999/",
    "a huge URL": "/" + "x" * 60_000,
}
#: To what is not publicly routable, beside the canaries.
INSIDE = {
    "10.x": "http://10.1.2.3/",
    "192.168.x": "http://192.168.1.1/",
    "169.254.169.254": "http://169.254.169.254/latest/meta-data/",
    "mapped metadata": "http://[::ffff:169.254.169.254]/",
    "NAT64 metadata": "http://[64:ff9b::a9fe:a9fe]/",
    "0.0.0.0": "http://0/",
    "a private name": "http://private.example/",
    "metadata.google.internal": "http://metadata.google.internal/",
}
#: Ways to write the address of the canary 127.2.0.1, whose port follows.
DISGUISES = (
    "127.2.0.1",
    "127.2.1",
    "2130837505",
    "0x7f.2.1",
    "0177.2.0.1",
    "[::ffff:127.2.0.1]",
    "canary.example.",
)


def chain(hops: int) -> Handler:
    pages: dict[str, bytes | str] = {f"/{number}": redirect(f"/{number - 1}") for number in range(2, hops)}
    return site({"/": redirect(f"/{hops - 1}"), **pages, "/1": redirect("/there"), "/there": PAGE})


def refresh(target: str) -> str:
    return f'<meta http-equiv="refresh" content="0; url={target}">{PAGE}'


def behaviours(other: Address, secure: Address, canaries: list[Address]) -> Iterator[Behaviour]:
    """Give the behaviours; `other` and `secure` show the page `PAGE` at `/there`, over http and https."""
    yield Behaviour("circle", site({"/": redirect("/b"), "/b": redirect("/")}), fails("redirect_error", 302))
    yield Behaviour("circle of one", start(redirect("/")), fails("redirect_error", 302))
    yield Behaviour("ten redirects", chain(10), shows_facts())
    yield Behaviour("eleven redirects", chain(11), fails("redirect_error", 302))
    for scheme, there in (("http", other), ("https", secure)):
        found = shows_facts(final_url=there.url("/there"))
        yield Behaviour(f"to another site over {scheme}", start(redirect(there.url("/there"))), found)
        yield Behaviour(f"refresh to another site over {scheme}", start(refresh(there.url("/there"))), found)
    yield Behaviour("relative, with spaces", site({"/": redirect(" a b"), "/a%20b": PAGE}), shows_facts())
    for name, target in NOWHERE.items():
        yield Behaviour(f"to {name}", start(redirect(target)), fails("redirect_error", 302))
        yield Behaviour(f"refresh to {name}", start(refresh(target)), shows_facts(pages=AtMost(2)), (HTTP,))
    yield from _inside(canaries)
    yield Behaviour("redirect without a target", start(answer(PAGE, status=302)), shows_facts(status=302))
    yield Behaviour("refresh in a circle", site({"/": refresh("/b"), "/b": refresh("/")}), shows_facts())
    yield Behaviour("refresh to itself", start(refresh("/")), shows_facts())
    long = {f"/{number}": refresh(f"/{number + 1}") for number in range(1, 99)}
    endless = shows_facts(pages=AtMost(5), requests=AtMost(21))
    yield Behaviour("refresh without end", site({"/": refresh("/1"), **long}), endless)


def _inside(canaries: list[Address]) -> Iterator[Behaviour]:
    targets = INSIDE | {f"the canary {canary.host}": canary.url("/secret") for canary in canaries}
    port = next(canary.port for canary in canaries if canary.host == "127.2.0.1")
    targets |= {f"the canary as {name}": f"http://{name}:{port}/secret" for name in DISGUISES}
    for name, target in targets.items():
        door = (HTTP,) if len(name) % 2 else (HTTPS,)
        yield Behaviour(f"to {name}", start(redirect(target)), fails("blocked_address"), door)
        yield Behaviour(f"refresh to {name}", start(refresh(target)), shows_facts(), door)
    canary = canaries[0]
    away = site({"/": redirect("/b"), "/b": redirect("/c"), "/c": redirect(canary.url())})
    yield Behaviour("inside at the third hop", away, fails("blocked_address"))
    robots = site({"/robots.txt": redirect(canary.url("/robots.txt")), "/": PAGE})
    yield Behaviour("robots.txt to the canary", robots, fails("blocked_address"))
    page = f'{PAGE}<a href="/contact">c</a><a href="{canary.url("/contact")}">d</a><img src="{canary.url("/i")}">'
    linked = site({"/": page, "/contact": redirect(canary.url())})
    yield Behaviour("a later page to the canary", linked, completes(**FACTS, failed=["redirect_error"]))
    based = f'<base href="{canary.url("/")}">{PAGE}<a href="contact">c</a>'
    yield Behaviour("a base at the canary", start(based), shows_facts())
