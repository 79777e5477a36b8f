"""Pages as the content systems of public bodies frame an article: the article alone is read, attachments are kept."""

import pytest

from hedui.reading import read
from hedui.reading.html.reader import read as read_page
from readers import refusal

TITLE = "某某县水务局2023年度部门决算公开"
FIRST = "2023年度收入总计1,234.56万元，比上年增加100.00万元，增长8.81%，主要原因是人员经费增加。"
SECOND = "2023年度“三公”经费支出决算为8.56万元，完成预算的95.11%，比上年减少0.59万元，下降6.45%。"
TABLE = (
    "<table><tr><td>项目</td><td>决算数</td></tr><tr><td>本年收入合计</td><td>1,200.00</td></tr>"
    "<tr><td>本年支出合计</td><td>1,200.00</td></tr></table>"
)
BODY = (
    f"<p>一、收入支出决算总体情况</p><p>　　{FIRST}</p><p>二、“三公”经费支出情况</p>"
    f"<p style='text-indent:2em'>{SECOND}</p>{TABLE}"
)
ARTICLE = [
    *(TITLE, "一、收入支出决算总体情况", FIRST, "二、“三公”经费支出情况", SECOND),
    *("项目\t决算数", "本年收入合计\t1,200.00", "本年支出合计\t1,200.00"),
]
RELATED = "".join(
    f"<li><a href='/art/{n}.html'>某某局关于2023年度部门预算的第{n}号公告，请查看</a><span>2024-08-1{n}</span></li>"
    for n in range(6)
)
TOP = "<div class='nav'><ul><li><a href='/'>首页</a></li><li><a href='/zwgk/'>政务公开</a></li></ul></div>"
FOOT = (
    "<div class='footer'><p>主办：某某县人民政府办公室　承办：某某县大数据中心</p>"
    "<p>备案号：蜀ICP备00000000号-1　网站标识码：0000000000</p><p>地址：人民路1号，邮编：600000。</p></div>"
)

DETAIL = f"""{TOP}
<div class="position">当前位置：<a href="../../">首页</a>&nbsp;&gt;&nbsp;<a href="../">财政决算</a></div>
<div class="detail"><h1>{TITLE}</h1>
<div class="info"><span>发布时间：2024-08-30 10:25</span> <span>来源：某某县水务局</span>
<span>浏览次数：<em id="hits">1234</em>次</span>
<span>字体：【<a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(14)">小</a>】</span></div>
<div class="view TRS_UEDITOR trs_paper_default"><div class=TRS_Editor><style>.TRS_Editor p{{margin:0}}</style>{BODY}
</div></div><p>附件：<a href="./P020240830.pdf">2023年度部门决算公开表.pdf</a></p>
<div class="share">分享到：<a href="#" class="weixin">微信</a><a href="#">微博</a></div>
<div><a href="javascript:window.print()">【打印本页】</a>
<a href="javascript:window.close()">【关闭窗口】</a></div></div>
<div class="related"><h3>相关文章</h3><ul>{RELATED}</ul></div>{FOOT}"""

TABLES = f"""<table width=100%><tr><td>
<a href='/'>首页</a> | <a href='/a'>机构</a> | <a href='/b'>公开</a></td></tr></table>
<table width=960 align=center><tr><td width=200 valign=top><ul>{RELATED}</ul></td><td><table width=100%>
<tr><td align=center><UCAPTITLE>{TITLE}</UCAPTITLE></td></tr>
<tr><td>日期：2024-08-30　来源：某某县水务局　字号：<a href="javascript:s(1)">大</a>
<a href="javascript:s(2)">小</a></td></tr>
<tr><td id="zoom"><!--content.begin--><UCAPCONTENT>{BODY}</UCAPCONTENT><!--content.end--></td></tr>
<tr><td align=right><a href='javascript:print()'>打印</a> <a href='javascript:close()'>关闭窗口</a></td></tr>
<tr><td><a href="/upload/2024/tables.xls">附表</a></td></tr></table></td></tr></table>{FOOT}"""

FLAT = f"""<div id=top>欢迎访问某某县人民政府网站！今天是2024年9月1日 星期日，晴 18.5℃</div>
<div class=crumb>您现在的位置：<a href=/>首页</a>&gt;<a href=/x>公示公告</a>&gt;正文</div>
<div id="content"><div class="title">{TITLE}</div>
<div class="meta">发布时间：2024-08-30 | 作者：办公室 | 阅读：88次 | 【字体：<a href="javascript:;">大</a> 小】</div>
<div class="Custom_UnionStyle">{BODY}</div>
<div>上一篇：<a href=/1>某某局2022年部门决算</a></div><div>下一篇：没有了</div>
<div><img src=qr.png>扫一扫在手机打开当前页</div><p>【打印】【关闭窗口】</p>
<object data="https://example.org/scan.pdf"></object></div>"""

WORD = f"""<div class=WordSection1><p class=MsoNormal align=center>
<b><span>{TITLE}<span lang=EN-US><o:p></o:p></span></span></b></p>
<!--[if gte mso 9]><xml><o:Pages>12.5</o:Pages></xml><![endif]--><p class=MsoNormal style='text-indent:32.0pt'>
<span lang=EN-US>2023</span><span>年度支出</span><span lang=EN-US>7<span>83.1</span>4</span
><span>万元。<o:p></o:p></span></p>
<p class=MsoNormal><span style='display:none;mso-hide:all'>隐藏99.99万元</span
><span>年初预算<s>88.88</s><del>77.77</del>66.66万元。</span></p></div>"""


@pytest.mark.parametrize(
    ("frame", "attachments"),
    [
        (DETAIL, ("./P020240830.pdf",)),
        (TABLES, ("/upload/2024/tables.xls",)),
        (FLAT, ("https://example.org/scan.pdf",)),
    ],
    ids=["detail", "tables", "flat"],
)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_the_article_alone_is_read(frame: str, attachments: tuple[str, ...], charset: str) -> None:
    page = f"<!DOCTYPE html><html><head><title>{TITLE}</title></head><body>{frame}</body></html>"
    document = read(page.encode(charset), "")
    assert [line for line in document.text.splitlines() if line] == ARTICLE
    assert (document.title, document.publisher, document.fiscal_year) == (TITLE, "某某县水务局", 2023)
    assert document.attachments == attachments
    assert document.to_dict()["attachments"] == list(attachments)


def test_pages_exported_by_word() -> None:
    document = read(f"<html><body lang=ZH-CN>{WORD}</body></html>".encode(), "")
    assert document.text.split("\n\n") == [TITLE, "2023年度支出783.14万元。", "年初预算66.66万元。\n"]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("支出1.20<sup>[1]</sup>万元", "支出1.20万元"),
        ("支出1.20<sup><a href='#n1'>1</a></sup>万元", "支出1.20万元"),
        ("人员<sup>①</sup>经费", "人员经费"),
        ("占地10m<sup>2</sup>，", "占地10m²，"),
        ("第2<sup>次</sup>公开", "第2次公开"),
    ],
)
def test_what_stands_above_the_line_never_joins_a_number(printed: str, expected: str) -> None:
    assert read(f"<html><p>{printed}</p></html>".encode(), "").text == expected + "\n"


def test_a_page_that_only_frames_another_says_which() -> None:
    assert refusal(b"<html><body><iframe src='/content/1.html'></iframe></body></html>") == "framed"
    assert refusal(b"<html><body><embed src='a.pdf'></body></html>") == "framed"
    assert refusal(b"<html><body><iframe src='about:blank'></iframe></body></html>") == "empty"
    framed = (
        b"<html><p>\xe8\xa7\x81\xe9\x99\x84\xe4\xbb\xb6</p><iframe src='v.html?file=/a.pdf'></iframe></html>"
    )
    assert read(framed, "").attachments == ("v.html?file=/a.pdf",)


def test_the_server_s_word_on_characters_goes_before_the_page_s() -> None:
    data = b"<html><meta charset='utf-8'><p>" + b"amount " * 2000 + "单".encode("gbk") + b"\xff</p></html>"
    assert read_page(data, "", charset="GBK").text.strip("\ufffd\n").endswith("单")
    assert "单" not in read_page(data, "").text
