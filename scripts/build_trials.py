"""Try `hedui build` at length: speed, memory, poison, and kills; print Markdown, and write it to a file with --out.

python scripts/build_trials.py --mixed 2000 --text 10000 --kills 30 --out docs/build.md

Corpora are generated into --folder (mixed, text), where they stay for the next time, and databases for as long as they
are needed: 5 GB for these numbers. How far it is is told on stderr. Linux only: it reads /proc.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from trials import telling
from trials.corpora import Corpus, corpus
from trials.killing import kill
from trials.parent import costs
from trials.poison import poisoned
from trials.speed import speed

BUILD = Path(__file__).resolve().parent.parent / "build"  # ignored by git
INTRODUCTION = """# A batch at length

`scripts/build_trials.py {arguments}`; Python {python}, {system}, {cores} cores, {minutes:.0f} minutes.
"""
_BEGUN = time.monotonic()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mixed", type=int, default=60, help="documents of text, web page, Word and PDF")
    parser.add_argument("--text", type=int, default=250, help="documents of text")
    parser.add_argument("--part", type=float, default=0.2, help="of each that one worker builds, by itself")
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--killed", type=int, default=200, help="documents of the run that is killed")
    parser.add_argument("--folder", type=Path, default=BUILD / "trials", help="of the corpora")
    parser.add_argument("--out", type=Path, help="a Markdown file")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    parts = []
    with tempfile.TemporaryDirectory(prefix="scratch-", dir=options.folder) as name:
        for part in trials(options, Path(name)):
            print(part, flush=True)
            parts.append(part)
    if options.out:
        options.out.write_text("\n".join((introduction(options), *parts)), "utf8")


def trials(options: argparse.Namespace, scratch: Path) -> Iterator[str]:
    """The parts of the page, each as soon as it is known."""
    say("corpora")
    texts = corpus(options.folder / "text", options.text, "txt", 701, scratch)
    mixed = corpus(options.folder / "mixed", options.mixed, "mixed", 700, scratch)
    measured = []
    for which in (mixed, texts):
        say(f"speed, {which.name}")
        measured.append(speed(which, round(options.part * len(which.documents)), scratch))
    yield f"## Speed\n{telling.speed(measured)}"
    yield f"## A second run\n\n{telling.again(measured)}"
    yield f"## Memory\n\n{telling.held(measured)}"
    say("parent")
    yield f"## The parent\n\n{telling.parent(costs(2000, 20_000, scratch))}"
    say("kills")
    yield f"## Kills\n\n{telling.kills(kill(both(mixed, texts, options.killed), options.kills, scratch))}"
    say("poison")
    good = texts.documents[:200]
    yield f"## Poison\n\n{telling.poison(poisoned(good, len(good) // 10, scratch))}"
    say("end")


def both(mixed: Corpus, texts: Corpus, count: int) -> list[Path]:
    """So many documents of two corpora, half of each."""
    return [path for each in (mixed, texts) for path in each.drawn(count // 2)]


def introduction(options: argparse.Namespace) -> str:
    """What was run, and where."""
    names = ("mixed", "text", "part", "kills", "killed")
    return INTRODUCTION.format(
        arguments=" ".join(f"--{name} {getattr(options, name)}" for name in names),
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count(),
        minutes=(time.monotonic() - _BEGUN) / 60,
    )


def say(what: str) -> None:
    """Tell on stderr what is being tried, and what else the machine does."""
    minutes = (time.monotonic() - _BEGUN) / 60
    print(f"{minutes:5.1f} min, load {os.getloadavg()[0]:.1f}: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
