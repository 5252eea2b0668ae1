"""Foreign errors become ours here, and nowhere else.

DnsError      └── ResolverTrouble     the resolver itself fails; says nothing about the name
ConnectError  └── NetworkUnreachable  no way to the address; says nothing about the site
ProtocolError └── EndedEarly          the connection ended in the middle of an answer
RateLimited   └── TooManyRequests     429 without asking for a long wait
"""

import errno
import ssl

from httptools import HttpParserError, HttpParserUpgrade

from batchscrape.errors import (
    ConnectError,
    DnsError,
    FetchError,
    FetchTimeout,
    ProtocolError,
    RateLimited,
    TlsError,
    TooLarge,
)

_UNREACHABLE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})


class ResolverTrouble(DnsError):
    """The resolver could not say whether the name has an address: it may tomorrow."""


class NetworkUnreachable(ConnectError):
    """There is no way to the address: perhaps our own network is down."""


class EndedEarly(ProtocolError):
    """The connection ended in the middle of an answer."""


class TooManyRequests(RateLimited):
    """The server answers 429, and does not ask for a wait that is too long."""


class HeadTooLarge(Exception):
    """The headers are beyond bounds."""


class ConnectionEnded(Exception):
    """The server ended a connection that still owed us something."""

    def __init__(self, cause: Exception | None, *, silent: bool, has_head: bool) -> None:
        super().__init__(str(cause or "closed"))
        self.cause = cause
        #: Not a byte of the answer had come.
        self.silent = silent
        #: The head of the answer had come.
        self.has_head = has_head


def translate(error: Exception, host: str, timeout: float) -> FetchError:
    """The failure of a request to the host as one of our errors; what is no such failure is raised again."""
    failure: FetchError
    if isinstance(error, FetchError):
        failure = error
    elif isinstance(error, TimeoutError) and error.errno is None:
        failure = FetchTimeout(f"{host} did not answer completely within {timeout:g} s.")
    elif isinstance(error, ssl.SSLError):
        failure = _tls_error(error, host)
    elif isinstance(error, OSError):
        failure = _connect_error(error, host)
    elif isinstance(error, ConnectionEnded):
        failure = _ended(error, host)
    elif isinstance(error, HeadTooLarge):
        failure = TooLarge(f"The headers of {host} are beyond bounds.")
    elif isinstance(error, HttpParserError | HttpParserUpgrade):
        failure = ProtocolError(f"What {host} answers is not HTTP.")
    else:
        raise error
    return failure


def printable(text: str, limit: int = 80) -> str:
    """Text of a server for use in a sentence: nothing in it can act on a terminal."""
    text = text[:limit]
    return text if text.isprintable() else "".join(filter(str.isprintable, text))


def _tls_error(error: ssl.SSLError, host: str) -> TlsError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return TlsError(f"The certificate of {host} is not valid: {printable(error.verify_message)}.")
    reason = (error.reason or "no reason given").replace("_", " ").lower()
    return TlsError(f"The TLS handshake with {host} failed: {reason}.")


def _connect_error(error: OSError, host: str) -> FetchError:
    if error.errno in _UNREACHABLE:
        return NetworkUnreachable(f"There is no way to {host} from here.")
    if isinstance(error, ConnectionRefusedError):
        return ConnectError(f"{host} refuses connections.")
    if isinstance(error, ConnectionError):
        return ConnectError(f"{host} reset the connection.")
    return ConnectError(f"{host} cannot be connected to: {printable(error.strerror or type(error).__name__)}.")


def _ended(error: ConnectionEnded, host: str) -> FetchError:
    if isinstance(error.cause, OSError) and error.cause.errno in _UNREACHABLE:
        return _connect_error(error.cause, host)
    if error.has_head:
        return EndedEarly(f"{host} ended the connection in the middle of its answer.")
    if error.cause is not None:
        return ConnectError(f"{host} reset the connection.")
    return EndedEarly(f"{host} closed the connection without an answer.")
