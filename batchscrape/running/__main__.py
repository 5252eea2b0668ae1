"""The worker process: `python -m batchscrape.running FD`, started by processes.py.

It reads its order from standard input and writes messages to standard output; when its input closes, the parent is
gone, and it stops as if it had been told to.
"""

import asyncio
import logging
import os
import signal
import sys
import threading
import traceback

from batchscrape.errors import BatchscrapeError
from batchscrape.running.messages import Failure, LogLine, Message, Order, to_line
from batchscrape.running.notes import ParserNotes
from batchscrape.running.worker import work

#: Exit statuses: a defect of ours; told to stop before the work was over.
_DEFECT, _STOPPED = 70, 143
#: Seconds that a parser thread may keep the event loop waiting for the interpreter's lock.
_SWITCH = 0.001
#: Characters of a log message; the parent reads lines of a megabyte at most.
_LONGEST = 50_000


def main() -> int:
    """Work until told to stop; the exit status says how it went."""
    line = _read_line(sys.stdin.fileno())
    if not line:
        return _STOPPED  # the parent is gone already
    order = Order.from_line(line)
    logging.basicConfig(handlers=[_Teller()], level=logging.WARNING)
    logging.getLogger("batchscrape").setLevel(order.log_level)
    sys.setswitchinterval(_SWITCH)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        try:
            is_over = runner.run(_work(order, ParserNotes(int(sys.argv[1]))))
        except BatchscrapeError as error:
            _tell(Failure(message=str(error), exit_status=error.exit_status))
            return error.exit_status
        except Exception as error:
            logging.getLogger("batchscrape.running").debug("Where it happened:", exc_info=error)
            message = f"a defect of batchscrape: {_last_line(error)} (--verbose shows where)"
            _tell(Failure(message=message, exit_status=_DEFECT))
            return _DEFECT
    return 0 if is_over else _STOPPED


async def _work(order: Order, notes: ParserNotes) -> bool:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_reader(sys.stdin.fileno(), _stop_at_end, stop)
    return await work(order, notes, _tell, stop)


def _stop_at_end(stop: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 4096):
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
        stop.set()


def _read_line(fileno: int) -> bytes:
    """One line, not a byte more: what follows is for the event loop."""
    line = b""
    while not line.endswith(b"\n") and (part := os.read(fileno, 1 << 16)):
        line += part
    return line


_telling = threading.Lock()


def _tell(message: Message) -> None:
    """Write a message to the parent; one that is gone needs none."""
    line = to_line(message)
    try:
        with _telling:
            while line:
                line = line[os.write(sys.stdout.fileno(), line) :]
    except BrokenPipeError:
        pass


class _Teller(logging.Handler):
    """Sends the log to the parent, which alone writes to the terminal."""

    def emit(self, record: logging.LogRecord) -> None:
        trace = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else None
        message = record.getMessage()[:_LONGEST]
        trace = trace and trace[-_LONGEST:]
        _tell(LogLine(name=record.name, level=record.levelno, message=message, traceback=trace))


def _last_line(error: Exception) -> str:
    return traceback.format_exception_only(error)[-1].strip()


def _loop_factory() -> "type[asyncio.AbstractEventLoop] | None":
    try:
        import uvloop  # not on Windows
    except ImportError:
        return None
    return uvloop.Loop


if __name__ == "__main__":
    sys.exit(main())
