"""Outcomes as a table of Markdown, and what differs between two runs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.figures import FIELDS
from evaluation.outcome import LEVELS, Outcome

FIGURE_COLUMNS = ("claims", "found", "exact", "others right", "extra", "unexplained", "cells", "cells right")
COLUMNS = ("document", *FIGURE_COLUMNS, *LEVELS, "false certain", "false likely", "traps", "suspects")


def percent(part: int, whole: int) -> str:
    """A share in percent, `n/a` of nothing."""
    return f"{100 * part / whole:.1f}%" if whole else "n/a"


def row(name: str, tally: Counter[str]) -> str:
    """One line of the table of documents."""
    figures = [
        str(tally["claims"]),
        percent(tally["found"], tally["claims"]),
        percent(tally["exact"], tally["claims"]),
        percent(tally["others_right"], tally["others"]),
        str(tally["extra"]),
        percent(tally["unexplained"], tally["figures"]),
        str(tally["cells"]),
        percent(tally["cells_right"], tally["cells"]),
    ]
    found = [f"{tally['got_' + level]}/{tally['want_' + level]}" for level in LEVELS]
    false = [f"{tally['false_' + level]}/{tally[level]}" for level in LEVELS[:2]]
    suspects = f"{tally['got_suspect']}/{tally['want_suspect']}"
    return f"| {name} | " + " | ".join([*figures, *found, *false, str(tally["traps"]), suspects]) + " |"


def table(results: Sequence[Outcome]) -> str:
    """All results as Markdown: documents, fields, families, documents with false alarms."""
    total = sum((result.tally for result in results), Counter[str]())
    lines = [f"| {' | '.join(COLUMNS)} |", "|" + "---|" * len(COLUMNS)]
    lines += [row(result.name, result.tally) for result in results]
    lines += [row("**all**", total), "", "| field | right |", "|---|---|"]
    lines += [f"| {name} | {percent(total['ok_' + name], total['found'])} |" for name in FIELDS]
    lines += ["", "| family | certain | likely | note | findings | false |", "|---|---|---|---|---|---|"]
    for name in sorted({label.split()[1] for label in total if " " in label}):
        found = [
            f"{total[f'got_family {name} {level}']}/{total[f'want_family {name} {level}']}"
            for level in LEVELS
        ]
        false = f"{total[f'false_family {name}']}"
        lines.append(f"| {name} | " + " | ".join([*found, str(total[f"family {name}"]), false]) + " |")
    alarmed = [result.name for result in results if result.tally["false_certain"]]
    lines += ["", f"Documents with false certain findings: {len(alarmed)} of {len(results)}", *alarmed]
    return "\n".join(lines)


def flat(results: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Every single outcome of a run under one name; the empty string stands for right."""
    out: dict[str, str] = {}
    for result in results:
        for group in ("figures", "cells", "others", "findings", "suspects"):
            out |= {
                f"{result['name']} {group} {label}": state for label, state in result.get(group, {}).items()
            }
        for group in ("extra", "false"):
            out |= {f"{result['name']} {group}: {label}": group for label in result[group]}
    return out


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What differs between two runs, example by example: better, worse, wrong in another way."""
    lists: dict[str, list[str]] = {"better": [], "worse": [], "otherwise": []}
    for label in sorted(before.keys() | after.keys()):
        old, new = before.get(label, ""), after.get(label, "")
        if old != new:
            kind = "better" if not new else "worse" if not old else "otherwise"
            lists[kind].append(f"  {label}: {old or 'right'} → {new or 'right'}")
    return "\n".join(
        line for kind, changes in lists.items() for line in [f"{kind}: {len(changes)}", *changes]
    )
