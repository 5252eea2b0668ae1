"""One server for all commands that run at the same time: the first starts it, the last stops it."""

import errno
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from batchscrape.database.embedded.cluster import CREATING
from batchscrape.database.embedded.keeping import Keeper
from batchscrape.database.embedded.locks import FileLock
from batchscrape.database.embedded.places import Place, find_place
from batchscrape.database.embedded.server import OPENING, ensure_running, stop
from batchscrape.errors import DatabaseUnavailable, InputError

NO_SPACE = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def shared_server(home: Path) -> Iterator[str]:
    """Give the DSN of the server of this home, for as long as the context lasts."""
    with ExitStack() as stack:
        with _one_sentence(home):
            place = find_place(home)
            #: Held by who starts or stops the server.
            changing = stack.enter_context(closing(FileLock(place.folder / "changing.lock", place.account)))
            #: Shared by all who use it.
            using = stack.enter_context(closing(FileLock(place.folder / "using.lock", place.account)))
            _join(place, changing, using, stack)
            keeper = Keeper(place)
            keeper.start()
            stack.callback(keeper.stop)
        yield f"postgresql://batchscrape@/batchscrape?host={quote(str(place.sockets), safe='')}&port=5432"


def _join(place: Place, changing: FileLock, using: FileLock, stack: ExitStack) -> None:
    if not changing.take(OPENING if place.data.exists() else CREATING):
        raise DatabaseUnavailable(f"Another command starts or stops the database in {place.folder}: try again.")
    try:
        if server := ensure_running(place):
            stack.callback(server.process.poll)
        using.share()
        stack.callback(_leave, place, changing, using)
    finally:
        changing.release()


def _leave(place: Place, changing: FileLock, using: FileLock) -> None:
    """Stop the server unless others use it; whoever is starting or stopping it sees to it himself."""
    using.release()
    with suppress(OSError):  # the home was removed: the server notices that by itself
        if changing.take(OPENING) and using.take(0):
            stop(place)
    using.release()
    changing.release()


@contextmanager
def _one_sentence(home: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in NO_SPACE:
            raise DatabaseUnavailable(f"No space is left for the database in {home}.") from error
        raise InputError(
            f"The database cannot be kept in {home}: {error.strerror} ({error.filename}); "
            "set BATCHSCRAPE_HOME to another folder, or give --database-url."
        ) from error
