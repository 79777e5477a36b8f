"""What a generated document asserts and where it contradicts itself, in the gold format."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.page import Page
from corpus.pieces import Cell, Figure, Piece, spelled

LEFT = 24
QUOTE = 40


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction: the places of the pieces that take part, the one to quote, and why."""

    certainty: str
    family: str
    pieces: tuple[int, ...]
    place: int
    why: str
    core: bool = True


def figure_rows(pieces: list[Piece], page: Page) -> list[dict[str, Any]]:
    """The lines of NAME.figures.jsonl."""
    rows: list[dict[str, Any]] = []
    for i, (figure, start) in enumerate(zip(_figures(pieces), page.starts, strict=True)):
        row = {
            "i": i,
            "value": figure.printed.value,
            "unit": figure.printed.unit.replace("％", "%"),
            "left": re.sub(r"\s+", "", page.text[:start])[-LEFT:],
            "kind": figure.kind,
        }
        if figure.kind == "claim":
            names = ("metric", "subject", "item", "measure", "basis", "year", "versus", "direction")
            row |= {name: getattr(figure, name) for name in names}
        rows.append(row)
    return rows


def cell_rows(pieces: list[Piece]) -> list[dict[str, Any]]:
    """The lines of NAME.cells.jsonl: every printed amount of the standard tables, in reading order.

    The fields are those of the cells of real documents in tests/gold; pages are not known.
    """
    return [
        {
            "i": i,
            "page": None,
            "table": cell.title,
            "code": cell.code,
            "name": cell.name,
            "column": cell.column,
            "value": cell.printed.value,
            "unit": cell.printed.unit,
            "metric": cell.metric,
            "item": cell.item,
            "measure": "amount",
            "basis": cell.basis,
            "year": cell.year,
            "scope": cell.scope,
        }
        for i, (_, cell) in enumerate(_printed_cells(pieces))
    ]


def finding_rows(findings: Iterable[Finding], pieces: list[Piece]) -> list[dict[str, Any]]:
    """The lines of NAME.findings.jsonl; `cells` are the `i` of NAME.cells.jsonl.

    `planted` tells which figure or cell is the wrong one, as its kind and `i`; null where words are wrong.
    """
    index = {place: i for i, place in enumerate(p for p, x in enumerate(pieces) if isinstance(x, Figure))}
    cells = {place: i for i, (place, _) in enumerate(_printed_cells(pieces))}
    return [
        {
            "id": f"F{number}",
            "certainty": f.certainty,
            "family": f.family,
            "figures": sorted(index[p] for p in f.pieces if p in index),
            "cells": sorted(cells[p] for p in f.pieces if p in cells),
            "planted": _planted(pieces[f.place], index.get(f.place), cells.get(f.place)),
            "quote": quote(pieces, f.place),
            "why": f.why,
            "reach": "core" if f.core else "deep",
        }
        for number, f in enumerate(findings, 1)
    ]


def quote(pieces: list[Piece], place: int) -> str:
    """At most 40 characters around a piece, within its line."""
    words = [spelled(piece) for piece in pieces]
    here = words[place].strip("\n")
    before = "".join(words[max(0, place - 12) : place]).rpartition("\n")[2]
    after = "".join(words[place + 1 : place + 8]).partition("\n")[0]
    return (before[-max(0, 28 - len(here)) :] + here + after)[:QUOTE]


def write(folder: Path, name: str, rows: dict[str, list[dict[str, Any]]]) -> None:
    """NAME.KIND.jsonl for each kind of rows."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, lines in rows.items():
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / f"{name}.{kind}.jsonl").write_text(text, "utf8")


def _planted(piece: Piece, figure: int | None, cell: int | None) -> tuple[str, int] | None:
    """The figure or cell whose number is not what its true value rounds to."""
    if not isinstance(piece, Figure | Cell) or piece.truth is None:
        return None
    low, high = piece.printed.interval
    if low <= piece.truth <= high:
        return None
    return ("figure", figure) if figure is not None else ("cell", cell) if cell is not None else None


def _printed_cells(pieces: list[Piece]) -> list[tuple[int, Cell]]:
    return [(p, x) for p, x in enumerate(pieces) if isinstance(x, Cell) and x.printed.value]


def _figures(pieces: list[Piece]) -> list[Figure]:
    return [piece for piece in pieces if isinstance(piece, Figure)]
