"""What a site is built with, by the rules of technology_rules.py."""

import re
from collections.abc import Iterator

from batchscrape.extracting.merging import merged_technologies
from batchscrape.extracting.page import ParsedPage
from batchscrape.extracting.technology_rules import RULES, Rule
from batchscrape.models import Technology

_THEME = re.compile(
    r"/wp-content/themes/([\w.-]{1,60})/(?:[^\n?]{0,80}style[^\n?]{0,20}\.css\?ver=(\d+(?:\.\d+)+))?"
)


def technologies(page: ParsedPage) -> tuple[Technology, ...]:
    """Each technology once, with its version where the page states one.

    The theme of a WordPress site is one too, by the name of its folder: "WordPress theme: astra".
    """
    found = [Technology(name=rule.name, version=version) for rule in RULES for version in _evidence(rule, page)]
    return merged_technologies((*found, *_themes(page)))


def _themes(page: ParsedPage) -> Iterator[Technology]:
    if "/wp-content/themes/" in page.assets:
        for match in _THEME.finditer(page.assets):
            yield Technology(name=f"WordPress theme: {match[1]}", version=match[2])


def _evidence(rule: Rule, page: ParsedPage) -> Iterator[str | None]:
    """A version, or None, for each place where the rule holds."""
    if rule.generator is not None and page.generators:
        yield from _matches(rule.generator, page.generators)
    if any(part in page.assets for part in rule.assets):
        yield from _matches(rule.asset, page.assets) if rule.asset is not None else (None,)
    if rule.header is not None and (value := page.headers.get(rule.header[0])):
        yield from _matches(rule.header[1], value)
    if rule.cookie and rule.cookie in page.headers.get("set-cookie", ""):
        yield None
    if any(text in page.html for text in rule.html):
        yield next(_matches(rule.html_version, page.html), None) if rule.html_version is not None else None


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[str | None]:
    for match in pattern.finditer(text):
        yield next((version for version in match.groups() if version), None)
