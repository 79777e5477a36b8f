"""What the trials found, as Markdown."""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from hedui.corpus.pool import MAX_TASKS
from trials.killing import Killed
from trials.parent import Costs
from trials.poison import Poisoned
from trials.speed import PARTS, Built, Speed, memory

SPEED = f"""
Two workers build the whole corpus in one run; one worker builds a part of it that is drawn by chance, in several runs,
half of them before and half of them after. What both have read is the same in the database, row by row.

*a second*: documents on the wall, from the first one done to the last; in brackets the median of {PARTS} parts of the
time, and the least and the most. *undisturbed*: without the time in which workers were ready and did not get a
processor (the kernel counts it for each process). *parent*: the part of the time in which the parent was busy, its
start included. *others*: the part of all processors that other programs had meanwhile. *load*: the average of the last
minute before and after.
"""


def speed(measured: Sequence[Speed]) -> str:
    """Rates by number of workers, and how one compares with the other."""
    head = (
        "corpus",
        "jobs",
        "documents",
        "minutes",
        "a second",
        "undisturbed",
        "ms of processor each",
        "parent",
    )
    rows = [_built(speed.name, built) for speed in measured for built in (speed.one, speed.two)]
    gains = [
        f"- {speed.name}: two workers are {speed.two.whole.wall / speed.one.whole.wall:.2f} times as fast as one on "
        f"the wall, {speed.two.whole.undisturbed / speed.one.whole.undisturbed:.2f} times undisturbed."
        for speed in measured
    ]
    return "\n".join((SPEED, table((*head, "others", "load"), rows), *gains, ""))


def _built(name: str, built: Built) -> tuple[object, ...]:
    walls, owns = ([getattr(part, kind) for part in built.parts] for kind in ("wall", "undisturbed"))
    loads = ", ".join(f"{before:.1f}–{after:.1f}" for before, after in (run.load for run in built.runs))
    return (
        *(name, built.jobs, built.documents, f"{sum(run.seconds for run in built.runs) / 60:.1f}"),
        f"{built.whole.wall:.2f} ({_spread(walls)})",
        f"{built.whole.undisturbed:.2f} ({_spread(owns)})",
        *(f"{1000 * built.each:.0f}", f"{100 * built.parent:.1f} %", f"{100 * built.others:.0f} %", loads),
    )


def _spread(values: Sequence[float]) -> str:
    return f"{median(values):.2f}; {min(values):.2f}–{max(values):.2f}"


def again(measured: Sequence[Speed]) -> str:
    """What a second run over an unchanged corpus takes."""
    rows = []
    for speed in measured:
        first, second = speed.two.runs[0], speed.again
        busy = (first.main.busy, second.busy)
        rows.append(
            (
                *(speed.name, speed.two.documents, f"{first.seconds:.1f}", f"{second.seconds:.2f}"),
                *(f"{first.seconds / second.seconds:.0f}", f"{first.busy / second.busy:.0f}"),
                *(f"{busy[0]:.2f}", f"{busy[1]:.2f}"),
            )
        )
    head = ("corpus", "documents", "first, s", "second, s", "× on the wall", "× by time of the processor")
    return table((*head, "parent in the first, s", "in the second, s"), rows)


def held(measured: Sequence[Speed]) -> str:
    """Megabytes of workers and of the parent over the run by two workers."""
    rows = []
    for speed in measured:
        (run,) = speed.two.runs
        for name, processes in ((f"{len(run.workers)} workers", run.workers), ("parent", [run.main])):
            found = memory(processes, speed.two.documents)
            quarters = (f"{middle:.0f} ({most:.0f})" for middle, most in found.quarters)
            rows.append((speed.name, name, *quarters, f"{found.slope:+.2f}", f"{found.own:+.2f}"))
    head = ("corpus", "processes", "1st quarter, MB: median (most)", "2nd", "3rd", "4th")
    told = table((*head, "MB per 1,000 documents", "of each by itself"), rows)
    return f"A worker is replaced by a fresh one after {MAX_TASKS} documents.\n\n{told}"


def parent(found: Costs) -> str:
    """What a document costs it."""
    return (
        f"Of {found.documents} documents each costs the parent {found.to_hand_out:.2f} ms of the processor to be "
        f"handed to a worker and noted when done, and {found.to_know:.2f} ms to be read, hashed and found unchanged. "
        "Its start weighs on small corpora alone.\n"
    )


def poison(found: Poisoned) -> str:
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


def kills(found: Killed) -> str:
    """How far each run came, and whether the end is right."""
    return (
        f"A run over {found.documents} documents of all formats was killed {len(found.progress)} times, by turns the "
        "parent alone and all processes; `PRAGMA integrity_check` and the foreign keys were right each time. Documents "
        f"in the database after each: {', '.join(map(str, found.progress))}. At the end it "
        f"{'holds the same rows as' if found.same else 'DIFFERS FROM'} that of an undisturbed run.\n"
    )


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines) + "\n"
