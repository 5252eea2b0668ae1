"""What a signal does to a command: the first stops it in order, the second at once."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from batchscrape.errors import Interrupted

_SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)


class Stop:
    """Which signal came, if any, and what it does to what is going on."""

    def __init__(self) -> None:
        self.number = 0
        self._task = asyncio.current_task()
        #: What the first and the second signal do; to begin with the command is just cancelled.
        self.first: Callable[[], object] = self.cancel
        self.second: Callable[[], object] = self.cancel

    def on_signal(self, number: int) -> None:
        """Do what this signal is to do."""
        action = self.second if self.number else self.first
        self.number = self.number or number
        action()

    def cancel(self) -> None:
        """End the command where it is."""
        if self._task is not None:
            self._task.cancel()


@contextmanager
def signals_handled() -> Iterator[Stop]:
    """Handle SIGHUP, SIGINT and SIGTERM; raises Interrupted where one of them cancelled the command."""
    loop = asyncio.get_running_loop()
    stop = Stop()
    # What is ignored stays so: `nohup` outlives its terminal.
    before = {
        number: handler for number in _SIGNALS if (handler := signal.getsignal(number)) is not signal.SIG_IGN
    }
    for number in before:
        loop.add_signal_handler(number, stop.on_signal, number)
    try:
        yield stop
    except asyncio.CancelledError:
        if not stop.number:
            raise
        raise Interrupted("Stopped.", stop.number) from None
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)
