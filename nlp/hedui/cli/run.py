"""One run over many inputs: each is read and worked on by itself, and a bad one never stops the others."""

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hedui import reading
from hedui.inputs import Given, Input, Places, Refused, Skipped, contents
from hedui.messages import say
from hedui.model import Document, Report
from hedui.reading.errors import UnreadableInput
from hedui.report.failure import Failure

Work = Callable[[Document], Report]
Tell = Callable[[str, str, bool], None]


@dataclass(slots=True)
class Run:
    """Places, what to do with each document there, whom to tell of what is wrong (source, words, whether it is an
    error); `failures` grows as `reports` is consumed."""

    places: Places
    work: Work
    lang: str
    tell: Tell
    verbose: bool = False
    failures: list[Failure] = field(default_factory=list)

    def reports(self) -> Iterator[Report]:
        """A report for every document that can be read, in order."""
        for skipped in self.places.skipped:
            self._pass_over(skipped)
        for refused in self.places.refused:
            self._fail(refused.source, refused.error)
        for given in self._given():
            if isinstance(given, Input):
                report = self._one(given)
                if report is not None:
                    yield report
            elif isinstance(given, Refused):
                self._fail(given.source, given.error)
            else:
                self._pass_over(given)

    def _given(self) -> Iterator[Given]:
        for place in self.places.found.values():
            try:
                yield from contents(place)
            except Exception as error:
                self._defect(place.path, error)

    def _one(self, given: Input) -> Report | None:
        try:
            return self.work(given.known.complete(reading.read(given.data, given.source)))
        except UnreadableInput as error:
            self._fail(given.source, error)
        except Exception as error:
            self._defect(given.source, error)
        return None

    def _defect(self, source: str, error: Exception) -> None:
        """A defect of the program on one document must not cost the others; it is reported as what it is."""
        self._fail(source, UnreadableInput("internal", error=f"{type(error).__name__}: {error}"))
        if self.verbose:
            traceback.print_exception(error)

    def _fail(self, source: str, error: UnreadableInput) -> None:
        reason = error.say(self.lang)
        self.failures.append(Failure(source, reason))
        self.tell(source, reason, True)

    def _pass_over(self, skipped: Skipped) -> None:
        self.tell(skipped.source, say(f"warning.{skipped.reason}", self.lang, count=skipped.count), False)
