"""`hedui sample`: the same seed draws the same rows, sheets are read back, intervals hold what they promise."""

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from hedui.cli import cli
from hedui.model import Report
from hedui.sample.drawing import TooSmall, allocate, draw
from hedui.sample.estimates import Estimate, Stratum, estimate
from hedui.store import Store
from hedui.store.opening import existing

Run = Callable[..., Result]
Rows = list[dict[str, str]]


@pytest.fixture
def run() -> Run:
    return lambda *words: CliRunner().invoke(cli, ["sample", *map(str, words), "--lang", "en"])


def fill(path: Path, report: Report, order: list[int]) -> None:
    """A database of findings of three rules: many, few, one in each document."""
    with Store(path) as store:
        for number in order:
            rule = "CHG001" if number % 10 else "SUM001" if number else "REP001"
            finding = replace(report.findings[0], rule=rule, quote=f"=1+1 {report.findings[0].quote}")
            document = replace(report.document, id=f"d{number}", source=f"{number}.txt")
            store.add(replace(report, document=document, findings=(finding,)))


@pytest.fixture
def db(tmp_path: Path, report: Report) -> Path:
    fill(tmp_path / "claims.db", report, list(range(30)))
    return tmp_path / "claims.db"


def rows_of(path: Path) -> Rows:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def write(path: Path, rows: Rows, encoding: str = "utf-8-sig") -> None:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(buffer.getvalue().encode(encoding))


def test_a_sample_is_reproducible(tmp_path: Path, report: Report, db: Path) -> None:
    fill(tmp_path / "again.db", report, list(range(30))[::-1])
    drawn = []
    for path in (db, tmp_path / "again.db"):
        with closing(existing(path)) as connection:
            drawn.append(draw(connection, "findings", 12, ["rule"], seed=7))
            assert draw(connection, "findings", 12, ["rule"], seed=8) != drawn[-1]
    assert drawn[0] == drawn[1]
    assert Counter(row.stratum for row in drawn[0]) == {"CHG001": 9, "SUM001": 2, "REP001": 1}
    assert {row.stratum: row.stratum_size for row in drawn[0]} == {"CHG001": 27, "SUM001": 2, "REP001": 1}


def test_strata_of_numbers_and_of_nothing(db: Path, report: Report) -> None:
    with Store(db) as store:
        store.add(
            replace(report, document=replace(report.document, id="d30", source="30.txt", fiscal_year=None))
        )
    with closing(existing(db)) as connection:
        drawn = draw(connection, "claims", 10, ["fiscal_year", "measure"])
        assert {row.stratum for row in draw(connection, "claims", 10, ["fiscal_year"])} == {"2024", "–"}
    assert {row.stratum for row in drawn} >= {"2024 / amount", "– / change_rate"}


def test_what_was_published_twice_is_drawn_once(db: Path) -> None:
    with Store(db) as store:
        store.db.execute("UPDATE documents SET duplicate_of = 'd1' WHERE id IN ('d2', 'd3')")
        store.db.conn.commit()
    with closing(existing(db)) as connection:
        drawn = draw(connection, "findings", 100)
    assert len(drawn) == drawn[0].stratum_size == 28


def test_every_row_is_drawn_equally_often(db: Path) -> None:
    with closing(existing(db)) as connection:
        seen = Counter(row.id for seed in range(300) for row in draw(connection, "findings", 10, seed=seed))
    assert len(seen) == 30
    assert all(60 < count < 140 for count in seen.values())  # 100 expected, with a deviation of 8


@given(st.dictionaries(st.text("abc", max_size=3), st.integers(1, 50), min_size=1), st.integers(1, 200))
def test_allocation(sizes: dict[str, int], size: int) -> None:
    if size < len(sizes):
        with pytest.raises(TooSmall):
            allocate(sizes, size)
        return
    given_out = allocate(sizes, size)
    assert sum(given_out.values()) == min(size, sum(sizes.values()))
    assert all(1 <= given_out[name] <= own for name, own in sizes.items())


def test_a_sheet_of_findings_there_and_back(run: Run, db: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    assert run(db, "--size", 12, "--by", "rule", "--out", sheet).exit_code == 0
    rows = rows_of(sheet)
    assert all(row["quote"].startswith("'=1+1") for row in rows)  # or a spreadsheet would work it out
    for number, row in enumerate(rows):
        row["verdict"] = "wrong" if number == 0 else "unsure" if number == 1 else "对"
    rows[0]["comment"] = "四舍五入两次"
    write(sheet, rows, "gb18030")  # as a Chinese Excel saves it
    told = json.loads(run(db, "--read", sheet, "--format", "json").output)
    assert (told["rows"], told["judged"], told["right"]["right"]) == (12, 11, 10)
    assert told["right"]["share"] == pytest.approx(7 / 8 * 27 / 30 + 3 / 30)
    assert told["right"]["low"] < told["right"]["share"] < told["right"]["high"]
    text = run(db, "--read", sheet, "--record", "a reader").output
    assert "12 reviews were written" in text
    assert "CHG001" in text
    assert "0 reviews" in run(db, "--read", sheet, "--record", "a reader").output
    with Store(db) as store:
        found = store.db.execute(
            "SELECT verdict, comment FROM findings_reviewed WHERE verdict != 'confirmed'"
        )
        assert set(found.fetchall()) == {("rejected", "四舍五入两次"), ("comment", "")}


def test_a_sheet_of_claims_there_and_back(run: Run, db: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl")
    sheet = tmp_path / "sheet.xlsx"
    result = run(db, "--of", "claims", "--size", 30, "--by", "measure", "--out", sheet)
    assert result.exit_code == 0, result.output
    book = openpyxl.load_workbook(sheet)
    cells = book.active
    head = [cell.value for cell in cells[1]]
    assert cells.max_row == 31
    for row in cells.iter_rows(min_row=2):
        at = dict(zip(head, row, strict=True))
        assert f"【{at['value'].value}" in at["quote"].value
        at["verdict"].value = "right"
        if row[0].row == 2:
            at["verdict"].value, at["wrong fields"].value = "Wrong", "year、指标"
    book.save(sheet)
    told = json.loads(run(db, "--read", sheet, "--format", "json").output)
    assert told["right"]["right"] == 29
    assert [name for name, share in told["fields"].items() if share["right"] == 29] == ["metric", "year"]
    assert "findings" in run(db, "--read", sheet, "--record", "a reader").output


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: rows[3].update(verdict="maybe"), "row 5: the verdict “maybe”"),
        (
            lambda rows: rows[3].update({"verdict": "wrong", "wrong fields": "yaer"}),
            "row 5: there is no field “yaer”",
        ),
        (lambda rows: rows[3].update({"wrong fields": "rule"}), "row 5: wrong fields are named"),
        (lambda rows: rows[3].update({"stratum size": "many"}), "row 5: the id or the stratum size"),
        (lambda rows: rows[3].update({"stratum size": "99"}), "row 5: the size of the stratum"),
        (lambda rows: rows[3].update(id=rows[0]["id"]), "stands in row 2 already"),
        (lambda rows: rows[3].update(sample="findings: 12 of 9"), "row 5: it is of another sample"),
        (lambda rows: rows.pop(), "11 rows instead of all 12"),
        (lambda rows: [row.pop("comment") for row in rows], "columns are missing: comment"),
        (lambda rows: [row.update(verdict="") for row in rows], "these have none: CHG001, REP001, SUM001"),
    ],
)
def test_bad_sheets(run: Run, db: Path, tmp_path: Path, change: Callable[[Any], object], told: str) -> None:
    sheet = tmp_path / "sheet.csv"
    assert run(db, "--size", 12, "--by", "rule", "--out", sheet).exit_code == 0
    rows = [row | {"verdict": "right"} for row in rows_of(sheet)]
    change(rows)
    write(sheet, rows)
    result = run(db, "--read", sheet, "--record", "a reader")
    assert result.exit_code != 0
    assert told in result.output
    with Store(db) as store:
        assert store.db.table("reviews").count == 0


def test_a_sheet_of_an_earlier_reading(run: Run, db: Path, tmp_path: Path, report: Report) -> None:
    sheet = tmp_path / "sheet.csv"
    assert run(db, "--size", 30, "--out", sheet).exit_code == 0
    write(sheet, [row | {"verdict": "right"} for row in rows_of(sheet)])
    with Store(db) as store:
        store.add(replace(report, document=replace(report.document, id="d4", source="4.txt"), findings=()))
    result = run(db, "--read", sheet)
    assert result.exit_code == 0
    assert "1 rows are no longer in the database" in result.output
    assert "no longer holds it" in run(db, "--read", sheet, "--record", "a reader").output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--by", "colour"), "cannot be divided by colour"),
        (("--by", "rule", "--size", 2), "too small for 3 strata"),
        (("--read", "nothing.csv"), "cannot read nothing.csv"),
    ],
)
def test_mistakes(run: Run, db: Path, words: tuple[object, ...], told: str) -> None:
    result = run(db, *words)
    assert result.exit_code != 0
    assert told in result.output + getattr(result.exception, "message", "")


def test_what_was_all_looked_at_is_known() -> None:
    assert estimate([Stratum("a", 4, 4, 3), Stratum("b", 4, 4, 4)]) == Estimate(7 / 8, 7 / 8, 7 / 8)
    seen = estimate([Stratum("a", 10, 9, 5)])
    assert (seen.low, seen.high) == (0.5, 0.6)  # the last one is right or wrong


def test_known_intervals() -> None:
    """Of a large population: the values of Newcombe's method 4 for 15 of 148 and 81 of 263 (his table I)."""
    for right, judged, low, high in ((15, 148, 0.0598, 0.1644), (81, 263, 0.2535, 0.3682)):
        found = estimate([Stratum("a", 10**9, judged, right)])
        assert (found.low, found.high) == (pytest.approx(low, abs=2e-4), pytest.approx(high, abs=2e-4))


# Sizes, shares that are right, and rows judged of each stratum.
DESIGNS = {
    "one": ([10_000], [0.9], [100]),
    "nearly all right": ([10_000], [0.99], [200]),
    "large and small": ([8_000, 1_500, 500], [0.95, 0.8, 0.6], [120, 50, 30]),
    "equal samples": ([8_000, 1_500, 500], [0.99, 0.9, 0.7], [67, 67, 66]),
    "twos": ([200] * 50, [0.97] * 50, [2] * 50),
    "one large": ([5_000] + [50] * 19, [0.99] + [0.9] * 19, [100] + [5] * 19),
    "weights far apart": (
        [5_800, 1_800, 1_300] + [50] * 20,
        [0.99, 0.99, 0.98] + [0.99] * 20,
        [12, 21, 37] + [26] * 20,
    ),
    "nearly a census": ([40, 60, 10], [0.9, 0.95, 0.5], [30, 40, 10]),
    "ones": ([100] * 30, [0.9] * 30, [1] * 30),
}


@pytest.mark.parametrize("design", DESIGNS)
def test_intervals_cover_the_truth(design: str) -> None:
    sizes, shares, judged = DESIGNS[design]
    right = [round(size * share) for size, share in zip(sizes, shares, strict=True)]
    truth = sum(right) / sum(sizes)
    chance = random.Random(design)
    covered, rounds = 0, 500
    for _ in range(rounds):
        strata = [
            Stratum(str(at), size, n, sum(row < k for row in chance.sample(range(size), n)))
            for at, (size, k, n) in enumerate(zip(sizes, right, judged, strict=True))
        ]
        found = estimate(strata)
        covered += found.low - 1e-9 <= truth <= found.high + 1e-9
    assert covered / rounds >= 0.94  # of 0.95 and more, which 500 rounds tell to within 0.01
