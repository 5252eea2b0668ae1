"""What the commands that scrape have in common: from the batch to the exit status."""

import asyncio
import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

from rich.console import Console

from batchscrape.cli._reading import read
from batchscrape.cli._showing import print_result
from batchscrape.cli.options import FAIL_AT
from batchscrape.database import batches
from batchscrape.database.choose import opened
from batchscrape.database.migrate import migrate
from batchscrape.database.session import Session
from batchscrape.domains import Rejected, read_domains
from batchscrape.errors import InputError
from batchscrape.models import Batch, BatchStatus, Entry
from batchscrape.running.scrape import Prepare, scrape
from batchscrape.settings import ProcessSettings, ScrapeSettings
from batchscrape.showing.display import display
from batchscrape.showing.wording import count

logger = logging.getLogger(__name__)

#: Rejected lines that are told one by one; `--dry-run` tells all.
_TOLD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How the command ends."""

    as_json: bool = False
    quiet: bool = False
    #: Per cent of failed domains from which on the command fails.
    fail_at: float = FAIL_AT


def scrape_here(database_url: str | None, prepare: Prepare, process: ProcessSettings, ending: Ending) -> int:
    """Scrape what `prepare` gives, show how it went; the exit status."""
    process = replace(process, processes=process.processes or os.cpu_count() or 1)
    with opened(database_url) as dsn:
        with display(Console(stderr=True), quiet=ending.quiet) as audience:
            batch = asyncio.run(scrape(dsn, prepare, process, audience))
        if batch is None:
            return 0
        if ending.as_json or not ending.quiet:
            with suppress(BrokenPipeError):  # how the batch ended counts, whoever reads it
                read(dsn, lambda session: print_result(session, batch, as_json=ending.as_json))
        return exit_status(batch, ending.fail_at)


def exit_status(batch: Batch, fail_at: float) -> int:
    """1 when at least this share of the domains failed; a cancelled batch is no failure."""
    if batch.status is BatchStatus.CANCELLED:
        return 0
    # Decimal: 161 of 250 are 64.4 per cent, and 64.4 * 250 as floats a little more than 16,100.
    least = Decimal(str(fail_at)) * batch.total_domains
    return int(batch.failed_domains > 0 and batch.failed_domains * 100 >= least)


async def store(session: Session, path: Path, settings: ScrapeSettings, name: str | None) -> UUID:
    """Make a batch of the list; tell what was left out.

    Raises InputError where nothing in it is valid, or where somebody wrote into it meanwhile.
    """
    await session.run(migrate)
    batch_id = uuid4()
    told = _Told()
    total = await session.run(
        batches.create, batch_id, lambda: told.pass_on(_read_unchanged(path)), settings, name=name
    )
    logger.info("Batch %s: %s.", batch_id, count(total, "domain"))
    told.tell()
    return batch_id


def _read_unchanged(path: Path) -> Iterator[Entry | Rejected]:
    """Read the list; raises InputError at its end where it is not what it was at its beginning."""
    try:
        lines = read_domains(path)
        before = path.stat()
        yield from lines
        if _was_written_to(path, before):
            raise InputError(f"{path} was written to while it was read: run it again when it is whole.")
    except OSError as error:  # not the database's, whose errors are waited for
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error


def _was_written_to(path: Path, before: os.stat_result) -> bool:
    """A file that is gone, or that another one was put in the place of, was itself read to its end."""
    try:
        after = path.stat()
    except FileNotFoundError:
        return False
    is_same = (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    return after.st_ino == before.st_ino and not is_same


async def find_to_scrape(session: Session, reference: str) -> UUID:
    """The batch that is meant, in a database that is up to date."""
    await session.run(migrate)
    return await session.run(batches.find, reference)


async def find_all(session: Session) -> None:
    """Every batch, in a database that is up to date."""
    await session.run(migrate)
    if not await session.run(batches.read_open):
        logger.info("No batch has open jobs.")


def check(path: Path) -> None:
    """Raise InputError for a list that cannot be read, before a database is opened for it."""
    read_domains(path)


class _Told:
    """Counts rejected lines as they pass by, and tells the first few, however often the list is read."""

    def __init__(self) -> None:
        self._first: list[Rejected] = []
        self._rejected = 0

    def pass_on(self, lines: Iterator[Entry | Rejected]) -> Iterator[Entry | Rejected]:
        self._first, self._rejected = [], 0
        for line in lines:
            if isinstance(line, Rejected):
                self._rejected += 1
                if len(self._first) < _TOLD:
                    self._first.append(line)
            yield line

    def tell(self) -> None:
        for line in self._first:
            logger.info("Line %d left out: “%s” %s.", line.line, line.text, line.reason)
        if more := self._rejected - len(self._first):
            logger.info("%s more left out; --dry-run shows all.", count(more, "line"))
