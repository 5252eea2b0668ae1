"""Whether an answer is HTML, decided before its body is downloaded."""

import re

_HTML = frozenset({"text/html", "application/xhtml+xml"})
#: Says nothing: a browser looks at the content then (WHATWG MIME Sniffing §5).
_SAYS_NOTHING = frozenset({"", "unknown/unknown", "application/unknown", "*/*"})
#: Bytes that are enough to tell.
ENOUGH_TO_SNIFF = 64

_WHITE_SPACE = b" \t\r\n\f"
_UTF16_HTML = (b"\xff\xfe<\0", b"\xfe\xff\0<")
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
#: "Binary data bytes" (WHATWG MIME Sniffing §3).
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]|%PDF-")


def is_html(content_type: str | None) -> bool | None:
    """What the header says; None when it says nothing and the content has to tell."""
    essence = (content_type or "").replace(",", ";").partition(";")[0].strip().lower()
    if essence in _SAYS_NOTHING or "/" not in essence:
        return None
    return essence in _HTML


def looks_like_html(start: bytes) -> bool:
    """Whether content that nobody has named a type for starts as HTML does; an empty page is one."""
    if start.startswith(_UTF16_HTML):
        return True
    text = start.removeprefix(_UTF8_MARK).lstrip(_WHITE_SPACE)
    return not text or (text.startswith(b"<") and not text.startswith(b"<?xml"))


def is_binary(start: bytes) -> bool:
    """Whether content that calls itself HTML is a picture, an archive, or still compressed: no text at all."""
    text = start.removeprefix(_UTF8_MARK).lstrip(_WHITE_SPACE + b"\0")
    if start.startswith(_UTF16_MARKS) or text.startswith(b"<"):
        return False
    return _BINARY.search(start, 0, ENOUGH_TO_SNIFF) is not None
