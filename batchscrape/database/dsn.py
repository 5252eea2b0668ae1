"""Database URLs as people paste them: read kindly, cleaned for the driver, shown without the password."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import parse_qsl, quote, unquote, urlencode

from batchscrape.errors import InputError

#: Query keys that asyncpg understands. It turns any other into a startup parameter, which poolers refuse.
UNDERSTOOD = frozenset({
    "host", "port", "user", "password", "passfile", "dbname", "database", "service",
    "sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "sslpassword", "sslnegotiation",
    "ssl_min_protocol_version", "ssl_max_protocol_version", "target_session_attrs", "krbsrvname", "gsslib",
})  # fmt: skip

_URL = re.compile(r"postgres(?:ql)?://(.*)", re.IGNORECASE | re.DOTALL)
_PLACEHOLDER = re.compile(r"\[YOUR[-_ ][\w -]+\]|\[PASSWORD\]|<(?:YOUR[-_ ])?PASSWORD>", re.IGNORECASE)
_PLACE = re.compile(r"([^\s/?#@]*)(?:/([^/?#@]*))?(?:\?((?:\w+(?:[=&][^#]*)?)?))?")
_HOST = re.compile(r"(\[[\w:.%]+\]|[^:\[\]]*)(?::(.*))?")
_FORM = "postgresql://user:password@host:port/database"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dsn:
    """Where a database is and who asks; what is empty is left to the driver and its environment variables."""

    user: str = ""
    password: str = field(default="", repr=False)
    #: `host:port`, percent-encoded, several with commas between them; the port may be missing.
    hosts: str = ""
    database: str = ""
    #: The query keys that the driver understands.
    options: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __str__(self) -> str:
        options = self.options
        user = self.user or options.get("user", "")
        place = unquote(self.hosts) or options.get("host") or "localhost"
        database = self.database or options.get("dbname") or options.get("database", "")
        return f"{user}@{place}/{database}" if user else f"{place}/{database}"

    @property
    def is_local(self) -> bool:
        """Whether nothing leaves this machine: loopback addresses and Unix sockets."""
        hosts = unquote(self.hosts) or self.options.get("host", "")
        return all(_is_local(host) for host in hosts.split(","))

    def cleaned(self) -> str:
        """As a URL that has everything encoded and nothing that the driver does not understand."""
        user, password, database = (quote(word, safe="") for word in (self.user, self.password, self.database))
        login = f"{user}:{password}@" if password else f"{user}@" if user else ""
        path = f"/{database}" if database else ""
        query = f"?{urlencode(self.options)}" if self.options else ""
        return f"postgresql://{login}{self.hosts}{path}{query}"


def parse_dsn(text: str) -> Dsn:
    """Read a database URL, also one whose password holds `@ / ? # :` that are not percent-encoded.

    Raises InputError, which never quotes the URL.
    """
    url = _URL.fullmatch(text.strip().strip("\"'"))
    if not url:
        raise InputError(f"the database is given as a URL: {_FORM}")
    if _PLACEHOLDER.search(url[1]):
        raise InputError("the database URL still has a placeholder in brackets: put the real value in its place")
    for login, rest in _splits(url[1]):
        if place := _PLACE.fullmatch(rest):
            return _dsn(login, *place.groups(default=""))
    raise InputError(
        f"the database URL is not of the form {_FORM}, special characters of the password percent-encoded"
    )


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Split at each `@`: the first that is followed by a host is meant, so a password may hold some."""
    if "@" not in text:
        yield "", text
    for at in re.finditer("@", text):
        yield text[: at.start()], text[at.end() :]


def _dsn(login: str, hosts: str, database: str, query: str) -> Dsn:
    for host in hosts.split(","):
        _check_host(host)
    user, _, password = login.partition(":")
    options = {key: value for key, value in parse_qsl(query) if key in UNDERSTOOD}
    return Dsn(
        user=unquote(user),
        password=unquote(password),
        hosts=hosts,
        database=unquote(database),
        options=options,
    )


def _check_host(host: str) -> None:
    parts = _HOST.fullmatch(host)
    if not parts:
        raise InputError(f"the host in the database URL cannot be read; its form is {_FORM}")
    port = parts[2] or "5432"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):  # noqa: PLR2004 - as TCP has it
        raise InputError("the port in the database URL is not a number from 1 to 65535")


def _is_local(host: str) -> bool:
    if host.startswith("/"):
        return True
    parts = _HOST.fullmatch(host)
    name = parts[1].strip("[]").lower() if parts else host
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name in {"", "localhost"}
