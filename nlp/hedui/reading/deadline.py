"""How long a reader may take."""

import time

from hedui.reading.errors import UnreadableInput


class Deadline:
    """A moment some seconds from now; readers ask now and then whether it has passed."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def extend(self, seconds: float) -> None:
        """Allow for work that takes its time."""
        self._seconds += seconds
        self._end += seconds

    def check(self) -> None:
        """Raises UnreadableInput once the time is over."""
        if time.monotonic() > self._end:
            raise UnreadableInput("too_slow", limit=round(self._seconds))
