"""HTML → Document: the characters, the article, its paragraphs and tables, and what its page says of it."""

import sys
from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import hedui
from corpus.formats.html import webpage
from hedui.reading import read
from hedui.reading.errors import UnreadableInput
from hedui.reading.html import reader
from hedui.reading.html.charset import is_html
from hedui.reading.html.reader import attachments, page_facts
from readers import paragraphs, refusal, said

PROSE = "本年支出合计2946.25万元，比上年增加136.40万元，增长4.85%，主要原因是人员经费与项目支出有所增加。"
TITLE = "某某县水务局2023年度部门决算"


def text_of(body: str, head: str = "") -> str:
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "").text


def lines_of(body: str) -> list[str]:
    return [line for line in text_of(body).splitlines() if line]


@pytest.mark.parametrize(("charset", "declared"), [("utf-8", None), ("gbk", "gb2312"), ("gb18030", "utf-8")])
def test_a_disclosure_says_the_same_as_text_and_as_page(
    samples: list[Path], charset: str, declared: str | None
) -> None:
    for path in samples if charset == "gb18030" else samples[::3]:
        text = paragraphs(path.read_text("utf8"))
        plain = hedui.extract(text=text)
        served = hedui.extract(webpage(text, "", charset, declared))
        assert Counter(map(said, served.claims)) == Counter(map(said, plain.claims)), path.name
        assert served.document.title == plain.document.title
        assert "首页" not in served.document.text
        assert "备案" not in served.document.text
        assert "999.99" not in served.document.text


@pytest.mark.parametrize(
    ("charset", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "gb2312"),
        ("utf-8-sig", "gbk"),
        ("gbk", "gb2312"),
        ("gb18030", "utf-8"),
        ("gb18030", "iso-8859-1"),
        ("utf-16", "utf-8"),
        ("utf-16-le", "utf-8"),
    ],
)
def test_characters(charset: str, declared: str) -> None:
    document = read(webpage(PROSE, TITLE, charset, declared), "")
    assert document.text.split("\n\n") == [TITLE, PROSE + "\n"]


def test_a_torn_character_does_not_change_the_encoding() -> None:
    data = webpage(PROSE * 20, TITLE).replace("主要".encode(), "主要".encode()[:-1], 1)
    assert TITLE in read(data, "").text


def test_numbers_over_several_elements_are_one_and_blocks_are_parted() -> None:
    assert lines_of("<p><span>1,2</span><span>34.5</span>万<font>元</font></p><div>增长5%</div>次") == [
        "1,234.5万元",
        "增长5%",
        "次",
    ]
    assert lines_of("<p>支出\n   合计\n12\n万元&nbsp;&nbsp;&#20803;&amp;</p>") == ["支出合计 12 万元 元&"]


def test_line_breaks_part_lines_and_indented_ones_paragraphs() -> None:
    text = text_of("<p>　　本年收入<br>合计1万元。<br>　　本年支出2万元。<br/><br/>结余0元。</p>")
    assert text == "本年收入\n合计1万元。\n\n本年支出2万元。\n\n结余0元。\n"
    assert lines_of("<pre>一\n二  三</pre>") == ["一", "二 三"]


def test_what_is_not_printed_is_left_out() -> None:
    body = (
        f"<p>{PROSE}</p><p style='DISPLAY: none'>隐藏1.5万元，</p><p hidden>隐藏</p><script>var a=1</script>"
        "<style>p{}</style><noscript>请启用</noscript><select><option>选项</select><!--注释--><p>\u200b完\ufeff。</p>"
    )
    assert lines_of(body) == [PROSE, "完。"]
    assert lines_of(f"<div style='display:none'><p>{PROSE * 4}</p></div><p>切换。</p>")[0] == PROSE * 4


def test_navigation_and_footers_are_no_part_of_the_article() -> None:
    links = "".join(f"<li><a href='/{i}.html'>关于印发通知，请知悉{i}.5万元。</a></li>" for i in range(9))
    body = (
        f"<header><nav><p>无障碍，长者版。</p></nav></header><ul>{links}</ul><form><div><div><p>一、支出</p>"
        f"<p>{PROSE}</p><p>{PROSE}</p><p>上一篇：<a href='/1.html'>某某局预算公开情况说明</a></p>"
        f"<div>相关：<a href='/2.html'>某某局预算公开情况说明</a></div></div>"
        f"<aside>点击，排行。</aside></div></form><div><p>主办：某某局，邮编611000。</p></div>"
    )
    assert lines_of(body) == ["一、支出", PROSE, PROSE]


def test_links_within_a_page_and_to_documents_are_text() -> None:
    body = f"<p><a name='a' href='#b'>一、支出情况</a></p><p>{PROSE}</p><p><a href='x.xls'>附表.xls</a></p>"
    assert lines_of(body) == ["一、支出情况", PROSE, "附表.xls"]


def test_tables_of_data_become_rows_with_merged_cells_once() -> None:
    body = (
        f"<p>{PROSE}</p><table><caption>收入决算表</caption><tr><th colspan=2>项目</th><th rowspan=2>合计</th></tr>"
        "<tr><td>编码</td><td><p>名</p><p>称</p></td></tr><tr><td>201</td><td>一般公共<br>服务支出</td>"
        "<td><span>1,503</span>.52</td></tr><tr><td></td></tr></table><p>完。</p>"
    )
    text = text_of(body)
    assert text.split("\n\n")[1:] == [
        "收入决算表\n项目\t\t合计\n编码\t名称\t\n201\t一般公共服务支出\t1,503.52",
        "完。\n",
    ]


def test_numbers_one_below_the_other_in_a_cell_stay_apart() -> None:
    assert lines_of("<table><tr><td>一<br>二<td>12<br>34</tr><tr><td>三<td>4.5</table>")[0] == "一二\t12 34"


def test_tables_that_lay_out_the_page_are_none() -> None:
    inner = "<table><tr><td>项目</td><td>决算数</td></tr><tr><td>支出</td><td>5.50</td></tr></table>"
    body = f"<table><tr><td><ul><li><a href='/'>首页</a></li></ul></td><td><p>{PROSE}</p>{inner}</td></tr></table>"
    assert lines_of(body) == [PROSE, "项目\t决算数", "支出\t5.50"]
    assert lines_of(f"<table><tr><td><p>{PROSE}</p><p>完。</p></td></tr></table>") == [PROSE, "完。"]


def test_tables_with_a_long_cell() -> None:
    row = "<tr><td>指标</td><td>值</td></tr>"
    goal = f"<tr><td>目标</td><td>{PROSE * 9}</td></tr>"
    assert lines_of(f"<table>{goal}{row * 4}</table>") == [f"目标\t{PROSE * 9}", *["指标\t值"] * 4]
    assert lines_of(f"<table>{row}{goal}</table>") == [PROSE * 9]


def test_word_s_own_html() -> None:
    body = (
        "<div class=WordSection1><p class=MsoNormal><![if !supportLists]><span style='mso-list:Ignore'>一、<span>"
        "&nbsp; </span></span><![endif]><span>支出</span><st1:chsdate>2023年</st1:chsdate>情况<o:p></o:p></p>"
        f"<!--[if gte mso 9]><xml>9.5</xml><![endif]--><p>{PROSE}<o:p>&nbsp;</o:p></p></div>"
    )
    assert lines_of(body) == ["一、 支出2023年情况", PROSE]


def test_a_row_that_holds_sentences_is_a_paragraph() -> None:
    rows = "<tr><td>项目</td><td>决算数</td></tr><tr><td>支出</td><td>5.50</td></tr>"
    assert lines_of(f"<table>{rows}<tr><td colspan=2>{PROSE}</td></tr></table>")[-1] == PROSE


def test_items_of_numbered_lists() -> None:
    items = (
        "<ol start=3><li>收入增加。</li><li><p>支出减少。</p></li><li>5、结余。</li></ol><ul><li>无。</ul>"
    )
    assert lines_of(items) == ["3. 收入增加。", "4. 支出减少。", "5、结余。", "无。"]


def test_title_and_publisher_come_from_the_page_where_the_text_is_silent() -> None:
    document = read(webpage(PROSE, TITLE), "http://example.org/a.html")
    assert (document.title, document.publisher, document.fiscal_year) == (TITLE, "某某县水务局", 2023)
    assert document.text.startswith(TITLE + "\n\n")
    plain = read(f"<title>{TITLE}_某某县人民政府</title><p>{PROSE}</p>".encode(), "")
    assert (plain.title, plain.fiscal_year, plain.text) == (TITLE, 2023, PROSE + "\n")
    sourced = f'<meta name="ContentSource" content="财政股"><title>公示</title><p>{PROSE}</p>'
    assert read(sourced.encode(), "").publisher == "财政股"


def test_attachments_and_facts() -> None:
    head = (
        '<base href="https://example.org/a/b.html"><link rel="canonical" href="https://example.org/c.html">'
    )
    body = (
        f"<p>{PROSE}</p><a href='./P02.pdf' title='决算公开.pdf'>下载</a><a href='./P02.pdf'>又</a>"
        "<a href='/down?file=x.xls&amp;id=1'>附表</a><a href='/index.html'>首页</a><a href='http://[bad'>坏</a>"
    )
    found = attachments(f"<html><head>{head}</head><body>{body}</body></html>".encode())
    assert [(a.url, a.text) for a in found] == [
        ("https://example.org/a/P02.pdf", "决算公开.pdf"),
        ("https://example.org/down?file=x.xls&id=1", "附表"),
    ]
    facts = page_facts(webpage(PROSE, TITLE))
    assert (facts.title, facts.publisher, facts.published) == (TITLE, "某某局", date(2024, 8, 30))


def test_pages_are_told_by_their_content() -> None:
    assert is_html(b"\xef\xbb\xbf\r\n<!DOCTYPE html>")
    assert is_html(b"<!-- a --><div class='x'>")
    assert is_html("<html>".encode("utf-16"))
    assert not is_html("收入<支出，<b>".encode())
    assert not is_html(b"a < b and c > d")


def test_pages_without_text_and_beyond_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(b"<html></html>") == "empty"
    assert refusal(b"<html><body><script>1</script></body></html>") == "empty"
    assert refusal(b"<html><!-- only -->") == "empty"
    for tag in ("div", "b", "table><tr><td", "ul><li"):
        assert refusal(b"<html>" + f"<{tag}>".encode() * 50_000 + PROSE.encode()) == "too_deep"
        assert PROSE in text_of(f"<{tag}>" * 300 + PROSE)
    monkeypatch.setattr(reader, "MAX_SECONDS", -1)
    assert refusal(webpage(PROSE)) == "too_slow"
    monkeypatch.setattr(reader, "MAX_BYTES", 10)
    assert refusal(webpage(PROSE)) == "too_large"


def test_entities_of_a_page_s_own_are_not_read() -> None:
    data = (
        b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]><html><p>&a;&b;'
        + PROSE.encode()
    )
    assert "root:" not in read(data, "").text


PIECES = [
    "<table>",
    "<tr>",
    "<td colspan=9>",
    "</td>",
    "<p>",
    "</div>",
    "<br>",
    "<a href='x'>",
    "<li>",
    "12.5",
]


@given(
    st.lists(st.sampled_from([*PIECES, "万元，", "<!--", "<ol>", "\t", "&nbsp;", "<x:y>", "\0", "</body>"]))
)
def test_any_soup_of_tags_is_read_or_refused(pieces: list[str]) -> None:
    with suppress(UnreadableInput):
        read(b"<html>" + "".join(pieces).encode(), "")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(UnreadableInput):
        read(b"<html>" + data, "")
