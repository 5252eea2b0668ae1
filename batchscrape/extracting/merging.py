"""Put the facts of a domain's pages together, each once."""

from collections.abc import Iterable, Sequence
from typing import Any

from batchscrape.extracting.emails.rules import is_of_site
from batchscrape.models import Facts, Technology

#: Digits.
_LONGEST_COUNTRY_CODE = 3


def merge(pages: Sequence[Facts], hosts: Sequence[str] = ()) -> Facts:
    """What the pages say together; the first of them is the start page.

    Title, description, language, page_kind and canonical_url are the start page's; of other single facts the
    first counts. Lists are united in order, the e-mails of the site's own `hosts` before others; of a technology
    the first version that a page states is kept.
    """
    if not pages:
        return Facts()
    start = pages[0]
    return Facts(
        title=start.title,
        description=start.description,
        language=start.language,
        page_kind=start.page_kind,
        emails=_own_first(_united(page.emails for page in pages), hosts),
        phones=merged_phones(number for page in pages for number in page.phones),
        social=_united_social(pages),
        technologies=merged_technologies(one for page in pages for one in page.technologies),
        favicon_url=_first(page.favicon_url for page in pages),
        logo_url=_first(page.logo_url for page in pages),
        organization=_first(page.organization for page in pages),
        address=_first(page.address for page in pages),
        extra=_merged_extra(pages),
        canonical_url=start.canonical_url,
        site_name=_first(page.site_name for page in pages),
    )


def merged_phones(numbers: Iterable[str]) -> tuple[str, ...]:
    """Each number once; digits that are the national form of a number that is known in full are left out."""
    known = dict.fromkeys(numbers)
    full = [number[1:] for number in known if number.startswith("+")]
    return tuple(number for number in known if number.startswith("+") or not _is_known_in_full(number, full))


def merged_technologies(technologies: Iterable[Technology]) -> tuple[Technology, ...]:
    """Each name once, where it came first; a version wins over none."""
    by_name: dict[str, Technology] = {}
    for one in technologies:
        known = by_name.get(one.name)
        if known is None or (known.version is None and one.version is not None):
            by_name[one.name] = one
    return tuple(by_name.values())


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _united(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for values in lists:
        for value in values:
            found.setdefault(value.casefold(), value)
    return tuple(found.values())


def _own_first(emails: tuple[str, ...], hosts: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(emails, key=lambda email: not any(is_of_site(email, host) for host in hosts)))


def _is_known_in_full(digits: str, full: Iterable[str]) -> bool:
    national = digits.lstrip("0")
    return any(
        number.endswith(national) and len(number) - len(national) <= _LONGEST_COUNTRY_CODE for number in full
    )


def _united_social(pages: Sequence[Facts]) -> dict[str, tuple[str, ...]]:
    networks = dict.fromkeys(network for page in pages for network in page.social)
    return {network: _united(page.social.get(network, ()) for page in pages) for network in networks}


def _merged_extra(pages: Sequence[Facts]) -> dict[str, Any]:
    """The first page's value of each name; lists are united."""
    merged: dict[str, Any] = {}
    for page in pages:
        for name, value in page.extra.items():
            known = merged.setdefault(name, value)
            if known is not value and isinstance(known, tuple) and isinstance(value, tuple):
                merged[name] = known + tuple(item for item in value if item not in known)
            elif not known:
                merged[name] = value
    return merged
