"""Sites that never end, call one page by many names, or link to what is no page."""

import itertools

from tests.hostile.behaviour import FACTS, HTTP, HTTPS, PAGE, AtMost, Behaviour, completes, links, shows_facts
from tests.web import Handler, Request, Visit, answer, site

#: Requests of a site with `--max-pages 5`: twice as many and ten, and its robots.txt.
ASKED = AtMost(21)
_NUMBERS = itertools.count()
FILES = {
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "application/pdf"),
    "zip": (b"PK\3\4\x14\0\0\0", "application/zip"),
    "jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
}
NAMES = (
    "#{}", "?utm_source={}", "?sid={}", "/?PHPSESSID={}", "/;jsessionid={}", "index.html#{}", "./?fbclid={}",
    "{}/../", "//?utm_campaign={}", "http://@?gclid={}",
)  # fmt: skip
ODD = (
    "http://[", "http://[::bad/", "http://a.example:99999/", "http://", "//", "///", "mailto:", "data:text/html,x",
    "javascript:alert(1)", "tel:1", "file:///etc/passwd",
    "http://user:secret@a.example/", "\\\\a.example\\b", "?", "#",
    " ", "%", "%zz", "\x7f", "&#0;", "&#xD800;", "\ud7ff", "http://xn--a/", "http://1.2.3.4.5/", "x" * 50_000,
    "http://" + "a." * 500 + "example/",
)  # fmt: skip


def without_end(page: str) -> Handler:
    """Every address is a page; `@` in it is the path that was asked for."""

    async def handle(visit: Visit) -> None:
        while request := await visit.request():
            await visit.send(_page(request, page))

    return handle


def _page(request: Request, page: str) -> bytes:
    if request.target == "/robots.txt":
        return answer(status=404)
    return answer(PAGE + page.replace("@", request.target).replace("~", str(next(_NUMBERS))))


def _files() -> Handler:
    pages: dict[str, bytes | str] = {
        f"/file.{name}": answer(body, content_type=kind) for name, (body, kind) in FILES.items()
    }
    hidden = {
        f"/{name}": answer(body, content_type="application/octet-stream") for name, (body, _) in FILES.items()
    }
    return site({"/": links(*pages, *hidden), **pages, **hidden})


FIVE = completes(pages=5, **FACTS, requests=ASKED)
ONCE = shows_facts(requests=2)

BEHAVIOURS = [
    Behaviour("calendar", without_end('<a href="/calendar?after=~">next month</a>'), FIVE),
    Behaviour("pages without end", without_end('<a href="@/~">deeper</a><a href="/~">other</a>'), FIVE),
    Behaviour(
        "one page under 1,000 names",
        site({"/": links(*(name.format(number) for number in range(100) for name in NAMES))}),
        ONCE,
    ),
    Behaviour(
        "60,000 links",
        without_end("".join(f'<a href="/{number}">x</a>' for number in range(60_000))),
        FIVE,
        (HTTP,),
    ),
    Behaviour(
        "60,000 links to elsewhere",
        site({"/": links(*(f"http://{number}.example/" for number in range(60_000)))}),
        ONCE,
        (HTTPS,),
    ),
    Behaviour(
        "segments that repeat",
        without_end('<a href="a/">a</a>'),
        completes(pages=3, **FACTS, never=["/a/a/a/", "/a/a/a/a/"]),
    ),
    Behaviour(
        "files",
        _files(),
        shows_facts(never=[f"/file.{name}" for name in FILES], failed=["not_html"] * 3),
    ),
    Behaviour("links too long", site({"/": links("/" + "x" * 3_000, "/?" + "y" * 3_000)}), ONCE),
    Behaviour("odd links", site({"/": links(*ODD)}), shows_facts(requests=ASKED, pages=1)),
    Behaviour(
        "only links that fail",
        site({"/": links(*(f"/{number}" for number in range(999)))}),
        shows_facts(requests=ASKED),
    ),
    Behaviour(
        "one title for every address",
        without_end('<link rel=canonical href="/"><a href="/~">a</a><a href="/~">b</a>'),
        shows_facts(requests=ASKED, pages=AtMost(5)),
    ),
]
