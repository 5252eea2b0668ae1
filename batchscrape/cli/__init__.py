"""The command line: one file a command; every file without an underscore is one, but for `options`.

The first line of a command's file is its line in `--help`, so that the overview imports none of them.
"""

import errno
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from batchscrape import __version__
from batchscrape.cli._records import spread
from batchscrape.errors import BatchscrapeError, Interrupted

_HERE = Path(__file__).parent
_USAGE, _DEFECT = 2, 70
#: What a disk says that takes no more; where a file has a name, its writer has told it.
_UNWRITABLE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def main() -> None:
    """Run the command that the arguments name; ends the process with its exit status."""
    try:
        _refuse_broken_text(sys.argv[1:])
        status = _app(prog_name="batchscrape", standalone_mode=False)
    except TyperException as error:
        _say(error.format_message())
        status = error.exit_code
    except typer.Abort:
        status = _USAGE
    sys.exit(status or 0)


def _refuse_broken_text(arguments: list[str]) -> None:
    """No database takes what is not Unicode; a file may be called anything."""
    for argument in arguments:
        if not argument.isprintable() and not os.path.exists(argument):  # noqa: PTH110 - bytes that are no path too
            try:
                argument.encode()
            except UnicodeEncodeError:
                raise typer.BadParameter(f"{argument!r} is not UTF-8.") from None


class _Commands(TyperGroup):
    """Loads a command when it is called, and turns its errors into a sentence and an exit status."""

    def __init__(self, **given: Any) -> None:
        """Only what the overview shows of each command."""
        super().__init__(**given)
        for file in sorted(_HERE.glob("[!_]*.py")):
            if file.stem != "options":
                self.commands[file.stem] = TyperCommand(file.stem, help=_first_line(file))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The real command."""
        name, stub, rest = super().resolve_command(ctx, args)
        return name, stub and _load(args[0]), rest

    def invoke(self, ctx: Any) -> Any:
        """Run it; no error leaves without its sentence and its exit status."""
        status = None
        try:
            status = super().invoke(ctx)
            if sys.stdout:
                sys.stdout.flush()
        except BatchscrapeError as error:
            _say(str(error), error, is_error=not isinstance(error, Interrupted))
            return error.exit_status
        except BrokenPipeError:
            _discard_output()  # nobody reads any more: `| head` has what it wants
        except (TyperException, typer.Exit, typer.Abort):
            raise
        except Exception as error:  # noqa: BLE001 - the last stop of a defect of ours
            if isinstance(error, OSError) and error.errno in _UNWRITABLE and error.filename is None:
                _discard_output()
                _say(f"Standard output cannot be written: {error.strerror}.", error)
                return _USAGE
            _say(f"a defect of batchscrape: {type(error).__name__}: {error} (--verbose shows where)", error)
            return _DEFECT
        return status or 0


def _discard_output() -> None:
    """What is left in the buffer goes nowhere, or Python would fail with it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _first_line(file: Path) -> str:
    with file.open(encoding="utf-8") as lines:
        return lines.readline().strip().strip('"')


def _load(name: str) -> Any:
    app = typer.Typer(add_completion=False)
    app.command(name)(spread(import_module(f"{__name__}.{name}").command))
    return typer.main.get_command(app)


def _say(message: str, cause: Exception | None = None, *, is_error: bool = True) -> None:
    """Say on standard error why the command ends, in the form that --log-format asks for once that is known."""
    import logging  # `--help` does without it

    if logging.getLogger().handlers:
        logger = logging.getLogger(__name__)
        logger.debug("Where it happened:", exc_info=cause)
        logger.log(logging.ERROR if is_error else logging.WARNING, "%s", message)
    else:
        print(f"error: {message}", file=sys.stderr)  # noqa: T201 - before logging is set up


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"batchscrape {__version__}")  # noqa: T201 - what was asked for
        raise typer.Exit


def _root(
    version: bool = typer.Option(
        False, "--version", help="Show the version.", callback=_print_version, is_eager=True
    ),
) -> None:
    """Scrape a list of domains, politely and all at the same time, into PostgreSQL.

    Start with `batchscrape demo`, then `batchscrape run domains.txt`.
    """


def _build() -> typer.Typer:
    app = typer.Typer(cls=_Commands, no_args_is_help=True, pretty_exceptions_enable=False)
    app.callback()(_root)
    return app


_app = _build()
