"""The tables of made documents: true to the cent, read by hedui cell by cell, contradictory only where told; and
the years of one body, which agree from document to document."""

import random
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import hedui
from corpus.across import disagreement
from corpus.errors import plant
from corpus.generate import Made, generate, save
from corpus.misnaming import old_name, wrong_code, wrong_group
from corpus.pieces import Cell, Cue, Figure
from corpus.relations import audit
from corpus.slips import Edit, Scene, Slip
from corpus.tables import TABLES
from corpus.truth import cell_rows
from corpus.wording import layouts, load
from modules import load as script

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"


@pytest.fixture(scope="module")
def made() -> list[Made]:
    return list(generate(2 * len(layouts()), seed=21))


@pytest.fixture(scope="module")
def series() -> list[list[Made]]:
    every = list(generate(24, seed=22, years=3))
    return [every[i : i + 3] for i in range(0, 24, 3)]


def cells(document: Made) -> list[Cell]:
    return [piece for piece in document.pieces if isinstance(piece, Cell)]


def scene(document: Made, seed: int = 0) -> Scene:
    return Scene(document.pieces, document.accounts, document.habits, random.Random(seed))


def test_layouts_print_none_some_or_all_tables(made: list[Made]) -> None:
    counts = {len({cell.title for cell in cells(document)}) for document in made}
    assert {0, 2, len(TABLES)} <= counts


def test_cells_hold_the_truth(made: list[Made]) -> None:
    for cell in (cell for document in made for cell in cells(document)):
        low, high = cell.printed.interval if cell.printed.value else (0, 0)
        assert low <= cell.truth <= high, cell


def test_identities_of_tables_hold_to_the_cent(made: list[Made]) -> None:
    for document in made:
        values = document.accounts.values
        for identity in document.accounts.table_identities:
            assert values[identity.total] == sum(values[part] for part in identity.parts), identity


def test_every_table_has_its_usual_heads_and_says_when_it_is_empty(made: list[Made]) -> None:
    texts = [
        document.page.text for document in made if len({c.title for c in cells(document)}) == len(TABLES)
    ]
    for text in texts:
        for kind in TABLES:
            assert any(f"\n{title}\n" in text for title in load("tables")[kind]["titles"]), kind
    assert any("故本表无数据" in text for text in texts)


def test_the_truth_counts_printed_cells(made: list[Made]) -> None:
    for document in made:
        rows = cell_rows(document.pieces)
        assert [row["i"] for row in rows] == list(range(len(rows)))
        assert [row["value"] for row in rows] == [c.printed.value for c in cells(document) if c.printed.value]


def test_hedui_reads_every_cell_and_finds_nothing_wrong(made: list[Made], tmp_path: Path) -> None:
    evaluate = script(SCRIPTS / "evaluate.py", "evaluate")
    total: Counter[str] = Counter()
    for document in made[: len(layouts())]:
        save(document, tmp_path)
        report = hedui.check(tmp_path / f"{document.name}.txt")
        assert not report.findings, document.name
        total += evaluate.judge(report.to_dict(), document.name, tmp_path / "gold").tally
    assert total["cells"] > 1000
    assert total["cells_right"] == total["cells"]


def test_cells_are_brought_together_by_value_and_compared_by_field() -> None:
    evaluate = script(SCRIPTS / "evaluate.py", "evaluate")
    words = {
        "page": None,
        "table": "支出决算表",
        "code": "",
        "item": None,
        "name": "合计",
        "column": "基本支出",
    }
    meant = {
        "metric": "basic_expenditure",
        "scope": None,
        "basis": "final",
        "measure": "amount",
        "year": 2023,
    }
    gold = [
        {"i": i, "value": v, "unit": "万元", **words, **meant} for i, v in enumerate(("5.00", "6.00", "7.00"))
    ]
    gold.append(gold[2] | {"i": 3, "metric": ""})
    claim = {"page": 4, "section": ("支出决算表",), "item": None, "subject": "合计", "unit": "万元", **meant}
    out = evaluate.Outcome("name")
    claims = [claim | {"value": "5.00"}, claim | {"value": "6.00", "basis": "budget"}]
    pairs = evaluate.judge_cells(out, gold, claims)
    assert pairs == {0: claims[0], 1: claims[1]}
    assert list(out.cells.values()) == ["", "basis", "missing"]
    assert (out.tally["cells"], out.tally["cells_right"]) == (3, 1)


def test_errors_planted_in_tables_are_contradictions() -> None:
    found = 0
    for document in generate(3 * len(layouts()), seed=23, errors=4):
        for finding in document.findings:
            if finding.family == "table" and finding.core:
                found += 1
                assert any(isinstance(document.pieces[p], Cell) for p in finding.pieces)
                around = audit(document.pieces, document.accounts, document.habits, finding.place)
                assert "table" in {contradiction.family for contradiction in around}
    assert found > 2


def edits(documents: list[Made], slip: Slip) -> list[tuple[Made, Edit]]:
    """What a slip makes of the documents, each tried a few times."""
    tried = ((document, slip(scene(document, seed))) for document in documents for seed in range(12))
    return [(document, edit) for document, edit in tried if edit]


@pytest.mark.parametrize("slip", [old_name, wrong_group, wrong_code])
def test_misnaming_changes_one_name_and_what_bears_it(made: list[Made], slip: Slip) -> None:
    found = edits(made, slip)
    assert found
    for document, edit in found:
        first, *others = edit
        before, after = document.pieces[first], edit[first]
        assert isinstance(before, Cue)
        assert isinstance(after, Cue)
        assert before.text != after.text
        assert before.quantity == after.quantity
        for place in others:
            piece, own = edit[place], document.pieces[place]
            assert isinstance(piece, Figure | Cell)
            assert isinstance(own, Figure | Cell)
            assert piece.printed == own.printed


def test_years_of_one_body_agree_across_documents(series: list[list[Made]]) -> None:
    compared = 0
    for documents in series:
        for last, now in pairwise(documents):
            assert now.accounts.year == last.accounts.year + 1
            for quantity in now.accounts.quantities:
                told = [x for x in now.pieces if isinstance(x, Figure) and x.quantity == quantity]
                compared += any(var[1] == "prior" for x in told for var, _ in x.form)
                assert disagreement(now.pieces, last.pieces, quantity, now.habits) != "certain", quantity
    assert compared > 100


def test_last_years_document_contradicts_only_a_planted_base(series: list[list[Made]]) -> None:
    found = 0
    for documents in series:
        for last, now in pairwise(documents):
            wanted = Scene(now.pieces, now.accounts, now.habits, random.Random(now.name), last.pieces)
            pieces, findings = plant(wanted, 12)
            for finding in findings:
                if finding.family == "cross":
                    found += 1
                    figure = pieces[finding.place]
                    assert isinstance(figure, Figure)
                    told = disagreement(pieces, last.pieces, figure.quantity, now.habits)
                    assert finding.certainty in (told, "note")  # where words tell of a restatement
    assert found > 3
    alone = replace(scene(series[0][1]), before=None)
    assert all(finding.family != "cross" for finding in plant(alone, 10)[1])
