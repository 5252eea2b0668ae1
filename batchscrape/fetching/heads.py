"""Mends the head of an answer where a browser forgives what llhttp, even at its most lenient, does not."""

import re

_STATUS_LINE = re.compile(rb"HTTP/\d\.\d +\d{3}(?!\d)[^\r\n]*")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*(.*)", re.DOTALL)
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_HEAD_END = re.compile(rb"\r?\n\r?\n")


def mended_head(raw: bytes) -> bytes | None:
    """The same bytes with a head that can be parsed; None while the head is not complete.

    Lines that are no header fields are dropped, and every `Content-Length` but the first that is a number.
    """
    end = _HEAD_END.search(raw)
    if end is None:
        return None
    status_line, *lines = re.split(rb"\r?\n", raw[: end.start()])
    if not _STATUS_LINE.match(status_line):
        return raw
    head = [_CONTROL.sub(b"", status_line)]
    length_seen = False
    for field in filter(None, map(_FIELD.fullmatch, lines)):
        name, value = field[1], _CONTROL.sub(b"", field[2])
        if name.lower() == b"content-length":
            value = value.split(b",")[0].strip()
            if length_seen or not value.isdigit():
                continue
            length_seen = True
        head.append(name + b": " + value)
    return b"\r\n".join(head) + b"\r\n\r\n" + raw[end.end() :]
