"""The parent: it starts workers, hears them, replaces dead ones and takes them all down with itself."""

import asyncio
import logging
import signal
import socket
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

from batchscrape.database import jobs, workers
from batchscrape.database.session import Session
from batchscrape.errors import BatchscrapeError, TryLater
from batchscrape.models import JobEnded
from batchscrape.running.deaths import Death, Watch
from batchscrape.running.messages import Failure, LogLine, Message, Order, Waiting, from_line
from batchscrape.running.notes import NotesFile

logger = logging.getLogger(__name__)

#: Workers that may die one after the other without a page to blame, and the seconds for it, before the parent
#: gives up.
_DEATHS, _DEATHS_TIME = 5, 60.0
#: Seconds for workers to stop by themselves, and for putting the jobs of one back that did not.
_STOP_TIME, _BURIAL_TIME = 9.0, 2.0
#: Bytes of one message.
_LINE = 1 << 20


class WorkerFailed(BatchscrapeError):
    """A worker gave up, for the reason and with the exit status that it gave."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.exit_status = failure.exit_status  # type: ignore[misc] # its own, not the class's


class Supervisor:
    """Runs worker processes until their work is over or `stop` is set."""

    def __init__(self, session: Session, ended: Callable[[JobEnded], None]) -> None:
        self._session = session
        self._ended = ended
        self._stop = asyncio.Event()
        self._failure: Failure | None = None
        self._processes: set[Process] = set()
        self._waiting_for: tuple[str, ...] | None = None

    async def run(self, order: Order, processes: int) -> None:
        """Raises WorkerFailed for the first worker that gave up; the others are stopped then."""
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(processes):
                    group.create_task(self._keep_one(order))
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from group
        finally:
            self.kill()
        if self._failure is not None:
            raise WorkerFailed(self._failure)

    def stop(self) -> None:
        """Ask all workers to store what is done and put the rest back."""
        self._stop.set()

    def kill(self) -> None:
        """End all workers at once; their jobs come back when the lease is over."""
        for process in self._processes:
            if process.returncode is None:
                process.kill()

    async def _keep_one(self, order: Order) -> None:
        """One worker after the other, each with an id of its own, until one ends as it should."""
        deaths: list[float] = []
        while not self._stop.is_set():
            own = replace(order, worker_id=uuid4())
            death = await self._run_one(own)
            if death is None:
                return
            if self._stop.is_set():
                with suppress(TimeoutError, TryLater):
                    async with asyncio.timeout(_BURIAL_TIME):
                        await self._bury(own, death)
                return
            logger.warning("A worker died (%s); another takes its place.", _how(death.status))
            await self._bury(own, death)
            if not death.blamed:
                deaths.append(time.monotonic())
            if sum(time.monotonic() - at < _DEATHS_TIME for at in deaths) >= _DEATHS:
                self._give_up(Failure(message=f"Workers keep dying ({_how(death.status)}).", exit_status=70))

    async def _run_one(self, order: Order) -> Death | None:
        with NotesFile() as file:
            process = await asyncio.create_subprocess_exec(
                # -P: nothing is imported from the folder that the user happens to stand in.
                *(sys.executable, "-P", "-m", "batchscrape.running", str(file.fileno())),
                stdin=PIPE,
                stdout=PIPE,
                limit=_LINE,
                pass_fds=[file.fileno()],
                # A Ctrl-C in the terminal is the parent's; it tells the workers.
                start_new_session=True,
            )
            self._processes.add(process)
            try:
                return await self._attend(process, order, file)
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
                self._processes.discard(process)

    async def _attend(self, process: Process, order: Order, file: NotesFile) -> Death | None:
        assert process.stdin is not None  # noqa: S101 - for mypy: PIPE was asked for
        with suppress(ConnectionError):  # it died at once: its status says why
            process.stdin.write(order.to_line())
            await process.stdin.drain()
        watch = Watch(process, file.notes)
        watching = asyncio.create_task(watch.run())
        stopping = asyncio.create_task(self._pass_stop_on(process))
        try:
            await self._hear(process)
            status = await process.wait()
        finally:
            watching.cancel()
            stopping.cancel()
        if status == 0:
            return None
        hung = watching.done() and not watching.cancelled()
        thread, late = file.crashed_thread(), watch.is_late
        return Death(status=status, notes=file.notes.read(), thread=thread, hung=hung, late=late)

    async def _hear(self, process: Process) -> None:
        """Read messages until the worker is gone."""
        assert process.stdout is not None  # noqa: S101 - as above
        while line := await process.stdout.readline():
            if not line.endswith(b"\n"):
                break  # it died while it wrote
            self._on(from_line(line))

    def _on(self, message: Message) -> None:
        match message:
            case JobEnded():
                self._ended(message)
            case LogLine():
                logging.getLogger(message.name).log(message.level, "%s", _whole(message))
            case Waiting():
                self._say_whom_we_wait_for(message)
            case Failure():
                self._give_up(message)

    def _give_up(self, failure: Failure) -> None:
        self._failure = self._failure or failure
        self._stop.set()

    async def _pass_stop_on(self, process: Process) -> None:
        await self._stop.wait()
        process.terminate()
        await asyncio.sleep(_STOP_TIME)
        process.kill()

    async def _bury(self, order: Order, death: Death) -> None:
        """Put the dead worker's jobs back at once, rather than after its lease."""
        await self._session.run(jobs.bury, order.worker_id, death.blamed)
        await self._session.run(workers.retire, order.worker_id)

    def _say_whom_we_wait_for(self, waiting: Waiting) -> None:
        """But for this command's own workers, and once."""
        own = {workers.who(socket.gethostname(), process.pid) for process in self._processes}
        others = tuple(other for other in waiting.others if other not in own)
        if others != self._waiting_for and (others or not waiting.others):
            self._waiting_for = others
            logger.info("%s", _waiting(others))


def _waiting(others: tuple[str, ...]) -> str:
    if others:
        return f"Nothing is left to start; waiting for the jobs of {', '.join(others)}."
    return "Nothing is left to start; waiting for jobs of workers that do not answer, until their lease ends."


def _whole(message: LogLine) -> str:
    return f"{message.message}\n{message.traceback}" if message.traceback else message.message


def _how(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"exit status {status}"
