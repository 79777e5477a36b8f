"""All contestants over the same documents, in turns: seconds, what they found, and memory.

Each contestant lives in a process of its own (`python -m benchmarks.race NAME`), which is given the path of one
document a line and answers with one JSON line. Only one of them works at a time, and each document goes round all
of them before the next, so that whatever else the machine does meets everybody. The clock runs inside the
process: neither starting nor handing over counts.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.contestants import CONTESTANTS, Contestant, Input
from benchmarks.environment import importing
from hedui.corpus import memory


@dataclass(frozen=True, slots=True)
class Outcome:
    """One contestant: seconds for all documents together (the sum of each one's median), and the rest.

    `first` is seconds from nothing loaded to the first document done, `found` the sum over the documents, `peak`
    bytes of its process.
    """

    contestant: Contestant
    seconds: float
    first: float
    found: int
    peak: int


class Racer:
    """A contestant in its process. Use as a context manager; OSError or RuntimeError where it cannot run."""

    def __init__(self, contestant: Contestant, python: str) -> None:
        self.contestant = contestant
        self.process = subprocess.Popen(
            [python, "-m", "benchmarks.race", contestant.name],
            env=importing(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self) -> "Racer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.communicate()  # closes its input, which ends it

    def answer(self) -> dict[str, Any]:
        """The next line of its output. Raises RuntimeError where the process has ended instead."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(
                f"{self.contestant.name} failed; see: -m benchmarks.race {self.contestant.name!r}"
            )
        answer: dict[str, Any] = json.loads(line)
        return answer

    def run(self, path: Path) -> dict[str, Any]:
        """Give it one prepared document. Raises RuntimeError where it fails."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        return self.answer()


def prepare(documents: Sequence[Path], folder: Path) -> list[Path]:
    """Text and sentences (hedui's) of every document as JSON in `folder`; PDF are left as they are.

    Raises what `hedui.read` raises.
    """
    import hedui
    from hedui.segmentation import segment

    made = []
    for number, path in enumerate(documents):
        if path.suffix.lower() == ".pdf":
            made.append(path.resolve())
            continue
        document = hedui.read(path)
        sentences = [document.text[s.start : s.end] for s in segment(document).sentences]
        target = folder / f"{number}.json"
        target.write_text(json.dumps({"text": document.text, "sentences": sentences}), "utf8")
        made.append(target)
    return made


def measure(
    contestants: Sequence[Contestant], documents: Sequence[Path], rounds: int, pythons: Mapping[str, str]
) -> list[Outcome]:
    """Run contestants of one kind over prepared documents; one round more than told warms everything up.

    `pythons` gives the interpreter of a contestant with an environment of its own. Raises RuntimeError where one
    fails.
    """
    with ExitStack() as stack:
        racers = [stack.enter_context(Racer(c, pythons.get(c.name, sys.executable))) for c in contestants]
        first = [racer.answer()["seconds"] for racer in racers]
        times: list[list[list[float]]] = [[[] for _ in documents] for _ in racers]
        last: list[list[dict[str, Any]]] = [[{} for _ in documents] for _ in racers]
        for round_number in range(rounds + 1):
            for place, path in enumerate(documents):
                for number, racer in enumerate(racers):
                    answer = last[number][place] = racer.run(path)
                    if not round_number and not place:
                        first[number] += answer["seconds"]
                    if round_number:
                        times[number][place].append(answer["seconds"])
    return [
        Outcome(
            contestant,
            sum(statistics.median(of_document) for of_document in times[number]),
            first[number],
            sum(answer["found"] for answer in last[number]),
            last[number][-1]["peak"],
        )
        for number, contestant in enumerate(contestants)
    ]


def load_input(path: Path) -> Input:
    """A document as `prepare` left it."""
    if path.suffix.lower() == ".pdf":
        return Input("", (), path.read_bytes())
    made = json.loads(path.read_text("utf8"))
    return Input(made["text"], tuple(made["sentences"]), b"")


def race(name: str) -> None:
    """The process of one contestant: answer to every path on standard input until it is closed."""
    (contestant,) = (c for c in CONTESTANTS if c.name == name)
    answers, sys.stdout = sys.stdout, sys.stderr  # nothing that a library prints may mix with the answers
    start = time.perf_counter()
    run = contestant.load()
    print(json.dumps({"seconds": time.perf_counter() - start}), file=answers, flush=True)
    for line in sys.stdin:
        given = load_input(Path(line.rstrip("\n")))
        start = time.perf_counter()
        found = run(given)
        seconds = time.perf_counter() - start
        print(
            json.dumps({"seconds": seconds, "found": found, "peak": memory.peak()}), file=answers, flush=True
        )


if __name__ == "__main__":
    race(sys.argv[1])
