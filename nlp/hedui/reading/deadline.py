"""How long a reader, or a check, may take."""

import time

from hedui.reading.errors import UnreadableInput


class Deadline:
    """A moment some seconds from now; whoever works asks now and then whether it has passed."""

    def __init__(self, seconds: float, key: str = "too_slow") -> None:
        """`key` names the message for the user."""
        self._seconds, self._key = seconds, key
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raises UnreadableInput once the time is over."""
        if time.monotonic() > self._end:
            raise UnreadableInput(self._key, limit=round(self._seconds))
