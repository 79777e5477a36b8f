"""How long a reader, or a check, may take."""

import time

from hedui.reading.errors import UnreadableInput


class Deadline:
    """A moment some seconds of this thread's work from now, however busy the machine is.

    Whoever works asks now and then whether it has passed.
    """

    def __init__(self, seconds: float, key: str = "too_slow") -> None:
        """`key` names the message for the user."""
        self._seconds, self._key = seconds, key
        self._end = time.thread_time() + seconds
        self._soonest = time.monotonic() + seconds

    def extend(self, seconds: float) -> None:
        """Allow for work that takes its time."""
        self._seconds += seconds
        self._end += seconds
        self._soonest += seconds

    def check(self) -> None:
        """Raises UnreadableInput once the time is over."""
        # The clock on the wall is cheap to look at, and no thread works for longer than it says.
        if time.monotonic() > self._soonest and time.thread_time() > self._end:
            raise UnreadableInput(self._key, limit=round(self._seconds))
