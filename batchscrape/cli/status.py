"""Show how far a batch is."""

import asyncio
from typing import Annotated

from batchscrape.cli._reading import read, read_batch
from batchscrape.cli._showing import print_status, print_status_json
from batchscrape.cli.options import FAIL_AT, BatchName, DatabaseUrl, Json, Messages, option
from batchscrape.database import batches
from batchscrape.database.choose import opened
from batchscrape.database.session import Session
from batchscrape.models import Batch

#: Seconds between two looks with --watch.
_LOOK = 1.0

Watch = Annotated[bool, option("--watch", "Keep showing it until it ends, then exit as `run` would.")]
WithDomains = Annotated[
    bool | None,
    option(
        "--domains/--no-domains",
        "With --json: the state of every domain; by default up to 10,000.",
        show_default=False,
    ),
]


def command(
    batch: BatchName = "latest",
    *,
    watch: Watch = False,
    domains: WithDomains = None,
    as_json: Json = False,
    messages: Messages,
    database_url: DatabaseUrl = None,
) -> int:
    """Show how far a batch is."""
    messages.configure()

    async def show(session: Session) -> int:
        found = await read_batch(session, batch)
        if watch:
            found = await _watch(session, found, quiet=messages.quiet)
        if as_json:
            await print_status_json(session, found, domains=domains)
        else:
            print_status(found)
        return _exit_status(found) if watch else 0

    with opened(database_url) as dsn:
        return read(dsn, show)


async def _watch(session: Session, batch: Batch, *, quiet: bool) -> Batch:
    """Show it until it has ended; how it ended."""
    from rich.console import Console  # a single look needs neither

    from batchscrape.showing.display import display

    with display(Console(stderr=True), quiet=quiet) as audience:
        audience.update(batch)
        while batch.end_time is None:
            await asyncio.sleep(_LOOK)
            batch = await session.run(batches.read, batch.batch_id)
            audience.update(batch)
    return batch


def _exit_status(batch: Batch) -> int:
    from batchscrape.cli._scraping import exit_status

    return exit_status(batch, FAIL_AT)
