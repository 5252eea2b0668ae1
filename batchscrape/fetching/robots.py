"""robots.txt as RFC 9309 reads it, for the product token `batchscrape`."""

import re

from protego import Protego

from batchscrape.errors import RobotsUnreachable

#: Bytes to read (RFC 9309 §2.5), and redirects to follow (§2.3.1.2).
MAX_SIZE = 500 * 1024
MAX_REDIRECTS = 5

_TOKEN = "batchscrape"  # noqa: S105 - a product token
_LONGEST_DELAY = 30.0
_OTHERS = "User-agent: others"
_AGENT_LINE = re.compile(r"^[ \t]*user[ -]?agent[ \t]*[: \t][ \t]*([^#\n]*).*$", re.IGNORECASE | re.MULTILINE)
_AGENT = re.compile(r"(\*|[a-z_-]+)(?![^\s/])")
_SITEMAPS = 100


class Robots:
    """The rules of one origin."""

    def __init__(self, text: str = "") -> None:
        lines = "\n".join(text.splitlines())
        self._rules = Protego.parse(_AGENT_LINE.sub(_ours_or_others, lines)) if lines else None

    def allows(self, url: str) -> bool:
        """Whether the page may be fetched."""
        return self._rules is None or bool(self._rules.can_fetch(url, _TOKEN))

    @property
    def crawl_delay(self) -> float:
        """Seconds between two pages, at most 30; 0 when nothing is said."""
        delay = self._rules.crawl_delay(_TOKEN) if self._rules is not None else None
        return min(delay or 0.0, _LONGEST_DELAY)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The `Sitemap` lines."""
        return tuple(self._rules.sitemaps)[:_SITEMAPS] if self._rules is not None else ()


def read_robots(body: bytes, host: str) -> Robots:
    """The rules in a robots.txt. HTML in its place says nothing; rubbish forbids: RobotsUnreachable."""
    body = body.removeprefix(b"\xef\xbb\xbf")
    if b"\0" in body:
        raise RobotsUnreachable(f"The robots.txt of {host} is no text.", http_status=200)
    if body.lstrip()[:1] == b"<":
        return Robots()
    return Robots(body.decode(errors="replace"))


def _ours_or_others(line: re.Match[str]) -> str:
    """All groups of other robots under one name: Protego takes minutes for 20,000 names over 20,000 rules."""
    agent = _AGENT.match(line[1].lower())
    return f"User-agent: {agent[1]}" if agent and agent[1] in ("*", _TOKEN) else _OTHERS
