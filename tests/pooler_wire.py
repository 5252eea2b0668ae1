"""What the nasty pooler is made of: messages of the wire protocol, server sessions, slow lines."""

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, Self

#: What another client has left on each session: an unqualified table, a time in text, a reset meet it.
LEFT_BY_OTHERS = {"search_path": "somebody_elses", "TimeZone": "Asia/Kolkata", "DateStyle": "SQL, DMY"}
PROTOCOL_3, CANCEL_REQUEST, SSL_REQUEST, GSS_REQUEST = 196608, 80877102, 80877103, 80877104

Database = tuple[str, str]


class Refusal(Exception):
    """The server does not let the client in; `message` is what it said, as it came."""

    def __init__(self, message: bytes) -> None:
        super().__init__(message)
        self.message = message


class Session:
    """One session of the real server."""

    def __init__(self, reader: "Reader", writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        #: ParameterStatus messages, as they came.
        self.parameters = b""
        #: Process id and secret, for a CancelRequest.
        self.key = b""
        self.in_transaction = False

    @classmethod
    async def open(cls, path: str, database: Database) -> Self:
        """Connect and start up; raises `Refusal`."""
        loop = asyncio.get_running_loop()
        reader = Reader()
        protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
        transport, _ = await loop.create_unix_connection(lambda: protocol, path)
        session = cls(reader, asyncio.StreamWriter(transport, protocol, reader, loop))
        words = f"user\0{database[0]}\0database\0{database[1]}\0\0"
        session.writer.write(framed(PROTOCOL_3.to_bytes(4, "big") + words.encode()))
        await session._start_up()
        await session.clean()
        return session

    async def ask(self, statement: str) -> list[str]:
        """The first column of what a statement without parameters gives."""
        self.writer.write(b"Q" + framed(statement.encode() + b"\0"))
        values = []
        while (message := await read_message(self.reader))[:1] != b"Z":
            if message[:1] == b"E":
                raise RuntimeError(message.decode())
            if message[:1] == b"D":
                values.append(message[11:].decode())
        return values

    async def clean(self) -> None:
        """Put it back as others left it."""
        await self.ask("DISCARD ALL")
        await self.ask(";".join(f"SET {name} = '{value}'" for name, value in LEFT_BY_OTHERS.items()))

    def close(self) -> None:
        """Leave; what was under way is rolled back."""
        self.writer.transport.abort()

    async def _start_up(self) -> None:
        while (message := await read_message(self.reader))[:1] != b"Z":
            if message[:1] == b"E":
                self.close()
                raise Refusal(message)
            if message[:1] == b"S":
                self.parameters += message
            if message[:1] == b"K":
                self.key = message[5:]


class HasDelay(Protocol):
    """What says how slow a line is, in seconds; it may change at any time."""

    delay: float


class SlowLine:
    """Does things later by the delay, in their order."""

    def __init__(self, delay: HasDelay) -> None:
        self._owner = delay
        self._waiting: deque[Callable[[], None]] = deque()

    def send(self, act: Callable[[], None]) -> None:
        """Do it at once when there is no delay."""
        if not self._owner.delay and not self._waiting:
            act()
            return
        self._waiting.append(act)
        asyncio.get_running_loop().call_later(self._owner.delay, self._arrive)

    def _arrive(self) -> None:
        self._waiting.popleft()()


class Reader(asyncio.StreamReader):
    """A stream that knows when it has ended, and whose data may come over a slow line."""

    def __init__(self, line: SlowLine | None = None) -> None:
        super().__init__()
        self._slow_line = line
        self.ended = False

    def feed_data(self, data: Any) -> None:
        self._later(partial(super().feed_data, bytes(data)))

    def feed_eof(self) -> None:
        self.ended = True
        self._later(super().feed_eof)

    def _later(self, act: Callable[[], None]) -> None:
        if self._slow_line:
            self._slow_line.send(act)
        else:
            act()


async def read_message(reader: asyncio.StreamReader) -> bytes:
    """One message, its type and length included."""
    head = await reader.readexactly(5)
    return head + await reader.readexactly(int.from_bytes(head[1:], "big") - 4)


def framed(body: bytes) -> bytes:
    """The body with its length before it."""
    return (len(body) + 4).to_bytes(4, "big") + body


def error_message(sqlstate: str, text: str) -> bytes:
    """An ErrorResponse that ends the connection."""
    return b"E" + framed(f"SFATAL\0VFATAL\0C{sqlstate}\0M{text}\0\0".encode())
