import os
import pty
from collections.abc import Iterator
from io import StringIO
from typing import TextIO

import pytest
from rich.console import Console

from batchscrape.showing.display import QuietDisplay, display
from batchscrape.showing.lines import LineDisplay
from batchscrape.showing.live import LiveDisplay
from tests.showing.records import batch, job_ended


@pytest.fixture
def terminal() -> Iterator[TextIO]:
    controller, end = pty.openpty()
    with os.fdopen(end, "w") as file:
        yield file
    os.close(controller)


def test_it_is_live_on_a_terminal(terminal: TextIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")

    assert isinstance(display(Console(file=terminal), quiet=False), LiveDisplay)


def test_it_is_lines_on_a_terminal_that_cannot_move_its_cursor(
    terminal: TextIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")

    assert isinstance(display(Console(file=terminal), quiet=False), LineDisplay)


def test_it_is_lines_elsewhere_even_where_colours_are_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")

    assert isinstance(display(Console(file=StringIO()), quiet=False), LineDisplay)


def test_quiet_shows_nothing(terminal: TextIO, capfd: pytest.CaptureFixture[str]) -> None:
    with display(Console(file=terminal), quiet=True) as shown:
        shown.update(batch())
        shown.ended(job_ended())

    assert isinstance(shown, QuietDisplay)
    assert capfd.readouterr() == ("", "")
