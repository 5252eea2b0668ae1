"""robots.txt as RFC 9309 reads it, for the product token `batchscrape`."""

import re
from collections.abc import Iterable, Iterator

from protego import Protego

from batchscrape.errors import RobotsUnreachable

#: Bytes to read (RFC 9309 §2.5), and redirects to follow (§2.3.1.2).
MAX_SIZE = 500 * 1024
MAX_REDIRECTS = 5

_TOKEN = "batchscrape"  # noqa: S105 - a product token
_LONGEST_DELAY = 30.0
_AGENT_LINE = re.compile(r"[ \t]*user[ -]?agent[ \t]*[: \t][ \t]*([^#]*)", re.IGNORECASE)
_AGENT = re.compile(r"(\*|[a-z_-]+)(?![^\s/])")
# Allow and Disallow, in every spelling that Protego reads.
_RULE = re.compile(r"\s*(?:al|di)", re.IGNORECASE)
_NO_RULE = "Disallow:"
#: Rules that are kept, and characters of those with wildcards, about 1,000: each link is held against them all.
MAX_RULES, MAX_WILDCARDS = 5_000, 32 * 1024
_SITEMAPS = 100


class Robots:
    """The rules of one origin."""

    def __init__(self, text: str = "") -> None:
        lines = "\n".join(_bounded(filter(None, text.splitlines())))
        self._rules = Protego.parse(lines) if lines else None

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


def _bounded(lines: Iterable[str]) -> Iterator[str]:
    """The lines with as many rules for us as can be looked at for each link, and none for others.

    All other robots get one name: Protego takes minutes for 20,000 names over 20,000 rules.
    """
    is_ours = after_agent = False
    rules, wildcards = MAX_RULES, MAX_WILDCARDS
    for line in lines:
        if named := _AGENT_LINE.match(line):
            agent = _agent(named[1])
            is_ours = agent is not None or (is_ours and after_agent)
            after_agent = True
            yield f"User-agent: {agent or 'others'}"
        elif _RULE.match(line):
            after_agent = False
            rule = line.partition("#")[0]
            cost = len(rule) if "*" in rule or "$" in rule else 0
            fits = is_ours and rules > 0 and cost <= wildcards
            rules, wildcards = (rules - 1, wildcards - cost) if fits else (rules, wildcards)
            # Without any line in its place, the next group would become part of this one.
            yield rule if fits else _NO_RULE
        else:
            yield line


def _agent(name: str) -> str | None:
    """The name where it concerns us."""
    agent = _AGENT.match(name.lower())
    return agent[1] if agent and agent[1] in ("*", _TOKEN) else None
