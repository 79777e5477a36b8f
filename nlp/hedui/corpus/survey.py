"""Places → what there is to do at each: tasks for workers, and what needs none because it is known or cannot be read.

A source that the database does not know is handed on without being opened for more than its first bytes; only where
it is known are its bytes hashed, to see whether they are those that were read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hedui.corpus.outcome import Outcome
from hedui.inputs import Given, Input, Place, Places, Refused, Skipped, contents
from hedui.inputs.many import expected, is_single
from hedui.inputs.names import spelled
from hedui.messages import Language, say
from hedui.reading.errors import UnreadableInput
from hedui.store import Seen, Store
from hedui.version import __version__

Why = Literal["new", "changed", "retry"]


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be read, and why. A worker reads the file of a place; what lies in an archive comes as bytes."""

    what: Place | Input
    why: Why

    @property
    def source(self) -> str:
        """The name that the database knows it by."""
        return spelled(self.what.path if isinstance(self.what, Place) else self.what.source)

    @property
    def size(self) -> int:
        """Bytes that are kept for it until it is done."""
        return len(self.what.data) if isinstance(self.what, Input) else 0


class Survey:
    """What there is to do at places, told once, in their order. Without a store everything is new.

    `total` is how many documents there are as far as is known, None while nobody can tell.
    """

    def __init__(
        self, places: Places, store: Store | None, lang: Language, retry_failed: bool = False
    ) -> None:
        self._places, self._store, self._lang, self._retry = places, store, lang, retry_failed
        self.total: int | None = len(places.found) + len(places.refused)

    def __iter__(self) -> Iterator[Task | Refused | Outcome]:
        for skipped in self._places.skipped:
            yield self._passed_over(skipped)
        for refused in self._places.refused:
            yield self._refused(refused)
        for place in self._places.found.values():
            yield from (self._single(place) if is_single(place) else self._many(place))

    def _single(self, place: Place) -> Iterator[Task | Refused | Outcome]:
        seen = self._seen(place.path)
        if seen is None:
            yield Task(place, "new")
            return
        for given in _contents(place):
            yield self._judged(given, place)

    def _many(self, place: Place) -> Iterator[Task | Refused | Outcome]:
        before, found, count = self.total, 0, expected(place)
        self.total = None if before is None or count is None else before + count - 1
        for given in _contents(place):
            found += not isinstance(given, Skipped)
            yield self._judged(given)
        self.total = None if before is None else before + found - 1

    def _judged(self, given: Given, place: Place | None = None) -> Task | Refused | Outcome:
        """What is to be done with a document; `place` is where a worker finds it, if it is a file of its own."""
        if isinstance(given, Skipped):
            return self._passed_over(given)
        if isinstance(given, Refused):
            return self._refused(given)
        seen = self._seen(given.source)
        if seen is None:
            return Task(given, "new")
        if seen.fingerprint != given.fingerprint() or seen.version != __version__:
            return Task(place or given, "changed")
        if seen.status == "ok":
            return Outcome(spelled(given.source), "unchanged")
        if self._retry:
            return Task(place or given, "retry")
        return Outcome(spelled(given.source), "failed_before", seen.error or "")

    def _refused(self, refused: Refused) -> Refused | Outcome:
        """What cannot be read was tried again just now; it is news only if it was not known."""
        seen, reason = self._seen(refused.source), refused.error.say(self._lang)
        if seen is not None and seen.status == "failed" and seen.error == reason:
            return Outcome(spelled(refused.source), "failed_before", reason)
        return refused

    def _passed_over(self, skipped: Skipped) -> Outcome:
        reason = say(f"warning.{skipped.reason}", self._lang, count=skipped.count)
        return Outcome(spelled(skipped.source), "skipped", reason)

    def _seen(self, source: str) -> Seen | None:
        return self._store.seen(spelled(source)) if self._store else None


def _contents(place: Place) -> Iterator[Given]:
    """What is at a place; a defect of the program is told as what it is and ends this place alone."""
    try:
        yield from contents(place)
    except Exception as error:
        told = UnreadableInput("internal", error=f"{type(error).__name__}: {error}")
        yield Refused(place.path, told)
