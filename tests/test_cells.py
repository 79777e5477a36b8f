"""Every cell of the standard tables of real documents becomes a claim, by the measure for cells."""

import json
from pathlib import Path
from types import ModuleType

import pytest

import hedui
from hedui.model import Report
from modules import load

CHECKOUT = Path(__file__).resolve().parent.parent
NAMES = ("putuo-finance-2024-final", "putuo-planning-2024-final")


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    return load(CHECKOUT / "scripts" / "evaluate_cells.py", "evaluate_cells")


@pytest.fixture(scope="module", params=NAMES)
def report(request: pytest.FixtureRequest, shared: Path) -> Report:
    return hedui.check(shared / "corpus" / f"{request.param}.pdf")


def truth(name: str) -> list[dict[str, object]]:
    lines = (CHECKOUT / "tests" / "gold" / f"{name}.cells.jsonl").read_text("utf8").splitlines()
    return [json.loads(line) for line in lines]


def test_every_cell_has_its_claim(measure: ModuleType, report: Report) -> None:
    name = Path(report.document.source).stem
    cells = truth(name)
    assert len(cells) >= 190
    out = measure.judge(name, cells, report.to_dict()["claims"])
    assert (out.wrong, out.extra) == ({}, [])
    assert out.exact == out.found == out.cells == len(cells)


def test_every_sum_within_the_tables_holds(report: Report) -> None:
    sums = [relation for relation in report.relations if relation.rule == "TAB002"]
    assert len(sums) >= 150
    assert {relation.status for relation in sums} == {"held"}


CELL = {
    "page": None,
    "table": "支出决算表",
    "code": "201",
    "name": "一般公共服务支出",
    "column": "合计",
    "value": "80.00",
    "unit": "万元",
    "metric": "function_item",
    "item": "201",
    "measure": "amount",
    "basis": "final",
    "year": 2024,
    "scope": "expenditure_this_year",
}
TEXT = (
    "某局2024年度部门决算\n\n支出决算表\n单位：万元\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t80.00\n"
)


def judged(measure: ModuleType, **changes: object) -> tuple[dict[str, str], int]:
    out = measure.judge("x", [CELL | changes], hedui.extract(text=TEXT).to_dict()["claims"])
    return out.wrong, len(out.extra)


def test_the_measure_sees_what_is_wrong(measure: ModuleType) -> None:
    assert judged(measure) == ({}, 0)
    for field, other in (("name", "国防支出"), ("item", "203"), ("metric", "gpb_basic"), ("year", 2023)):
        wrong, extra = judged(measure, **{field: other})
        assert list(wrong.values()) == [field]
        assert extra == 0
    for missing in ({"value": "81.00"}, {"page": 2}, {"table": "收入决算表"}):
        wrong, extra = judged(measure, **missing)
        assert list(wrong.values()) == ["missing"]
        assert extra == 1


def test_the_script_prints_a_table(
    measure: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert measure.main([str(tmp_path), "--gold", str(tmp_path)]) == 2
    (tmp_path / "x.txt").write_text(TEXT, "utf8")
    (tmp_path / "x.cells.jsonl").write_text(json.dumps(CELL | {"value": "8.00"}) + "\n", "utf8")
    assert measure.main([str(tmp_path), "--gold", str(tmp_path), "--details"]) == 0
    printed = capsys.readouterr().out
    assert "| x | 1 | 0 | 0 | 1 |" in printed
    assert "missing" in printed
