"""One run over many inputs: each is read and worked on by itself, and a bad one never stops the others."""

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from hedui import reading
from hedui.cli.inputs import Inputs, load
from hedui.cli.options import missing
from hedui.messages import Language
from hedui.model import Document, Report
from hedui.reading.errors import UnreadableInput
from hedui.reading.together import together
from hedui.report.failure import Failure

T = TypeVar("T")
Work = Callable[[Document], Report]
Complain = Callable[[str, str], None]


@dataclass(slots=True)
class Run:
    """Inputs, what to do with each, whom to tell of a bad one; `failures` grows as `reports` is consumed.

    `together` takes all inputs as one document. Raises RunFailed where the PDF engine is not installed.
    """

    inputs: Inputs
    work: Work
    lang: Language
    complain: Complain
    verbose: bool = False
    pdf_engine: str = "pdfminer"
    together: bool = False
    failures: list[Failure] = field(default_factory=list)

    def reports(self) -> Iterator[Report]:
        """A report for every input that can be read, in order; one for all of them where they are taken together."""
        for name, error in self.inputs.empty:
            self._fail(name, error)
        documents = (self._tried(source, partial(self._read, source)) for source in self.inputs.sources)
        readable = (document for document in documents if document is not None)
        for document in self._joined(list(readable)) if self.together else readable:
            report = self._tried(document.source, partial(self.work, document))
            if report is not None:
                yield report

    def _read(self, source: str) -> Document:
        return reading.read(load(source), source, self.pdf_engine)

    def _joined(self, documents: list[Document]) -> list[Document]:
        """The documents as one; none where there is none, or where they are not of one disclosure."""
        name = " + ".join(document.source for document in documents)
        one = self._tried(name, partial(together, documents)) if documents else None
        return [one] if one else []

    def _tried(self, source: str, step: Callable[[], T]) -> T | None:
        """What a step on an input gives; None where it fails, which is told and recorded."""
        try:
            return step()
        except UnreadableInput as error:
            self._fail(source, error)
        except ImportError as error:  # every input that needs it would fail alike
            raise missing(error, self.lang) from error
        except Exception as error:
            # A defect of the program on one document must not cost the others; it is reported as what it is.
            self._fail(source, UnreadableInput("internal", error=f"{type(error).__name__}: {error}"))
            if self.verbose:
                traceback.print_exc()
        return None

    def _fail(self, source: str, error: UnreadableInput) -> None:
        reason = error.say(self.lang)
        self.failures.append(Failure(source, reason))
        self.complain(source, reason)
