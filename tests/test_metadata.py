"""What a document says of itself, and where it says so."""

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import hedui
from corpus.generate import generate
from hedui.reading.metadata import describe

BODY = """
一、收入支出决算总体情况
本年收入合计100.00万元，本年支出合计90.00万元，年末结转和结余10.00万元。
财政拨款收入90.00万元。机关运行经费5.00万元。
"""


@pytest.mark.parametrize(
    ("head", "title", "publisher", "year", "kind"),
    [
        *(
            (f"{head}\n", "".join(head.strip("# ").split()), publisher, year, kind)
            for head, publisher, year, kind in [
                ("某某市水务局2023年度部门决算", "某某市水务局", 2023, "department_final"),
                ("2021年度某某县教育局部门决算", "某某县教育局", 2021, "department_final"),
                ("# 某某区实验小学 2022 年度单位决算", "某某区实验小学", 2022, "unit_final"),
                (
                    "某某市某某区某某街道办事处2023年度部门决算公开",
                    "某某市某某区某某街道办事处",
                    2023,
                    "department_final",
                ),
                ("民政局2023年度部门决算", "民政局", 2023, "department_final"),
                ("中共某某县委组织部2022年度部门决算", "中共某某县委组织部", 2022, "department_final"),
                ("某某县水利局（本级）2023年度部门决算", "某某县水利局", 2023, "unit_final"),
                ("某某县水利局本级2023年度单位决算", "某某县水利局", 2023, "unit_final"),
                ("某某县水利局（部门）2023年度部门决算", "某某县水利局", 2023, "department_final"),
                ("某某县水利局（汇总）2023年部门决算", "某某县水利局", 2023, "department_final"),
                ("某某县机关事务管理局2023年度部门决算", "某某县机关事务管理局", 2023, "department_final"),
                ("某某县财政局关于2023年度部门决算公开的说明", "某某县财政局", 2023, "department_final"),
                (
                    "某某县财政局2023年度部门决算和2022年度决算对比说明",
                    "某某县财政局",
                    2023,
                    "department_final",
                ),
                ("某某区卫生健康委员会2024年部门预算", "某某区卫生健康委员会", 2024, "department_budget"),
                ("某某县公安局2022年度整体支出绩效评价报告", "某某县公安局", 2022, "performance_report"),
                ("某某县林业局2023年造林项目绩效自评报告", "某某县林业局", 2023, "performance_report"),
                ("某某区2023年区本级决算的报告", "某某区", 2023, "government_report"),
                ("某某县卫健局2023年度“三公”经费决算公开", "某某县卫健局", 2023, "sangong_notice"),
            ]
        ),
        (
            "关于公开2023年度某某市博物馆单位决算的说明\n",
            "2023年度某某市博物馆单位决算的说明",
            "某某市博物馆",
            2023,
            "unit_final",
        ),
        (
            "附件：\n某某市水务局\n2023年度\n部门决算\n",
            "某某市水务局2023年度部门决算",
            "某某市水务局",
            2023,
            "department_final",
        ),
        (
            "监督索引号53010000000000111\n某某局2021年度部门决算\n",
            "某某局2021年度部门决算",
            "某某局",
            2021,
            "department_final",
        ),
        (
            "监督索引号（公开文本）\n某某局2021年度部门决算\n",
            "某某局2021年度部门决算",
            "某某局",
            2021,
            "department_final",
        ),
        (
            "欢迎访问某某县政府门户\n某某局2021年度部门决算\n",
            "某某局2021年度部门决算",
            "某某局",
            2021,
            "department_final",
        ),
        (
            "2023年度部门决算\n编制单位：某某县审计局\n",
            "2023年度部门决算",
            "某某县审计局",
            2023,
            "department_final",
        ),
        ("部门：某某县审计局\t2023年度\t单位：万元\n", None, "某某县审计局", 2023, "department_final"),
        ("某某县审计局\n第一部分 概况\n2022年度概况\n", None, "某某县审计局", 2022, "department_final"),
        ("第一部分 概况\n某某县审计局是主管审计的部门。\n", None, "某某县审计局", None, "department_final"),
        ("2023年度收入支出决算总体情况\n", "2023年度收入支出决算总体情况", None, 2023, "department_final"),
        ("2020年公务接待费支出5.20万元，较2019年减少1万元。", None, None, 2020, None),
        ("公务接待费支出5.20万元。", None, None, None, None),
    ],
)
def test_what_a_text_says_of_itself(
    head: str, title: str | None, publisher: str | None, year: int | None, kind: str | None
) -> None:
    told = describe(head + BODY if kind else head)
    assert (told.title, told.publisher, told.fiscal_year, told.kind) == (title, publisher, year, kind)
    found = {
        name for name in ("title", "publisher", "fiscal_year", "kind") if getattr(told, name) is not None
    }
    assert set(told.origins) == found
    assert told.origins.get("title", "text") == "text"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("公开时间：2025 年 10 月 16 日\n", date(2025, 10, 16)),
        ("某某局 发布日期：2024-08-28 浏览次数：12\n", date(2024, 8, 28)),
        ("发布时间:2024/8/5 09:30\n", date(2024, 8, 5)),
        ("某某局2023年度部门决算\n正文。\n某某局\n2024年9月1日\n\n", date(2024, 9, 1)),
        ("公开时间：2025年13月40日\n", None),
        ("会议于2024年9月1日召开。\n", None),
    ],
)
def test_day_of_publication(text: str, published: date | None) -> None:
    told = describe(text)
    assert told.published == published
    assert told.origins.get("published") == ("text" if published else None)


def test_where_it_is_said() -> None:
    told = describe("某某局2021年度部门决算\n公开时间：2022年9月1日\n" + BODY)
    assert told.origins == {
        **dict.fromkeys(("publisher", "fiscal_year", "kind"), "title"),
        **dict.fromkeys(("title", "published"), "text"),
    }


HEAD = """<html><head><meta charset="utf-8"><title>公开</title>
<meta name="PubDate" content="2024-09-20 10:11"><meta name="ContentSource" content="某某市财政局">
<meta name="ArticleTitle" content="{title}"><link rel="canonical" href="https://example.gov.cn/a.html"></head>"""


def test_a_web_page_knows_more_than_its_text() -> None:
    page = (
        HEAD.format(title="关于公开决算的说明")
        + f"<body><div>发布日期：2024-01-01</div><p>{BODY * 20}</p></body></html>"
    )
    told = hedui.read(page.encode())
    assert (told.title, told.publisher, told.published) == (
        "关于公开决算的说明",
        "某某市财政局",
        date(2024, 9, 20),
    )
    assert told.url == "https://example.gov.cn/a.html"
    assert told.origins == {
        **dict.fromkeys(("title", "publisher", "published", "url"), "page"),
        "kind": "text",
    }


def test_the_title_knows_the_publisher_better_than_the_page() -> None:
    page = HEAD.format(title="甲县水务局2023年度部门决算") + f"<body><p>{BODY * 20}</p></body></html>"
    told = hedui.read(page.encode())
    assert (told.publisher, told.fiscal_year) == ("甲县水务局", 2023)
    assert (told.origins["title"], told.origins["publisher"]) == ("page", "title")


def test_samples(samples: list[Path]) -> None:
    found = {path.stem: hedui.read(path) for path in samples}
    assert {stem: document.publisher for stem, document in found.items()} == {
        "anhui-2022": "安徽省颍岚县统计调查局",
        "chongqing-2024": "重庆市澜清区水利事务局",
        "guangdong-2023": "广东省海岚市公安局",
        "guangxi-2022": "广西漓澄县市场监督服务局",
        "hunan-2019": "湖南省澧沅县第三初级中学",
        "shanghai-2024": "上海市浦泽区文化旅游促进局",
        "sichuan-2023": "四川省锦阜县农业综合局",
        "yunnan-2021": "云南省岚关县民政服务局",
    }
    assert all(stem.endswith(f"-{document.fiscal_year}") for stem, document in found.items())
    assert all((document.title or "").startswith(document.publisher or "?") for document in found.values())


def test_generated_disclosures() -> None:
    for made in generate(20, seed=43):
        told = describe(made.page.text)
        assert told.fiscal_year == made.accounts.year
        assert told.publisher == made.accounts.body.name


def test_real_documents(shared: Path) -> None:
    """Two of them have lost the page with their title: year and kind are told by the text."""
    paths = [path for path in (shared / "corpus").glob("*.*") if path.suffix != ".enc"]
    found = {path.stem: hedui.read(path) for path in paths}
    untitled = {"anju-2023-final", "jinkouhe-2023-final"}
    assert {stem for stem, document in found.items() if document.title is None} == untitled
    assert all(str(document.fiscal_year) in stem for stem, document in found.items())
    offices = {stem: document.publisher for stem, document in found.items() if "putuo" not in stem}
    assert len(offices) == 5
    assert all(name and name.endswith("区人民政府办公室") for name in offices.values())
    assert found["putuo-finance-2024-final"].publisher == "上海市普陀区财政局"
    assert found["putuo-planning-2024-final"].publisher == "上海市普陀区规划和自然资源局"
    published = {stem: document.published for stem, document in found.items() if document.published}
    assert published == {"leshan-shizhong-2024-final": date(2025, 10, 16)}
