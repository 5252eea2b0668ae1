"""Turn the bytes of a page into text as browsers do (WHATWG Encoding Standard)."""

import codecs
import re

import cchardet
from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
    to_unicode,
)

#: Python's names of the standard's encodings; its other codecs (base64, idna, utf-7) are no page's charset.
_WEB_CODECS = frozenset(
    {
        "utf-8", "utf-16-be", "utf-16-le", "cp866", "cp874", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic",
        "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949",
        *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        *(f"cp125{page}" for page in range(9)),
    }
)  # fmt: skip
_MARKUP = re.compile(rb"<(?:script|style)\b.*?</|<[^<>]*+>|&#?\w+;", re.IGNORECASE | re.DOTALL)
#: What browsers take where nothing is declared and nothing can be told.
_LAST_RESORT = "cp1252"
_DETECTED_BYTES = 64 * 1024


def decode(body: bytes, content_type: str | None) -> str:
    """The text of the page: by byte order mark, header, `<meta>`, then detection; wrong bytes become U+FFFD."""
    encoding, mark = read_bom(body)
    if encoding in _WEB_CODECS:
        return to_unicode(body[len(mark or b"") :], encoding)
    return to_unicode(body, _declared(body, content_type) or _detected(body))


def _declared(body: bytes, content_type: str | None) -> str | None:
    by_header = http_content_type_encoding(content_type)
    if by_header == "utf-16":
        by_header = "utf-16-le"
    if by_header in _WEB_CODECS:
        return by_header
    by_meta = html_body_declared_encoding(body)
    # A <meta> that could be read is no UTF-16, whatever it says (HTML §13.2.3.2).
    if by_meta is not None and by_meta.startswith("utf-16"):
        return "utf-8"
    return by_meta if by_meta in _WEB_CODECS else None


def _detected(body: bytes) -> str:
    try:
        codecs.utf_8_decode(body, "strict", False)  # not final: the body may be cut inside a character
    except UnicodeDecodeError:
        words = _MARKUP.sub(b" ", body[:_DETECTED_BYTES])
        guess = resolve_encoding(cchardet.detect(words)["encoding"] or _LAST_RESORT)
        return guess if guess in _WEB_CODECS else _LAST_RESORT
    return "utf-8"
