"""`python -m batchscrape` is the `batchscrape` command."""

from batchscrape.cli import main

main()
