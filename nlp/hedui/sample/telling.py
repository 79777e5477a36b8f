"""The estimates of a filled sheet, for people and for programs."""

import json
from collections.abc import Iterator
from typing import Any

from hedui.messages import Language, say
from hedui.report.wrap import columns as width
from hedui.sample.estimates import LEVEL, Estimate, Stratum, estimate
from hedui.sample.filled import Filled
from hedui.sample.sheet import FIELDS, headings


def as_text(filled: Filled, lang: Language) -> Iterator[str]:
    """The share of the whole, of each field for claims, and of each stratum."""
    judged, unsure = len(filled.judged), len(filled.rows) - len(filled.judged)
    yield say(f"sample.told_{filled.of}", lang, rows=len(filled.rows), judged=judged, unsure=unsure) + "\n\n"
    lines = [
        [say(f"sample.{name}", lang) for name in ("of_what", "whole", "judged", "right", "share", "interval")]
    ]
    lines.append(_line(say("sample.altogether", lang), filled.strata()))
    if filled.of == "claims":
        lines += [_line(headings()[name].in_language(lang), filled.strata(name)) for name in FIELDS["claims"]]
    yield from _table(lines)
    if len(filled.strata()) > 1:
        yield "\n" + say("sample.by_stratum", lang) + "\n\n"
        yield from _table([lines[0], *(_line(stratum.name, [stratum]) for stratum in filled.strata())])


def as_json(filled: Filled) -> Iterator[str]:
    """The same as one JSON object; shares from 0 to 1."""
    made: dict[str, Any] = {
        "of": filled.of,
        "sample": filled.rows[0].cells.get("sample"),
        "rows": len(filled.rows),
        "judged": len(filled.judged),
        "level": LEVEL,
        "right": _shares(filled.strata()),
        "strata": [{"stratum": s.name} | _shares([s]) for s in filled.strata()],
    }
    if filled.of == "claims":
        made["fields"] = {name: _shares(filled.strata(name)) for name in FIELDS["claims"]}
    yield json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _shares(strata: list[Stratum]) -> dict[str, Any]:
    found = estimate(strata)
    return {
        "size": sum(s.size for s in strata),
        "judged": sum(s.judged for s in strata),
        "right": sum(s.right for s in strata),
        "share": found.share,
        "low": found.low,
        "high": found.high,
    }


def _line(name: str, strata: list[Stratum]) -> list[str]:
    told = _shares(strata)
    shares = Estimate(told["share"], told["low"], told["high"])
    interval = f"{_percent(shares.low)} – {_percent(shares.high)}"
    return [name, *(str(told[key]) for key in ("size", "judged", "right")), _percent(shares.share), interval]


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _table(lines: list[list[str]]) -> Iterator[str]:
    """Columns side by side; all but the first are flush right."""
    widths = [max(width(cell) for cell in column) for column in zip(*lines, strict=True)]
    for first, *rest in lines:
        cells = [first + " " * (widths[0] - width(first))]
        cells += [" " * (wide - width(cell)) + cell for cell, wide in zip(rest, widths[1:], strict=True)]
        yield "  ".join(cells).rstrip() + "\n"
