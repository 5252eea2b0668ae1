"""The README says what the program does: its commands, options, columns and codes are the program's."""

import ast
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import batchscrape.cli
from batchscrape import errors
from batchscrape.cli import _load
from batchscrape.models import JOB_COLUMNS, PAGE_COLUMNS, BatchStatus

README = Path(__file__).parents[1].joinpath("README.md").read_text("utf-8")
COMMANDS = sorted(
    file.stem for file in Path(batchscrape.cli.__file__).parent.glob("[!_]*.py") if file.stem != "options"
)


def _rows(heading: str) -> list[list[str]]:
    """The cells of the first table after a heading."""
    lines = README.partition(heading)[2].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("| "))
    table = lines[start + 2 :]
    end = next(number for number, line in enumerate(table) if not line.startswith("|"))
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table[:end]]


def _names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def _options(command: str) -> dict[str, Any]:
    """Long name → option, but for `--help` and hidden ones."""
    return {
        option.opts[0]: option
        for option in _load(command).params
        if option.opts[0].startswith("--") and option.name != "help" and not getattr(option, "hidden", False)
    }


def test_every_command_stands_in_the_readme() -> None:
    named = [_names(row[0])[0].split()[1] for row in _rows("## Your own list")]

    assert sorted(named) == COMMANDS


def test_every_option_of_run_stands_in_the_readme() -> None:
    named = [_names(row[0])[0].split()[0] for row in _rows("### Options of `run`") if row[0]]

    assert sorted(named) == sorted(_options("run"))


def test_the_defaults_in_the_readme_are_the_programs() -> None:
    options = _options("run")
    rows = {_names(row[0])[0].split()[0]: row[1] for row in _rows("### Options of `run`") if row[0]}

    said = {name: float(default) for name, default in rows.items() if default.isdigit() or "." in default}

    assert said == {name: float(options[name].default) for name in said}
    assert len(said) >= 9


@pytest.mark.parametrize("command", COMMANDS)
def test_the_overview_shows_the_first_line_of_a_commands_help(command: str) -> None:
    module = import_module(f"batchscrape.cli.{command}")

    overview = ast.get_docstring(ast.parse(Path(str(module.__file__)).read_text("utf-8")))

    assert overview is not None
    assert (module.command.__doc__ or "").startswith(overview.splitlines()[0].rstrip("."))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_can_be_given_by_the_environment(command: str) -> None:
    without = [name for name, option in _options(command).items() if not option.envvar]

    assert without == []


def test_every_column_of_the_export_stands_in_the_readme_in_its_order() -> None:
    named = [name for row in _rows("A line of `export` is a domain:") for name in _names(row[0])]

    assert tuple(named) == JOB_COLUMNS


def test_every_column_of_the_pages_stands_in_the_readme_in_its_order() -> None:
    (sentence,) = re.findall(r"A line of `export --pages` is a page: (.*?)\.\n\n", README, re.DOTALL)

    assert tuple(_names(sentence)) == PAGE_COLUMNS


def test_every_error_code_stands_in_the_readme() -> None:
    (sentence,) = re.findall(r"Error codes: (.*?)\.\n\n", README, re.DOTALL)

    codes = {kind.code for kind in errors.FetchError.__subclasses__()}

    assert set(_names(sentence)) == codes | {"http_4xx", "http_5xx", "worker_lost", "internal_error"}


def test_every_state_of_a_batch_stands_in_the_readme() -> None:
    (sentence,) = re.findall(r"A batch is (`pending`.*?)\n\n", README, re.DOTALL)

    assert set(_names(sentence)) == set(BatchStatus)


def test_the_first_screen_has_the_two_commands() -> None:
    screen = README.splitlines()[:30]

    commands = [line for line in screen if line.startswith("python3 -m venv .venv && .venv/bin/pip install")]

    assert [command.split("&& ")[-1] for command in commands] == [".venv/bin/batchscrape demo", ".venv/bin/pytest"]
