"""How far a run is: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from hedui.corpus.outcome import Outcome
from hedui.messages import Language, say

_EVERY = 10.0  # seconds between two lines, half a minute once a run takes long
_LONG = 300.0


class Progress:
    """Told of every outcome, it shows documents done, of how many, how fast, failures and time left, on stderr."""

    def __init__(self, lang: Language, terminal: bool | None = None) -> None:
        """`terminal` is found out by itself unless given."""
        self._lang = lang
        self._done = Counter[str]()
        self._begun = self._shown = time.monotonic()
        self._shown_done = 0
        terminal = sys.stderr.isatty() if terminal is None else terminal
        self._bar = (
            tqdm(
                file=sys.stderr,
                unit=say("build.unit", lang),
                dynamic_ncols=True,
                mininterval=0.5,
                leave=False,
            )
            if terminal
            else None
        )

    def update(self, outcome: Outcome, total: int | None) -> None:
        """Count an outcome; `total` is how many there will be as far as is known."""
        if outcome.status == "skipped":
            return
        self._done[outcome.status] += 1
        if self._bar is not None:
            self._bar.total = total
            if outcome.status == "failed":
                words = say("build.failures", self._lang, count=self._done["failed"])
                self._bar.set_postfix_str(words, refresh=False)
            self._bar.update()
        else:
            self._line(total)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Lines printed meanwhile stand above the bar."""
        with tqdm.external_write_mode(file=sys.stderr):
            yield

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()

    def _line(self, total: int | None) -> None:
        now = time.monotonic()
        if now - self._shown < _EVERY * (3 if now - self._begun > _LONG else 1):
            return
        done = self._done.total()
        rate = (done - self._shown_done) / (now - self._shown)
        self._shown, self._shown_done = now, done
        fields = {"done": done, "rate": f"{rate:.1f}", "failed": self._done["failed"]}
        if total is None:
            print(say("build.progress", self._lang, **fields), file=sys.stderr)
        else:
            left = tqdm.format_interval((total - done) / rate)
            print(say("build.progress_of", self._lang, **fields, total=total, left=left), file=sys.stderr)
