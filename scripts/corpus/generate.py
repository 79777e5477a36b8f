"""A whole corpus: bodies, their years, their documents, and the truth about each."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.accounts import Accounts
from corpus.across import leaks
from corpus.errors import SLIPS, plant
from corpus.fiscal_model import draw_body, draw_years
from corpus.formats.files import FORMATS, encoded
from corpus.page import Layout, Page, compose, draw_layout
from corpus.pieces import Piece
from corpus.printing import Habits, draw_habits
from corpus.renderer import Renderer
from corpus.series import Relatives, of_budget, of_unit, whole_base
from corpus.sheets import draw_look
from corpus.slips import Scene
from corpus.truth import Finding, cell_rows, figure_rows, finding_rows, write
from corpus.wording import Style, layouts

YEARS = range(2020, 2025)


@dataclass(frozen=True, slots=True)
class Made:
    """One generated document."""

    name: str
    accounts: Accounts
    habits: Habits
    pieces: list[Piece]
    page: Page
    findings: list[Finding]


def generate(
    documents: int,
    seed: int,
    years: int = 1,
    errors: float = 0,
    related: bool = False,
    families: Sequence[str] = tuple(SLIPS),
) -> Iterator[Made]:
    """So many documents, in series of `years` of one body each; `errors` is the mean number planted in each.

    With `related` a body publishes more than its final accounts (budgets, its own unit's account, a disclosure once
    more): those come besides. Deterministic for a seed; a document depends on nothing but the seed, its place and these
    arguments.
    """
    names: set[str] = set()
    templates = layouts()
    made = 0
    while made < documents:
        rng = random.Random(f"{seed}/{made}")
        layout = templates[(made // years) % len(templates)]
        body = draw_body(rng, layout["province"], names)
        names.add(body.name)
        length = min(years, documents - made)
        habits, page_layout = draw_habits(rng, layout.get("unit")), draw_layout(rng)
        look = draw_look(rng, habits)
        style = Style(random.Random(rng.random()))
        others = None
        if related:
            others = Relatives.draw(random.Random(f"{seed}/{made}/related"), habits, look, bool(errors))
            body = replace(body, units=body.units[: others.rng.choice([1, 9])])
        before: list[Piece] | None = None
        own: tuple[int, list[Piece]] = (0, [])
        for accounts in draw_years(rng, body, rng.choice(YEARS[: len(YEARS) - length + 1]), length):
            rebased = others is not None and before is not None and others.restate(accounts)
            pieces = Renderer(accounts, habits, look, style, rng).document(layout)
            findings: list[Finding] = []
            if errors:
                scene = Scene(pieces, accounts, habits, rng, None if rebased else before)
                pieces, findings = plant(scene, int(errors) + (rng.random() < errors % 1), families)
                if before and not rebased:
                    findings += leaks(pieces, before, habits, findings)
            if rebased:
                findings.append(whole_base(pieces))
            before = pieces
            name = f"{made:04d}-{layout['province']}-{accounts.year}"

            def published(
                tag: str, of: Accounts, what: list[Piece], truth: list[Finding], on: Layout
            ) -> Made:
                return Made(f"{name}{tag}", of, habits, what, compose(what, habits, on), truth)  # noqa: B023

            if others and (budget := others.budget(accounts)):
                yield published("-a-budget", accounts, budget.pieces, [], Layout())
                findings += of_budget(pieces, budget, habits)
            yield published("", accounts, pieces, findings, page_layout)
            if others and (unit := others.unit(accounts, layout)):
                truth = list(of_unit(unit, pieces, habits))
                if own[0] == accounts.year - 1:
                    truth += [whole_base(unit.pieces)] if rebased else leaks(unit.pieces, own[1], habits)
                own = accounts.year, unit.pieces
                yield published("-unit", unit.accounts, unit.pieces, truth, page_layout)
            if others and others.again():
                alone = [f for f in findings if f.family != "cross"]
                yield published("_again", accounts, pieces, alone, Layout())
            made += 1


def save(made: Made, out: Path, form: str = "txt", scan: bool = False) -> None:
    """Writes NAME.FORM and its truth below gold/; `mixed` draws one of the formats for the document.

    With `scan` a PDF holds pictures of its pages instead of text.

    A text breaks its lines as its layout says; in the other formats paragraphs are whole.
    """
    rng = random.Random(made.page.text)
    if form == "mixed":
        form = rng.choice(FORMATS)
    page = made.page if form == "txt" else compose(made.pieces, made.habits, Layout())
    data = encoded(page.text, form, made.accounts.body.name, made.accounts.year, rng)
    if scan and form == "pdf":
        from corpus.formats.scan import scanned

        data = scanned(data, rng)
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{made.name}.{form}").write_bytes(data)
    rows = {
        "figures": figure_rows(made.pieces, page),
        "cells": cell_rows(made.pieces),
        "findings": finding_rows(made.findings, made.pieces),
    }
    write(out / "gold", made.name, rows)
