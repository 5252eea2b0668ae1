"""One answer as it arrives: its head, then its body in pieces, parsed by llhttp as leniently as browsers do."""

from httptools import HttpParserError, HttpResponseParser

from batchscrape.fetching.failures import HeadTooLarge
from batchscrape.fetching.heads import mended_head

#: Bytes of a head; also of anything else that comes without a byte of body (trailers, 1xx answers).
_MAX_HEAD = 64 * 1024
_MAX_FIELDS = 256


class Answer:
    """What has come of one answer so far. The methods `on_…` are called by the parser."""

    __slots__ = (
        "_ends_with_connection", "_is_head", "_parser", "_raw_head", "_size", "_spoiled", "_tail",
        "_without_body", "buffered", "complete", "fields", "has_head", "keep_alive", "pieces", "status",
        "untouched",
    )  # fmt: skip

    def __init__(self, *, is_head: bool = False) -> None:
        self._is_head = is_head
        self._parser = _new_parser(self)
        self._raw_head: list[bytes] = []
        self._size = 0
        self._without_body = 0
        #: The error in a head that may be mended when the rest of it has come.
        self._spoiled: HttpParserError | None = None
        #: The last bytes of such a head: its end may come in two packets.
        self._tail = b""
        self._ends_with_connection = True
        self.status = 0
        self.fields: list[tuple[bytes, bytes]] = []
        #: Body that has come and was not read yet, and its bytes.
        self.pieces: list[bytes] = []
        self.buffered = 0
        #: Not a single byte has come.
        self.untouched = True
        self.has_head = False
        self.complete = False
        #: The connection may carry another request, once the answer is complete.
        self.keep_alive = False

    def feed(self, data: bytes) -> None:
        """Take what the server sent; raises HttpParserError or HeadTooLarge."""
        self.untouched = False
        self._without_body += len(data)
        if not self.has_head:
            self._raw_head.append(data)
        try:
            if self._spoiled is None:
                self._parser.feed_data(data)
            elif self._may_end_head(data):
                self._mend(self._spoiled)
        except HttpParserError as error:
            if self.has_head or self._spoiled is not None:
                self._stop_at_rubbish(error)
            else:
                self._mend(error)
        if self._is_too_large() or (self._without_body > _MAX_HEAD and not self.complete):
            raise HeadTooLarge

    def end(self) -> bool:
        """The server closed the connection; whether the answer is whole with that."""
        if self.has_head and not self.complete and self._ends_with_connection:
            self.complete = True
        return self.complete

    def take(self) -> bytes:
        """The body that has come and was not taken yet."""
        body = self.pieces[0] if len(self.pieces) == 1 else b"".join(self.pieces)
        self.pieces.clear()
        self.buffered = 0
        return body

    def close(self) -> None:
        """Let go of the parser, which refers back to this object."""
        del self._parser

    def on_message_begin(self) -> None:
        """Start an answer; a second one that nobody asked for is rubbish after the body."""
        if self.complete:
            self.keep_alive = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header field; trailers are dropped."""
        if not self.has_head and len(self.fields) <= _MAX_FIELDS:
            self.fields.append((name, value))
            self._size += len(name) + len(value)

    def on_headers_complete(self) -> None:
        """Take the head as it is; that of a 1xx answer is forgotten."""
        if self.has_head or self._is_too_large():
            return
        self.status = self._parser.get_status_code()
        if self.status < 200:  # noqa: PLR2004 - informational (RFC 9110 §15.2)
            self.fields.clear()
            return
        self.has_head = True
        self._raw_head.clear()
        self._ends_with_connection = not _is_framed(self.fields)
        if self._is_head:
            self.on_message_complete()

    def on_body(self, data: bytes) -> None:
        """Take a piece of the body."""
        if not self.complete:
            self._without_body = 0
            self.pieces.append(data)
            self.buffered += len(data)

    def on_message_complete(self) -> None:
        """Note that the answer is whole."""
        if self.has_head and not self.complete:
            self.complete = True
            self.keep_alive = self._parser.should_keep_alive()

    def _is_too_large(self) -> bool:
        return self._size > _MAX_HEAD or len(self.fields) > _MAX_FIELDS

    def _stop_at_rubbish(self, error: HttpParserError) -> None:
        """Bear what follows a complete answer: it only costs the connection."""
        if not self.complete:
            raise error
        self.keep_alive = False

    def _may_end_head(self, data: bytes) -> bool:
        seam = self._tail + data
        self._tail = seam[-2:]
        return b"\n\n" in seam or b"\n\r\n" in seam

    def _mend(self, error: HttpParserError) -> None:
        """Parse the head anew without what llhttp cannot bear, once it is there as a whole."""
        raw = b"".join(self._raw_head)
        if not raw.startswith(b"HTTP/"):
            raise error
        self._spoiled = error
        self._tail = raw[-2:]
        mended = mended_head(raw)
        if mended is None:
            return
        self.fields.clear()
        self._size = 0
        self._parser = _new_parser(self)
        try:
            self._parser.feed_data(mended)
        except HttpParserError as second:
            self._stop_at_rubbish(second)
        self._spoiled = None


def _new_parser(answer: Answer) -> HttpResponseParser:
    """Lenient: with one site a connection, nobody but the site itself is fooled by a smuggled answer.

    What else browsers forgive in a head is mended, see `heads`.
    """
    parser = HttpResponseParser(answer)
    parser.set_dangerous_leniencies(
        lenient_version=True,
        lenient_optional_cr_before_lf=True,
        lenient_optional_crlf_after_chunk=True,
        lenient_spaces_after_chunk_size=True,
    )
    return parser


def _is_framed(fields: list[tuple[bytes, bytes]]) -> bool:
    """Whether the head says where the body ends; if not, it ends with the connection (RFC 9112 §6.3)."""
    length = coding = None
    for name, value in fields:
        lowered = name.lower()
        if lowered == b"content-length":
            length = value
        elif lowered == b"transfer-encoding":
            coding = value.strip().lower()
    return coding.endswith(b"chunked") if coding is not None else length is not None
