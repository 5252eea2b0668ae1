"""What a fetched page is to the rooms above: plain data, nothing of httpx."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One page that was fetched."""

    #: The URL that was asked for.
    url: str
    #: Where the redirects led.
    final_url: str
    http_status: int
    #: Lower-case names; a name that came twice is joined by `, `, `set-cookie` by a line feed.
    headers: Mapping[str, str]
    content_type: str | None
    #: Decompressed, and cut at `max_body`.
    body: bytes
    #: The body was larger than `max_body` and cut.
    truncated: bool
    #: Seconds from the (last) request to its last byte.
    duration: float
    #: UTC.
    fetched_at: datetime
