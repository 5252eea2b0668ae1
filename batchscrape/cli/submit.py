"""Only store a batch, for `work` to scrape; prints its id, alone."""

import asyncio
from pathlib import Path
from uuid import UUID

from batchscrape.cli._scraping import check, store
from batchscrape.cli.options import DatabaseUrl, Domains, Messages, Name, Scraping
from batchscrape.database.choose import opened
from batchscrape.database.session import open_session
from batchscrape.domains import list_file
from batchscrape.settings import ScrapeSettings


def command(
    domains: Domains,
    *,
    name: Name = None,
    scraping: Scraping,
    messages: Messages,
    database_url: DatabaseUrl = None,
) -> None:
    """Only store a batch, for `work` to scrape; prints its id, alone."""
    messages.configure()
    with list_file(domains) as path:
        check(path)
        with opened(database_url) as dsn:
            batch_id = asyncio.run(_store(dsn, path, scraping.settings(), name))
    print(batch_id)  # noqa: T201 - the answer


async def _store(dsn: str, path: Path, settings: ScrapeSettings, name: str | None) -> UUID:
    async with open_session(dsn) as session:
        return await store(session, path, settings, name)
