"""Everything that can go wrong, each with a stable code or exit status.

    BatchscrapeError
    ├── InputError                  exit 2   wrong usage, or an input that cannot be used
    ├── TryLater                    exit 75
    │   ├── DatabaseUnavailable              the database cannot be reached, or went away for too long
    │   ├── NetworkDown                      nothing answers any more that answered before
    │   └── LockTaken                        another command holds the lock that --lock names
    ├── Interrupted                 exit 128 + n  stopped by signal n
    ├── DatabaseRefused             exit 78  the database says no; the message says how to mend it
    └── FetchError                           what ends one page or one domain, never a batch
        ├── DnsError                dns_error
        ├── ConnectError            connect_error
        ├── TlsError                tls_error
        ├── FetchTimeout            timeout
        ├── ProtocolError           protocol_error
        ├── RedirectError           redirect_error
        ├── BlockedAddress          blocked_address
        ├── RobotsDenied            robots_denied
        ├── RobotsUnreachable       robots_unreachable
        ├── HttpStatusError         http_4xx | http_5xx
        ├── RateLimited             rate_limited
        ├── TooLarge                too_large
        ├── NotHtml                 not_html
        ├── DecodeError             decode_error
        └── ParseError              parse_error

The codes `worker_lost` and `internal_error` have no class: the first is written by whoever finds the worker
dead, the second by the worker for a defect of ours.
"""

from typing import ClassVar


class BatchscrapeError(Exception):
    """Base of every error that batchscrape raises on purpose; its text is one sentence for people."""

    exit_status: ClassVar[int] = 70


class InputError(BatchscrapeError):
    """Wrong usage, or an input that cannot be used."""

    exit_status = 2


class TryLater(BatchscrapeError):
    """Nothing is wrong with the command; the same may work later."""

    exit_status = 75


class DatabaseUnavailable(TryLater):
    """The database cannot be reached, or went away for longer than it may."""


class NetworkDown(TryLater):
    """It is not one site that fails: nothing answers any more that answered before."""


class LockTaken(TryLater):
    """Another command holds the lock, or has taken it over."""


class Interrupted(BatchscrapeError):
    """The command was stopped by a signal; the message says how to go on."""

    def __init__(self, message: str, number: int) -> None:
        super().__init__(message)
        self.exit_status = 128 + number  # type: ignore[misc] # its own, not the class's


class DatabaseRefused(BatchscrapeError):
    """The database says no, and will again; the message says how to mend it."""

    exit_status = 78


class FetchError(BatchscrapeError):
    """One URL could not be fetched or read."""

    code: str = "internal_error"

    def __init__(self, message: str, *, http_status: int | None = None, final_url: str | None = None) -> None:
        super().__init__(message)
        self.http_status = http_status
        self.final_url = final_url


class DnsError(FetchError):
    """The name has no address."""

    code = "dns_error"


class ConnectError(FetchError):
    """No connection to the address: refused, unreachable or reset."""

    code = "connect_error"


class TlsError(FetchError):
    """The TLS handshake failed, or the certificate is not valid for the name."""

    code = "tls_error"


class FetchTimeout(FetchError):
    """The request, or everything for the domain, took longer than it may."""

    code = "timeout"


class ProtocolError(FetchError):
    """What came back is not HTTP, or ended too early."""

    code = "protocol_error"


class RedirectError(FetchError):
    """Too many redirects, a loop, or a redirect to what cannot be fetched."""

    code = "redirect_error"


class BlockedAddress(FetchError):
    """The address is not publicly routable and `--allow-network` does not name it."""

    code = "blocked_address"


class RobotsDenied(FetchError):
    """robots.txt does not allow the page (RFC 9309)."""

    code = "robots_denied"


class RobotsUnreachable(FetchError):
    """robots.txt answers 5xx or rubbish, which forbids everything (RFC 9309 §2.3.1.4)."""

    code = "robots_unreachable"


class HttpStatusError(FetchError):
    """The server answered with a status of 400 or above."""

    def __init__(self, message: str, *, http_status: int, final_url: str | None = None) -> None:
        super().__init__(message, http_status=http_status, final_url=final_url)
        self.code = "http_4xx" if http_status < 500 else "http_5xx"  # noqa: PLR2004


class RateLimited(FetchError):
    """The server asks to wait for longer than the domain's time allows (429, 503 with Retry-After)."""

    code = "rate_limited"


class TooLarge(FetchError):
    """The headers are beyond bounds."""

    code = "too_large"


class NotHtml(FetchError):
    """The answer is no HTML."""

    code = "not_html"


class DecodeError(FetchError):
    """The content encoding is broken or unknown."""

    code = "decode_error"


class ParseError(FetchError):
    """The page would take too long to parse."""

    code = "parse_error"
