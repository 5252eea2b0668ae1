"""When a request is worth another try, and how long to wait for it."""

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from batchscrape.errors import ConnectError, FetchError, FetchTimeout, HttpStatusError, RateLimited
from batchscrape.fetching.failures import EndedEarly, ResolverTrouble, TooManyRequests
from batchscrape.fetching.response import Response

#: Answers that may be different next time: 408, 429, 5xx of gateways (52x: Cloudflare's).
_PASSING_STATUS = frozenset({408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_ASKS_TO_WAIT = frozenset({429, 503})
_TOO_MANY_REQUESTS = 429
_FIRST_ERROR = 400

#: Seconds.
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 10.0
_LONGEST_ASKED_FOR = 60.0


def is_passing(failure: FetchError) -> bool:
    """Whether the failure may be gone next time."""
    if failure.http_status in _PASSING_STATUS and isinstance(failure, HttpStatusError | TooManyRequests):
        return True
    return isinstance(failure, ConnectError | FetchTimeout | EndedEarly | ResolverTrouble)


def status_failure(response: Response, host: str, domain_timeout: float) -> FetchError | None:
    """The failure that the answer's status is; None below 400.

    Who asks to wait for longer than the domain's time or a minute gets no second try: RateLimited at once.
    """
    status = response.http_status
    if status < _FIRST_ERROR:
        return None
    final_url = response.final_url
    wait = wait_asked_for(response)
    if wait is not None and wait > min(domain_timeout, _LONGEST_ASKED_FOR):
        return RateLimited(f"{host} asks to wait for {wait:.0f} s.", http_status=status, final_url=final_url)
    if status == _TOO_MANY_REQUESTS:
        message = f"{host} answers that it gets too many requests (429)."
        return TooManyRequests(message, http_status=status, final_url=final_url)
    return HttpStatusError(f"{host} answers with status {status}.", http_status=status, final_url=final_url)


def back_off(tries: int) -> float:
    """Seconds to wait after so many tries: doubling, with jitter so that many sites don't come back at once."""
    return min(_FIRST_WAIT * 2.0 ** (tries - 1), _LONGEST_WAIT) * random.uniform(0.5, 1.5)  # noqa: S311 - jitter


def wait_asked_for(response: Response) -> float | None:
    """Seconds that a 429 or 503 asks to wait (RFC 9110 §10.2.3); None when it does not say."""
    text = response.headers.get("retry-after", "").strip()
    if response.http_status not in _ASKS_TO_WAIT or not text:
        return None
    if text.isascii() and text.isdigit():
        return float(text[:10])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
