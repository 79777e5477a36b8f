"""The measurements as Markdown tables."""

from collections.abc import Sequence

from benchmarks.growth import Step
from benchmarks.race import Outcome
from benchmarks.starting import Result

MB = 1_000_000


def starting(results: Sequence[Result]) -> str:
    """Whole processes against what their parts cost alone."""
    rows = [
        (
            result.comparison.name,
            f"{1000 * result.seconds:.0f}",
            result.comparison.against_name,
            f"{1000 * result.against_seconds:.0f}",
            f"{result.ratio:.2f}",
            f"≤ {result.comparison.target}",
        )
        for result in results
    ]
    return _table(("command", "ms", "against", "ms", "ratio", "target"), rows)


def race(outcomes: Sequence[Outcome], documents: int) -> str:
    """Contestants over the same documents; the first is hedui, and the ratio says how many times longer it takes."""
    rows = [
        (
            outcome.contestant.name,
            f"{1000 * outcome.seconds / documents:.1f}",
            f"{outcomes[0].seconds / outcome.seconds:.2f}",
            f"{outcome.found} {outcome.contestant.finds}",
            f"{outcome.first:.2f}",
            f"{outcome.peak / MB:.0f}",
        )
        for outcome in outcomes
    ]
    head = ("contestant", "ms a document", "hedui takes ×", "finds", "first answer, s", "peak memory, MB")
    return _table(head, rows)


def growth(steps: Sequence[Step]) -> str:
    """What a document costs as they grow in number, against the first step."""
    rows = [
        (
            str(step.documents),
            f"{1000 * step.seconds:.1f}",
            f"{step.seconds / steps[0].seconds:.2f}",
            f"{step.resident / MB:.0f}",
            f"{step.peak / MB:.0f}",
            f"{step.resident / steps[0].resident:.2f}",
        )
        for step in steps
    ]
    head = ("documents", "ms a document", "time ×", "memory, MB", "peak, MB", "memory ×")
    return _table(head, rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        f"| {' | '.join(cells)} |" if cells[0] != "---" else "|---" * len(head) + "|" for cells in lines
    )
