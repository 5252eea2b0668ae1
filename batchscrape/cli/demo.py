"""Scrape a few example sites on this machine: the real thing, without a network."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from batchscrape.cli._example_server import serve_examples
from batchscrape.cli._scraping import Ending, scrape_here, store
from batchscrape.cli.options import DatabaseUrl, Json, Messages
from batchscrape.settings import ProcessSettings, ScrapeSettings

logger = logging.getLogger(__name__)

_SETTINGS = ScrapeSettings(allow_network=("127.0.0.0/8",), delay=0.0)
_NEXT = (
    "Now try:",
    "  batchscrape status latest         how far that batch is",
    "  batchscrape export --format csv   all that was found, for a spreadsheet",
    "  batchscrape run domains.txt       the same with your own list",
)


def command(*, as_json: Json = False, messages: Messages, database_url: DatabaseUrl = None) -> int:
    """Scrape a few example sites on this machine: the real thing, without a network."""
    messages.configure()
    with _example_list() as path:
        status = scrape_here(
            database_url,
            lambda session: store(session, path, _SETTINGS, "demo"),
            ProcessSettings(),
            Ending(as_json=as_json, quiet=messages.quiet),
        )
    for line in _NEXT:
        logger.info(line)
    return status


@contextmanager
def _example_list() -> Iterator[Path]:
    """A list of the example sites, which are served as long as the block lasts."""
    with serve_examples() as urls, TemporaryDirectory(prefix="batchscrape-") as folder:
        path = Path(folder, "domains.txt")
        path.write_text("\n".join(urls), encoding="utf-8")
        yield path
