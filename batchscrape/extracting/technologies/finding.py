"""What a site is built with, by the rules of technology_rules."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from batchscrape.extracting.merging import merged_technologies
from batchscrape.extracting.page import ParsedPage
from batchscrape.extracting.technologies.rules import RULES, Rule
from batchscrape.extracting.technologies.traces import Traces, read_traces
from batchscrape.models import Technology

#: A name, and its version where it is told.
Evidence: TypeAlias = tuple[str, str | None]
#: A name, and a pattern that tells it.
Named: TypeAlias = tuple[str, re.Pattern[str]]
#: Text that must be there, a name, and a pattern that must match then.
Clue: TypeAlias = tuple[str, str, re.Pattern[str] | None]

_THEME = re.compile(
    r"/wp-content/themes/([\w.-]{1,60})/(?:[^\n?]{0,80}(?:style|main|scripts)[^\n?]{0,20}\.(?:css|js)\?ver=(\d+(?:\.\d+)+))?"
)


def technologies(page: ParsedPage) -> tuple[Technology, ...]:
    """Each technology once, in the table's order, with its version where the page states one.

    The theme of a WordPress site is one too, by the name of its folder: "WordPress theme: astra".
    """
    traces = read_traces(page)
    found = dict.fromkeys(_evidence(page, traces))
    found |= dict.fromkeys((implied, None) for name, _ in tuple(found) for implied in _IMPLIED[name])
    known = [Technology(name=name, version=version) for name, version in sorted(found, key=_position)]
    return merged_technologies((*known, *_themes(traces.assets)))


def _evidence(page: ParsedPage, traces: Traces) -> Iterator[Evidence]:
    """What each place tells, in which a rule holds."""
    for line in page.generators.splitlines():
        for name, pattern in _GENERATORS.get(_first_word(line), ()):
            yield from _told(name, pattern, [line])
    for host, rest in traces.loaded:
        yield from _loaded(host, rest)
    yield from _in_lines(_ASSETS, traces.assets)
    yield from _in_lines(_INSIDE, traces.inside)
    for header in _HEADERS.keys() & page.headers.keys():
        for name, pattern in _HEADERS[header]:
            yield from _told(name, pattern, [page.headers[header]])
    if cookies := page.headers.get("set-cookie"):
        yield from ((name, None) for start, name in _COOKIES if f"\n{start}" in f"\n{cookies}")


def _loaded(host: str, rest: str) -> Iterator[Evidence]:
    """By the host and by those that it is below."""
    while host:
        for name, part in _LOADED.get(host, ()):
            if part in rest:
                yield name, None
        host = host.partition(".")[2]


def _in_lines(clues: Iterable[Clue], text: str) -> Iterator[Evidence]:
    lines = text.split("\n")
    for part, name, pattern in clues:
        if part in text:
            if pattern is None:
                yield name, None
            else:
                yield from _told(name, pattern, [line for line in lines if part in line])


def _told(name: str, pattern: re.Pattern[str], texts: Iterable[str]) -> Iterator[Evidence]:
    """The first version that the pattern finds, else that it found something."""
    matched = False
    for text in texts:
        if match := pattern.search(text):
            matched = True
            if version := next(filter(None, match.groups()), None):
                yield name, version
                return
    if matched:
        yield name, None


def _position(found: Evidence) -> int:
    return _ORDER[found[0]]


def _themes(assets: str) -> Iterator[Technology]:
    if "/wp-content/themes/" in assets:
        for match in _THEME.finditer(assets):
            yield Technology(name=f"WordPress theme: {match[1]}", version=match[2])


# The table turned round: place → rules, so that a page is asked only for what it has.


def _by_first_word() -> Mapping[str, list[Named]]:
    """First word of a generator → rules."""
    found: dict[str, list[Named]] = {}
    for rule in RULES:
        if rule.generator:
            pattern = re.compile(rule.generator, re.IGNORECASE)
            found.setdefault(_first_word(rule.generator), []).append((rule.name, pattern))
    return found


def _first_word(text: str) -> str:
    word = _WORD.match(text.lower())
    return word[0] if word else ""


def _by_host() -> Mapping[str, list[tuple[str, str]]]:
    """Host → rules, with what must be in the rest of the address."""
    found: dict[str, list[tuple[str, str]]] = {}
    for rule in RULES:
        for address in rule.loads:
            host, _, rest = address.partition("/")
            found.setdefault(host, []).append((rule.name, rest))
    return found


def _by_header() -> Mapping[str, list[Named]]:
    found: dict[str, list[Named]] = {}
    for rule in RULES:
        for header, pattern in rule.headers.items():
            found.setdefault(header, []).append((rule.name, re.compile(pattern, re.IGNORECASE | re.MULTILINE)))
    return found


def _clues(parts: Callable[[Rule], tuple[str, ...]], like: Callable[[Rule], str]) -> list[Clue]:
    compiled = {rule.name: re.compile(like(rule)) if like(rule) else None for rule in RULES}
    return [(part, rule.name, compiled[rule.name]) for rule in RULES for part in parts(rule)]


_WORD = re.compile(r"[a-z]+")
_IMPLIED = {rule.name: rule.implies for rule in RULES}
_ORDER = {rule.name: position for position, rule in enumerate(RULES)}
_GENERATORS = _by_first_word()
_LOADED = _by_host()
_ASSETS = _clues(lambda rule: rule.assets, lambda rule: rule.asset)
_INSIDE = _clues(lambda rule: rule.inside, lambda rule: rule.inside_like)
_HEADERS = _by_header()
_COOKIES = [(start, rule.name) for rule in RULES for start in rule.cookies]
