"""Sitemaps that are no help: a site is read all the same."""

import gzip
from collections.abc import Iterator

from tests.hostile.behaviour import HTTP, HTTPS, PAGE, AtMost, Behaviour, shows_facts
from tests.web import Address, Handler, Visit, answer, redirect

INDEX = "<sitemapindex>{}</sitemapindex>"
PLACE = "<sitemap><loc>@/sitemap.xml?{}</loc></sitemap>"
URLS = "<urlset>{}</urlset>"
URL = "<url><loc>{}</loc></url>"
BOMB = URLS.format(" " * (50 << 20)).encode()
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{former};" * 10}">' for former, name in zip("abcdefghi", "bcdefghij", strict=True)
)


def shows(sitemap: str | bytes | None, **headers: str) -> Handler:
    """A site whose robots.txt names this sitemap; `@` in it is the site itself, None never answers."""

    async def handle(visit: Visit) -> None:
        while request := await visit.request():
            itself = f"{visit.address.scheme}://{request.headers['host']}"
            if request.target == "/robots.txt":
                await visit.send(answer(f"Sitemap: {itself}/sitemap.xml", content_type="text/plain"))
            elif request.target == "/":
                await visit.send(answer(PAGE))
            elif not request.target.startswith("/sitemap"):
                await visit.send(answer(status=404))
            elif sitemap is None:
                await visit.until_gone()
            else:
                body = sitemap.replace("@", itself) if isinstance(sitemap, str) else sitemap
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                await visit.send(answer(body, content_type="application/xml", headers=named))

    return handle


def moved(target: str) -> Handler:
    async def handle(visit: Visit) -> None:
        while request := await visit.request():
            if request.target == "/robots.txt":
                own = f"{visit.address.scheme}://{request.headers['host']}/sitemap.xml"
                await visit.send(answer(f"Sitemap: {target}\nSitemap: {own}", content_type="text/plain"))
            elif request.target == "/sitemap.xml":
                await visit.send(redirect(target))
            else:
                await visit.send(answer(PAGE))

    return handle


def behaviours(canary: Address) -> Iterator[Behaviour]:
    """Give the behaviours; nobody may come to the canary."""
    secret = canary.url("/secret")
    sitemaps = {
        "silent": shows(None),
        "at the canary": moved(secret),
        "of the canary": shows(URLS.format(URL.format(secret) * 50)),
        "index of the canary": shows(INDEX.format(f"<sitemap><loc>{secret}</loc></sitemap>")),
        "of dead links": shows(URLS.format("".join(URL.format(f"@/{number}") for number in range(60_000)))),
        "index in circles": shows(INDEX.format("".join(PLACE.format(number) for number in range(50_000)))),
        "gzip bomb": shows(gzip.compress(BOMB)),
        "encoded bomb": shows(gzip.compress(BOMB), Content_Encoding="gzip"),
        "entity bomb": shows(f"{ENTITIES}]>{URLS.format(URL.format('@/&j;'))}"),
        "file:": shows(f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{URLS.format(URL.format("&e;"))}'),
        "rubbish": shows(bytes(range(256)) * 999),
        "nesting": shows("<urlset>" * 100_000),
    }
    for number, (name, handler) in enumerate(sitemaps.items()):
        read = shows_facts(requests=AtMost(21), sitemaps=AtMost(10))
        yield Behaviour(f"sitemap: {name}", handler, read, (HTTPS if number % 2 else HTTP,))
