"""Cancel a batch: no further job of it starts."""

import asyncio

from batchscrape.cli.options import BatchName, DatabaseUrl, Messages
from batchscrape.database import batches
from batchscrape.database.choose import opened
from batchscrape.database.migrate import require_schema
from batchscrape.database.session import open_session
from batchscrape.errors import InputError
from batchscrape.models import Batch, BatchStatus
from batchscrape.showing.wording import count


def command(batch: BatchName = "latest", *, messages: Messages, database_url: DatabaseUrl = None) -> None:
    """Cancel a batch: no further job of it starts, and workers stop those that run within 10 s."""
    messages.configure()
    with opened(database_url) as dsn:
        cancelled = asyncio.run(_cancel(dsn, batch))
    running = cancelled.running_domains
    rest = f"; {count(running, 'job')} more will stop within 10 s" if running else ""
    print(f"Cancelled {count(cancelled.cancelled_domains, 'job')} of batch {cancelled.batch_id}{rest}.")  # noqa: T201


async def _cancel(dsn: str, reference: str) -> Batch:
    async with open_session(dsn) as session:
        await session.run(require_schema)
        batch_id = await session.run(batches.find, reference)
        is_open = await session.run(batches.cancel, batch_id)
        await session.run(batches.freeze, batch_id)
        batch = await session.run(batches.read, batch_id)
        if not is_open and batch.status is not BatchStatus.CANCELLED:  # a cancel whose reply was lost is one
            raise InputError(f"Batch {batch_id} has ended already: there is nothing to cancel.")
        return batch
