"""Which database: the one that is named, or the embedded one."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def opened(url: str | None) -> Iterator[str]:
    """A DSN that works while the context lasts; without a URL that of the embedded PostgreSQL."""
    if url:
        yield url
        return
    from batchscrape.database.embedded import running_server  # only where it is needed

    with running_server() as dsn:
        yield dsn
