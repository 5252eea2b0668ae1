"""A nasty pooler with a trap: something happens in the very moment in which a certain statement passes."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from tests.pooler import NastyPooler
from tests.pooler_client import Client
from tests.pooler_wire import Database, Refusal, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a statement passes."""

    #: A part of it.
    statement: str
    #: A part of one that came earlier in the same transaction.
    following: str = ""
    #: On its way back, done, rather than on its way to the server; of a transaction only its last statement.
    done: bool = False

    def is_now(self, story: list[str], *, done: bool) -> bool:
        """Whether the last of these statements of a transaction is the one."""
        followed = any(self.following in each for each in story)
        return self.done == done and followed and self.statement in story[-1]


class TrapPooler(NastyPooler):
    """What it is told to do happens once; the statement, or its reply, is lost with it."""

    def __init__(self, host: str) -> None:
        super().__init__(host, 5432, "batchscrape")
        self._trap: tuple[Moment, Callable[[], None]] | None = None
        #: What each client has said in its transaction.
        self._stories: dict[Client, list[str]] = defaultdict(list)

    def set_trap(self, moment: Moment, act: Callable[[], None]) -> None:
        """`act` is called in the pooler's thread, and everything that goes through the pooler waits for it."""
        self._trap = (moment, act)

    def loses(self, what: str, message: bytes) -> bool:
        if what == "query":
            client = next(each for each in self._clients.values() if each.task is asyncio.current_task())
            if client.session is None:
                self._stories[client].clear()
            self._stories[client].append(client._query)
            if self._springs(client, done=False):
                return True
        return super().loses(what, message)

    def put_back(self, database: Database, session: Session) -> None:
        super().put_back(database, session)
        client = next((each for each in self._clients.values() if each.session is session), None)
        if client is not None and self._springs(client, done=True):
            client.drop()

    async def take_session(self, database: Database, other_than: Session | None = None) -> Session:
        try:
            return await super().take_session(database, other_than)
        except Refusal:  # the server is starting: a pooler that cannot reach it drops its clients
            raise ConnectionResetError from None

    def _springs(self, client: Client, *, done: bool) -> bool:
        if self._trap is None or not self._trap[0].is_now(self._stories[client], done=done):
            return False
        _, act = self._trap
        self._trap = None
        act()
        return True
