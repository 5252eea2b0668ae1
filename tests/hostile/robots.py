"""What stands, or does not stand, in the place of robots.txt."""

import gzip

from tests.hostile.behaviour import (
    FACTS,
    OK,
    PAGE,
    Behaviour,
    completes,
    fails,
    hangs,
    links,
    shows_facts,
)
from tests.web import Handler, Visit, answer, raw, redirect, site

DENY = "User-agent: *\nDisallow: /\n"
DENIED = fails("robots_denied", asked=["/robots.txt"])


def says(rules: str | bytes, *, status: int = 200, **headers: str) -> Handler:
    """A site whose robots.txt says so."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    robots = answer(rules, status=status, headers=named, content_type="text/plain")
    return site({"/robots.txt": robots, "/": PAGE})


def moved(hops: int) -> Handler:
    pages: dict[str, bytes | str] = {f"/r{number}": redirect(f"/r{number - 1}") for number in range(1, hops)}
    return site({"/robots.txt": redirect(f"/r{hops - 1}"), **pages, "/r0": answer(DENY), "/": PAGE})


async def no_answer_to_robots(visit: Visit) -> None:
    while (request := await visit.request()) and request.target != "/robots.txt":
        await visit.send(answer(PAGE))
    await visit.until_gone()


async def endless_robots(visit: Visit) -> None:
    await visit.request()
    await visit.send(OK + b"Content-Type: text/plain\r\n\r\n" + DENY.encode())
    while not visit.writer.is_closing():
        await visit.send(b"# more\n" * 1000)


def unreachable(status: int) -> dict[str, object]:
    return fails("robots_unreachable", status, asked=["/robots.txt"])


ABSENT = [
    Behaviour("robots 404", says(DENY, status=404), shows_facts()),
    Behaviour("robots 403", says(DENY, status=403), shows_facts()),
    Behaviour("robots 429", says(DENY, status=429, Retry_After="86400"), shows_facts()),
    Behaviour("robots empty", says(""), shows_facts()),
    Behaviour("robots 204", says("", status=204), shows_facts()),
    Behaviour("robots HTML", says(f"<!doctype html><p>{DENY}"), shows_facts()),
    Behaviour("robots words", says("Lorem ipsum dolor\nsit: amet\n" * 999), shows_facts()),
    Behaviour("robots with six redirects", moved(6), shows_facts()),
    Behaviour("robots in a circle", site({"/robots.txt": redirect("/robots.txt"), "/": PAGE}), shows_facts()),
    Behaviour("robots to http://[::bad", site({"/robots.txt": redirect("http://[::b"), "/": PAGE}), shows_facts()),
]

FORBIDDING = [
    Behaviour("robots 503 for a day", says("", status=503, Retry_After="86400"), unreachable(503)),
    Behaviour("robots rubbish", says("User-agent: *\nAllow: /\n\0\1\2\3"), unreachable(200)),
    Behaviour("robots wrong gzip", says(DENY, Content_Encoding="gzip"), unreachable(200)),
    Behaviour("robots 500", says(DENY, status=500), fails("robots_unreachable", 500)),
    Behaviour("robots denies all", says(DENY), DENIED),
    Behaviour("robots denies us", says("User-agent: BatchScrape/1\nDisallow: /"), DENIED),
    Behaviour("robots with a byte order mark", says("\ufeff" + DENY), DENIED),
    Behaviour("robots denies and goes on", says(DENY + "#" * 600_000), DENIED),
    Behaviour("robots without end", endless_robots, DENIED),
    Behaviour(
        "robots bomb", says(gzip.compress(DENY.encode() + b"#" * (50 << 20)), Content_Encoding="gzip"), DENIED
    ),
    Behaviour("robots with five redirects", moved(5), fails("robots_denied")),
]

UNREACHABLE = [
    Behaviour("robots without an answer", no_answer_to_robots, hangs()),
    Behaviour("robots SSH", raw(b"SSH-2.0-x\r\n", robots=True), fails("protocol_error")),
    Behaviour("robots huge headers", raw(OK + b"X: y\r\n" * 500 + b"\r\n", robots=True), fails("too_large")),
]

PARTLY = [
    Behaviour(
        "robots denies a page",
        site(
            {
                "/robots.txt": answer("User-agent: *\nDisallow: /contact", content_type="text/plain"),
                "/": links("/contact", "/about"),
                "/about": redirect("/contact/moved"),
                "/contact": PAGE,
            }
        ),
        completes(**FACTS, failed=["robots_denied"], never=["/contact", "/contact/moved"]),
    ),
    Behaviour("robots denies behind its 500 KiB", says("#" * 600_000 + f"\n{DENY}"), shows_facts()),
    Behaviour(
        "robots asks for a day between pages",
        site({"/robots.txt": answer("User-agent: *\nCrawl-delay: 86400"), "/": links("/2"), "/2": PAGE}),
        shows_facts(never=["/2"]),
    ),
    Behaviour(
        "robots made to be slow",
        says("User-agent: *\nDisallow: /" + "*a" * 100_000 + "\nDisallow: /*a*b$" * 10_000),
        shows_facts(),
    ),
]

BEHAVIOURS = ABSENT + FORBIDDING + UNREACHABLE + PARTLY
