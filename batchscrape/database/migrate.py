"""Bring the database's schema up to this program's, and refuse a newer one."""

import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files

from asyncpg import Connection

from batchscrape.errors import DatabaseRefused, InputError

#: Any constant would do; it keeps two programs from migrating at once.
_LOCK = 0x6261746368


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One numbered file of `migrations/`."""

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """Tells a file that was changed after it was applied."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations() -> list[Migration]:
    """All that this program has, in order."""
    found = [
        Migration(number=int(match[1]), name=match[2], sql=file.read_text("utf-8"))
        for file in files("batchscrape.database").joinpath("migrations").iterdir()
        if (match := re.fullmatch(r"(\d{4})_(\w+)\.sql", file.name))
    ]
    return sorted(found, key=lambda migration: migration.number)


async def migrate(connection: Connection) -> None:
    """Apply what is missing, all of it in one transaction.

    Raises DatabaseRefused where the schema is newer than this program, or was changed after the fact.
    """
    known = migrations()
    if await _applied(connection) == {migration.number: migration.checksum for migration in known}:
        return
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
        await _create_schema(connection)
        applied = await _applied(connection)
        _refuse_strangers(applied, known)
        for migration in known:
            if migration.number not in applied:
                await _apply(connection, migration)


async def require_schema(connection: Connection) -> None:
    """For commands that only read: raises InputError where there is nothing of ours to read."""
    applied = await _applied(connection)
    if not applied:
        raise InputError("This database holds no batches yet: `batchscrape run` or `submit` makes the first one.")
    known = migrations()
    _refuse_strangers(applied, known)
    if len(applied) < len(known):
        raise InputError("This database is from an older batchscrape: `batchscrape run` or `work` updates it.")


async def _applied(connection: Connection) -> dict[int, str]:
    """Number → checksum of what the database has; empty without our schema."""
    if await connection.fetchval("SELECT to_regclass('batchscrape.migrations') IS NULL"):
        return {}
    rows = await connection.fetch("SELECT number, checksum FROM batchscrape.migrations")
    return {row["number"]: row["checksum"] for row in rows}


async def _create_schema(connection: Connection) -> None:
    """Ask first: a role that may not create schemas may still use one that was made for it."""
    if await connection.fetchval("SELECT to_regnamespace('batchscrape') IS NULL"):
        await connection.execute("CREATE SCHEMA batchscrape")
    await connection.execute(
        "CREATE TABLE IF NOT EXISTS batchscrape.migrations ("
        " number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,"
        " applied_at timestamptz NOT NULL DEFAULT now())"
    )


async def _apply(connection: Connection, migration: Migration) -> None:
    await connection.execute(migration.sql)
    await connection.execute(
        "INSERT INTO batchscrape.migrations (number, name, checksum) VALUES ($1, $2, $3)",
        migration.number,
        migration.name,
        migration.checksum,
    )


def _refuse_strangers(applied: dict[int, str], known: list[Migration]) -> None:
    checksums = {migration.number: migration.checksum for migration in known}
    if newer := max(applied.keys() - checksums.keys(), default=0):
        raise DatabaseRefused(
            f"This database was made by a newer batchscrape (schema {newer}; this one knows {max(checksums)}):"
            " `pip install --upgrade batchscrape`."
        )
    for number, checksum in applied.items():
        if checksums[number] != checksum:
            raise DatabaseRefused(
                f"Migration {number} of this database is not the one that this batchscrape has:"
                " it was made by a development version; use another database or an empty one."
            )
