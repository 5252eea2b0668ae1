"""Tell whether an address is a profile's, and write it in one normal form."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qs, quote, unquote

from batchscrape.extracting.social.makers import EXAMPLE_HANDLES, MAKERS
from batchscrape.extracting.social.networks import NETWORKS

#: Also `facebook.com/acme`, `http://https://facebook.com/acme` and the like: people mean the same.
_ADDRESS = re.compile(
    r"(?:https?(?::/*|//+)|//+)*+([a-z0-9.-]+)(?::\d+)?(?:[/\\]+([^?#]*))?(?:\?([^#]*))?(?:#(.*))?",
    re.IGNORECASE | re.DOTALL,
)
#: Addresses that open an app: scheme and host → the network's own address.
_APPS = {
    "whatsapp:send": "wa.me/send",
    "tg:resolve": "t.me/resolve",
    "instagram:user": "instagram.com/_u",
    "twitter:user": "twitter.com/intent/user",
}
_APP = re.compile(r"([a-z]+:)/*([a-z]+)/?\?(.*)", re.IGNORECASE | re.DOTALL)
_APP_SCHEMES = ("whatsapp:", "tg:", "instagram:", "twitter:")
#: Hosts that send their visitors on, and where they have the address from.
_REDIRECTS = {
    "l.facebook.com": "u",
    "lm.facebook.com": "u",
    "l.instagram.com": "u",
    "l.wl.co": "u",
    "google.com": "q",
    "www.google.com": "q",
}
#: Facebook's boxes, which name the page that they show.
_BOX = re.compile(r"/(?:v\d+\.\d+/)?plugins/[a-z_]+\.php", re.IGNORECASE)
#: Languages and devices that stand before a network's domain: de.linkedin.com, m.facebook.com.
_SUBDOMAIN = re.compile(r"^(?:w{1,4}|m|mobile|web|business|touch|mbasic|free|[a-z]{2}(?:-[a-z]{2})?)\.")
_PUNCTUATION = re.compile(r"\(0\)|[\s()/.-]")
_NOT_IN_EXAMPLES = str.maketrans("", "", "._-")
_SAFE = "/@+.?=_~-&!,'()"
_AFTER_ADDRESS = " \t\r\n\"'`<>"
_LONGEST = 1_000
_DEEPEST = 3


class _Address(NamedTuple):
    network: str
    #: Percent signs decoded, no doubled or final slash.
    path: str
    query: str
    fragment: str


def profile_at(href: str, site: str) -> tuple[str, str] | None:
    """Network and normal form, if the address is a profile's."""
    if href[:1] in "#?/" and href[:2] != "//":
        return None
    if href.startswith(_APP_SCHEMES):
        href = _for_browsers(href)
    return _taken_apart(href[:_LONGEST].rstrip(_AFTER_ADDRESS), site) if _may_lead_to_network(href) else None


@lru_cache(maxsize=2_000)
def _taken_apart(href: str, site: str, depth: int = 0) -> tuple[str, str] | None:
    match = _ADDRESS.match(href)
    if match is None:
        return None
    host, path, query, fragment = match.groups("")
    host = host.lower().rstrip(".")
    path = "/" + "/".join(part for each in unquote(path).replace("\\", "/").split("/") if (part := each.strip()))
    if (inner := _inner(host, path, query)) is not None:
        return _taken_apart(inner, site, depth + 1) if depth < _DEEPEST else None
    network = network_of(host)
    if not network or network == network_of(site):
        return None
    return _on_network(_Address(network, path, query.replace("&amp;", "&"), fragment), site)


def is_on_network(href: str) -> bool:
    """Whether the address seems to be one of a network's, by a cheap look."""
    return "//" in href[:8] and _may_lead_to_network(href)


def is_placeholder(href: str) -> bool:
    """Whether the address is the bare network's, or one with a handle that stands for "your own"."""
    match = _ADDRESS.match(href)
    if match is None or not network_of(match[1].lower()):
        return False
    handle = (match[2] or "").strip("/ ").lower()
    return (not handle and not match[3] and not match[4]) or _is_example(handle.lstrip("@"))


def _may_lead_to_network(href: str) -> bool:
    """A cheap look at the host, before the address is taken apart."""
    begin = href.find("//")
    if begin < 0:
        begin = -2 if ":" not in href[:9] else href.find(":") - 1
    end = href.find("/", begin + 2)
    host = href[begin + 2 : end if end > 0 else len(href)].lower()
    return bool(network_of(host)) or host in _REDIRECTS or host in ("", "https:", "http:", "https", "http")


def _inner(host: str, path: str, query: str) -> str | None:
    """The address that stands inside another one: of a redirect, a box, or a field filled with a whole address."""
    if host in _REDIRECTS and path.lower() in ("/", "/l.php", "/url"):
        return _value(query, _REDIRECTS[host]) or _value(query, "url")
    if not network_of(host):
        return None
    if _BOX.fullmatch(path):
        return _value(query.replace("&amp;", "&"), "href") or _value(query, "page_url")
    first = path[1:].partition("/")[0].lower().lstrip("@")
    if first in ("http:", "https:") or network_of(first):
        return path[1:].lstrip("@")
    return None


def _on_network(address: _Address, site: str) -> tuple[str, str] | None:
    network = NETWORKS[address.network]
    path = _special_path(address)
    for pattern, normal in network.profiles:
        if (match := pattern.fullmatch(path)) is not None:
            handle = match[1].lower()
            if handle in network.no_profiles or _is_example(handle) or _is_makers(handle, site):
                return None
            written = normal.format(*(part or "" for part in match.groups()))
            return address.network, network.base + quote(written, safe=_SAFE)
    return None


def _special_path(address: _Address) -> str:
    """The path as the profiles' patterns know it, whatever part of the address names the profile."""
    path, fragment = address.path, unquote(address.fragment)
    if fragment.startswith("!/") and path.lower() in ("/", "/home.php"):
        path, _, query = fragment[1:].partition("?")
        address = address._replace(path=path.rstrip("/"), query=query)
        path = address.path
    if parameter := NETWORKS[address.network].queries.get(path.lower()):
        name, normal = parameter
        path = normal.format(_value(address.query, name))
    if address.network == "whatsapp" and not path[1:2].isalpha():
        return "/" + _PUNCTUATION.sub("", path)
    return path


def _for_browsers(href: str) -> str:
    match = _APP.match(href)
    network = _APPS.get((match[1] + match[2]).lower()) if match else None
    if match is None or network is None:
        return ""
    if network.endswith("_u"):
        return f"{network}/{_value(match[3], 'username')}"
    return f"{network}?{match[3]}"


def _value(query: str, name: str) -> str:
    return parse_qs(query).get(name, [""])[0].strip()


@lru_cache(maxsize=10_000)
def network_of(host: str) -> str:
    """The network that the host belongs to, or nothing."""
    if len(host) > 100:  # noqa: PLR2004 - no network's host, and nothing to keep
        return ""
    host = host.partition(":")[0].rstrip(".")
    return _NETWORK_OF.get(host) or _NETWORK_OF.get(_SUBDOMAIN.sub("", host), "")


def _is_example(handle: str) -> bool:
    return len(set(handle)) == 1 or handle.translate(_NOT_IN_EXAMPLES) in EXAMPLE_HANDLES


def _is_makers(handle: str, site: str) -> bool:
    """Whether the profile is of those who made the theme or the builder, and this is not their own site."""
    maker = MAKERS.get(handle)
    return maker is not None and maker not in site


_NETWORK_OF = {host: name for name, network in NETWORKS.items() for host in network.hosts}
