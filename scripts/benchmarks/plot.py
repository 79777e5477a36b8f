"""The measurements as one picture. Needs matplotlib, of the `bench` extra."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.growth import Step
from benchmarks.race import Outcome
from benchmarks.starting import Result

OURS, OTHERS = "#b3261e", "#8aa0b4"
MB = 1_000_000


def draw(
    path: Path,
    started: Sequence[Result],
    races: Sequence[tuple[str, Sequence[Outcome], int]],
    steps: Sequence[Step],
) -> None:
    """Write the picture; a race is its title, the outcomes and the number of documents. Needs no display."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    rows = bool(started) + len(races) + bool(steps)
    figure, axes = pyplot.subplots(rows, 2, figsize=(13, 3.6 * rows), squeeze=False)
    free = [axis for row in axes for axis in row]
    if started:
        _starting(free.pop(0), started)
        free.pop(0).set_axis_off()  # from here on two panels belong together
    for title, outcomes, documents in races:
        names = [outcome.contestant.name for outcome in outcomes]
        milliseconds = [1000 * outcome.seconds / documents for outcome in outcomes]
        _bars(free.pop(0), f"{title}: ms a document (log scale)", names, milliseconds, log=True)
        peaks = [outcome.peak / MB for outcome in outcomes]
        _bars(free.pop(0), f"{title}: peak memory of the process, MB", names, peaks)
    if steps:
        counts = [step.documents for step in steps]
        _line(free.pop(0), "Growth: ms a document", counts, [1000 * step.seconds for step in steps])
        _line(free.pop(0), "Growth: memory held, MB", counts, [step.resident / MB for step in steps])
    figure.tight_layout(h_pad=2.0, w_pad=2.0)
    figure.savefig(path, dpi=110)
    pyplot.close(figure)


def _starting(axis: Any, results: Sequence[Result]) -> None:
    names = [f"{result.comparison.name}\n÷ {result.comparison.against_name}" for result in results]
    _bars(
        axis,
        "Whole processes: ratio (line: target)",
        names,
        [result.ratio for result in results],
        inside=True,
    )
    targets = [result.comparison.target for result in results]
    axis.set_xlim(0, 1.3 * max(*targets, *(result.ratio for result in results)))
    for place, target in enumerate(targets):
        axis.plot([target, target], [place - 0.45, place + 0.45], color="black", linewidth=2)


def _bars(
    axis: Any,
    title: str,
    names: Sequence[str],
    values: Sequence[float],
    log: bool = False,
    inside: bool = False,
) -> None:
    """Horizontal bars, the first on top; hedui's in a colour of their own."""
    colours = [OURS if name.startswith("hedui") else OTHERS for name in names]
    drawn = axis.barh(range(len(names)), values, color=colours, log=log)
    labels = [f"{value:.0f}" if value >= 10 else f"{value:.2f}" for value in values]
    if inside:
        axis.bar_label(drawn, labels, label_type="center", color="white")
    else:
        axis.bar_label(drawn, labels, padding=3)
    axis.set_yticks(range(len(names)), names)
    axis.invert_yaxis()
    if log:
        axis.set_xlim(min(values) / 4, 4 * max(values))
    else:
        axis.set_xlim(0, 1.3 * max(values))
    axis.set_title(title, loc="left", fontsize=11)
    axis.spines[["top", "right"]].set_visible(False)


def _line(axis: Any, title: str, counts: Sequence[int], values: Sequence[float]) -> None:
    """A value over the number of documents, from zero, so that flat looks flat."""
    axis.plot(counts, values, marker="o", color=OURS)
    for count, value in zip(counts, values, strict=True):
        axis.annotate(f"{value:.0f}", (count, value), textcoords="offset points", xytext=(0, 8), ha="center")
    axis.set_xscale("log")
    axis.set_ylim(0, 1.35 * max(values))
    axis.set_xlabel("documents checked in one process (log scale)")
    axis.set_title(title, loc="left", fontsize=11)
    axis.spines[["top", "right"]].set_visible(False)
