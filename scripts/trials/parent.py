"""What each document costs the parent, apart from its start: to hand it to a worker, and to see that it is known."""

import time
from dataclasses import dataclass
from pathlib import Path

from hedui.corpus.build import Limits, run
from hedui.corpus.survey import Survey
from hedui.inputs import Input, gather
from hedui.messages import Language
from hedui.model import Failure
from hedui.store import Store


@dataclass(frozen=True, slots=True)
class Costs:
    """Milliseconds of the processor for each of so many documents."""

    documents: int
    to_hand_out: float
    to_know: float


def examine(given: Input, lang: Language, pdf_engine: str) -> Failure:
    """No work at all, so that nothing but the parent's own is measured."""
    return Failure(given.source, "not read")


def costs(documents: int, size: int, scratch: Path) -> Costs:
    """Build so many files of `size` bytes by workers that do nothing, then look through them again."""
    folder, db = scratch / "plain", scratch / "plain.db"
    folder.mkdir()
    for number in range(documents):
        (folder / f"{number}.txt").write_bytes(b"%d" % number * (size // len(str(number))))
    with Store(db) as store:
        outcomes = run(
            Survey(gather([str(folder)]), store, "en"), store, db, Limits(2), "en", examine=examine
        )
        next(outcomes)  # the workers have started
        begun = time.process_time()
        handed = sum(1 for _ in outcomes)
        between = time.process_time()
        known = sum(
            outcome.status == "failed_before" for outcome in Survey(gather([str(folder)]), store, "en")
        )
        ended = time.process_time()
    assert known == handed + 1 == documents
    return Costs(documents, 1000 * (between - begun) / handed, 1000 * (ended - between) / known)
