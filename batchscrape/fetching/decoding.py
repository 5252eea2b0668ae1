"""Decompress a body while it comes, never further than its limit: 34 bytes of brotli can hold 11 MB."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Protocol

import brotli
import zstandard

from batchscrape.errors import DecodeError
from batchscrape.fetching.failures import printable

#: What we can read, for the `Accept-Encoding` header.
ACCEPTED = "gzip, deflate, br, zstd"

#: Each piece gives the interpreter's lock away, perhaps to a parser thread, and waits to have it back.
_PIECE = 512 * 1024
_STACKED = 3
#: Of one gzip body; 65 bytes of brotli can hold 250,000 of nothing, which took half a second.
_MAX_MEMBERS = 1_000
#: zstandard has no limit for its output: 4 bytes of input make up to 128 KiB, so it gets a little at a time.
_ZSTD_INPUT = 128
#: As browsers (RFC 8878 §3.1.1.1.2).
_ZSTD_WINDOW = 8 * 1024 * 1024

#: Said by servers that compress nothing.
_NONE = frozenset({"", "identity", "none", "binary", "8bit", "7bit", "text", "utf-8", "utf8", "iso-8859-1", "*"})


class Decoder(Protocol):
    """One content coding; `feed` gives its output in pieces of bounded size, as they are taken."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The decoded pieces."""
        ...


class Body:
    """Collects a body, decoded, up to a limit."""

    def __init__(self, content_encoding: str, limit: int) -> None:
        """`content_encoding`: the header; raises DecodeError if there is a coding in it that we cannot read."""
        self._decoders = _decoders(content_encoding)
        self._limit = limit
        self._taken = [0] * (len(self._decoders) + 1)
        self._pieces: list[bytes] = []
        #: There was more than the limit.
        self.truncated = False

    def feed(self, data: bytes) -> bool:
        """Take what came over the wire; False when no more is wanted. Raises DecodeError."""
        try:
            self._decode(data, 0)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise DecodeError("The content encoding of the answer is broken.") from error
        return not self.truncated

    @property
    def size(self) -> int:
        """Bytes of the content so far."""
        return self._taken[-1]

    @property
    def content(self) -> bytes:
        """The body so far. Raises DecodeError if something came and nothing could be made of it."""
        if self._taken[0] and not self._pieces and self._decoders:
            raise DecodeError("The content encoding of the answer is broken.")
        if len(self._pieces) > 1:
            self._pieces = [b"".join(self._pieces)]
        return self._pieces[0] if self._pieces else b""

    def _decode(self, data: bytes, stage: int) -> None:
        """Every stage has the same limit: a coding that makes nothing of gigabytes ends too."""
        room = self._limit - self._taken[stage]
        if len(data) > room:
            data = data[:room]
            self.truncated = True
        self._taken[stage] += len(data)
        if stage == len(self._decoders):
            if data:
                self._pieces.append(data)
            return
        for piece in self._decoders[stage].feed(data):
            self._decode(piece, stage + 1)
            if self.truncated:
                return


class _Zlib:
    """gzip, also in several members, or deflate, with its zlib wrapping or without."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._start = b""
        self._members = 1
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16) if gzip else None

    def feed(self, data: bytes) -> Iterator[bytes]:
        data = self._start + data
        if self._inflate is None:
            if len(data) < 2:  # noqa: PLR2004 - the wrapping is two bytes
                self._start = data
                return
            self._start = b""
            self._inflate = zlib.decompressobj(_window_bits(data))
        while not self._ended(data):
            piece = self._inflate.decompress(data, _PIECE)
            yield piece
            data = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
            if not data and len(piece) < _PIECE:
                return

    def _ended(self, data: bytes) -> bool:
        """Whether nothing but rubbish follows; another member starts a new stream."""
        if self._inflate is None or not self._inflate.eof:
            return False
        if self._gzip and data.startswith(b"\x1f\x8b"):
            self._members += 1
            if self._members > _MAX_MEMBERS:
                raise zlib.error("too many members")
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
            return False
        return True


class _Brotli:
    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        while not self._decompressor.is_finished():
            yield self._decompressor.process(data, output_buffer_limit=_PIECE)
            data = b""
            if self._decompressor.can_accept_more_data():
                return


class _Zstandard:
    def __init__(self) -> None:
        decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._decompress = decompressor.decompressobj(read_across_frames=True)

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_INPUT):
            yield self._decompress.decompress(data[start : start + _ZSTD_INPUT])


def _window_bits(data: bytes) -> int:
    """With a zlib wrapping (RFC 1950 §2.2) or, as many servers send `deflate`, without."""
    wrapped = data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS


_CODINGS: Mapping[str, Callable[[], Decoder]] = {
    "gzip": partial(_Zlib, gzip=True),
    "x-gzip": partial(_Zlib, gzip=True),
    "deflate": partial(_Zlib, gzip=False),
    "br": _Brotli,
    "zstd": _Zstandard,
}


def _decoders(content_encoding: str) -> list[Decoder]:
    """Of each coding in the header; the last one named was applied last and is undone first."""
    codings = [name for part in content_encoding.lower().split(",") if (name := part.strip()) not in _NONE]
    unknown = next((name for name in codings if name not in _CODINGS), None)
    if unknown is not None or len(codings) > _STACKED:
        raise DecodeError(f"The content encoding {printable(unknown or content_encoding)} is unknown.")
    return [_CODINGS[name]() for name in reversed(codings)]
