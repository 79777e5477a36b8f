"""Check thousands of damaged files: each has to be read or refused, in time and within its memory.

python scripts/fuzz.py --inputs 20000 --jobs 2                 a Markdown table of how they ended, by format
python scripts/fuzz.py --inputs 20000 --keep FOLDER            what ended badly is written there, to become a test
python scripts/fuzz.py --real ../shared/corpus                 real files as seeds besides the generated ones
python scripts/fuzz.py --only 525                              one input again, in this process

Seeds are generated disclosures in every format that is read, archives and crawls of them, and the broken files of
scripts/broken; each input is a seed with mutations (scripts/fuzzing). The same --seed makes the same inputs. Seconds
are those of the processor, so that other work on the machine does not count; an input beyond the limits is tried
again alone. Ctrl-C ends with the table of what was tried until then. Exit code 1 where one ended badly: with an error
that is no refusal, later than --seconds, or in more memory than --megabytes; and where not all were tried.
"""

import argparse
import os
import random
import signal
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

import hedui
from fuzzing.mutations import mutated
from fuzzing.seeds import drawn, keep, seeds
from fuzzing.trial import check
from hedui.corpus.memory import forget_peak, peak
from hedui.reading import ocr

AT_ONCE = 200
"""Inputs that are handed to the workers together."""
PATIENCE = 30
"""Times the seconds of the processor that an input may take by the clock, before its worker is ended."""


@dataclass(frozen=True, slots=True)
class End:
    """How an input ended: `read`, `refused`, `late`, or what went wrong; its seconds and its peak of memory."""

    how: str
    seconds: float = 0.0
    megabytes: int = 0
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an input may take."""

    seconds: float
    megabytes: int

    def well(self, end: End) -> bool:
        """Whether an input was read or refused within them."""
        return end.how in ("read", "refused") and self.within(end)

    def within(self, end: End) -> bool:
        """Whether it kept to them, however it ended."""
        return end.how != "late" and end.seconds <= self.seconds and end.megabytes <= self.megabytes


def damaged(number: int, seed: int, real: Path | None) -> tuple[str, bytes]:
    """The input of a number: its kind and its bytes."""
    rng = random.Random(f"{seed}/{number}")
    kind, data = drawn(seed, real, rng)
    return kind, mutated(data, kind, rng)


def kind_of(number: int, seed: int, real: Path | None) -> str:
    """The kind of an input, which is not made for that: making it may be what took so long."""
    return drawn(seed, real, random.Random(f"{seed}/{number}"))[0]


def tried(number: int, seed: int, real: Path | None) -> tuple[str, End]:
    """Check an input in this process."""
    kind, data = damaged(number, seed, real)
    forget_peak()
    begun, trace = time.process_time(), ""
    try:
        how = "read" if check(data) else "refused"
    except Exception as error:
        how, trace = type(error).__name__, traceback.format_exc()
    return kind, End(how, time.process_time() - begun, peak() // 2**20, trace)


def ends(
    numbers: Iterable[int], seed: int, jobs: int, limits: Limits, real: Path | None
) -> Iterator[tuple[int, str, End]]:
    """Each input in a worker process, with its number, its kind and how it ended; a dead worker is replaced."""
    work = partial(tried, seed=seed, real=real)
    with ProcessPool(max_workers=jobs, max_tasks=500) as pool:
        left = iter(numbers)
        while batch := list(islice(left, AT_ONCE)):
            results = pool.map(work, batch, timeout=PATIENCE * limits.seconds).result()
            for number in batch:
                try:
                    yield number, *next(results)
                except TooLate:
                    yield number, kind_of(number, seed, real), End("late", PATIENCE * limits.seconds)
                except ProcessExpired as error:
                    yield number, kind_of(number, seed, real), End(f"died ({error.exitcode})")


def table(found: dict[str, list[End]], limits: Limits) -> Iterator[str]:
    """The ends by kind as Markdown."""
    yield "| format | inputs | read | refused | crashes | beyond limits | mean s | slowest s | peak MB |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    everything = [end for group in found.values() for end in group]
    for name, group in [*sorted(found.items()), ("all", everything)]:
        hows = [end.how for end in group]
        crashes = sum(how not in ("read", "refused", "late") for how in hows)
        beyond = sum(not limits.within(end) for end in group)
        counts = (len(group), hows.count("read"), hows.count("refused"), crashes, beyond)
        slowest, most = max(end.seconds for end in group), max(end.megabytes for end in group)
        mean = sum(end.seconds for end in group) / len(group)
        yield f"| {name} | {' | '.join(map(str, counts))} | {mean:.2f} | {slowest:.1f} | {most} |"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=1000)
    parser.add_argument(
        "--first", type=int, default=0, help="the number of the first input, to go on from there"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=10, help="most for one input (default 10)")
    parser.add_argument("--megabytes", type=int, default=1000, help="most memory of a worker (default 1000)")
    parser.add_argument("--keep", type=Path, help="folder for inputs that ended badly")
    parser.add_argument("--office", action="store_true", help="with LibreOffice, which takes seconds a file")
    parser.add_argument(
        "--pages", type=int, default=1, help="most to be recognised, each takes seconds (default 1)"
    )
    parser.add_argument("--real", type=Path, help="folder of real files to mutate as well")
    parser.add_argument("--only", type=int, help="the number of the one input to try")
    options = parser.parse_args()
    if not options.office:
        os.environ["PATH"] = ""
    ocr.MAX_PICTURES = options.pages
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background ignores it
    limits, seed, real = Limits(options.seconds, options.megabytes), options.seed, options.real
    with ProcessPool(max_workers=1) as pool:  # making them takes memory that is not the program's
        keep(seed, real, pool.schedule(seeds, args=(seed, real)).result())
    # What every check loads is loaded once, and inherited by the workers.
    hedui.check(text="某某局2024年度部门决算\n\n一、支出情况\n\n2024年度支出合计1.00万元。\n")
    if options.only is not None:
        kind, end = tried(options.only, seed, real)
        ended = [(options.only, kind, end)]
    else:
        ended = list(
            _ended(range(options.first, options.first + options.inputs), seed, options.jobs, limits, real)
        )
    found: dict[str, list[End]] = defaultdict(list)
    for number, kind, end in ended:
        found[kind].append(end)
        if not limits.well(end):
            told = f"{end.how}, {end.seconds:.1f} s, {end.megabytes} MB"
            print(f"{number}{kind}: {told}\n{end.trace}", file=sys.stderr)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                path = options.keep / f"{seed}-{number}{kind}"
                path.write_bytes(damaged(number, seed, real)[1])
    print(*table(found, limits), sep="\n")
    whole = options.only is not None or len(ended) == options.inputs
    return int(not whole or not all(limits.well(end) for _, _, end in ended))


def _ended(
    numbers: range, seed: int, jobs: int, limits: Limits, real: Path | None
) -> Iterator[tuple[int, str, End]]:
    """How each input ended, those beyond the limits tried again alone; on Ctrl-C how those ended that were tried."""
    beyond: dict[int, tuple[int, str, End]] = {}
    with suppress(KeyboardInterrupt):
        for number, kind, end in ends(numbers, seed, jobs, limits, real):
            if (number + 1) % AT_ONCE == 0:
                print(f"{number + 1} of {numbers.stop}", file=sys.stderr, flush=True)
            if limits.well(end) or end.trace:
                yield number, kind, end
            else:
                print(f"{number}{kind}: {end}", file=sys.stderr, flush=True)
                beyond[number] = number, kind, end
        print(f"{len(beyond)} were beyond the limits and are tried again alone", file=sys.stderr, flush=True)
        for again in ends(list(beyond), seed, 1, limits, real):
            del beyond[again[0]]
            yield again
    yield from beyond.values()  # Ctrl-C came before they were tried again: as they ended the first time


if __name__ == "__main__":
    sys.exit(main())
