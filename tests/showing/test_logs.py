import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from functools import partial
from io import StringIO
from typing import Any

import pytest

from batchscrape.showing.logs import configure
from tests.showing.records import HARMLESS, HOSTILE

LOGGER = logging.getLogger("batchscrape.somewhere")
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ "


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root, ours = logging.getLogger(), logging.getLogger("batchscrape")
    before = root.handlers[:], root.level, ours.level
    yield
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    ours.setLevel(before[2])


def said(*messages: Callable[[], None], terminal: bool = False, **options: Any) -> str:
    """What stands on standard error after the messages."""
    with redirect_stderr(Terminal() if terminal else StringIO()) as stream:
        configure(**options)
        for message in messages:
            message()
    return stream.getvalue()


def log_an_exception() -> None:
    try:
        fail()
    except ValueError:
        LOGGER.exception("it broke")


def fail() -> None:
    raise ValueError(HOSTILE)


def test_a_message_stands_alone_on_a_terminal() -> None:
    assert said(partial(LOGGER.info, "%d domains", 5), terminal=True) == "5 domains\n"


def test_a_message_has_its_utc_time_elsewhere() -> None:
    assert re.fullmatch(TIME + "5 domains\n", said(partial(LOGGER.info, "5 domains")))


def test_warnings_and_errors_say_that_they_are() -> None:
    text = said(partial(LOGGER.warning, "careful"), partial(LOGGER.error, "wrong"), terminal=True)

    assert text == "warning: careful\nerror: wrong\n"


def test_json_is_one_object_a_line() -> None:
    text = said(partial(LOGGER.info, "a\nb", extra={"fields": {"progress": 24.6}}), log_format="json")

    document = json.loads(text)
    assert text.count("\n") == 1
    assert list(document) == ["time", "level", "message", "progress"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00", document.pop("time"))
    assert document == {"level": "info", "message": "a\nb", "progress": 24.6}


def test_quiet_leaves_warnings() -> None:
    text = said(partial(LOGGER.info, "progress"), partial(LOGGER.warning, "careful"), quiet=True)

    assert "progress" not in text
    assert "careful" in text


@pytest.mark.parametrize("verbose", [True, False])
def test_verbose_adds_what_is_for_debugging(verbose: bool) -> None:
    assert ("a statement" in said(partial(LOGGER.debug, "a statement"), verbose=verbose)) is verbose


def test_other_libraries_are_heard_from_warnings_on() -> None:
    other = logging.getLogger("asyncio")

    text = said(partial(other.info, "chatter"), partial(other.warning, "trouble"), verbose=True)

    assert "chatter" not in text
    assert "trouble" in text


def test_a_hostile_message_cannot_act() -> None:
    assert said(partial(LOGGER.info, "%s", HOSTILE), terminal=True) == f"{HARMLESS}\n"


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_traceback_is_shown_and_cannot_act(log_format: str) -> None:
    text = said(log_an_exception, log_format=log_format)

    assert "Traceback" in text
    assert text.replace("\n", "").isprintable()


def test_messages_go_to_what_standard_error_is_at_that_moment() -> None:
    with redirect_stderr(StringIO()) as later:
        assert said(lambda: None) == ""
        LOGGER.info("now")

    assert "now" in later.getvalue()


def test_a_second_call_does_not_double_the_messages() -> None:
    assert said(configure, partial(LOGGER.info, "once")).count("once") == 1
