"""Scrape what is open, in one batch or in all; any number of these, on any number of machines."""

from dataclasses import replace
from typing import Annotated

from batchscrape.cli._scraping import Ending, find_all, find_to_scrape, scrape_here
from batchscrape.cli.options import (
    FAIL_AT,
    AllowNetwork,
    AnyBatch,
    DatabaseUrl,
    FailAt,
    Json,
    Messages,
    Process,
    option,
)
from batchscrape.errors import InputError

Forever = Annotated[
    bool,
    option("--forever", "Wait for new batches."),
]


def command(
    batch: AnyBatch = None,
    *,
    forever: Forever = False,
    allow_network: AllowNetwork = (),  # type: ignore[assignment] # Typer makes a list of it
    process: Process,
    fail_at: FailAt = FAIL_AT,
    as_json: Json = False,
    messages: Messages,
    database_url: DatabaseUrl = None,
) -> int:
    """Scrape what is open, in one batch or in all; any number of these, on any number of machines.

    Ends when no job there is pending or running. Without a batch's name, a batch's own --allow-network opens only
    what is given here too.
    """
    messages.configure()
    if as_json and batch is None:
        raise InputError("--json shows one batch: name it, as in `batchscrape work latest --json`.")
    return scrape_here(
        database_url,
        (lambda session: find_to_scrape(session, batch)) if batch else find_all,
        replace(process.settings(), forever=forever, allow_network=tuple(allow_network)),
        Ending(as_json=as_json, quiet=messages.quiet, fail_at=fail_at),
    )
