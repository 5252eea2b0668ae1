"""What is an e-mail address of a person or firm, and what only looks like one."""

import re
from functools import cache

import idna
from publicsuffixlist import PublicSuffixList

from batchscrape.extracting.words import words

_ASSETS = words(
    "png jpg jpeg gif svg webp avif ico bmp css js mjs map json woff woff2 ttf eot mp4 webm pdf html php"
)
_LOCAL = re.compile(r"[a-z0-9](?:[\w.+%&'/=~-]*[\w+-])?")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]")
_HASH = re.compile(r"[0-9a-f]{20,}|[0-9a-f]{8}-[0-9a-f]{4}-.*")
_TRACKERS = ("sentry.io", "sentry-next.wixpress.com", "sentry.wixpress.com", "ingest.sentry.io", "wixpress.com")
#: Names before the top-level domain that stand for "your domain" in themes and forms.
_EXAMPLE_NAMES = words(
    "example exemple beispiel ejemplo esempio przyklad przykład yoursite yourdomain yourcompany yourwebsite "
    "your-domain your-site your-company youremail mysite mydomain mywebsite domainname yourstore sitename "
    "ihredomain ihre-domain ihrefirma ihre-firma deinedomain deine-domain musterfirma muster-firma mustermann "
    "votredomaine votre-domaine votresite votreentreprise tudominio tuempresa tusitio midominio twojadomena "
    "twojafirma mail-domain"
)
#: Real domains that are a placeholder after a generic name.
_GENERIC_DOMAINS = words(
    "domain.com email.com mail.com company.com website.com site.com test.com gmail.com domain.de firma.de "
    "domain.org domain.net domain.tld domaine.fr dominio.com empresa.com adres.pl domena.pl provider.com abc.com "
    "xyz.com"
)
_GENERIC_NAMES = words(
    "user username name yourname your-name your.name your you email e-mail youremail your-email your.email mail "
    "me someone somebody test info contact hello example demo john jane johndoe john.doe jane.doe janedoe "
    "johnsmith john.smith first.last firstname.lastname vorname.nachname max.mustermann erika.mustermann "
    "mustermann nom prenom votrenom votre.email nombre tunombre correo tucorreo tuemail ejemplo jan.kowalski imie "
    "imie.nazwisko admin support sample abc xyz"
)
_ALWAYS_PLACEHOLDERS = words(
    "youremail your-email your.email yourname your-name your.name yourmail votreemail votre.email tucorreo "
    "tuemail vorname.nachname firstname.lastname max.mustermann deine.email ihre.email"
)
_REAL_GENERIC = frozenset({"gmail.com", "mail.com", "firma.de"})
_REAL_GENERIC_NAMES = frozenset({"info", "contact", "hello", "admin", "support", "mail", "me", "test", "demo"})


def address(written: str, host: str) -> str | None:
    """The address in lower case, or None where it is none, a placeholder, a file's name or a tracker's key."""
    local, _, domain = written.lower().rpartition("@")
    local = local.removeprefix("%20").removeprefix("mailto:").strip(".'-/&%=~")
    if not _LOCAL.fullmatch(local) or ".." in local or len(local) > 64 or _HASH.fullmatch(local):  # noqa: PLR2004
        return None
    registered = _mail_domain(domain.rstrip(".-_"))
    if registered is None:
        return None
    domain, registrable = registered
    if domain.endswith(_TRACKERS) or _is_placeholder(local, registrable, host):
        return None
    return f"{local}@{domain}"


def is_of_site(address: str, host: str) -> bool:
    """Whether the address is at the registrable domain of the host."""
    return bool(host) and registrable_domain(address.rpartition("@")[2]) == registrable_domain(host)


@cache
def suffixes() -> PublicSuffixList:
    """The public suffix list, read once."""
    return PublicSuffixList(accept_unknown=False, only_icann=True)


def registrable_domain(domain: str) -> str | None:
    """The domain one label below its public suffix, IDNA-encoded; None where the suffix is not a public one."""
    try:
        ascii_domain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
        found = suffixes().privatesuffix(ascii_domain)
    except (UnicodeError, ValueError):
        return None
    return found if isinstance(found, str) else None


def _mail_domain(domain: str) -> tuple[str, str] | None:
    """The domain in Unicode and its registrable part; a word glued to its end is taken off (firma.de.Telefon)."""
    labels = domain.split(".")
    if labels[-1] in _ASSETS:
        return None
    for end in range(len(labels), max(1, len(labels) - 2), -1):
        candidate = ".".join(labels[:end])
        if _DOMAIN.fullmatch(candidate) and (registrable := registrable_domain(candidate)):
            return _unicode(candidate), registrable
    return None


def _unicode(domain: str) -> str:
    try:
        return idna.decode(domain) if "xn--" in domain else domain
    except UnicodeError:
        return domain


def _is_placeholder(local: str, registrable: str, host: str) -> bool:
    if registrable_domain(host) == registrable:
        return False
    if registrable.partition(".")[0] in _EXAMPLE_NAMES or local in _ALWAYS_PLACEHOLDERS:
        return True
    if registrable not in _GENERIC_DOMAINS or local not in _GENERIC_NAMES:
        return False
    return not (registrable in _REAL_GENERIC and local in _REAL_GENERIC_NAMES)
