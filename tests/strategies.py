"""Hypothesis strategies for whatever a disclosure may hold: figures, sentences, headings, tables, documents."""

import re
from pathlib import Path

from hypothesis import strategies as st

from hedui.patterns import forms, library

SAMPLES = sorted((Path(__file__).resolve().parent.parent / "corpora" / "samples").glob("*.txt"))
SENTENCES = sorted({e.text for e in forms()} | {e.text for p in library() for e in p.examples})
"""Every sentence that the patterns have as an example."""

STRANGE = st.sampled_from(
    [*"\x00\u200b\u202e\u3000\ufffd\ue000\u0301\r\x0b\x85\u2028\f\t½²①Ⅲ０．，％", "\U0001f600"]
)
"""Characters at which readers stumble."""
ODD = st.text(
    "0123456789.,%％-—()（）[]【】、，。；：“”\n\t 万亿元人次个辆批年月日第一二三占较比上下增减 abXY\u200b",
    max_size=80,
)
"""Characters of disclosures without any order."""
LAYOUT = st.text("一二三、（）()1.0，。万元%占\t\n -—#*|第部分页附件：其中支出2023年", max_size=120)
"""What lines are told apart by, without any order."""
FRAGMENTS = st.sampled_from(
    [piece for text in SENTENCES for piece in re.findall(r"[^，。；]{1,20}[，。；]?", text)]
)
"""Clauses of sentences."""

UNITS = st.sampled_from(
    ["元", "万元", "亿元", "%", "％", "个百分点", "人", "人次", "辆", "批次", "次", "", "‰"]
)
YEARS = st.integers(2008, 2031)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """A number as it is printed: with groups or without, wide or narrow, negative, far too long."""
    whole = draw(st.integers(0, draw(st.sampled_from([9, 1000, 10**7, 10**15, 10**40]))))
    places = draw(st.integers(0, 6))
    number = f"{whole:,}" if draw(st.booleans()) else str(whole)
    number += "." + "0123456789"[:places] if places else ""
    number = draw(st.sampled_from(["", "", "", "-", "－", "约", "近"])) + number
    if draw(st.integers(0, 4)) == 0:
        number = number.translate(
            {ord(a): b for a, b in zip("0123456789.,", "０１２３４５６７８９．，", strict=True)}
        )
    return number


figures = st.tuples(numbers(), UNITS).map("".join)
SUBJECTS = st.sampled_from(
    [
        "本年支出合计",
        "公务接待费",
        "“三公”经费",
        "一般公共服务支出（类）",
        "基本支出",
        "项目甲",
        "其中",
        "公车",
    ]
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A sentence that is none of the examples: subjects and figures bound by words of any order."""
    year, subject = draw(YEARS), draw(SUBJECTS)
    clauses = draw(
        st.lists(
            st.sampled_from(
                [
                    "支出决算为{}",
                    "年初预算为{}",
                    "完成年初预算的{}",
                    "比上年增加{}",
                    "较上年下降{}",
                    "占{}",
                    "其中：甲{}、乙{}",
                    "决算数大于预算数的主要原因是{}",
                    "与上年持平",
                ]
            ),
            min_size=1,
            max_size=5,
        )
    )
    said = "，".join(clause.replace("{}", draw(figures)) for clause in clauses)
    return f"{draw(st.sampled_from([f'{year}年度', '', '本年']))}{subject}{said}。"


HEADINGS = st.tuples(
    st.sampled_from(["一、", "（二）", "3.", "第一部分 ", "（1）", "十一、", "附件1", ""]),
    st.sampled_from(
        ["收入支出决算总体情况", "“三公”经费支出情况说明", "名词解释", "部门概况", "其他", "附表"]
    ),
).map("".join)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Lines of cells; rows need not be of one length."""
    cells = st.one_of(numbers(), SUBJECTS, st.sampled_from(["", "项目", "决算数", "合计", "—", "单位：万元"]))
    rows = draw(st.lists(st.lists(cells, min_size=1, max_size=6), min_size=1, max_size=6))
    return "\n".join("\t".join(row) for row in rows)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A document's text: title, headings, sentences, tables, and what does not belong there, in any order."""
    parts = st.one_of(
        HEADINGS, sentences(), st.sampled_from(SENTENCES), tables(), ODD, STRANGE, st.just("\f")
    )
    title = draw(st.sampled_from(["某某局2023年度部门决算", "甲县乙镇人民政府2019年部门预算公开", ""]))
    return "\n".join([title, *draw(st.lists(parts, min_size=1, max_size=10))])


PRINTED_ITEMS = st.text(
    alphabet="一般公共服务支出政府办公厅室及相关机构事务行政运行类款项科目、：（）()0123456789 “”/a",
    max_size=40,
)
"""Names of items as they may stand in print, and anything else of the same characters."""
