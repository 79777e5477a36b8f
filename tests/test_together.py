"""A narrative and its tables taken together: one document, checked across its files, every place with its file."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import hedui
import standard_tables
from hedui.cli import cli
from hedui.model import Document, Page, Strip
from hedui.reading.errors import UnreadableInput
from hedui.reading.text import document as text_document
from hedui.reading.together import together
from workbooks import WRITERS, Number, Plan

NARRATIVE = [
    "云滨市数据服务局2024年度部门决算",
    "一、收入支出决算总体情况说明",
    "2024年度收入总计825.00万元，支出总计825.00万元。",
    "二、收入决算情况说明",
    "本年收入合计820.00万元，其中：财政拨款收入803.14万元，占97.94%；其他收入16.86万元，占2.06%。",
    "三、支出决算情况说明",
    "本年支出合计810.00万元，其中：基本支出630.00万元，占77.78%；项目支出180.00万元，占22.22%。",
    "四、财政拨款“三公”经费支出决算情况说明",
    "“三公”经费支出决算为25.00万元，其中：公务用车购置及运行维护费18.00万元，公务接待费7.00万元。",
]
Run = Callable[..., Result]


@pytest.fixture
def narrative(tmp_path: Path) -> Path:
    """The narrative as a web page in GBK."""
    path = tmp_path / "narrative.html"
    body = "".join(f"<p>{line}</p>" for line in NARRATIVE)
    head = '<meta charset="gb2312"><title>公开</title>'
    path.write_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode("gbk"))
    return path


def tables(folder: Path, form: str = "xls", plans: Sequence[Plan] = ()) -> Path:
    path = folder / f"tables.{form}"
    path.write_bytes(WRITERS[form](*(plans or standard_tables.plans())))
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["check", *map(str, arguments), "--lang", "en"], env={"COLUMNS": "100"})


def altered(shown: str, new: float) -> list[Plan]:
    """The standard tables with the first cell that shows an amount changed."""
    plans = standard_tables.plans()
    for plan in plans:
        for row in plan.rows:
            for place, cell in enumerate(row):
                if isinstance(cell, Number) and cell.shown == shown:
                    row[place] = Number(new, cell.code, f"{new:.2f}")  # type: ignore[index]
                    return plans
    raise AssertionError(f"no cell shows {shown}")


@pytest.mark.parametrize("form", WRITERS)
def test_a_narrative_that_agrees_with_its_tables(narrative: Path, tmp_path: Path, form: str) -> None:
    result = run(narrative, tables(tmp_path, form), "--together", "--format", "json")
    assert result.exit_code == 0
    (found,) = json.loads(result.stdout)["documents"]
    assert not found["findings"]
    held = [r for r in found["relations"] if r["rule"] == "TAB001" and r["status"] == "held"]
    source = {claim["id"]: Path(claim["source"]).name for claim in found["claims"]}
    crossing = [r for r in held if len({source[role["claim"]] for role in r["claims"]}) == 2]
    assert len(crossing) >= 9  # every amount of the narrative is in a table
    document = found["document"]
    assert document["source"] == f"{narrative} + {tmp_path / f'tables.{form}'}"
    assert [Path(file["source"]).name for file in document["files"]] == ["narrative.html", f"tables.{form}"]
    assert (document["title"], document["fiscal_year"]) == (NARRATIVE[0], 2024)


@pytest.mark.parametrize("form", WRITERS)
def test_one_changed_cell_is_found_with_both_its_places(narrative: Path, tmp_path: Path, form: str) -> None:
    plans = altered("18.00", 18.3)
    path = tables(tmp_path, form, plans)
    # The tables first: the order of the files does not matter.
    result = run(path, narrative, "--together", "--format", "json", "--select", "TAB001")
    assert result.exit_code == 1
    (found,) = json.loads(result.stdout)["documents"]
    findings = found["findings"]
    assert findings
    claims = {claim["id"]: claim for claim in found["claims"]}
    parts = [claims[name] for name in findings[0]["claims"]]
    places = {(claim["value"], Path(claim["source"]).name, claim["page"]) for claim in parts}
    assert {("18.00", "narrative.html", None), ("18.30", f"tables.{form}", 7)} <= places
    text = "".join(run(narrative, path, "--together", "--select", "TAB001").stdout.replace("│", "").split())
    assert "narrative.htmlline17:" in text
    assert f"tables.{form}sheet“三公”:" in text


def test_files_of_one_name_are_told_by_their_folders(narrative: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    again = tables(folder, "xlsx", altered("18.00", 18.3)).rename(folder / narrative.name)
    text = run(narrative, again, "--together", "--select", "TAB001").stdout
    assert f"{again}sheet“三公”:" in "".join(text.replace("│", "").split())


def test_without_the_option_every_file_is_a_document(narrative: Path, tmp_path: Path) -> None:
    result = run(narrative, tables(tmp_path), "--format", "json")
    documents = json.loads(result.stdout)["documents"]
    assert len(documents) == 2
    assert not any("files" in found["document"] for found in documents)
    assert "source" not in documents[0]["claims"][0]


def test_a_file_that_cannot_be_read_does_not_cost_the_others(narrative: Path, tmp_path: Path) -> None:
    broken = tables(tmp_path)
    broken.write_bytes(broken.read_bytes()[:3000])
    result = run(narrative, broken, "--together", "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 3
    assert [failure["source"] for failure in found["failures"]] == [str(broken)]
    assert [each["document"]["source"] for each in found["documents"]] == [str(narrative)]
    only = run(broken, "--together", "--format", "json")
    assert (only.exit_code, json.loads(only.stdout)["documents"]) == (3, [])


def renamed(narrative: Path, old: str, new: str) -> Path:
    """The narrative with some words exchanged, as a page of its own."""
    other = narrative.with_name("other.html")
    other.write_text(narrative.read_text("gbk").replace("gb2312", "utf-8").replace(old, new), "utf-8")
    return other


def test_files_of_different_bodies_are_refused(narrative: Path, tmp_path: Path) -> None:
    workbook, other = tables(tmp_path), renamed(narrative, "数据服务局", "水务局")
    result = run(other, workbook, "--together")
    assert result.exit_code == 3
    assert "云滨市水务局" in result.stderr
    assert str(workbook) in result.stderr
    for face in (hedui.read_together, hedui.check_together):
        with pytest.raises(UnreadableInput):
            face([other, workbook])


def test_files_of_different_years_are_no_one_document(narrative: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput) as caught:
        hedui.read_together([renamed(narrative, "2024", "2021"), tables(tmp_path)])
    assert caught.value.key == "different_years"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_each_year_is_a_document_and_they_are_compared(
    narrative: Path, tmp_path: Path, order: tuple[int, ...]
) -> None:
    words = "2024年度收入总计825.00万元，支出总计825.00万元。"
    told = "2025年度收入总计900.00万元，比上年增加85.00万元，支出总计900.00万元。"
    later = renamed(narrative, words, told)
    later.write_text(later.read_text("utf-8").replace("2024年度部门决算", "2025年度部门决算"), "utf-8")
    files = [narrative, tables(tmp_path), later]
    result = run(*(files[n] for n in order), "--together", "--format", "json", "--select", "XDC")
    assert result.exit_code == 1
    last, this = json.loads(result.stdout)["documents"]
    assert [each["document"]["fiscal_year"] for each in (last, this)] == [2024, 2025]
    assert [Path(file["source"]).name for file in last["document"]["files"]] == [
        "narrative.html",
        "tables.xls",
    ]
    assert not last["findings"]
    (finding,) = this["findings"]
    (other,) = finding["elsewhere"]
    assert (other["source"], other["figure"]) == (str(narrative), "825.00万元")
    assert other["claim"] in finding["claims"]
    text = run(*(files[n] for n in order), "--together", "--select", "XDC").stdout
    assert "narrative.htmlline5:2024年度收入总计【825.00万元】" in "".join(text.replace("│", "").split())
    assert [r.document.fiscal_year for r in hedui.check_together(files)] == [2024, 2025]


def test_a_file_of_no_known_year_beside_two_years(narrative: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.txt"
    bare.write_text("其他收入16.86万元，占2.06%。\n" * 30, "utf-8")
    result = run(narrative, renamed(narrative, "2024", "2023"), bare, "--together")
    assert result.exit_code == 3
    assert "2023, 2024" in result.stderr


def test_the_python_face(narrative: Path, tmp_path: Path) -> None:
    document = hedui.read_together([tables(tmp_path), narrative])
    report = hedui.check(document)
    assert not report.findings
    assert [Path(file.source).name for file in document.files] == ["narrative.html", "tables.xls"]
    alone = hedui.check(narrative)
    assert report.claims[: len(alone.claims)] == tuple(
        claim.__class__(**{**fields(claim), "document": document.id}) for claim in alone.claims
    )
    assert hedui.read_together([narrative]) == hedui.read(narrative)


def fields(claim: hedui.Claim) -> dict[str, object]:
    return {name: getattr(claim, name) for name in claim.__dataclass_fields__}


def made(source: str, text: str, **more: object) -> Document:
    return Document("x", source, text, **more)  # type: ignore[arg-type]


def test_pages_and_places_move_with_the_text() -> None:
    strip = Strip(0, 2, 1.0, 2.0, (0.0, 1.0, 2.0))
    tabled = made("b", "甲\t1\n", pages=(Page(1, 0, 4),), warnings=("w",))
    told = made("a", "正文很长。\n", pages=(Page(1, 0, 6),), strips=(strip,))
    one = together([tabled, told])
    assert one.text == "正文很长。\n\n\f\n甲\t1\n"
    assert one.source == "a + b"
    at = one.text.index("甲")
    assert [one.file_at(place).source for place in (0, at)] == ["a", "b"]  # type: ignore[union-attr]
    assert [one.page_at(place) for place in (0, at)] == [1, 1]
    assert one.strips == (strip,)
    assert one.warnings == ("w",)
    assert together([told, tabled]).text == one.text
    with pytest.raises(ValueError, match="no documents"):
        together([])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("云滨市数据服务局", "云滨市数据服务局", True),
        ("云滨市数据和信息服务局", "云滨数据服务局", True),  # a short form
        ("云滨市数据服务局（本级）", "云滨市数据服务局", True),
        (None, "云滨市数据服务局", True),
        ("云滨市数据服务局", "云滨市水务局", False),
    ],
)
def test_names_of_one_body(one: str | None, other: str, same: bool) -> None:
    documents = [made("a", "正文。", publisher=one), made("b", "表", publisher=other)]
    if same:
        assert together(documents).publisher == (one or other)
    else:
        with pytest.raises(UnreadableInput) as caught:
            together(documents)
        assert caught.value.key == "different_bodies"


def test_the_year_that_only_the_tables_know_holds_for_all() -> None:
    tabled = hedui.read(WRITERS["xlsx"](*standard_tables.plans()))
    told = text_document("本年收入合计820.00万元。\n" * 200, "a.txt", "text")
    assert together([told, tabled]).fiscal_year == standard_tables.YEAR
