"""A check takes as long as its document is: no shape of text makes it take the square of its length.

Counted in lines of the package that are run, so that the machine does not matter.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

import hedui

HEAD = "某某局2023年度部门决算\n\n一、收入支出决算情况\n\n"
TABLE = "支出决算表\n单位：万元\n"
FEW, MANY = 200, 800
SQUARE = 6  # times the work for four times the text: between what grows with it and with its square
SHAPES: dict[str, Callable[[int], str]] = {
    "tabs": lambda n: TABLE + "项目\t本年支出合计\n基本支出" + "\t" * (5 * n) + "1.00\n",
    "wide": lambda n: (
        TABLE + "科目" + "\t本年支出合计" * (5 * n) + ("\n基本支出" + "\t1.00" * (5 * n)) * 3 + "\n"
    ),
    "wide nohead": lambda n: TABLE + "项目\t本年支出合计\n" + ("基本支出" + "\t1.00" * (5 * n) + "\n") * 3,
    "wide words": lambda n: TABLE + "项目\t本年支出合计\n" + "基本支出\t" * (5 * n) + "1.00\n",
    "long table": lambda n: (
        TABLE + "项目\t本年支出合计\n" + "".join(f"项目{i}\t{i}.00\n" for i in range(n)) + "\n"
    ),
    "long same": lambda n: TABLE + "项目\t本年支出合计\n" + "基本支出\t1.00\n" * n,
    "items table": lambda n: TABLE + "科目编码\t科目名称\t本年支出合计\n" + "2010101\t行政运行\t1.00\n" * n,
    "heads": lambda n: TABLE + "项目\t本年支出合计\n" * n + "基本支出\t1.00\n",
    "short rows+wide": lambda n: (
        TABLE + "项目\t本年支出合计\n" + "a\t1\n" * n + "基本支出" + "\t1.00" * (5 * n) + "\n"
    ),
    "clauses": lambda n: "2023年度" + "基本支出1.00万元，" * n + "。\n",
    "same sentences": lambda n: "2023年度基本支出1.00万元。" * n + "\n",
    "paragraphs": lambda n: "2023年度基本支出1.00万元。\n" * n,
    "bad paragraphs": lambda n: "2023年度支出合计3.00万元，其中基本支出1.00万元，项目支出1.00万元。\n" * n,
    "bad changes": lambda n: "".join(
        f"项目{i}支出决算为{i}.00万元，比上年增加1.00万元，下降7.00%。\n" for i in range(n)
    ),
    "distinct bad totals": lambda n: "".join(
        f"本年支出合计{i}.00万元，其中基本支出1.00万元，项目支出1.00万元。\n" for i in range(n)
    ),
    "repeats": lambda n: "".join(f"2023年度本年支出合计{i}.00万元。\n" for i in range(n)),
    "brackets": lambda n: "基本支出1.00万元" + "（" * n + "\n",
    "brackets2": lambda n: "基本支出1.00万元" + "（其中" * n + "）" * n + "\n",
    "nested list": lambda n: "2023年度" + "支出合计1.00万元，其中：" * n + "\n",
    "headings": lambda n: "".join(f"{i}.基本支出情况\n" for i in range(n)),
    "items": lambda n: "教育支出（类）普通教育（款）小学教育（项）1.00万元，" * n + "。\n",
    "item names": lambda n: "教育" * n + "（类）1.00万元。\n",
    "item marks": lambda n: (
        "政府办公厅（室）及相关机构事务（款）" * n + "项类款" * n + "一、" * n + "（1类" * n + "。\n"
    ),
    "parts": lambda n: (
        "2023年度支出合计100.00万元，其中：" + "、".join(f"项目{i}支出1.00万元" for i in range(n)) + "。\n"
    ),
    "respectively": lambda n: "、".join(["会议费"] * n) + "分别为" + "、".join(["1.00万元"] * n) + "。\n",
    "digits": lambda n: "支出" + "1" * n + "万元。\n",
    "commas": lambda n: "支出" + "1," * n + "万元。\n",
    "comma broken": lambda n: "支出1,\n" * n + "万元。\n",
    "spaces": lambda n: "支出 " + " " * n + "1.00万元。\n",
    "blank lines": lambda n: "支出1.00万元\n" * n + "\n" * n,
    "unfinished lines": lambda n: "支出1.00万元，比上年增加较多且与预算数基本持平的情况下进一步\n" * n,
    "reasons": lambda n: "支出1.00万元，主要原因是" + "人员增加，" * n + "。\n",
    "comparators": lambda n: "支出1.00万元，" + "比上年" * n + "增加1万元。\n",
    "compare each": lambda n: "支出1.00万元，" + "比上年增加1.00万元，" * n + "。\n",
    "years": lambda n: "".join(f"{2000 + i % 30}年支出1.00万元，" for i in range(n)) + "。\n",
    "glossary": lambda n: "二、名词解释\n" + "一般公共服务支出（类）：指用于服务的支出。\n" * n,
    "md": lambda n: TABLE + "|科目|金额|\n|---|---|\n" + "|基本支出|1.00|\n" * n,
    "dots": lambda n: "基本支出" + "." * n + "1\n",
    "page nos": lambda n: "支出1.00万元\n- 1 -\n" * n,
    "quantities": lambda n: "".join(f"公务接待{i}批次，{i}人次，" for i in range(n)) + "。\n",
    "prose cell": lambda n: (
        TABLE + "科目\t说明\n支出\t" + "基本支出1.00万元，比上年增加1.00万元。" * n + "\n"
    ),
    "prose cells": lambda n: TABLE + "科目\t说明\n" + "支出\t基本支出1.00万元，比上年增加1.00万元。\n" * n,
    "tables": lambda n: (TABLE + "项目\t本年支出合计\n基本支出\t1.00\n\n说明如下。\n") * n,
    "tables distinct": lambda n: "".join(
        f"{TABLE}项目\t本年支出合计\n项目{i}\t1.00\n合计\t2.00\n\n说明如下。\n" for i in range(n)
    ),
}


def work(text: str) -> int:
    """How many lines a check of the text runs."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        hedui.check(text=text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", SHAPES)
def test_work_grows_with_the_text(name: str) -> None:
    shape = SHAPES[name]
    hedui.check(text=HEAD + shape(3))  # what is loaded or compiled once
    few, many = work(HEAD + shape(FEW)), work(HEAD + shape(MANY))
    assert many < SQUARE * few
