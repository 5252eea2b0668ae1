"""What is an e-mail address of a person or firm, and what only looks like one."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import idna
from publicsuffixlist import PublicSuffixList

from batchscrape.extracting.emails.placeholders import is_pattern, is_placeholder
from batchscrape.extracting.words import words

_LONGEST_LOCAL = 64
_ASSETS = words(
    "png jpg jpeg gif svg webp avif ico bmp css js mjs map json woff woff2 ttf eot mp4 webm pdf html htm "
    "php xml zip"
)
_LOCAL = re.compile(r"[a-z0-9\u00df-\u024f](?:[\w.+'-]*[\w+-])?")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]")
_HASH = re.compile(r"[0-9a-f]{20,}|[0-9a-f]{8}-[0-9a-f]{4}-.*")
#: Services whose addresses are keys, tickets and stores of source code.
_MACHINES = (
    "sentry.io",
    "wixpress.com",
    "sentry-cdn.com",
    "group.calendar.google.com",
    "gserviceaccount.com",
    "users.noreply.github.com",
)
_CODE_HOSTS = words("github.com gitlab.com bitbucket.org codeberg.org ssh.dev.azure.com")

#: Escapes that lost their backslash or were never undone: u003einfo@, %20info@.
_ESCAPES_BEFORE = re.compile(r"(?:u00[0-9a-f]{2}|%[0-9a-f]{2}|x[23][0-9a-f](?=[a-z]))+", re.IGNORECASE)
_OTHER_SCRIPT = re.compile(r"\A.*[^\x00-\u024f]", re.DOTALL)
_ROLES = "info|kontakt|contact|contacto|office|service|sales|support|mail|hello|hallo|post|verwaltung|biuro|shop"
#: A telephone number or a label that runs into the address.
_GLUED_BEFORE = re.compile(rf"(?:\d{{5,}}|e-?mail)(?=(?:{_ROLES})\Z)", re.IGNORECASE)
#: Words that follow an address without a blank: info@firma.deTelefon, .de0301234, .comまで.
_GLUED_AFTER = re.compile(
    r"[a-z]{2,}?(?=[A-Z]|tele?fon|tel\b|fax|phone|mobil|www|http)|[A-Z]{2,}?(?=[A-Z][a-z])|[A-Za-z]{2,}(?=[^A-Za-z])"
)


def address(written: str, host: str) -> str | None:
    """The address in lower case, or None where it is none, a placeholder, a file's name or a tracker's key."""
    before, _, after = written.rpartition("@")
    local = _local(before)
    if local is None or (found := _mail_domain(after, host)) is None:
        return None
    domain, registrable = found
    if domain.endswith(_MACHINES) or (local == "git" and registrable in _CODE_HOSTS):
        return None
    if is_pattern(local) or (registrable != registrable_domain(host) and is_placeholder(local, registrable)):
        return None
    return f"{local}@{domain}"


def is_of_site(address: str, host: str) -> bool:
    """Whether the address is at the registrable domain of the host."""
    return bool(host) and registrable_domain(address.rpartition("@")[2]) == registrable_domain(host)


@cache
def suffixes() -> PublicSuffixList:
    """The public suffix list, read once."""
    return PublicSuffixList(accept_unknown=False, only_icann=True)


@lru_cache(maxsize=4096)
def registrable_domain(domain: str) -> str | None:
    """The domain one label below its public suffix, IDNA-encoded; None where the suffix is not a public one."""
    try:
        ascii_domain = domain.lower() if domain.isascii() else idna.encode(domain, uts46=True).decode()
        found = suffixes().privatesuffix(ascii_domain)
    except (UnicodeError, ValueError):
        return None
    return found if isinstance(found, str) else None


def _local(written: str) -> str | None:
    written = _ESCAPES_BEFORE.sub("", written, count=1) if _ESCAPES_BEFORE.match(written) else written
    if not written.isascii():
        written = _OTHER_SCRIPT.sub("", written)
    local = _GLUED_BEFORE.sub("", written.strip(".'-"), count=1).lower()
    if not _LOCAL.fullmatch(local) or ".." in local or len(local) > _LONGEST_LOCAL or _HASH.fullmatch(local):
        return None
    return local


@lru_cache(maxsize=4096)
def _mail_domain(written: str, host: str) -> tuple[str, str] | None:
    """The domain in Unicode and its registrable part; what is glued to its end is taken off."""
    written = written.replace("\u3002", ".").rstrip(".-_")
    if written.rpartition(".")[2].lower() in _ASSETS:
        return None
    for candidate in _domains(written):
        domain = candidate.lower()
        if _DOMAIN.fullmatch(domain) and (registrable := registrable_domain(domain)):
            return _unicode(domain), registrable
    own = written.lower()
    return (own, own) if "." in host and own == host and _DOMAIN.fullmatch(own) else None


def _domains(written: str) -> Iterator[str]:
    """From the likeliest to the least likely end of the domain."""
    labels = written.split(".")
    for index in range(2, len(labels)):
        if labels[index][:1].isupper() and labels[index - 1].islower():
            yield ".".join(labels[:index])
    yield written
    if glued := _GLUED_AFTER.match(labels[-1]):
        yield ".".join([*labels[:-1], glued[0]])
    for end in range(len(labels) - 1, max(1, len(labels) - 3), -1):
        yield ".".join(labels[:end])


def _unicode(domain: str) -> str:
    try:
        return idna.decode(domain) if "xn--" in domain else domain
    except UnicodeError:
        return domain
