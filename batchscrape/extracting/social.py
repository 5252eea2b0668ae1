"""The site's own profiles in social networks, one normal form a profile."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qs, unquote

from batchscrape.extracting import json_ld
from batchscrape.extracting.page import ParsedPage
from batchscrape.extracting.social_networks import EXAMPLE_HANDLES, MAKERS, NETWORKS

_ADDRESS = re.compile(r"(?:https?:)?//([a-z0-9.-]+)(?::\d+)?([^?#\s]*)(?:\?([^#\s]*))?(?:#(\S*))?", re.IGNORECASE)
_APPS = re.compile(r"(?:whatsapp:/*send/?\?(?P<whatsapp>.*)|tg://resolve\?(?P<telegram>.*))", re.IGNORECASE)
#: Languages and devices that stand before a network's domain: de.linkedin.com, m.facebook.com.
_SUBDOMAIN = re.compile(r"^(?:www|m|mobile|web|business|touch|[a-z]{2}(?:-[a-z]{2})?)\.")
_MOST = 20
_LONGEST = 300


class _Address(NamedTuple):
    host: str
    path: str
    query: str
    fragment: str


def social(page: ParsedPage) -> dict[str, tuple[str, ...]]:
    """Network → addresses of profiles; those of share buttons, posts and the theme's maker are left out."""
    found: dict[str, dict[str, str]] = {}
    for href in _hrefs(page):
        if (profile := _profile(href, page.host)) is not None:
            network, url = profile
            known = found.setdefault(network, {})
            if len(known) < _MOST:
                known.setdefault(url.casefold(), url)
    return {network: tuple(found[network].values()) for network in NETWORKS if network in found}


def _hrefs(page: ParsedPage) -> Iterator[str]:
    yield from page.hrefs
    for thing in page.json_ld:
        yield from json_ld.texts(thing.get("sameAs"))


def _profile(href: str, site: str) -> tuple[str, str] | None:
    if ":" not in href[:9] and href[:2] != "//":
        return None
    if len(href) > _LONGEST or not _network_of(_host(href)):
        return _in_app(href) if href[:3].lower() in ("wha", "tg:") else None
    if (match := _ADDRESS.match(href)) is not None:
        host, path, query, fragment = match.groups("")
        return _on_network(_Address(host.lower(), path, query, fragment), site)
    return _in_app(href) if href[:3].lower() in ("wha", "tg:") else None


def _on_network(address: _Address, site: str) -> tuple[str, str] | None:
    host = address.host
    name = _network_of(host)
    if not name or host == site:
        return None
    network = NETWORKS[name]
    path = _special_path(name, address)
    for pattern, normal in network.profiles:
        if (match := pattern.fullmatch(path)) is not None:
            handle = match[1]
            if handle.lower() in network.no_profiles or _is_makers(handle, site):
                return None
            return name, network.base + normal.format(*(part or "" for part in match.groups()))
    return None


def _host(href: str) -> str:
    parts = href.split("/", 3)
    return parts[2].lower() if len(parts) > 2 else ""  # noqa: PLR2004 - scheme, nothing, host


@lru_cache(maxsize=10_000)
def _network_of(host: str) -> str:
    """The network that the host belongs to, or nothing."""
    host = host.partition(":")[0]
    return _NETWORK_OF.get(host) or _NETWORK_OF.get(_SUBDOMAIN.sub("", host), "")


def _special_path(name: str, address: _Address) -> str:
    """The path as the profiles' patterns know it: percent signs decoded, no doubled or final slash."""
    path = "/" + "/".join(part for part in unquote(address.path).split("/") if part)
    if name == "facebook" and path.lower() == "/profile.php":
        return f"/profile.php?id={_value(address.query, 'id')}"
    if name == "twitter" and path == "/" and address.fragment.startswith("!/"):
        return address.fragment[1:]
    if name == "whatsapp" and path.lower() in ("/send", "/"):
        return "/" + _value(address.query, "phone")
    if name == "telegram" and path.lower().startswith("/s/"):
        return path[2:]
    return path


def _in_app(href: str) -> tuple[str, str] | None:
    if (match := _APPS.match(href)) is None:
        return None
    if match["whatsapp"] is not None:
        return _on_network(_Address("wa.me", "/send", match["whatsapp"], ""), "")
    return _on_network(_Address("t.me", "/" + _value(match["telegram"], "domain"), "", ""), "")


def _value(query: str, name: str) -> str:
    return parse_qs(query.replace("&amp;", "&")).get(name, [""])[0].strip()


def _is_makers(handle: str, site: str) -> bool:
    """Whether the profile is of those who made the theme or the builder, and this is not their own site."""
    maker = MAKERS.get(handle.lower())
    return handle.lower() in EXAMPLE_HANDLES or (maker is not None and maker not in site)


_NETWORK_OF = {host: name for name, network in NETWORKS.items() for host in network.hosts}
