"""Scrape a list of domains here, from its first line to its last result."""

from functools import partial
from pathlib import Path
from typing import Annotated

from batchscrape.cli._scraping import Ending, check, scrape_here, store
from batchscrape.cli.options import (
    FAIL_AT,
    DatabaseUrl,
    Domains,
    FailAt,
    Json,
    Messages,
    Name,
    Process,
    Scraping,
    option,
)
from batchscrape.domains import count_entries, list_file
from batchscrape.showing.output import output_file
from batchscrape.showing.reading import print_reading, write_reading

DryRun = Annotated[bool, option("--dry-run", "Only print how the list was read; store nothing.")]


def command(
    domains: Domains,
    *,
    name: Name = None,
    scraping: Scraping,
    process: Process,
    dry_run: DryRun = False,
    fail_at: FailAt = FAIL_AT,
    as_json: Json = False,
    messages: Messages,
    database_url: DatabaseUrl = None,
) -> int:
    """Scrape a list of domains here, from its first line to its last result.

    Makes a batch of the list and ends when the batch has ended: with 0, or with 1 when too many domains failed
    (--fail-at). After an interruption `batchscrape resume` goes on with it.
    """
    messages.configure()
    with list_file(domains) as path:
        if dry_run:
            return _show_reading(path, as_json=as_json)
        check(path)
        return scrape_here(
            database_url,
            lambda session: store(session, path, scraping.settings(), name),
            process.settings(),
            Ending(as_json=as_json, quiet=messages.quiet, fail_at=fail_at),
        )


def _show_reading(path: Path, *, as_json: bool) -> int:
    show = write_reading if as_json else print_reading
    with output_file(None) as file:
        show(partial(count_entries, path), file)
    return 0
