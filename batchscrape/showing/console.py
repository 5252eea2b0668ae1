"""Where tables are printed: standard output, which may be closed by whoever reads it."""

from typing import NoReturn

from rich.console import Console


class Output(Console):
    """Standard output; that a pipe was closed is the caller's to end quietly, as with every other output."""

    def on_broken_pipe(self) -> NoReturn:
        """Rich would end the process with 1."""
        raise BrokenPipeError
