"""What a worker's own process makes of one document: its rows as Arrow tables, and the outcome that the run tells."""

import time
from dataclasses import dataclass
from importlib import import_module

import pyarrow as pa

from hedui.cluster.folder import SHARED, TABLES
from hedui.corpus import memory
from hedui.corpus.outcome import Outcome
from hedui.corpus.worker import WARM, Examine
from hedui.inputs import Input
from hedui.inputs.names import spelled
from hedui.messages import Language
from hedui.model import Failure, Report
from hedui.reading.errors import UnreadableInput
from hedui.store.arrow import as_table
from hedui.store.rows import Rows, failure_rows, rows
from hedui.version import __version__


@dataclass(frozen=True, slots=True)
class Settings:
    """How documents are read: the language of reasons, what reads PDFs, the limits for one document in seconds and
    bytes, and what is done with it."""

    lang: Language
    pdf_engine: str
    seconds: float
    memory: int
    examine: Examine

    def start(self) -> None:
        """Begin to be a process that examines documents."""
        import_module(WARM)
        pa.set_memory_pool(
            pa.system_memory_pool()
        )  # others reserve a gigabyte, which would count as if it were used
        memory.bound(self.memory)

    def examined(self, given: Input) -> "Piece":
        """The piece of a document; nothing that a document holds raises."""
        begun = time.monotonic()
        memory.forget_peak()
        result: Report | Failure | None
        try:
            result = self.examine(given, self.lang, self.pdf_engine)
        except MemoryError:
            result = None  # what filled the memory is free again behind this
        if result is None:
            return self.refused(given.source, UnreadableInput("out_of_memory"), given.fingerprint())
        if isinstance(result, Report):
            return Piece.of(result, given.fingerprint(), time.monotonic() - begun, memory.peak())
        return Piece.failed(result, given.fingerprint(), time.monotonic() - begun, memory.peak())

    def refused(self, source: str, error: UnreadableInput, fingerprint: str | None = None) -> "Piece":
        """The piece of an input that there is no report of."""
        return Piece.failed(Failure(spelled(source), error.say(self.lang)), fingerprint)


@dataclass(frozen=True, slots=True)
class Piece:
    """The rows of one input, a table each; `document` is the id they belong to."""

    document: str
    outcome: Outcome
    tables: dict[str, pa.Table]

    @classmethod
    def of(cls, report: Report, fingerprint: str, seconds: float, memory: int) -> "Piece":
        """That of a document that was read."""
        outcome = Outcome.of(report, seconds, memory)
        return cls._made(report.document.id, "ok", outcome, fingerprint, rows(report))

    @classmethod
    def failed(
        cls, failure: Failure, fingerprint: str | None, seconds: float = 0, memory: int = 0
    ) -> "Piece":
        """That of an input that could not be read."""
        made = failure_rows(failure)
        outcome = Outcome(failure.source, "failed", failure.reason, seconds, memory)
        return cls._made(made["documents"][0]["id"], "failed", outcome, fingerprint, made)

    @classmethod
    def _made(
        cls, document: str, status: str, outcome: Outcome, fingerprint: str | None, made: Rows
    ) -> "Piece":
        source = {"source": outcome.source, "fingerprint": fingerprint, "version": __version__}
        told = made | {
            "documents": [row | {"version": __version__} for row in made["documents"]],
            "sources": [source | {"status": status, "document": document}],
        }
        tables = {name: as_table(name, told.get(name, [])) for name in (*TABLES, *SHARED)}
        return cls(document, outcome, tables)
