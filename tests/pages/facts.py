"""A fact as a set of items, of a label and of what our code finds, in the form in which both are compared."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from batchscrape.extracting import extract
from tests.pages.collection import LabelledPage

#: In the order in which they are printed.
FACTS = (
    "title", "description", "language", "canonical", "site_name", "emails", "phones", "social",
    "organization", "address", "technologies", "versions", "page_kind",
)  # fmt: skip

Items = frozenset[str]


def expected_items(page: LabelledPage) -> dict[str, Items]:
    """What the label says, fact by fact."""
    label = dict(page.label)
    label["versions"] = {name: version for name, version in label.get("technologies", {}).items() if version}
    return _items(label)


def stated_items(page: LabelledPage) -> dict[str, Items]:
    """What our code says, fact by fact."""
    parsed = page.parsed()
    facts = extract(parsed)
    technologies = {each.name: each.version for each in facts.technologies}
    return _items(
        {
            **{name: getattr(facts, name, None) for name in FACTS},
            "canonical": facts.canonical_url,
            "technologies": technologies,
            "versions": {name: version for name, version in technologies.items() if version},
        }
    )


def _items(values: Mapping[str, Any]) -> dict[str, Items]:
    return {fact: frozenset(_FORMS.get(fact, _one)(values.get(fact))) for fact in FACTS}


def _one(value: str | None) -> list[str]:
    return [" ".join(value.split())] if value else []


def _address(value: str | None) -> list[str]:
    """Its words, sorted: which part comes first, and what stands between them, is a matter of taste."""
    return [" ".join(sorted(re.findall(r"\w+", value.casefold())))] if value else []


def _emails(values: list[str] | None) -> list[str]:
    return [value.lower() for value in values or ()]


def _phones(values: list[str] | None) -> list[str]:
    return list(values or ())


def _social(values: Mapping[str, list[str]] | None) -> list[str]:
    return [f"{network} {url}" for network, urls in (values or {}).items() for url in urls]


def _names(values: Mapping[str, str] | None) -> list[str]:
    return list(values or {})


def _versions(values: Mapping[str, str] | None) -> list[str]:
    return [f"{name} {version}" for name, version in (values or {}).items()]


_FORMS: dict[str, Callable[[Any], list[str]]] = {
    "address": _address,
    "emails": _emails,
    "phones": _phones,
    "social": _social,
    "technologies": _names,
    "versions": _versions,
}
