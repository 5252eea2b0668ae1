"""`batchscrape`, also as `python -m batchscrape`."""

import signal
import sys


def main() -> None:
    """Load the command line and run it; a signal ends that too with its exit status and without a traceback."""
    for number in (signal.SIGHUP, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:  # `nohup` outlives its terminal
            signal.signal(number, _end)
    try:
        from batchscrape.cli import main as run  # takes a while, in which somebody may press Ctrl-C

        run()
    except KeyboardInterrupt:
        sys.exit(130)


def _end(number: int, _: object) -> None:
    """End in order: the embedded server is stopped, a file half written is removed."""
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
