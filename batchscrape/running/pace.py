"""How fast jobs end, for claiming just enough of them ahead."""

import time
from collections import deque

#: Seconds that are looked back on.
_WINDOW = 5.0


class Pace:
    """Counts what ended in the last seconds."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()
        self._began = time.monotonic()

    def note(self) -> None:
        """A job ended."""
        self._times.append(time.monotonic())

    def jobs_in(self, seconds: float) -> int:
        """Jobs that end in so many seconds, if it goes on like this."""
        now = time.monotonic()
        while self._times and now - self._times[0] > _WINDOW:
            self._times.popleft()
        return int(len(self._times) * seconds / min(_WINDOW, max(now - self._began, 1.0)))
