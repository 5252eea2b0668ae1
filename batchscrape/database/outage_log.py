"""An outage is said once, and so is its end, however many sessions and processes live through it.

The parent writes its workers' log under the same logger's name, so that the filter sees those lines too.
"""

import logging

WAITING = "Waiting for the database: "
BACK = "The database is back"


class OncePerOutage(logging.Filter):
    """Lets the first line pass that says it, until one has said that it is over."""

    def __init__(self) -> None:
        super().__init__()
        self._is_away = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line says anything new."""
        message = record.getMessage()
        if message.startswith(WAITING):
            is_news, self._is_away = not self._is_away, True
        elif message.startswith(BACK):
            is_news, self._is_away = self._is_away, False
        else:
            is_news = True
        return is_news

    def forget(self) -> None:
        """Say the next outage again: this one was given up."""
        self._is_away = False
