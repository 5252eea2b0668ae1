"""Open a connection that a transaction pooler can bear. The only place that opens one."""

import os
from dataclasses import replace
from pathlib import Path

import asyncpg

from batchscrape.database.dsn import Dsn, parse_dsn
from batchscrape.database.refusals import explain
from batchscrape.errors import BatchscrapeError, InputError

#: Seconds to connect, log in included.
CONNECT_TIMEOUT = 10.0
#: Seconds for one statement.
COMMAND_TIMEOUT = 60.0

#: What connecting, or a statement, raises because of the database, a pooler or the way to them.
FOREIGN = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)

#: Files that a URL or an environment variable may name.
_FILES = {"sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY", "sslcrl": "PGSSLCRL"}


async def connect(dsn: str) -> asyncpg.Connection:
    """Connect as POOLER.md asks: no statement cache, no startup parameter but the name, time limits, TLS.

    Raises InputError for a URL that cannot be used, DatabaseUnavailable for what may pass and DatabaseRefused
    for what will not.
    """
    where = _with_tls(parse_dsn(dsn))
    try:
        return await asyncpg.connect(
            where.cleaned(),
            timeout=CONNECT_TIMEOUT,
            command_timeout=COMMAND_TIMEOUT,
            statement_cache_size=0,
            server_settings={"application_name": "batchscrape"},
        )
    except (*FOREIGN, ValueError) as error:
        raise _in_words(error, where) from error


def describe(dsn: str) -> str:
    """Name the database for people: user@host:port/database, never a password."""
    return str(parse_dsn(dsn))


def _in_words(error: Exception, where: Dsn) -> BatchscrapeError:
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        return InputError(f"the database {where} cannot be used: {str(error).splitlines()[0]}")
    return explain(error, f"the database {where}")


def _with_tls(dsn: Dsn) -> Dsn:
    """TLS for every host that is not local, and the host's name checked where a CA is given."""
    options = dict(dsn.options)
    for key, variable in _FILES.items():
        if path := options.get(key) or os.environ.get(variable):
            options[key] = _existing(key, path)
    if "sslmode" not in options and "PGSSLMODE" not in os.environ:
        if "sslrootcert" in options:
            options["sslmode"] = "verify-full"
        elif not _is_local(dsn):
            options["sslmode"] = "require"
    return replace(dsn, options=options)


def _is_local(dsn: Dsn) -> bool:
    if dsn.hosts or "host" in dsn.options or "service" in dsn.options:
        return dsn.is_local and "service" not in dsn.options
    return replace(dsn, hosts=os.environ.get("PGHOST", "")).is_local


def _existing(key: str, path: str) -> str:
    file = Path(path).expanduser()
    if not file.is_file():
        raise InputError(f"the file that {key} of the database URL names does not exist: {file}")
    return str(file)
