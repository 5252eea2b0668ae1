"""Delete batches that ended long ago."""

import asyncio
import re
import sys
from datetime import timedelta
from typing import Annotated

import typer

from batchscrape.cli.options import DatabaseUrl, Messages, option
from batchscrape.database import batches
from batchscrape.database.choose import opened
from batchscrape.database.migrate import require_schema
from batchscrape.database.session import Session, open_session
from batchscrape.errors import InputError
from batchscrape.models import Batch
from batchscrape.showing.wording import count, minute

_AGE = re.compile(r"(\d{1,5})([hdw])")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def _check_age(text: str) -> str:
    if not _AGE.fullmatch(text):
        raise typer.BadParameter(f"{text!r} is no age; write it like 90d, 12w or 36h.")
    return text


OlderThan = Annotated[
    str,
    option(
        "--older-than",
        "How long ago they must have ended: 90d, 12w, 36h.",
        callback=_check_age,
        show_default=False,
    ),
]
Yes = Annotated[bool, option("--yes", "Do not ask.")]


def command(
    *, older_than: OlderThan, yes: Yes = False, messages: Messages, database_url: DatabaseUrl = None
) -> None:
    """Delete batches that ended long ago, with all their domains and pages."""
    messages.configure()
    with opened(database_url) as dsn:
        deleted = asyncio.run(_purge(dsn, _age(older_than), yes=yes))
    print(f"Deleted {_said(deleted)}.")  # noqa: T201 - what it did is its data


async def _purge(dsn: str, age: timedelta, *, yes: bool) -> list[Batch]:
    async with open_session(dsn) as session:
        await session.run(require_schema)
        await _freeze_what_has_ended(session)
        old = await session.run(batches.read_ended, age)
        if old and not yes:
            _ask(old)
        return [batch for batch in old if await session.run(batches.delete_ended, batch.batch_id, age)]


async def _freeze_what_has_ended(session: Session) -> None:
    """A batch whose last worker died before it froze the totals has ended all the same."""
    for batch_id in await session.run(batches.read_open):
        await session.run(batches.freeze, batch_id)


def _ask(old: list[Batch]) -> None:
    """Raise InputError unless somebody agrees."""
    if not sys.stdin.isatty():
        raise InputError("purge deletes, and nobody can be asked here: --yes says that you mean it.")
    oldest = min(batch.end_time for batch in old if batch.end_time)
    question = f"Delete {_said(old)}, the oldest ended {minute(oldest)} UTC?"
    if not typer.confirm(question, err=True):
        raise InputError("Nothing was deleted.")


def _said(found: list[Batch]) -> str:
    batch = "batch" if len(found) == 1 else "batches"
    return f"{len(found):,} {batch} with {count(sum(one.total_domains for one in found), 'domain')}"


def _age(text: str) -> timedelta:
    number, unit = text[:-1], text[-1]
    return timedelta(**{_UNITS[unit]: int(number)})
