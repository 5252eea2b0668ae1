"""What is said on standard error while a command works: `logging`, as plain lines or as JSON."""

import logging
import sys
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

from batchscrape.showing.jsontext import dumps
from batchscrape.showing.terminal import clean


def configure(log_format: Literal["text", "json"] = "text", *, quiet: bool = False, verbose: bool = False) -> None:
    """Send all messages to standard error; call it once, before the first one.

    `quiet` leaves warnings and errors, `verbose` adds what batchscrape says for debugging. Other libraries
    are heard from warnings on.
    """
    handler = _StandardErrorHandler()
    handler.setFormatter(JsonFormatter() if log_format == "json" else TextFormatter(timed=not sys.stderr.isatty()))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    level = logging.WARNING if quiet else logging.DEBUG if verbose else logging.INFO
    logging.getLogger("batchscrape").setLevel(level)


class TextFormatter(logging.Formatter):
    """`message` or, timed, `2026-11-23T18:00:00Z message`; `warning: ` and the like in front of it."""

    def __init__(self, *, timed: bool) -> None:
        super().__init__()
        self._timed = timed

    def format(self, record: logging.LogRecord) -> str:
        """One line, and a traceback's lines below it."""
        time = f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%SZ} " if self._timed else ""
        level = f"{record.levelname.lower()}: " if record.levelno >= logging.WARNING else ""
        trace = _traceback(self, record)
        below = "".join(f"\n{clean(line)}" for line in trace.splitlines()) if trace else ""
        return f"{time}{level}{clean(record.getMessage())}{below}"


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, message, and whatever `extra={"fields": {…}}` adds."""

    def format(self, record: logging.LogRecord) -> str:
        """`exception` holds a traceback."""
        document: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if trace := _traceback(self, record):
            document["exception"] = trace
        return dumps(document)


class _StandardErrorHandler(logging.StreamHandler[TextIO]):
    """Writes to what `sys.stderr` is at that moment, so that the live display can put itself below."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr


def _traceback(formatter: logging.Formatter, record: logging.LogRecord) -> str | None:
    return formatter.formatException(record.exc_info) if record.exc_info else record.exc_text
