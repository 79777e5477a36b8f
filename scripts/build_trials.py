"""Try `hedui build` at length: speed, memory, poison, and kills; print Markdown, and write it to a file with --out.

python scripts/build_trials.py --mixed 2000 --text 10000 --kills 30 --out docs/build.md

Corpora are generated into --folder, where they stay for the next time. Linux only: it reads /proc.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from trials.killing import Killed, kill
from trials.parent import Costs, costs
from trials.poison import Poisoned, poisoned
from trials.speed import MB, Speed, memory, speeds

SCRIPTS = Path(__file__).resolve().parent
BUILD = SCRIPTS.parent / "build"  # ignored by git
INTRODUCTION = """# A batch at length

`scripts/build_trials.py {arguments}`; Python {python}, {system}, {cores} cores.
"""
DISTURBED = (
    "*undisturbed*: without the time in which workers were ready and other programs had the processor (the kernel "
    "counts it for each process), that is, on a machine of one's own. *parent*: the part of that time in which the "
    "parent was busy. *again ×*: how many times faster a second run over the unchanged corpus is, on the wall and by "
    "time of the processor."
)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mixed", type=int, default=100, help="documents of text, web page, Word and PDF")
    parser.add_argument("--text", type=int, default=500, help="documents of text")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--folder", type=Path, default=BUILD / "trials", help="of the corpora")
    parser.add_argument("--out", type=Path, help="a Markdown file")
    options = parser.parse_args()
    corpora = [
        corpus(options.folder / name, count, form, seed)
        for name, count, form, seed in (
            ("mixed", options.mixed, "mixed", 700),
            ("text", options.text, "txt", 701),
        )
        if count
    ]
    texts = sorted(corpus(options.folder / "few", 200, "txt", 702).glob("*.txt"))
    with tempfile.TemporaryDirectory(prefix="hedui-trials-") as name:
        parts = []
        for part in trials(corpora, texts, options.kills, Path(name)):
            print(part, flush=True)
            parts.append(part)
    if options.out:
        options.out.write_text("\n".join((introduction(options), *parts)), "utf8")


def trials(corpora: Sequence[Path], texts: Sequence[Path], kills: int, scratch: Path) -> Iterator[str]:
    """The parts of the page, each as soon as it is known."""
    measured = [speeds(folder, (1, 2), scratch) for folder in corpora]
    yield f"## Speed\n\n{DISTURBED}\n\n{table_of_speed(measured)}"
    yield f"## Memory\n\n{table_of_memory(measured)}"
    yield f"## The parent\n\n{told_of_parent(costs(2000, 20_000, scratch))}"
    if kills:
        yield f"## Kills\n\n{told_of_kills(kill(corpora[0], kills, scratch))}"
    yield f"## Poison\n\n{told_of_poison(poisoned(texts[:200], 20, scratch))}"


def introduction(options: argparse.Namespace) -> str:
    """What was run, and where."""
    return INTRODUCTION.format(
        arguments=" ".join(f"--{key} {getattr(options, key)}" for key in ("mixed", "text", "kills")),
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count(),
    )


def corpus(folder: Path, documents: int, form: str, seed: int) -> Path:
    """A generated corpus, made unless it is there."""
    if not folder.exists():
        made = folder.with_name(f"{folder.name}.part")
        command = [sys.executable, str(SCRIPTS / "make_corpus.py"), "--documents", str(documents)]
        command += ["--seed", str(seed), "--format", form, "--errors", "1", "--out", str(made)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        made.rename(folder)
    return folder


def table_of_speed(measured: Sequence[Sequence[Speed]]) -> str:
    """Rates by number of workers, against one of them."""
    rows = []
    for found in measured:
        for speed in found:
            again = (speed.first.seconds / speed.again.seconds, speed.first.busy / speed.again.busy)
            rows.append(
                (
                    *(
                        speed.name,
                        speed.documents,
                        speed.jobs,
                        f"{speed.rate:.1f}",
                        f"{speed.undisturbed_rate:.1f}",
                    ),
                    f"{speed.undisturbed_rate / found[0].undisturbed_rate:.2f}",
                    f"{1000 * speed.first.busy / speed.documents:.0f}",
                    f"{100 * speed.parent:.1f} %",
                    f"{again[0]:.0f}, {again[1]:.0f}",
                )
            )
    head = (
        "corpus",
        "documents",
        "jobs",
        "a second",
        "undisturbed",
        "×",
        "ms of processor each",
        "parent",
        "again ×",
    )
    return table(head, rows)


def table_of_memory(measured: Sequence[Sequence[Speed]]) -> str:
    """Megabytes of a worker by quarter of the run, and of the parent at the end of its quarters."""
    rows = []
    for speed in (speed for found in measured for speed in found):
        held = [f"{middle:.0f} ({most:.0f})" for middle, most, _ in memory(speed.first.workers)]
        own = speed.first.main.memory
        parent = " ".join(f"{own[(len(own) - 1) * part // 4] / MB:.0f}" for part in range(1, 5))
        rows.append(
            (speed.name, speed.jobs, len(speed.first.workers), *held, *[""] * (4 - len(held)), parent)
        )
    head = (
        "corpus",
        "jobs",
        "workers",
        "MB of a worker, median (most): 1st quarter",
        "2nd",
        "3rd",
        "4th",
        "parent",
    )
    return table(head, rows)


def told_of_parent(found: Costs) -> str:
    """What a document costs it."""
    return (
        f"Of {found.documents} documents each costs the parent {found.to_hand_out:.2f} ms of the processor to be "
        f"handed to a worker and noted when done, and {found.to_know:.2f} ms to be read, hashed and found unchanged. "
        "Its start weighs on small corpora alone.\n"
    )


def told_of_poison(found: Poisoned) -> str:
    """How many good ones are in the database, and what was said of the others."""
    rows = [
        (kind, len(reasons), "; ".join(f"{reason.split(';')[0]}" for reason in Counter(reasons)))
        for kind, reasons in sorted(found.reasons.items())
    ]
    count = sum(len(reasons) for reasons in found.reasons.values())
    head = (
        f"Of {found.good} good documents {found.read} are in the database; "
        f"{count} poisonous ones are rows with status and reason.\n"
    )
    return f"{head}\n{table(('poison', 'documents', 'reason'), rows)}"


def told_of_kills(found: Killed) -> str:
    """How far each run came, and whether the end is right."""
    return (
        f"Killed {len(found.progress)} times, by turns the parent alone and all processes; `PRAGMA integrity_check` "
        f"and the foreign keys were right each time. Documents in the database after each: "
        f"{', '.join(map(str, found.progress))}. At the end it "
        f"{'holds the same rows as' if found.same else 'DIFFERS FROM'} that of an undisturbed run.\n"
    )


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines) + "\n"


if __name__ == "__main__":
    main()
