"""List the batches, newest first."""

from typing import Annotated

from batchscrape.cli._reading import read
from batchscrape.cli.options import DatabaseUrl, Json, Messages, option
from batchscrape.database import batches
from batchscrape.database.choose import opened
from batchscrape.models import Batch
from batchscrape.showing.documents import print_json, status_document
from batchscrape.showing.output import output_file

Limit = Annotated[
    int,
    option("--limit", "How many at most.", min=1),
]


def command(
    *, limit: Limit = 50, as_json: Json = False, messages: Messages, database_url: DatabaseUrl = None
) -> None:
    """List the batches, newest first."""
    messages.configure()
    with opened(database_url) as dsn:
        found = read(dsn, lambda session: session.run(batches.read_newest, limit))
    if as_json:
        with output_file(None) as file:
            print_json([status_document(batch) for batch in found], file)
    else:
        _print_table(found)


def _print_table(found: list[Batch]) -> None:
    from batchscrape.showing.batch_table import batch_table  # --json needs neither
    from batchscrape.showing.console import Output

    console = Output()
    console.print(batch_table(found, width=console.width))
