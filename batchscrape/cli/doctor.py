"""Check the database, the pooler and the network, and say how to mend what is wrong."""

import asyncio
from itertools import chain

from rich.console import Console

from batchscrape.cli._network import check_network
from batchscrape.cli.options import DatabaseUrl, Json, Messages
from batchscrape.database.checks import Check, check_database, no_way_in
from batchscrape.database.choose import opened
from batchscrape.errors import DatabaseRefused, DatabaseUnavailable
from batchscrape.showing.checklist import Checklist, checklist_document, exit_status
from batchscrape.showing.console import Output
from batchscrape.showing.documents import print_json
from batchscrape.showing.output import output_file


def command(*, as_json: Json = False, messages: Messages, database_url: DatabaseUrl = None) -> int:
    """Check the database, the pooler and the network, and say how to mend what is wrong.

    Exits with 75 when the database cannot be reached and with 78 when it says no; the network is worth warnings.
    """
    messages.configure()
    console = Console(stderr=True, quiet=messages.quiet)
    with console.status("Asking the database and the network …", spinner="line"):
        checks = _check(database_url)
    if as_json:
        with output_file(None) as file:
            print_json(checklist_document(checks), file)
    else:
        Output().print(Checklist(checks))
    return exit_status(checks)


def _check(database_url: str | None) -> list[Check]:
    try:
        with opened(database_url) as dsn:
            return asyncio.run(_check_all(dsn))
    except (DatabaseUnavailable, DatabaseRefused) as error:
        advice = "Or give a PostgreSQL of your own with --database-url."
        return [no_way_in(error, advice), *asyncio.run(check_network())]


async def _check_all(dsn: str) -> list[Check]:
    return list(chain.from_iterable(await asyncio.gather(check_database(dsn), check_network())))
