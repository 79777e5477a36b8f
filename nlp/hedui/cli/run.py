"""One run over many inputs: each is read and worked on by itself, and a bad one never stops the others."""

import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from hedui.cli.options import missing
from hedui.inputs import Given, Input, Places, Refused, Skipped, contents
from hedui.inputs.names import spelled
from hedui.messages import Language, say
from hedui.model import Document, Failure, Report
from hedui.reading.errors import UnreadableInput

T = TypeVar("T")
Work = Callable[[Document], Report]
Tell = Callable[[str, str, bool], None]


@dataclass(slots=True)
class Run:
    """Places, what to do with each document there, whom to tell of what is wrong (source, words, whether it is an
    error); `failures` grows as `reports` is consumed.

    `together` takes the files of one disclosure as one document, and checks those of several years against one another.
    `originals` are the bytes, by source, that the report at hand was read from, where `keep` asks for them.
    Raises RunFailed where the PDF engine is not installed.
    """

    places: Places
    work: Work
    lang: Language
    tell: Tell
    verbose: bool = False
    pdf_engine: str = "pdfminer"
    together: bool = False
    keep: bool = False
    originals: dict[str, bytes] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    def reports(self) -> Iterator[Report]:
        """A report for every document that can be read, in order; of those taken together one for each disclosure."""
        documents = self._documents()
        if self.together:
            yield from self._across(list(documents))
        else:
            yield from self._worked(documents)

    def _worked(self, documents: Iterable[Document]) -> Iterator[Report]:
        for document in documents:
            report = self._tried(document.source, partial(self.work, document))
            if report is not None:
                yield report

    def _across(self, documents: list[Document]) -> list[Report]:
        """The disclosures that the documents make up, each by itself and then against the others.

        None where there is none, or where they are not of one body.
        """
        from hedui.across import cross
        from hedui.across.disclosures import disclosures

        name = " + ".join(document.source for document in documents)
        found = self._tried(name, partial(disclosures, documents)) if documents else None
        reports = list(self._worked(found or ()))
        return (
            (self._tried(name, partial(cross, reports, one_body=True)) or reports)
            if len(reports) > 1
            else reports
        )

    def _documents(self) -> Iterator[Document]:
        for skipped in self.places.skipped:
            self._pass_over(skipped)
        for refused in self.places.refused:
            self._fail(refused.source, refused.error)
        for given in self._given():
            if isinstance(given, Input):
                document = self._tried(given.source, partial(self._read, given))
                if document is not None:
                    yield document
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

    def _read(self, given: Input) -> Document:
        given = replace(given, source=spelled(given.source))
        if self.keep:
            if not self.together:
                self.originals.clear()
            self.originals[given.source] = given.data
        return given.read(self.pdf_engine)

    def _tried(self, source: str, step: Callable[[], T]) -> T | None:
        """What a step on an input gives; None where it fails, which is told and recorded."""
        try:
            return step()
        except UnreadableInput as error:
            self._fail(source, error)
        except ImportError as error:  # every input that needs it would fail alike
            raise missing(error, self.lang) from error
        except Exception as error:
            self._defect(source, error)
        return None

    def _defect(self, source: str, error: Exception) -> None:
        """A defect of the program on one document must not cost the others; it is reported as what it is."""
        self._fail(source, UnreadableInput("internal", error=f"{type(error).__name__}: {error}"))
        if self.verbose:
            traceback.print_exception(error)

    def _fail(self, source: str, error: UnreadableInput) -> None:
        reason = error.say(self.lang)
        self.failures.append(Failure(spelled(source), reason))
        self.tell(spelled(source), reason, True)

    def _pass_over(self, skipped: Skipped) -> None:
        self.tell(skipped.source, say(f"warning.{skipped.reason}", self.lang, count=skipped.count), False)
