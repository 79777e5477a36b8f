"""The log of a run: a line of JSON for every input, written as soon as its outcome is known."""

from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Self

from hedui.corpus.outcome import Outcome
from hedui.report.json import dump


class Log:
    """Appends to a file, so that runs that go on where another was ended continue its log. Raises OSError."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8", buffering=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, outcome: Outcome) -> None:
        """Add the line of one input: the fields of Outcome, seconds to the millisecond."""
        self._file.write(dump(asdict(outcome) | {"seconds": round(outcome.seconds, 3)}) + "\n")
