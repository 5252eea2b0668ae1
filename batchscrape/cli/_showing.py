"""What several commands print of a batch."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from uuid import UUID

from batchscrape.database import jobs, results
from batchscrape.database.session import Session
from batchscrape.models import Batch, DomainStatus
from batchscrape.showing.documents import write_status
from batchscrape.showing.output import output_file

if TYPE_CHECKING:
    from batchscrape.showing.console import Output

#: Above this, `status --json` leaves the domains out unless asked.
_MANY_DOMAINS = 10_000
#: Up to this, a command that scraped ends with a table of what it found.
_FEW_DOMAINS = 40
#: Domains a statement.
_CHUNK = 5_000


async def print_result(session: Session, batch: Batch, *, as_json: bool) -> None:
    """What a command that scraped ends with."""
    if as_json:
        await print_status_json(session, batch)
        return
    print_status(batch)
    if batch.total_domains <= _FEW_DOMAINS:
        from batchscrape.showing.results_table import results_table

        rows = [row async for row in results.stream_jobs(session.run, batch.batch_id)]
        console = _console()
        console.print()
        console.print(results_table(rows, width=console.width))


def print_status(batch: Batch) -> None:
    """The batch for people."""
    from batchscrape.showing.batch_view import status_view

    _console().print(status_view(batch))


async def print_status_json(session: Session, batch: Batch, *, domains: bool | None = None) -> None:
    """The document of `status --json`; None leaves the domains out of a large batch."""
    wanted = batch.total_domains <= _MANY_DOMAINS if domains is None else domains
    statuses = _read_statuses(session, batch.batch_id) if wanted else _none()
    with output_file(None) as file:
        await write_status(batch, statuses, file)


async def _read_statuses(session: Session, batch_id: UUID) -> AsyncIterator[DomainStatus]:
    """All of the batch's domains, by name, in constant memory."""
    chunk = await session.run(jobs.read_statuses, batch_id, "", _CHUNK)
    while chunk:
        for status in chunk:
            yield status
        chunk = await session.run(jobs.read_statuses, batch_id, chunk[-1].domain, _CHUNK)


async def _none() -> AsyncIterator[DomainStatus]:
    statuses: tuple[DomainStatus, ...] = ()
    for status in statuses:
        yield status


def _console() -> "Output":
    from batchscrape.showing.console import Output  # `status --json` needs none

    return Output()
