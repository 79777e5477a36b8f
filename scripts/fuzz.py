"""Check thousands of damaged files: each has to be read or refused, in time and within its memory.

python scripts/fuzz.py --inputs 20000 --jobs 2                 a Markdown table of how they ended, by format
python scripts/fuzz.py --inputs 20000 --keep FOLDER            what ended badly is written there, to become a test
python scripts/fuzz.py --real ../shared/corpus                 real files as seeds besides the generated ones

Seeds are generated disclosures as text, web page, Word, workbook and PDF, and the broken files of scripts/broken; each
input is a seed with mutations (scripts/fuzzing). The same --seed makes the same inputs. Exit code 1 where one ended
badly: with an error that is no refusal, later than --seconds, or in more memory than --megabytes.
"""

import argparse
import io
import os
import random
import resource
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from pathlib import Path

import openpyxl
from pebble import ProcessExpired, ProcessPool

import hedui
from broken import cases
from corpus.formats.blocks import blocks
from corpus.formats.files import FORMATS, encoded
from corpus.generate import generate
from fuzzing.mutations import mutated

PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")
"""Recognising characters takes seconds; test_reading_ocr has broken pictures."""
AT_ONCE = 200
"""Inputs that are handed to the workers together."""


@dataclass(frozen=True, slots=True)
class End:
    """How an input ended: `read`, `refused`, or what went wrong; its seconds, and the peak of its worker so far."""

    how: str
    seconds: float
    megabytes: int
    trace: str = ""

    @property
    def well(self) -> bool:
        """Whether it was read or refused."""
        return self.how in ("read", "refused")


@cache
def seeds(seed: int, real: Path | None) -> dict[str, list[bytes]]:
    """Files to mutate, by their endings."""
    found: dict[str, list[bytes]] = defaultdict(list)
    for made in generate(10, seed, errors=2):
        text, body, year = made.page.text, made.accounts.body.name, made.accounts.year
        rng = random.Random(text)
        for form in FORMATS:
            found[f".{form}"].append(encoded(text, form, body, year, rng))
        found[".xlsx"].append(_workbook(text))
    for case in cases():
        kind = Path(case.name).suffix
        if kind not in PICTURES:
            found[kind].append(case.data())
    for path in sorted(real.iterdir()) if real else ():
        if path.suffix in (".txt", ".pdf"):
            found[path.suffix].append(path.read_bytes())
    return found


def _workbook(text: str) -> bytes:
    book = openpyxl.Workbook()
    for part in blocks(text):
        for row in [[part]] if isinstance(part, str) else part:
            book.active.append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def damaged(number: int, seed: int, real: Path | None) -> tuple[str, bytes]:
    """The input of a number: its ending and its bytes."""
    rng = random.Random(f"{seed}/{number}")
    kind = rng.choice(sorted(seeds(seed, real)))
    return kind, mutated(rng.choice(seeds(seed, real)[kind]), kind, rng)


def tried(number: int, seed: int, real: Path | None) -> tuple[str, End]:
    """Check an input in this process."""
    kind, data = damaged(number, seed, real)
    begun, how, trace = time.perf_counter(), "read", ""
    try:
        hedui.check(data)
    except hedui.UnreadableInput as error:
        how = "refused" if all(error.say(lang) for lang in ("zh", "en")) else "refused without words"
    except Exception as error:
        how, trace = type(error).__name__, traceback.format_exc()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return kind, End(how, time.perf_counter() - begun, peak, trace)


def ends(
    inputs: int, seed: int, jobs: int, seconds: float, real: Path | None
) -> Iterator[tuple[int, str, End]]:
    """Each input in a worker process, with its number, its ending and how it ended; a dead worker is replaced."""
    work = partial(tried, seed=seed, real=real)
    seeds(seed, real)  # made once, and inherited by the workers
    with ProcessPool(max_workers=jobs, max_tasks=500) as pool:
        numbers = iter(range(inputs))
        while batch := list(islice(numbers, AT_ONCE)):
            results = pool.map(work, batch, timeout=seconds).result()
            for number in batch:
                try:
                    yield number, *next(results)
                except TooLate:
                    yield number, damaged(number, seed, real)[0], End("too late", seconds, 0)
                except ProcessExpired as error:
                    yield number, damaged(number, seed, real)[0], End(f"died ({error.exitcode})", 0, 0)


def table(found: dict[str, list[End]]) -> Iterator[str]:
    """The ends by format as Markdown."""
    yield "| format | inputs | read | refused | badly | slowest s | peak MB of a worker |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    everything = [end for group in found.values() for end in group]
    for name, group in [*sorted(found.items()), ("all", everything)]:
        hows = Counter(end.how for end in group)
        badly = sum(not end.well for end in group)
        slowest, peak = max(end.seconds for end in group), max(end.megabytes for end in group)
        yield f"| {name} | {len(group)} | {hows['read']} | {hows['refused']} | {badly} | {slowest:.1f} | {peak} |"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=10, help="most for one input (default 10)")
    parser.add_argument("--megabytes", type=int, default=1000, help="most memory of a worker (default 1000)")
    parser.add_argument("--keep", type=Path, help="folder for inputs that ended badly")
    parser.add_argument("--office", action="store_true", help="with LibreOffice, which takes seconds a file")
    parser.add_argument("--real", type=Path, help="folder of real files to mutate as well")
    options = parser.parse_args()
    if not options.office:
        os.environ["PATH"] = ""
    found: dict[str, list[End]] = defaultdict(list)
    for number, kind, end in ends(options.inputs, options.seed, options.jobs, options.seconds, options.real):
        found[kind].append(end)
        if not end.well:
            print(f"{number}{kind}: {end.how}\n{end.trace}", file=sys.stderr, flush=True)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                path = options.keep / f"{options.seed}-{number}{kind}"
                path.write_bytes(damaged(number, options.seed, options.real)[1])
    print(*table(found), sep="\n")
    everything = [end for group in found.values() for end in group]
    large = max(end.megabytes for end in everything) > options.megabytes
    return int(large or not all(end.well for end in everything))


if __name__ == "__main__":
    sys.exit(main())
