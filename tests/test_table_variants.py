"""The standard tables as the provinces print them: other titles, heads, columns and orders, the same claims.

tests/gold/README.md tells how the files of variants are written.
"""

from itertools import groupby
from pathlib import Path

import pytest

import hedui
from hedui import tables
from hedui.model import Claim
from hedui.segmentation import segment

VARIANTS = sorted((Path(__file__).resolve().parent / "gold" / "variants").glob("*.txt"))


def claims(text: str) -> list[Claim]:
    """The claims of tables whose cells are parted by bars."""
    document = hedui.read(text=text.replace("|", "\t"))
    return tables.claims(document, segment(document).tables)


def said(claim: Claim, year: int = 2023) -> tuple[str, str]:
    """What a claim is about, and its value with what is not as usual: unit of a count, basis, year."""
    about = claim.metric + (f"({claim.part})" if claim.part else "")
    about += (f"[{claim.item.code}]" if claim.item else "") + (f"@{claim.scope}" if claim.scope else "")
    value = claim.value + (claim.unit if claim.measure == "count" else "")
    value += f" {claim.basis}" if claim.basis not in (None, "final") else ""
    return about, value + (f" {claim.year}" if claim.year != year else "")


def rows(found: list[Claim]) -> list[str]:
    """What the claims of each row say; claims that are about the same, one after another, once."""
    out = []
    for _, row in groupby(found, key=lambda claim: claim.sentence_start):
        told = groupby(map(said, row), key=lambda pair: pair[0])
        out.append("; ".join(f"{about} {', '.join(value for _, value in group)}" for about, group in told))
    return out


@pytest.mark.parametrize("path", VARIANTS, ids=lambda path: path.stem)
def test_variants(path: Path) -> None:
    text, _, expected = path.read_text("utf8").partition("\nclaims in ")
    unit, *lines = expected.splitlines()
    found = claims(text)
    assert rows(found) == lines
    assert {c.unit for c in found if c.measure == "amount"} == {unit}
    assert [c.value for c in found if c.pattern.endswith(":partial")] == []


@pytest.mark.parametrize("path", VARIANTS, ids=lambda path: path.stem)
def test_variants_add_up(path: Path) -> None:
    report = hedui.check(text=path.read_text("utf8").partition("\nclaims in ")[0].replace("|", "\t"))
    assert [finding.message for finding in report.findings] == []
    assert {relation.status for relation in report.relations} == {"held"}


def test_there_are_many_variants() -> None:
    assert len(VARIANTS) >= 20


HEAD = "某某省某某厅2023年度部门决算\n\n"
WHOLE = (
    "一般公共预算财政拨款支出决算表",
    "单位：万元",
    "科目编码|科目名称|合计|基本支出|项目支出",
    "合计||80.00|60.00|20.00",
    "201|一般公共服务支出|50.00|30.00|20.00",
    "208|社会保障和就业支出|30.00|30.00|",
    "20805|行政事业单位养老支出|30.00|30.00|",
    "2080505|机关事业单位基本养老保险缴费支出|30.00|30.00|",
)


@pytest.mark.parametrize(
    "lines",
    [
        (*WHOLE[:5], WHOLE[2], *WHOLE[5:]),
        (*WHOLE[:5], "", "- 3 -", "", WHOLE[0] + "（续）", WHOLE[1], WHOLE[2], *WHOLE[5:]),
        (*WHOLE[:5], "", WHOLE[0] + "（续表）", *WHOLE[5:]),
        (*WHOLE[:5], "", "第 4 页", WHOLE[0], WHOLE[2], *WHOLE[5:]),
        (*WHOLE[:7], "2080505|机关事业单位基本养老保|30.00|30.00|", "|险缴费支出|||"),
        (*WHOLE[:7], "|机关事业单位基本养老保|||", "2080505|险缴费支出|30.00|30.00|"),
    ],
)
def test_tables_over_pages_and_labels_over_lines(lines: tuple[str, ...]) -> None:
    whole, parted = claims(HEAD + "\n".join(WHOLE)), claims(HEAD + "\n".join(lines))
    assert len(whole) == 3 + 3 + 3 * 2

    def said(claim: Claim) -> tuple[object, ...]:
        return (
            *(claim.metric, claim.item, claim.value, claim.unit, claim.section),
            claim.subject,
            claim.pattern,
        )

    assert [said(c) for c in parted] == [said(c) for c in whole]
