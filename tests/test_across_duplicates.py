"""One disclosure published twice, and editions that differ."""

from dataclasses import replace

import hedui
from hedui.across import crossed
from hedui.across.duplicates import alike, rare, values
from hedui.model import Report

LINES = [
    "四川省乐山市金口河区水务局2023年度部门决算",
    "一、收入支出决算情况说明",
    "2023年度收入总计825.12万元，支出总计825.12万元。",
    "本年支出合计810.35万元，其中：基本支出630.11万元，占77.76%；项目支出180.24万元，占22.24%。",
    "一般公共预算财政拨款支出700.41万元，占本年支出合计的86.43%。",
    "二、“三公”经费支出决算情况说明",
    "“三公”经费支出决算为25.31万元，其中：公务用车购置及运行维护费18.11万元，公务接待费7.20万元。",
    "三、机关运行经费支出情况",
    "机关运行经费支出50.27万元。名词解释：财政拨款收入：指财政预算资金。",
]


def edition(*changes: tuple[str, str], source: str = "") -> Report:
    text = "\n".join(LINES)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    report = hedui.check(text=text)
    return replace(report, document=replace(report.document, source=source))


def test_a_copy_with_small_differences_is_a_duplicate() -> None:
    first, again = edition(source="a"), edition(("。名词解释", "。\n四、名词解释"), source="b")
    found = crossed([again, first])
    assert found.duplicates == {again.document.id: first.document.id}
    assert not any(f.rule.startswith("XDC") for report in found.reports for f in report.findings)


def test_an_edition_with_another_figure_is_told_as_such() -> None:
    first = edition(source="a")
    again = edition(("50.27", "52.70"), source="b")
    found = crossed([first, again])
    assert not found.duplicates
    (finding,) = (f for f in found.reports[1].findings if f.rule.startswith("XDC"))
    assert (finding.rule, finding.certainty) == ("XDC008", "note")
    assert "52.70万元" in finding.message
    assert "50.27万元" in finding.message


def test_other_years_are_compared_with_the_last_edition() -> None:
    first, again = edition(source="a"), edition(("50.27", "52.70"), source="b")
    text = "\n".join(LINES).replace("2023", "2024").replace("50.27万元", "60.00万元，上年决算数为52.70万元")
    later = hedui.check(text=text)
    rules = [r.rule for r in crossed([first, again, later]).reports[2].relations if r.status == "failed"]
    assert "XDC001" not in rules


def test_another_account_is_no_duplicate() -> None:
    other = edition(*((f"{n}.", f"{n + 1}.") for n in (825, 810, 630, 180, 700, 25, 18, 50)), source="b")
    assert not crossed([edition(source="a"), other]).duplicates


def test_likeness_is_of_what_is_printed_wherever_it_stands() -> None:
    claims = edition().claims
    mine = values(claims)
    assert alike(mine, values(reversed(claims)))
    assert not alike(mine, values(claims[: len(claims) // 2]))
    assert not alike(values(()), values(()))
    assert rare(claims) == {"8251200", "8103500", "6301100", "1802400", "7004100"}
