"""A disclosure whose text holds what pages, databases, templates and spreadsheets might run."""

from dataclasses import replace

import hedui
from hedui.model import Report

SOURCE = '=cmd|"<img src=x onerror=alert(1)>.txt'
WORDS = (
    "<script>alert(1)</script>",
    "</p></style></script><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% include 'x' %}",
    "'; DROP TABLE documents; --",
    "[link](javascript:alert(1)) `code` **bold** ![picture](http://127.0.0.1/x.png)",
    "&lt;b&gt; &#60;",
)
TEXT = (
    f"某某局{WORDS[0]}2024年度部门决算\n\n一、支出情况{WORDS[1]}\n\n"
    + "2024年度支出合计100.00万元，比上年增加20.00万元，增长30.00%。"
    + "".join(f"主要用于{words}。" for words in WORDS)
    + f"\n\n项目\t决算数\n{WORDS[1]}\t1.00\n\x1b[31m\x00\ufdd0红\n"
)


def hostile() -> Report:
    """The report of it; source and address are as bad."""
    report = hedui.check(text=TEXT)
    assert report.findings
    document = replace(
        report.document, source=SOURCE, url="javascript:alert(1)", title=f"某某局{WORDS[0]}2024年度部门决算"
    )
    findings = tuple(replace(found, quote=WORDS[1] + found.quote) for found in report.findings)
    return replace(report, document=document, findings=findings)
