"""Which URLs can be fetched at all, and the origin that each belongs to."""

import re
import socket
from typing import NamedTuple
from urllib.parse import urljoin

import httpx

from batchscrape.errors import RedirectError
from batchscrape.fetching.failures import printable

_PORTS = {"http": 80, "https": 443}
_ODD_IPV4 = re.compile(r"(?i)^(https?://)([0-9][0-9a-fx.]*)(?=[:/?#]|$)")
_DROPPED = re.compile(r"[\t\r\n]")
#: Characters of a URL that a redirect leads to; servers take about as many (RFC 9112 §3).
_MAX_REDIRECT = 8_000


class Origin(NamedTuple):
    """Scheme, host and port: what a connection and a robots.txt belong to."""

    scheme: str
    #: Lower case, IDNA-encoded, without a final dot and without brackets.
    host: str
    port: int


def origin_of(url: httpx.URL) -> Origin:
    """The origin of a URL that `parse_url` gave."""
    return Origin(url.scheme, host_of(url).rstrip("."), url.port or _PORTS[url.scheme])


def host_of(url: httpx.URL) -> str:
    """The host as it goes over the wire; `URL.host` raises for what IDNA 2008 does not know, such as emoji."""
    return url.raw_host.decode("ascii")


def parse_url(text: str) -> httpx.URL:
    """An http or https URL, without user name and fragment; anything else is a RedirectError."""
    try:
        url = _read(text.partition("#")[0])
        fetchable = url.scheme in _PORTS and url.raw_host.strip(b".") and 0 <= (url.port or 1) <= 65535  # noqa: PLR2004 - the last port
    except (httpx.InvalidURL, ValueError):
        fetchable = False
    if not fetchable:
        raise RedirectError(f"{printable(text)} is no URL that can be fetched.")
    return url.copy_with(userinfo=b"") if url.userinfo else url


def redirect_target(url: httpx.URL, location: str) -> httpx.URL:
    """Where a `Location` header leads, read as browsers read it; raises RedirectError."""
    text = _DROPPED.sub("", _as_utf8(location).strip())
    path, mark, query = text.partition("?")
    try:
        joined = urljoin(str(url), path.replace("\\", "/") + mark + query)
    except ValueError:
        joined = text
    target = parse_url(joined)
    if len(str(target)) > _MAX_REDIRECT:
        raise RedirectError("The URL of the redirect is too long.")
    return target


def _read(text: str) -> httpx.URL:
    try:
        return httpx.URL(text)
    except httpx.InvalidURL:
        return httpx.URL(_ODD_IPV4.sub(_plain_ipv4, text))


def _plain_ipv4(found: re.Match[str]) -> str:
    """`0177.0.0.1` as `127.0.0.1`, so that the guard judges it instead of the parser refusing it."""
    try:
        return found[1] + socket.inet_ntoa(socket.inet_aton(found[2]))
    except OSError:
        return found[0]


def _as_utf8(location: str) -> str:
    """Header values are read as Latin-1; what is UTF-8 in truth becomes that."""
    try:
        return location.encode("latin-1").decode()
    except UnicodeError:
        return location
