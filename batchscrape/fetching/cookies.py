"""The few cookies that a site needs to stop redirecting to itself; kept for one site's job, never longer."""

import re
from typing import NamedTuple

_PAIR = re.compile(r"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]{1,256})\s*=\s*([\x21-\x3a\x3c-\x7e]{0,4096})\s*")
_KEPT = 50


class _Key(NamedTuple):
    domain: str
    name: str


class Cookies:
    """Name and value per domain; path and expiry are of no use for so short a life."""

    def __init__(self) -> None:
        self._values: dict[_Key, tuple[str, bool]] = {}

    def take(self, host: str, lines: str) -> None:
        """Keep what `Set-Cookie` header lines (joined by line feeds) of the host set; skip what is malformed."""
        for line in lines.split("\n")[:_KEPT]:
            pair, _, rest = line.partition(";")
            found = _PAIR.fullmatch(pair)
            if not found:
                continue
            attributes = dict(_attribute(part) for part in rest.split(";"))
            domain = attributes.get("domain", "").lstrip(".").lower()
            shared = "." in domain and host.endswith(f".{domain}")
            key = _Key(domain if shared else host, found[1])
            self._values.pop(key, None)
            if attributes.get("max-age", "").startswith(("0", "-")):
                continue
            if len(self._values) < _KEPT:
                self._values[key] = (found[2], shared)

    def header(self, host: str) -> str:
        """The `Cookie` header for the host, empty when there is nothing to send."""
        return "; ".join(
            f"{key.name}={value}"
            for key, (value, shared) in self._values.items()
            if host == key.domain or (shared and host.endswith(f".{key.domain}"))
        )


def _attribute(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip().lower(), value.strip()
