"""PostgreSQL out of a wheel: one server a home folder, shared by all commands, stopped by the last."""

import sys
from contextlib import AbstractContextManager
from pathlib import Path

from batchscrape.errors import InputError


def running_server(home: Path | None = None) -> AbstractContextManager[str]:
    """Give the DSN of a server that runs for as long as anyone uses it; its data stay in `home`.

    Raises InputError for a folder that cannot be used, DatabaseRefused for data of another PostgreSQL,
    DatabaseUnavailable when the server does not start.
    """
    if sys.platform == "win32":
        raise InputError("The embedded PostgreSQL needs Linux or macOS: give --database-url.")
    from batchscrape.database.embedded.places import default_home
    from batchscrape.database.embedded.sharing import shared_server

    return shared_server((home or default_home()).absolute())
