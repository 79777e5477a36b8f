"""The classification: catalogue, linker and naming issues."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hedui
from hedui.classification import ECONOMIC, class_names, item_names, link, load, naming
from strategies import PRINTED_ITEMS

CHECKOUT = Path(__file__).resolve().parent.parent
OFFICE = "政府办公厅（室）及相关机构事务"
NOWHERE = {"机关事业单位退休人员活动费支出"}  # printed by one document, in no year's classification
CODED = {"事业支出": ["201", None, "50"]}  # a slip that only the printed codes make clear


def test_every_entry_has_its_parent_and_a_code_of_its_level() -> None:
    book = load()
    for entry in book.entries:
        assert len(entry.code) == 2 * entry.level + 1, entry
        assert entry.parent == entry.code[:-2] if entry.level > 1 else not entry.parent
        assert not entry.parent or entry.parent in book.by_code, entry
        assert entry.source in ("print", "official", "inference")
        assert not any(char.isspace() for name in entry.names() for char in name), entry
        assert [last for _, last in entry.former] == sorted(last for _, last in entry.former)


def test_no_code_has_two_meanings_in_one_year() -> None:
    for found in load().by_code.values():
        for year in range(2015, 2026):
            assert sum(entry.in_force(year) for entry in found) <= 1, (found, year)


def test_no_entry_outlives_its_parent() -> None:
    book = load()
    for entry in book.entries:
        for year in range(2015, 2026):
            if entry.parent and entry.in_force(year):
                assert any(above.in_force(year) for above in book.by_code[entry.parent]), (entry, year)


def test_the_catalogue_agrees_with_printed_tables(shared: Path) -> None:
    with (shared / "vocabulary" / "classification-attested.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            entry = load().get(row["code"], int(row["year"]))
            assert entry is not None, row
            assert (entry.name_in(int(row["year"])), entry.source) == (row["name"], "print")


def test_items_of_the_gold_get_their_codes(shared: Path) -> None:
    for path in sorted((shared / "gold").glob("*.figures.jsonl")):
        year = int(re.findall(r"20\d\d", path.name)[0])
        for line in path.read_text(encoding="utf-8").splitlines():
            figure = json.loads(line)
            if figure.get("metric") != "function_item" or not figure["item"]:
                continue
            names = figure["item"].split("/")
            item = link(names, CODED.get(names[-1], []), year)
            if names[-1] in NOWHERE:
                assert item.match == "none"
            else:
                assert item.code, (path.name, names)
                assert len(item.code) == 2 * len(names) + 1


@pytest.mark.parametrize(
    ("names", "year", "code", "match"),
    [
        (["一般公共服务支出"], 2024, "201", "exact"),
        (["一般公共服务"], 2024, "201", "alias"),
        (["其他支出"], 2024, "229", "exact"),
        (["一般公共服务", OFFICE, "行政运行"], 2024, "2010301", "alias"),
        (["一般公共服务支出", "政府办公厅(室)及相关机构事务", "“行政运行”"], 2024, "2010301", "exact"),
        ([OFFICE, "行政运行"], 2024, "2010301", "exact"),
        (["住房公积金"], 2024, "2210201", "exact"),
        (["行政运行"], 2024, None, "none"),
        (["机关运行费"], 2024, None, "none"),
        (["医疗卫生与计划生育支出"], 2018, "210", "exact"),
        (["医疗卫生与计划生育支出"], 2024, "210", "alias"),
        (["社会保障和就业支出", "行政事业单位离退休", "事业单位离退休"], 2019, "2080502", "exact"),
        (
            ["社会保障和就业支出", "其他社会保障和就业支出", "其他社会保障和就业支出"],
            2019,
            "2089901",
            "exact",
        ),
        (
            ["社会保障和就业支出", "其他社会保障和就业支出", "其他社会保障和就业支出"],
            2022,
            "2089999",
            "exact",
        ),
        (["卫生健康支出", "行政事业单位医疗", "公务员医疗"], 2024, "2101103", "fuzzy"),
        (["住房保障支出", "住房保障支出", "住房公积金"], 2024, "2210201", "fuzzy"),
        (["工资福利支出", "基本工资"], 2024, "30101", "exact"),
        (["资本性支出"], 2017, "310", "alias"),
        (["其他资本性支出"], 2024, "31099", "exact"),
        (["其他资本性支出"], 2017, "310", "exact"),
    ],
)
def test_link(names: list[str], year: int, code: str | None, match: str) -> None:
    item = link(names, [], year)
    assert (item.code, item.match) == (code, match)
    assert item.printed == "/".join(name.strip("“”") for name in names)


def test_link_gives_the_whole_path() -> None:
    item = link(["住房公积金"], [None], 2024)
    assert (item.name, item.path) == ("住房公积金", "住房保障支出/住房改革支出/住房公积金")


@pytest.mark.parametrize(
    ("names", "codes", "code"),
    [
        (["行政运行"], ["2010301"], "2010301"),
        (
            ["201一般公共服务支出（类）", "03政府办公厅（室）及相关机构事务（款）", "01行政运行（项）"],
            [],
            "2010301",
        ),
        (["一般公共服务201", f"{OFFICE}03", "行政运行01"], [], "2010301"),
        (["一般公共服务", f"{OFFICE}", "事业支出"], ["201", None, "50"], "2010350"),
        (["一般公共预算支出"], ["201"], "201"),
        (["住房公积金"], ["30113"], "30113"),
        (["住房公积金"], [None], "2210201"),
    ],
)
def test_codes_decide(names: list[str], codes: list[str | None], code: str | None) -> None:
    assert link(names, codes, 2024).code == code


def test_levels_decide() -> None:
    names = ["其他城乡社区支出"]
    assert link(names, [], 2024, at=[2]).code == "21299"
    assert link(names, [], 2024, at=[3]).code == "2129999"


@pytest.mark.parametrize(
    ("names", "codes", "year", "expected"),
    [
        (["一般公共服务支出", OFFICE, "行政运行"], [], 2024, []),
        (["一般公共服务支出", "政府办公厅及相关机构事务", "行政运行"], [], 2024, []),
        (["一般公共服务", OFFICE, "行政运行"], [], 2024, [("ending", "一般公共服务支出", True)]),
        (["医疗卫生与计划生育支出"], [], 2018, []),
        (["医疗卫生与计划生育支出"], [], 2023, [("outdated", "卫生健康支出", True)]),
        (["行政事业单位离退休"], [], 2019, []),
        (["行政事业单位离退休"], [], 2020, [("outdated", "行政事业单位养老支出", True)]),
        (["农林水支出", "扶贫", "其他扶贫支出"], [], 2021, []),
        (["农林水支出", "扶贫"], [], 2023, [("outdated", "巩固脱贫攻坚成果衔接乡村振兴", False)]),
        (["工商行政管理事务"], [], 2021, [("outdated", "", False)]),
        (["住房保障支出", "住房保障支出", "购房补贴"], [], 2024, [("parent", "住房改革支出", True)]),
        (
            ["卫生健康支出", "行政事业单位养老支出", "公务员医疗补助"],
            [],
            2021,
            [("parent", "行政事业单位医疗", True)],
        ),
        (["住房公积金"], ["2210203"], 2024, [("code", "住房公积金", True)]),
        (["卫生健康支出", "行政事业单位医疗", "公务员医疗"], [], 2024, [("slip", "公务员医疗补助", True)]),
        (["机关事业单位退休人员活动费支出"], [], 2024, []),
        (["疾病预防控制事务", "信息化建设"], [], 2024, []),
        (["其他资本性支出"], [], 2024, []),
        (["医疗卫生与计划生育支出"], [], None, []),
    ],
)
def test_naming(
    names: list[str], codes: list[str | None], year: int | None, expected: list[tuple[str, str, bool]]
) -> None:
    assert [(issue.kind, issue.expected, issue.attested) for issue in naming(names, codes, year)] == expected


def test_old_names_are_noted_in_tables_and_where_a_class_is_named_alone() -> None:
    def findings(year: int, group: str, name: str) -> list[tuple[str, str]]:
        rows = "\n".join(
            (
                "科目编码\t科目名称\t合计",
                f"20805\t{group}\t6.00",
                "2080505\t机关事业单位基本养老保险缴费支出\t6.00",
            )
        )
        text = (
            f"某某局{year}年度部门决算\n一般公共预算财政拨款支出9.00万元，主要用于：{name}3.00万元，占33.33%。\n"
            f"一般公共预算财政拨款支出决算表\n单位：万元\n{rows}\n"
        )
        return [
            (f.rule, f.certainty) for f in hedui.check(text=text).findings if f.family == "classification"
        ]

    old = "行政事业单位离退休", "医疗卫生与计划生育支出"
    assert findings(2023, *old) == [("CLS001", "note"), ("CLS001", "note")]
    assert findings(2018, *old) == []
    assert findings(2023, "行政事业单位养老支出", "卫生健康支出") == []


def test_every_official_name_links_to_itself_without_an_issue() -> None:
    book = load()
    for year in (2016, 2019, 2022, 2024):
        for entry in book.entries:
            path = book.path(entry, year)
            if entry.chart == "revenue" or not all(above.in_force(year) for above in path):
                continue
            names = [above.name_in(year) for above in path]
            at = [above.level for above in path]
            codes = [above.code for above in path] if entry.chart in ECONOMIC else []
            item = link(names, codes, year, at, entry.chart if entry.chart == "government" else None)
            assert (item.code, item.match) == (entry.code, "exact"), (year, names, item)
            assert naming(names, [above.code for above in path], year, at) == [], (year, names)


def test_a_code_of_another_name() -> None:
    item = link(["行政运行"], ["2010102"], 2023, [3])
    assert (item.code, item.match) == ("2010101", "exact")
    (issue,) = naming(["行政运行"], ["2010102"], 2023, [3])
    assert (issue.kind, issue.code, issue.expected) == ("code", "2010101", "行政运行")
    (finding,) = hedui.check(
        text="某某局2023年度部门决算\n行政运行（2010102）支出决算为120.00万元。\n"
    ).findings
    assert finding.rule == "CLS001"
    assert "2010101行政运行" in finding.message


def test_names_for_the_lexicon() -> None:
    assert {
        "一般公共服务支出",
        "一般公共服务",
        "医疗卫生与计划生育",
        "卫生健康支出",
        "农林水",
    } <= class_names()
    assert {"行政运行", "行政事业单位离退休", "住房改革支出", "住房改革"} <= item_names()
    assert "工资福利支出" in class_names("economic")
    assert not class_names() & item_names()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PRINTED_ITEMS | st.text(max_size=12), max_size=4),
    st.lists(st.none() | PRINTED_ITEMS, max_size=4),
    st.none() | st.integers(),
)
def test_link_and_naming_are_total(names: list[str], codes: list[str | None], year: int | None) -> None:
    item = link(names, codes, year)
    assert (item.code is None) == (item.match == "none")
    naming(names, codes, year)


def test_refresh_reports_what_the_catalogue_lacks(tmp_path: Path) -> None:
    table = "201\t\t一般公共服务\t1.00\n29999\t没有的科目\t2.00\n2210201\t住房公积金\t3.00\n"
    (tmp_path / "table.txt").write_text(table, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(CHECKOUT / "scripts" / "refresh_catalogue.py"), str(tmp_path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 1, run.stderr
    assert [line.split("\t")[:2] for line in run.stdout.splitlines()] == [
        ["differs", "201"],
        ["missing", "29999"],
    ]


def test_the_documents_own_tables_tell_codes_groups_and_present_names() -> None:
    rows = (
        "207\t文化旅游体育与传媒支出\t9.00",
        "20701\t文化和旅游\t9.00",
        "2070101\t行政运行\t3.00",
        "2070106\t艺术表演场所\t2.00",
        "2070107\t艺术表演团体\t4.00",
    )

    def findings(narrative: str, *table: str) -> list[tuple[str, str]]:
        heads = "一般公共预算财政拨款支出决算表\n单位：万元\n科目编码\t科目名称\t合计\n"
        text = f"某某局2023年度部门决算\n{narrative}\n{heads}" + "\n".join(table) + "\n"
        report = hedui.check(text=text)
        return [(f.rule, f.certainty) for f in report.findings if f.family == "classification"]

    path = "文化旅游体育与传媒支出（类）{}（款）艺术表演团体（项）支出决算为4.00万元。"
    assert findings(path.format("文化和旅游"), *rows) == []
    assert findings(path.format("行政事业单位医疗"), *rows) == [("CLS003", "certain")]
    assert findings("", *(row.replace("2070107", "2070106") for row in rows)) == [("CLS002", "certain")]
    # A table that keeps the old name of a group says nothing against the present one.
    pension = "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位职业年金缴费支出（项）支出决算为4.00万元。"
    old = (
        "208\t社会保障和就业支出\t4.00",
        "20805\t行政事业单位离退休\t4.00",
        "2080506\t机关事业单位职业年金缴费支出\t4.00",
    )
    assert findings(pension, *old) == [("CLS001", "note")]


def test_a_glossary_at_odds_with_the_text() -> None:
    def findings(body: str) -> list[tuple[str, str]]:
        path = "社会保障和就业支出（类）{}（款）行政单位离退休（项）"
        text = (
            "某某局2023年度部门决算\n第二部分 2023年度部门决算情况说明\n一、支出决算情况说明\n"
            f"{path.format(body)}支出决算为4.00万元。\n第三部分 名词解释\n"
            f"一、{path.format('行政事业单位离退休')}：指离退休人员的经费。\n"
        )
        report = hedui.check(text=text)
        return [(f.rule, f.certainty) for f in report.findings if f.family == "classification"]

    assert findings("行政事业单位养老支出") == [("CLS001", "likely")]
    assert findings("行政事业单位离退休") == [("CLS001", "note")]
