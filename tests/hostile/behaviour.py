"""One host of the hostile web: what it does, how it stands in the list, and what must come of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.web import Handler, Tls, Visit, answer, site

#: What most hosts show, and the facts that are to be found there.
PAGE = "<title>Acme</title><p>Mail: info@acme-tools.de</p>"
FACTS: dict[str, Any] = {"title": "Acme", "emails": ["info@acme-tools.de"]}

OK = b"HTTP/1.1 200 OK\r\n"
HTML = OK + b"Content-Type: text/html; charset=utf-8\r\n"


class AtMost(float):
    """Equal to whatever is no greater."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, int | float) and other <= float(self)

    def __repr__(self) -> str:
        return f"at most {float(self):g}"

    __hash__ = float.__hash__


class OneOf(frozenset[Any]):
    """Equal to each of its members."""

    def __eq__(self, other: object) -> bool:
        return other in self

    __hash__ = frozenset.__hash__


@dataclass(frozen=True, slots=True)
class Door:
    """How a host is reached."""

    #: What it shows who comes with TLS; None for a host without.
    tls: Tls
    #: Whether it also answers who comes without.
    plain: bool
    #: How the domain stands in the list.
    entry: str = "{domain}"


HTTP = Door(None, plain=True, entry="http://{domain}")
HTTPS = Door("valid", plain=False, entry="https://{domain}")
#: The list names no scheme.
EITHER = Door("valid", plain=True)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What one host does, through each of its doors alike."""

    name: str
    handler: Handler
    expected: Mapping[str, Any]
    doors: tuple[Door, ...] = (HTTP, HTTPS)
    #: The name it has in the list in place of its address.
    host: str | None = None


#: Seconds that no host may take with `--domain-timeout 20`, however busy the machine is.
_LONGEST = AtMost(25)


def completes(*, status: int = 200, pages: Any = 1, truncated: int = 0, **more: Any) -> dict[str, Any]:
    """Expect a site that was read; `truncated`: the pages that were cut."""
    return {
        "status": "complete",
        "error_code": None,
        "http_status": status,
        "pages": pages,
        "truncated": truncated,
        "duration": _LONGEST,
        **more,
    }


def shows_facts(**more: Any) -> dict[str, Any]:
    """Expect a site that was read, with what `PAGE` says."""
    return completes(**{**FACTS, **more})


def fails(code: str, http_status: Any = None, **more: Any) -> dict[str, Any]:
    """Expect a job that failed, and nothing stored but the failure."""
    return {
        "status": "failed",
        "error_code": code,
        "http_status": http_status,
        "pages": 0,
        "duration": _LONGEST,
        "title": None,
        **more,
    }


def hangs(http_status: int | None = None) -> dict[str, Any]:
    """Expect a job that ran out of time: of its third request or, on a busy machine, of its own."""
    return fails("timeout", OneOf({http_status, None}))


def in_turn(*answers: bytes) -> Handler:
    """Gives the answers one after the other, the last again and again; robots.txt is a 404."""

    async def handle(visit: Visit) -> None:
        while request := await visit.request():
            if request.target == "/robots.txt":
                await visit.send(answer(status=404))
            else:
                given = len([path for path in visit.address.paths if path != "/robots.txt"]) - 1
                await visit.send(answers[min(given, len(answers) - 1)])

    return handle


def start(page: str | bytes) -> Handler:
    """A site that has nothing but its start page."""
    return site({"/": page})


def links(*hrefs: str) -> str:
    return PAGE + "".join(f'<a href="{href}">more</a>' for href in hrefs)
