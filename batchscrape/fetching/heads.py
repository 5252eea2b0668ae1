"""Mends the head of an answer where a browser forgives what llhttp does not."""

import re

_STATUS_LINE = re.compile(rb"HTTP/\d\.\d +\d{3}(?!\d)[^\r\n]*")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*(.*)", re.DOTALL)
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_HEAD_END = re.compile(rb"\r?\n\r?\n")


def mended_head(raw: bytes) -> bytes | None:
    """The same bytes with a head that can be parsed, if it is one of HTTP at all; None while it is not complete.

    Lines that are no header fields are dropped, and all that speaks of the body's length but what counts.
    """
    end = _HEAD_END.search(raw)
    if end is None:
        return None
    status_line, *lines = re.split(rb"\r?\n", raw[: end.start()])
    if not _STATUS_LINE.match(status_line):
        return raw
    fields = [(found[1], _CONTROL.sub(b"", found[2])) for found in map(_FIELD.fullmatch, lines) if found]
    kept = [name + b": " + value for name, value in _with_one_length(fields)]
    return b"\r\n".join([_CONTROL.sub(b"", status_line), *kept]) + b"\r\n\r\n" + raw[end.end() :]


def _with_one_length(fields: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """`Transfer-Encoding: chunked` counts, else the first `Content-Length` that is a number (RFC 9112 §6.3)."""
    chunked = (b"Transfer-Encoding", b"chunked")
    lengths: list[tuple[bytes, bytes]] = []
    others: list[tuple[bytes, bytes]] = []
    for name, value in fields:
        lowered = name.lower()
        if lowered == b"transfer-encoding" and b"chunked" in value.lower():
            lengths.insert(0, chunked)
        elif lowered == b"content-length" and (number := value.partition(b",")[0].strip()).isdigit():
            lengths.append((name, number))
        elif lowered not in (b"transfer-encoding", b"content-length"):
            others.append((name, value))
    return others + lengths[:1]
