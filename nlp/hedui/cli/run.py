"""One run over many inputs: each is read and worked on by itself, and a bad one never stops the others."""

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hedui import reading
from hedui.cli.inputs import Inputs, load
from hedui.model import Document, Report
from hedui.reading.errors import UnreadableInput
from hedui.report.failure import Failure

Work = Callable[[Document], Report]
Complain = Callable[[str, str], None]


@dataclass(slots=True)
class Run:
    """Inputs, what to do with each, whom to tell of a bad one; `failures` grows as `reports` is consumed."""

    inputs: Inputs
    work: Work
    lang: str
    complain: Complain
    verbose: bool = False
    failures: list[Failure] = field(default_factory=list)

    def reports(self) -> Iterator[Report]:
        """A report for every input that can be read, in order."""
        for name, error in self.inputs.empty:
            self._fail(name, error)
        for source in self.inputs.sources:
            report = self._one(source)
            if report is not None:
                yield report

    def _one(self, source: str) -> Report | None:
        try:
            return self.work(reading.read(load(source), _printable(source)))
        except UnreadableInput as error:
            self._fail(source, error)
        except Exception as error:
            # A defect of the program on one document must not cost the others; it is reported as what it is.
            self._fail(source, UnreadableInput("internal", error=f"{type(error).__name__}: {error}"))
            if self.verbose:
                traceback.print_exc()
        return None

    def _fail(self, source: str, error: UnreadableInput) -> None:
        reason = error.say(self.lang)
        self.failures.append(Failure(_printable(source), reason))
        self.complain(_printable(source), reason)


def _printable(source: str) -> str:
    """The name of a file as text; bytes in it that are none are spelled out."""
    return source.encode("utf-8", "backslashreplace").decode()
