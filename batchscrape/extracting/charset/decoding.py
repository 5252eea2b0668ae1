"""Turn the bytes of a page into text as browsers do (WHATWG Encoding Standard)."""

import codecs
import re

from w3lib.encoding import read_bom, to_unicode

from batchscrape.extracting.charset.detection import detected
from batchscrape.extracting.charset.labels import CODECS

_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';,]+)""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--(?:.*?-->|.*)", re.DOTALL)
_META = re.compile(rb"""<meta[\s/][^<>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)""", re.IGNORECASE)
_XML = re.compile(rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"']+)["']""")
#: Where browsers stop looking for a declaration in a page whose head does not end.
_DECLARED_WITHIN = 16 * 1024


def decode(body: bytes, content_type: str | None) -> str:
    """The text of the page: by byte order mark, header, `<meta>`, then detection; wrong bytes become U+FFFD.

    NUL is no character of a page. UTF-8 that is plainly none is detected.
    """
    codec, mark = read_bom(body)
    if mark and codec in ("utf-8", "utf-16-le", "utf-16-be"):
        return _text(body[len(mark) :], codec)
    codec = _by_header(content_type) or _by_meta(body) or detected(body)
    if codec == "utf-8" and not _is_utf8(body):
        codec = detected(body)
    return _text(body, codec)


def _text(body: bytes, codec: str) -> str:
    text = to_unicode(body, codec)
    return text.replace("\0", "") if "\0" in text else text


def _by_header(content_type: str | None) -> str | None:
    match = _HEADER.search(content_type or "")
    return CODECS.get(match[1].lower()) if match else None


def _by_meta(body: bytes) -> str | None:
    """Also the declaration of XHTML; what neither comments nor scripts say."""
    head = _COMMENT.sub(b"", body[:_DECLARED_WITHIN])
    for match in _META.finditer(head):
        codec = CODECS.get(match[1].decode("ascii", "replace").lower())
        # A <meta> that could be read is no UTF-16, whatever it says (HTML §13.2.3.2).
        if codec is not None:
            return "utf-8" if codec.startswith("utf-16") else codec
    declaration = _XML.match(head)
    return CODECS.get(declaration[1].decode("ascii", "replace").lower()) if declaration else None


def _is_utf8(body: bytes) -> bool:
    """Whether more characters beyond ASCII are right than wrong; a last one may be cut."""
    try:
        codecs.utf_8_decode(body, "strict", False)  # not final
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
        wrong = text.count("\ufffd")
        return sum(character > "\x7f" for character in text) - wrong >= wrong
    return True
