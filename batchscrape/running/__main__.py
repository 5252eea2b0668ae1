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

_DEFECT = 70


def main() -> int:
    """Work until told to stop; the exit status says how it went."""
    order = Order.from_line(_read_line(sys.stdin.fileno()))
    logging.basicConfig(handlers=[_Teller()], level=order.log_level)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        try:
            runner.run(_work(order, ParserNotes(int(sys.argv[1]))))
        except BatchscrapeError as error:
            _tell(Failure(message=str(error), exit_status=error.exit_status))
            return error.exit_status
        except Exception as error:
            logging.getLogger(__name__).debug("The worker failed.", exc_info=error)
            _tell(Failure(message=_last_line(error), exit_status=_DEFECT))
            return _DEFECT
    return 0


async def _work(order: Order, notes: ParserNotes) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_reader(sys.stdin.fileno(), _stop_at_end, stop)
    await work(order, notes, _tell, stop)


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
        _tell(LogLine(name=record.name, level=record.levelno, message=record.getMessage(), traceback=trace))


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
