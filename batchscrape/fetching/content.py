"""Whether an answer is HTML, decided before its body is downloaded."""

_HTML = frozenset({"text/html", "application/xhtml+xml"})
#: Says nothing: a browser looks at the content then (WHATWG MIME Sniffing §5).
_SAYS_NOTHING = frozenset({"", "unknown/unknown", "application/unknown", "*/*"})
#: Bytes that are enough to tell.
ENOUGH_TO_SNIFF = 64

_WHITE_SPACE = b" \t\r\n\f"
_UTF16_HTML = (b"\xff\xfe<\0", b"\xfe\xff\0<")


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
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip(_WHITE_SPACE)
    return not text or (text.startswith(b"<") and not text.startswith(b"<?xml"))
