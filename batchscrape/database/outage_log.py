"""An outage is said once, and so is its end, however many sessions and processes live through it.

The parent writes its workers' log under the same logger's name, so that the filter sees those lines too.
"""

import logging


class OncePerOutage(logging.Filter):
    """Lets the first line pass that says it, until one has said that it is over."""

    def __init__(self, away: str, back: str) -> None:
        """`away`, `back`: how the lines begin that say so."""
        super().__init__()
        self._away, self._back = away, back
        self._is_away = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line says anything new."""
        message = record.getMessage()
        if message.startswith(self._away):
            is_news, self._is_away = not self._is_away, True
        elif message.startswith(self._back):
            is_news, self._is_away = self._is_away, False
        else:
            is_news = True
        return is_news

    def forget(self) -> None:
        """Say the next outage again: this one was given up."""
        self._is_away = False
