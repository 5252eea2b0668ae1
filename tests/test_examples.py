"""The examples do what they say."""

import re
from pathlib import Path

from tests.command import batchscrape

EXAMPLES = Path(__file__).parents[1] / "examples"


def test_the_list_of_domains_is_read_as_it_says() -> None:
    result = batchscrape("run", EXAMPLES / "domains.txt", "--dry-run")

    assert result.stdout == "4 domains, 1 double dropped, 0 lines rejected\n"


def test_the_cron_line_uses_commands_and_options_that_exist() -> None:
    (line,) = [line for line in (EXAMPLES / "nightly.cron").read_text().splitlines() if line.startswith("15 2")]

    for command, rest in re.findall(r"batchscrape (\w+)([^&]*)", line):
        known = batchscrape(command, "--help", env={"COLUMNS": "200"}).stdout
        assert all(option in known for option in re.findall(r"--[a-z-]+", rest))
