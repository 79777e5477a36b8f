"""Does a document cost more the more documents came before it in the same process?

python -m benchmarks.growth FOLDER COUNT… checks the text files of FOLDER in the order of their names, all in
one process, and prints one JSON line whenever COUNT documents are done: a `Step`.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.environment import importing
from hedui.corpus import memory

SCRIPTS = Path(__file__).resolve().parent.parent
WARM_UP = 3  # documents checked before the clock runs: loading the lexicon is the price of the first


@dataclass(frozen=True, slots=True)
class Step:
    """The process when `documents` were done: median seconds of work (CPU time, which other
    processes disturb least) on a document since the step before, and bytes."""

    documents: int
    seconds: float
    resident: int
    peak: int


def measure(documents: Sequence[int], seed: int, folder: Path) -> list[Step]:
    """Generate as many documents as the largest count into `folder` and check them in a process of its own.

    Raises CalledProcessError where the generator or the checks fail.
    """
    largest = max(documents)
    corpus = [sys.executable, str(SCRIPTS / "make_corpus.py"), "--documents", str(largest)]
    subprocess.run(
        [*corpus, "--seed", str(seed), "--out", str(folder)], check=True, stdout=subprocess.DEVNULL
    )
    check = [sys.executable, "-m", "benchmarks.growth", str(folder), *map(str, sorted(documents))]
    environment = importing()
    done = subprocess.run(check, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return [Step(**json.loads(line)) for line in done.stdout.splitlines()]


def run(folder: Path, documents: Sequence[int]) -> None:
    """Check the files of `folder`; print a step at each of the counts."""
    import hedui

    texts = sorted(folder.glob("*.txt"))
    for path in texts[:WARM_UP]:
        hedui.check(path)
    since: list[float] = []
    for number, path in enumerate(texts[: max(documents)], 1):
        start = time.process_time()
        hedui.check(path)
        since.append(time.process_time() - start)
        if number in documents:
            step = Step(number, statistics.median(since), memory.resident(), memory.peak())
            print(json.dumps(asdict(step)), flush=True)
            since.clear()


if __name__ == "__main__":
    run(Path(sys.argv[1]), [int(count) for count in sys.argv[2:]])
