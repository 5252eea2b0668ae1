"""Read one entry of a domain list: what is scraped, under which name, or why it is no domain."""

import ipaddress
import re
import unicodedata
from urllib.parse import quote

import idna

from batchscrape.errors import InputError
from batchscrape.models import Entry

#: Characters of a URL, and so of an entry: the key of `pages` takes about 2,700 bytes.
MAX_URL = 2_000
DEFAULT_PORTS = {"http": 80, "https": 443}

# Nearly every line: a plain name, perhaps with a scheme or a plain path. All others take the long way.
_PLAIN = re.compile(
    r"(https?://)?"
    r"((?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!xn--)[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)"
    r"(/[a-z0-9._~/-]*)?"
)
_ENTRY = re.compile(r"(?:(?:([a-z][a-z0-9+.-]*):)?//)?([^/?#\\]*)(.*)", re.IGNORECASE)
_AUTHORITY = re.compile(r"(\[[^\]]*\]|[^:\[\]]*)(?::([^:]*))?")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PORT = re.compile(r"[0-9]{1,5}")
_MAX_NAME = 253
_MAX_LABEL = 63
_MAX_PORT = 65_535
_SAFE_IN_URL = "%/:=&?~+!$,;'@()*[]"


def read_entry(text: str) -> Entry:
    """Read an entry without white space around it; `InputError` says what is wrong with it ("has no dot").

    Underscores are taken, as DNS takes them, and symbols (emoji), as browsers do. A user name or a password
    is refused: what is stored here is read by others.
    """
    if len(text) <= _MAX_NAME and (plain := _PLAIN.fullmatch(text.lower())):
        path = text[plain.start(3) :] if plain[3] else "/"
        return Entry(domain=plain[2], input=text, start_url=f"{plain[1] or 'https://'}{plain[2]}{path}")
    _check_characters(text)
    scheme, authority, rest = _split(text)
    host, port = _host_and_port(authority, scheme)
    domain = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = quote(rest.partition("#")[0].replace("\\", "/"), safe=_SAFE_IN_URL)
    slash = "" if path.startswith("/") else "/"
    start_url = f"{scheme}://{domain}{slash}{path}"
    _check_length(start_url)
    return Entry(domain=domain, input=text, start_url=start_url)


def _check_length(text: str) -> None:
    if len(text) > MAX_URL:
        raise InputError(f"is longer than the {MAX_URL:,} characters of a URL")


def _check_characters(text: str) -> None:
    _check_length(text)
    if "\ufffd" in text:
        raise InputError("is not UTF-8")
    if any(map(str.isspace, text)):
        raise InputError("holds white space")
    if not _is_printable(text):
        raise InputError("holds control characters")


def _is_printable(text: str) -> bool:
    """Allow the two joiners of Persian and Indian names; idna checks where they stand."""
    return text.replace("\u200c", "").replace("\u200d", "").isprintable()


def _split(text: str) -> tuple[str, str, str]:
    """Scheme (https where there is none), host with port, and the rest."""
    match = _ENTRY.fullmatch(text)
    if match is None:
        raise InputError("is no domain")
    scheme, authority, rest = (match[1] or "").lower(), match[2], match[3]
    if scheme not in ("", *DEFAULT_PORTS):
        raise InputError(f"begins with {scheme}: and not with http:// or https://")
    user, at, host = authority.rpartition("@")
    if at and (scheme or ":" in user.removeprefix("mailto:")):
        raise InputError("holds a user name or a password")
    if at:
        raise InputError(f"is an e-mail address; its domain alone is {host}")
    return scheme or "https", authority, rest


def _host_and_port(authority: str, scheme: str) -> tuple[str, int | None]:
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        raise InputError("is no domain (an IPv6 address stands in brackets: [::1])")
    host, port = match[1], match[2]
    if not port:
        return _host(host), None
    if not _PORT.fullmatch(port) or not 1 <= int(port) <= _MAX_PORT:
        scheme_like = host.isalpha() and not port[0].isdecimal() and scheme == "https"
        raise InputError(
            f"begins with {host}: and not with http:// or https://"
            if scheme_like
            else f"has a port that is none of 1 to {_MAX_PORT}"
        )
    return _host(host), int(port)


def _host(text: str) -> str:
    """Bring a name into its one ASCII form, an IP address into its usual one."""
    if text.startswith("["):
        return f"[{_ip_address(text[1:-1], ipaddress.IPv6Address)}]"
    if len(text) > _MAX_NAME + 1:
        raise InputError(f"is longer than the {_MAX_NAME} characters of a domain")
    try:
        host = idna.uts46_remap(text, std3_rules=False).removesuffix(".")
    except idna.IDNAError:
        raise InputError("holds a character that no domain has") from None
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _ip_address(host, ipaddress.IPv4Address)
    return _name(labels)


def _ip_address(text: str, kind: type[ipaddress.IPv4Address | ipaddress.IPv6Address]) -> str:
    """Only the usual form: 2130706433 and 0x7f.1 are loopback in disguise."""
    try:
        address = kind(text)
    except ValueError:
        raise InputError("is no domain, and no IP address in its usual form") from None
    if "%" in text:
        raise InputError("has a zone, which belongs to one machine only")
    return str(address)


def _name(labels: list[str]) -> str:
    if labels == [""]:
        raise InputError("names no domain")
    name = ".".join(map(_label, labels))
    if len(name) > _MAX_NAME:
        raise InputError(f"is longer than the {_MAX_NAME} characters of a domain")
    if len(labels) == 1 and name != "localhost":
        raise InputError("has no dot")
    return name


def _label(label: str) -> str:
    if not label:
        raise InputError("has nothing before, after or between its dots")
    if not label.isascii():
        label = _a_label(label)
    if len(label) > _MAX_LABEL:
        raise InputError(f"has a part longer than {_MAX_LABEL} characters")
    if not _LABEL.fullmatch(label):
        raise InputError("holds a character that no domain has, or a hyphen at an end")
    if label.startswith("xn--"):
        _check_punycode(label)
    return label


def _a_label(label: str) -> str:
    """IDNA2008; symbols, which that forbids and registries sell, as UTS 46 has them (RFC 5891, UTS 46 §4)."""
    try:
        return idna.alabel(label).decode()
    except idna.InvalidCodepoint:
        letters = "".join(c for c in label if not unicodedata.category(c).startswith("S"))
        if letters and not letters.isalnum():
            raise InputError("holds a character that no domain has") from None
        return "xn--" + label.encode("punycode").decode()
    except idna.IDNAError:
        raise InputError("is no valid international name") from None


def _check_punycode(label: str) -> None:
    try:
        decoded = label[4:].encode().decode("punycode")
    except UnicodeError:
        decoded = ""
    if decoded.isascii() or not _is_printable(decoded):
        raise InputError("has a part that begins with xn-- and is no encoded name")
