"""Go on with a batch that was interrupted."""

import logging
from uuid import UUID

from batchscrape.cli._scraping import Ending, find_to_scrape, scrape_here
from batchscrape.cli.options import FAIL_AT, BatchName, DatabaseUrl, FailAt, Json, Messages, Process
from batchscrape.database import batches
from batchscrape.database.session import Session
from batchscrape.errors import InputError
from batchscrape.models import BatchStatus

logger = logging.getLogger(__name__)


def command(
    batch: BatchName = "latest",
    *,
    process: Process,
    fail_at: FailAt = FAIL_AT,
    as_json: Json = False,
    messages: Messages,
    database_url: DatabaseUrl = None,
) -> int:
    """Go on with a batch that was interrupted, until all of its jobs have ended.

    Waits for jobs that other machines run, and takes them over when those are dead.
    """
    messages.configure()
    ending = Ending(as_json=as_json, quiet=messages.quiet, fail_at=fail_at)
    return scrape_here(database_url, lambda session: _find(session, batch), process.settings(), ending)


async def _find(session: Session, reference: str) -> UUID:
    batch_id = await find_to_scrape(session, reference)
    found = await session.run(batches.read, batch_id)
    if found.end_time is not None and found.status is BatchStatus.CANCELLED:
        raise InputError(f"Batch {batch_id} was cancelled: there is nothing to resume.")
    if found.end_time is not None:
        logger.info("Batch %s has ended already.", batch_id)
    return batch_id
