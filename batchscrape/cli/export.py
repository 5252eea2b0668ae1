"""Write the results of a batch, a line a domain or a line a page."""

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TextIO

from batchscrape.cli._reading import read
from batchscrape.cli.options import BatchName, DatabaseUrl, Messages, option
from batchscrape.database import batches, results
from batchscrape.database.choose import opened
from batchscrape.database.session import Session
from batchscrape.errors import InputError
from batchscrape.models import JOB_COLUMNS, PAGE_COLUMNS
from batchscrape.showing.export import export_csv, export_domains, export_jsonl
from batchscrape.showing.output import output_file


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
    output: Annotated[Path | None, option("--output", "Write to this file, whole or not at all.")] = None,
    messages: Messages,
    database_url: DatabaseUrl = None,
) -> None:
    """Write the results of a batch, a line a domain or a line a page."""
    messages.configure()
    if pages and form is Format.DOMAINS:
        raise InputError("--format domains has a line a domain: leave --pages out.")
    columns = PAGE_COLUMNS if pages else JOB_COLUMNS

    async def export(session: Session) -> None:
        batch_id = await session.run(batches.find, batch)
        stream = results.stream_pages if pages else results.stream_jobs
        with output_file(output) as file:
            async with aclosing(stream(session.run, batch_id, failed=failed)) as rows:
                await _write(form, rows, columns, file)

    with opened(database_url) as dsn:
        read(dsn, export)


async def _write(form: Format, rows: AsyncIterator[dict[str, Any]], columns: Sequence[str], file: TextIO) -> None:
    match form:
        case Format.JSONL:
            await export_jsonl(rows, columns, file)
        case Format.CSV:
            await export_csv(rows, columns, file)
        case Format.DOMAINS:
            await export_domains(rows, file)
