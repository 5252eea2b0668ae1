"""See to it that the server lives for as long as a command needs it: one that was killed is started again."""

import logging
import threading
from contextlib import closing

from batchscrape.database.embedded.locks import FileLock
from batchscrape.database.embedded.places import Place
from batchscrape.database.embedded.server import OPENING, StartedServer, ensure_running
from batchscrape.errors import BatchscrapeError

logger = logging.getLogger(__name__)

#: Seconds between two looks, and the longest pause between two starts that failed.
_LOOK, _LONGEST_PAUSE = 1.0, 10.0


class Keeper:
    """A thread that looks after the server of one place until it is told to stop."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._over = threading.Event()
        self._started: list[StartedServer] = []
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def start(self) -> None:
        """Look after it from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more; returns when a start that is under way has ended."""
        self._over.set()
        self._thread.join()
        for server in self._started:
            server.process.poll()

    def _keep(self) -> None:
        failures = 0
        while not self._over.wait(min(_LOOK * 2**failures, _LONGEST_PAUSE)):
            level = logging.DEBUG if failures else logging.WARNING
            try:
                if self._is_dead():
                    logger.log(level, "The embedded PostgreSQL has died; starting it again.")
                    self._start()
                failures = 0
            except FileNotFoundError:  # the home was removed
                return
            except (BatchscrapeError, OSError) as error:
                logger.log(level, "%s", error)
                failures += 1

    def _is_dead(self) -> bool:
        with closing(FileLock(self._place.folder / "server.lock", self._place.account)) as alive:
            return alive.take(0)

    def _start(self) -> None:
        """Start it, unless another command does."""
        with closing(FileLock(self._place.folder / "changing.lock", self._place.account)) as changing:
            if changing.take(OPENING) and (server := ensure_running(self._place)):
                self._started.append(server)
