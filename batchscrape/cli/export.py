"""Write the results of a batch, a line a domain or a line a page."""

import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TextIO
from uuid import UUID

from batchscrape.cli._reading import read
from batchscrape.cli.options import BatchName, DatabaseUrl, Messages, option
from batchscrape.database import batches, changes, results
from batchscrape.database.choose import opened
from batchscrape.database.session import Session
from batchscrape.errors import InputError
from batchscrape.models import JOB_COLUMNS, PAGE_COLUMNS
from batchscrape.showing.export import export_csv, export_domains, export_jsonl
from batchscrape.showing.output import output_file

logger = logging.getLogger(__name__)

#: For --changed-since: the batch of the same name before the exported one.
_PREVIOUS = "previous"

_Stream = Callable[..., AsyncGenerator[dict[str, Any], None]]


class Format(StrEnum):
    """What is written."""

    JSONL = "jsonl"
    CSV = "csv"
    DOMAINS = "domains"


def command(
    batch: BatchName = "latest",
    *,
    form: Annotated[Format, option("--format", "JSON lines, CSV, or a list that `run` takes.")] = Format.JSONL,
    pages: Annotated[bool, option("--pages", "A line a page instead of a line a domain.")] = False,
    failed: Annotated[bool, option("--failed", "Only what failed.")] = False,
    changed_since: Annotated[
        str | None,
        option(
            "--changed-since",
            "Only domains whose facts are not those of this earlier batch; previous is the one of the same name"
            " before.",
            metavar="BATCH",
        ),
    ] = None,
    output: Annotated[Path | None, option("--output", "Write to this file, whole or not at all.")] = None,
    messages: Messages,
    database_url: DatabaseUrl = None,
) -> None:
    """Write the results of a batch, a line a domain or a line a page."""
    messages.configure()
    if pages and form is Format.DOMAINS:
        raise InputError("--format domains has a line a domain: leave --pages out.")
    if pages and changed_since is not None:
        raise InputError("--changed-since compares domains: leave --pages out.")
    columns = PAGE_COLUMNS if pages else JOB_COLUMNS

    async def export(session: Session) -> None:
        batch_id = await session.run(batches.find, batch)
        stream: _Stream = results.stream_pages if pages else results.stream_jobs
        if changed_since is not None:
            before = await _find_before(session, batch_id, changed_since)
            stream = partial(changes.stream_changed, since=before)
        with output_file(output) as file:
            async with aclosing(stream(session.run, batch_id, failed=failed)) as rows:
                await _write(form, rows, columns, file)

    with opened(database_url) as dsn:
        read(dsn, export)


async def _find_before(session: Session, batch_id: UUID, reference: str) -> UUID | None:
    """The batch to compare with; raises InputError where it is the exported one itself."""
    if reference == _PREVIOUS:
        before = await session.run(changes.find_previous, batch_id)
        if before is None:
            logger.info("There is no batch of that name before to compare with: every domain is new.")
        return before
    before = await session.run(batches.find, reference)
    if before == batch_id:
        raise InputError(
            f"“{reference}” is the exported batch itself: --changed-since previous is the one before."
        )
    return before


async def _write(form: Format, rows: AsyncIterator[dict[str, Any]], columns: Sequence[str], file: TextIO) -> None:
    match form:
        case Format.JSONL:
            await export_jsonl(rows, columns, file)
        case Format.CSV:
            await export_csv(rows, columns, file)
        case Format.DOMAINS:
            await export_domains(rows, file)
