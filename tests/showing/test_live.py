import re
import sys
import threading
import time
from io import StringIO

import pytest
from rich.console import Console

from batchscrape.models import JobEnded
from batchscrape.showing.live import LiveDisplay
from tests.showing.records import HOSTILE, batch, drawn, job_ended, job_failed

SHOWN = """\
━━━━━━━━━━━━━━━─────────────────────────────────────────────────  24.7 %
Domains   1,238 of 5,000, 1,220 complete, 18 failed, 100 running
Pages     6,027 (184.7 MB), 2 workers
Time      0:01:02, since 2026-11-23 18:00 UTC
Failures  dns_error 9, timeout 5, http_4xx 3, robots_unreachable 1

"""
EVENTS = [
    job_ended("first.example"),
    job_failed("gone.example", "robots_unreachable"),
    job_ended("one-page.example", pages_scraped=1, duration=123.45),
    job_ended("xn--mnchen-3ya.de:8080", pages_scraped=9),
]


class Screen(StringIO):
    """A terminal's end that notices what is written."""

    def __init__(self, awaited: str) -> None:
        super().__init__()
        self.awaited = awaited
        self.seen = threading.Event()
        self.gone = False

    def write(self, text: str) -> int:
        if self.gone:
            raise OSError(5, "Input/output error")
        written = super().write(text)
        if self.awaited in self.getvalue():
            self.seen.set()
        return written


def display(*events: JobEnded) -> LiveDisplay:
    """A display that shows nothing by itself; tests print it."""
    shown = LiveDisplay(Console(file=StringIO()), clock=lambda: 0.0)
    shown.update(batch())
    for event in events:
        shown.ended(event)
    return shown


def terminal(file: StringIO) -> Console:
    return Console(file=file, force_terminal=True, width=80, height=24)


def test_at_80_columns() -> None:
    assert drawn(display(*EVENTS), 80) == SHOWN + (
        "complete            first.example                          5 pages     2.4 s\n"
        "robots_unreachable  gone.example                           0 pages     0.1 s\n"
        "complete            one-page.example                        1 page   123.5 s\n"
        "complete            xn--mnchen-3ya.de:8080                 9 pages     2.4 s"
    )


def test_at_200_columns() -> None:
    assert drawn(display(*EVENTS), 200) == SHOWN + (
        "complete            first.example                                              5 pages     2.4 s\n"
        "robots_unreachable  gone.example                                               0 pages     0.1 s\n"
        "complete            one-page.example                                            1 page   123.5 s\n"
        "complete            xn--mnchen-3ya.de:8080                                     9 pages     2.4 s"
    )


@pytest.mark.parametrize("height", [2, 5, 8, 24])
def test_it_is_never_as_high_as_the_terminal(height: int) -> None:
    shown = drawn(display(*EVENTS * 5), 80, height).splitlines()

    assert len(shown) == min(height - 1, 12)
    assert shown[0].endswith("%")


@pytest.mark.parametrize("width", [10, 30, 50, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    hostile = job_failed(HOSTILE * 5, "robots_unreachable")

    shown = drawn(display(hostile), width).splitlines()

    assert len(shown) == 7
    assert max(map(len, shown)) <= width


def test_the_last_domains_are_shown_and_no_more() -> None:
    events = [job_ended(f"site-{number}.example") for number in range(50)]

    shown = re.findall(r"site-\d+", drawn(display(*events), 80))

    assert shown == ["site-44", "site-45", "site-46", "site-47", "site-48", "site-49"]


def test_data_is_no_mark_up_and_cannot_act() -> None:
    text = drawn(display(job_ended(HOSTILE)), 200, force_terminal=True, color_system="truecolor")

    assert "[bold]a[/] " in text
    assert "\x1b[31mb" not in text
    assert not {"\x00", "\x07", "\x9b", "\u202e", "\ud800"} & set(text)


def test_no_colour_is_named_under_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    text = drawn(display(*EVENTS), 80, force_terminal=True, color_system="truecolor")

    assert {int(code) for codes in re.findall(r"\x1b\[([\d;]*)m", text) for code in codes.split(";")} <= {
        0,
        1,
        2,
    }


def test_no_colour_is_one_that_a_light_or_a_dark_terminal_hides() -> None:
    text = drawn(display(*EVENTS), 80, force_terminal=True, color_system="truecolor")

    codes = {int(code) for codes in re.findall(r"\x1b\[([\d;]*)m", text) for code in codes.split(";")}
    assert codes <= {0, 1, 2, *range(31, 37)}


def test_it_draws_itself_and_is_gone_afterwards() -> None:
    screen = Screen("1,234 of 5,000")

    with LiveDisplay(terminal(screen)) as live:
        live.update(batch())
        assert screen.seen.wait(10)

    assert screen.getvalue().endswith("\x1b[2K")
    assert "\x1b[?25h" in screen.getvalue()


def test_it_draws_four_times_a_second_at_most() -> None:
    screen = Screen("site-2999.example")
    begin = time.monotonic()

    with LiveDisplay(terminal(screen)) as live:
        live.update(batch())
        for number in range(3000):
            live.ended(job_ended(f"site-{number}.example"))
        assert screen.seen.wait(10)
    took = time.monotonic() - begin

    assert screen.getvalue().count("Domains") <= took * 4 + 2


def test_nothing_is_shown_before_the_batch_was_read() -> None:
    assert drawn(LiveDisplay(Console(file=StringIO())), 80) == ""


def test_messages_stand_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen("a message")
    monkeypatch.setattr(sys, "stderr", screen)

    with LiveDisplay(terminal(screen)) as live:
        live.update(batch())
        sys.stderr.write("a message with [bold] in it\n")
        assert sys.stderr is not screen

    assert "a message with [bold] in it\n" in screen.getvalue()
    assert sys.stderr is screen


def test_standard_output_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    data = StringIO()
    monkeypatch.setattr(sys, "stdout", data)

    with LiveDisplay(terminal(StringIO())):
        sys.stdout.write('{"batch_id": 1}')

    assert data.getvalue() == '{"batch_id": 1}'


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_terminal_that_is_gone_ends_nothing() -> None:
    screen = Screen("5,000")

    with LiveDisplay(terminal(screen)) as live:
        live.update(batch())
        assert screen.seen.wait(10)
        screen.gone = True
