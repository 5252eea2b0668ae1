"""One client of the nasty pooler: messages go to a session, replies come back, the session is audited."""

import asyncio
from typing import TYPE_CHECKING

from tests.pooler_wire import (
    CANCEL_REQUEST,
    GSS_REQUEST,
    SSL_REQUEST,
    Database,
    Refusal,
    Session,
    SlowLine,
    error_message,
    framed,
    read_message,
)

if TYPE_CHECKING:
    from tests.pooler import NastyPooler

ALLOWED_AT_STARTUP = {"user", "database", "client_encoding", "application_name"}
AUDIT = """
    SELECT 'setting ' || name || ' = ' || setting FROM pg_settings
    WHERE (source = 'session' OR name IN ('search_path', 'TimeZone', 'DateStyle'))
      AND setting NOT IN ('somebody_elses', 'Asia/Kolkata', 'SQL, DMY')
      -- A transaction's own: they end with it, and only their source stays behind.
      AND name NOT IN ('transaction_isolation', 'transaction_read_only')
    UNION ALL SELECT 'role = ' || current_setting('role') WHERE current_setting('role') <> 'none'
    UNION ALL SELECT 'temporary table ' || relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()
    UNION ALL SELECT 'prepared statement ' || name FROM pg_prepared_statements
    UNION ALL SELECT 'cursor ' || name FROM pg_cursors
    UNION ALL SELECT 'LISTEN ' || channel FROM pg_listening_channels() AS channel
    UNION ALL SELECT 'advisory lock ' || objid FROM pg_locks
              WHERE locktype = 'advisory' AND pid = pg_backend_pid()
"""


class Client:
    """One connection of a client, and the session that it has for the moment."""

    def __init__(
        self, pooler: "NastyPooler", key: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.pooler = pooler
        #: Its process id and secret, as far as it knows.
        self.key = key
        task = asyncio.current_task()
        assert task
        self.task = task
        self.database: Database = ("", "")
        self.session: Session | None = None
        self._reader = reader
        self._writer = writer
        self._line = SlowLine(pooler)
        self._last: Session | None = None
        self._relay: asyncio.Task[None] | None = None
        self._query = ""
        self._loses_reply = False
        #: Set while no Query or Sync waits for its ReadyForQuery.
        self._answered = asyncio.Event()
        self._answered.set()
        self._watch: asyncio.TimerHandle | None = None
        self._active_at = 0.0

    async def serve(self) -> None:
        """Greet, then pass messages on until the client leaves."""
        if not await self._greet():
            return
        while (message := await read_message(self._reader))[:1] != b"X":
            self._stop_watch()
            if message[:1] not in b"dcf":
                await self._answered.wait()
            if message[:1] in b"PQ":
                self._look_at(message)
            await self._forward(message)

    def drop(self) -> None:
        """Lose the connection without a word."""
        self._writer.transport.abort()
        self.task.cancel()

    def close(self) -> None:
        """Leave; a session in the middle of something goes too, so that the server rolls back."""
        self._stop_watch()
        if self.session:
            self.session.close()
        self._line.send(self._writer.close)

    @property
    def idle_for(self) -> float:
        """Seconds since the last message, in either direction."""
        return asyncio.get_running_loop().time() - self._active_at

    def note_if_held(self) -> None:
        """A finding when the session waits for this client, and not the client for its session."""
        if self.session and self._answered.is_set():
            held_by = "an open transaction" if self.session.in_transaction else "a statement that was never Synced"
            self._find(f"session held by {held_by}")

    async def _greet(self) -> bool:
        code, rest = await self._read_startup()
        if code == CANCEL_REQUEST:
            await self.pooler.cancel(rest)
            return False
        words = rest.rstrip(b"\0").decode().split("\0")
        startup = dict(zip(words[::2], words[1::2], strict=True))
        for name in sorted(startup.keys() - ALLOWED_AT_STARTUP):
            self._find(f"startup parameter {name}")
            self._send(error_message("08P01", f"unsupported startup parameter: {name}"))
            return False
        self.database = (startup["user"], startup["database"])
        return await self._welcome()

    async def _read_startup(self) -> tuple[int, bytes]:
        while True:
            length = int.from_bytes(await self._reader.readexactly(4), "big")
            body = await self._reader.readexactly(length - 4)
            code = int.from_bytes(body[:4], "big")
            if code not in {SSL_REQUEST, GSS_REQUEST}:
                return code, body[4:]
            self._send(b"N")

    async def _welcome(self) -> bool:
        try:
            session = await self.pooler.take_session(self.database)
        except Refusal as refusal:
            self._send(refusal.message)
            return False
        self.pooler.put_back(self.database, session)
        ok, key, ready = b"R" + framed(bytes(4)), b"K" + framed(self.key), b"Z" + framed(b"I")
        self._send(ok + session.parameters + key + ready)
        return True

    def _look_at(self, message: bytes) -> None:
        name, _, rest = message[5:].partition(b"\0")
        named = message[:1] == b"P"
        self._query = " ".join((rest.partition(b"\0")[0] if named else name).decode().split())
        if named and name:
            self._find(f"named statement {name.decode()}")
        if self.pooler.loses("query", message):
            raise ConnectionResetError
        self._loses_reply = self._loses_reply or self.pooler.loses("reply", message)

    async def _forward(self, message: bytes) -> None:
        self._active_at = asyncio.get_running_loop().time()
        if self.session is None:
            self.session = await self.pooler.take_session(self.database, other_than=self._last)
            self._relay = asyncio.create_task(self._relay_replies(self.session))
        self.pooler.statements += message[:1] in b"QE"
        if message[:1] in b"QSF":
            self._answered.clear()
        self.session.writer.write(message)
        await self.session.writer.drain()

    async def _relay_replies(self, session: Session) -> None:
        rows = bytearray()
        try:
            while self.session is session:
                message = await read_message(session.reader)
                rows += message
                if message[:1] == b"D":
                    continue
                if message[:1] == b"Z":
                    await self._end_statement(session, message[5:6])
                self._send(bytes(rows))
                rows.clear()
                self._after_reply(message)
        except (EOFError, OSError):
            self.drop()

    async def _end_statement(self, session: Session, state: bytes) -> None:
        if self._loses_reply:
            raise ConnectionResetError
        session.in_transaction = state != b"I"
        if not session.in_transaction:
            self.pooler.transactions += 1
            await self._audit(session)
            self.pooler.put_back(self.database, session)
            self.session, self._last = None, session

    async def _audit(self, session: Session) -> None:
        left_behind = await session.ask(AUDIT)
        for thing in left_behind:
            self._find(thing)
        if left_behind:
            await session.clean()

    def _after_reply(self, message: bytes) -> None:
        if message[:1] == b"Z":
            self._answered.set()
        self._stop_watch()
        self._active_at = asyncio.get_running_loop().time()
        if self.session:
            loop = asyncio.get_running_loop()
            self._watch = loop.call_later(self.pooler.patience, self.note_if_held)

    def _stop_watch(self) -> None:
        if self._watch:
            self._watch.cancel()

    def _send(self, data: bytes) -> None:
        self._line.send(lambda: self._writer.write(data))

    def _find(self, what: str) -> None:
        self.pooler.findings.append(f"{what} (after: {self._query})" if self._query else what)
