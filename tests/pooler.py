"""A transaction pooler as nasty as the wire protocol allows, which tells what is left behind on its sessions.

After each transaction the client gets another server session, and the one it had is audited before the client
goes on. Runs in a thread of its own, so that sync tests, async tests and child processes can all use it.
"""

import asyncio
import itertools
import threading
from collections import defaultdict, deque
from collections.abc import Coroutine
from typing import Any, Self

from tests.pooler_client import Client
from tests.pooler_wire import CANCEL_REQUEST, Database, Reader, Session, SlowLine, framed

FEWEST_SESSIONS = 3
#: Seconds in which a client that is at work takes its next step.
LIVELY = 0.5


class NastyPooler:
    """In front of the server at `host` (a Unix socket's folder) and `port`; listens on a loopback port."""

    def __init__(self, host: str, port: int, user: str) -> None:
        self.server_path = f"{host}/.s.PGSQL.{port}"
        self.user = user
        #: Every habit that a transaction pooler does not bear, in the order they were seen.
        self.findings: list[str] = []
        #: Statements executed, BEGIN and COMMIT included.
        self.statements = 0
        self.transactions = 0
        #: The most clients that were connected at the same time.
        self.peak_clients = 0
        #: Seconds that each message takes, in either direction.
        self.delay = 0.0
        #: Seconds that a session may wait for its client in the middle of a transaction or a statement.
        self.patience = 3.0
        self.port = 0
        self._lost: dict[str, bytes] = {}
        self._clients: dict[bytes, Client] = {}
        self._idle: dict[Database, deque[Session]] = defaultdict(deque)
        self._keys = (number.to_bytes(8, "big") for number in itertools.count(1))
        self._loop = asyncio.SelectorEventLoop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="nasty-pooler", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._wait_for(asyncio.sleep(0.001))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def dsn(self, database: str) -> str:
        """What a client connects to."""
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Listen again, on the same port as before."""
        self._wait_for(self._listen())

    def stop(self) -> None:
        """Be away: refuse connections, lose every client."""
        self._wait_for(self._close())

    def drop_all(self) -> None:
        """Lose every client that is connected now."""
        self._wait_for(self._drop_clients())

    def lose_next_query(self, match: bytes = b"") -> None:
        """Lose the next client that sends a statement with `match` in it, before the server sees it."""
        self._lost["query"] = match

    def lose_next_reply(self, match: bytes = b"") -> None:
        """Lose the next client that sends a statement with `match` in it, after the server has done it."""
        self._lost["reply"] = match

    def loses(self, what: str, message: bytes) -> bool:
        """Whether this statement's `query` or `reply` is the one to lose; true once."""
        if what not in self._lost or self._lost[what] not in message:
            return False
        del self._lost[what]
        return True

    async def take_session(self, database: Database, other_than: Session | None = None) -> Session:
        """The session that has been idle for longest, but not the one that the client had before."""
        idle = self._idle[database]
        for ended in [session for session in idle if session.reader.ended]:
            idle.remove(ended)
            ended.close()
        others = (session for session in idle if session is not other_than)
        if len(idle) < FEWEST_SESSIONS or not (session := next(others, None)):
            return await Session.open(self.server_path, database)
        idle.remove(session)
        return session

    def put_back(self, database: Database, session: Session) -> None:
        """To the end of the queue."""
        self._idle[database].append(session)

    async def cancel(self, key: bytes) -> None:
        """Pass a CancelRequest on to whichever session the client has now."""
        client = self._clients.get(key)
        if client and client.session:
            _, writer = await asyncio.open_unix_connection(self.server_path)
            writer.write(framed(CANCEL_REQUEST.to_bytes(4, "big") + client.session.key))
            writer.close()

    def _wait_for(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)

    async def _listen(self) -> None:
        self._server = await self._loop.create_server(self._new_stream, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def _new_stream(self) -> asyncio.StreamReaderProtocol:
        return asyncio.StreamReaderProtocol(Reader(SlowLine(self)), self._serve, loop=self._loop)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = Client(self, next(self._keys), reader, writer)
        self._clients[client.key] = client
        self.peak_clients = max(self.peak_clients, len(self._clients))
        try:
            await client.serve()
        except (EOFError, OSError, asyncio.CancelledError):
            pass  # the client or the server has gone away, or the client was dropped
        except Exception as error:
            self.findings.append(f"the pooler itself is broken: {error!r}")
            raise
        finally:
            del self._clients[client.key]
            client.close()
            self._close_idle(client.database)

    def _close_idle(self, database: Database) -> None:
        if not any(client.database == database for client in self._clients.values()):
            for session in self._idle.pop(database, ()):
                session.close()

    async def _close(self) -> None:
        self._server.close()
        await self._drop_clients()

    async def _drop_clients(self) -> None:
        clients = list(self._clients.values())
        for client in clients:
            if client.idle_for > LIVELY:
                client.note_if_held()
            client.drop()
        if clients:
            await asyncio.wait([client.task for client in clients])
