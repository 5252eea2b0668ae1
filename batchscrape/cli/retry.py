"""Put the failed jobs of a batch back and scrape them again."""

import logging
from difflib import get_close_matches
from typing import Annotated
from uuid import UUID

from batchscrape.cli._scraping import Ending, find_to_scrape, scrape_here
from batchscrape.cli.options import FAIL_AT, BatchName, DatabaseUrl, FailAt, Json, Messages, Process, option
from batchscrape.database import batches
from batchscrape.database.session import Session
from batchscrape.errors import FetchError, InputError
from batchscrape.showing.wording import count

logger = logging.getLogger(__name__)

_CODES = {kind.code for kind in FetchError.__subclasses__()} | {
    "http_4xx",
    "http_5xx",
    "worker_lost",
    "internal_error",
}

Code = Annotated[
    str | None,
    option("--code", "Only jobs that failed with this error code, such as timeout."),
]


def command(
    batch: BatchName = "latest",
    *,
    code: Code = None,
    process: Process,
    fail_at: FailAt = FAIL_AT,
    as_json: Json = False,
    messages: Messages,
    database_url: DatabaseUrl = None,
) -> int:
    """Put the failed jobs of a batch back and scrape them again."""
    messages.configure()
    if code is not None and code not in _CODES:
        near = get_close_matches(code, _CODES, n=1) or sorted(_CODES)
        raise InputError(f"There is no error code “{code}”: do you mean {' or '.join(near)}?")
    ending = Ending(as_json=as_json, quiet=messages.quiet, fail_at=fail_at)
    return scrape_here(database_url, lambda session: _reopen(session, batch, code), process.settings(), ending)


async def _reopen(session: Session, reference: str, code: str | None) -> UUID:
    batch_id = await find_to_scrape(session, reference)
    reopened = await session.run(batches.reopen, batch_id, code)
    failed = f"failed with {code}" if code else "failed"
    if reopened:
        logger.info("Batch %s: %s that %s, once more.", batch_id, count(reopened, "job"), failed)
    elif (await session.run(batches.read, batch_id)).end_time is None:
        logger.info("Batch %s has no job that %s: going on with what is open.", batch_id, failed)
    else:
        logger.info("Batch %s has no job that %s.", batch_id, failed)
    return batch_id
