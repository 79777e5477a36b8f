"""Web pages made for tests: an article as government sites serve it, with the page around it."""

from html import escape

from flatten import table_rows

NAVIGATION = """
<div class="top"><ul><li><a href="/">首页</a></li><li><a href="/a/">政务公开</a></li><li><a href="/b/">互动交流</a></li>
<li><a href="/c/">财政信息</a></li></ul></div>
<div class="place">当前位置：<a href="/">首页</a> &gt;
<a href="/a/">政务公开</a> &gt; <a href="/c/">财政信息</a></div>"""
FOOTER = """
<div class="links"><a href="/x/1">关于某镇2019年支出12.5万元的公告，请知悉。</a><a href="/x/2">另一则公告</a></div>
<div class="foot"><p>主办：某某市人民政府 版权所有</p><p>建议使用IE9.0以上浏览器，备案号：12345678号-1</p></div>"""


def webpage(text: str, title: str = "", charset: str = "utf-8", declared: str | None = None) -> bytes:
    """A text as an article: a paragraph for each of its lines, a table for its tab-separated rows.

    `declared` is what the page says of its characters where that is not what they are.
    """
    body = []
    for part in table_rows(text):
        if isinstance(part, str):
            # Word leaves every run of characters in an element of its own.
            words = escape(part).replace(".", ".</span><span>")
            body.append(f'<p style="text-indent:2em"><span>{words}</span></p>')
        else:
            rows = "".join(
                "<tr>" + "".join(f"<td><p>{escape(cell)}</p></td>" for cell in row) + "</tr>" for row in part
            )
            body.append(f'<table border="1"><tbody>{rows}</tbody></table>')
    page = f"""<!DOCTYPE html><html><head><meta charset="{declared or charset}">
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2024-08-30 10:00">
<meta name="ContentSource" content="某某局"><title>{title}-某某市人民政府</title>
<style>p {{ margin: 0 }}</style></head><body>{NAVIGATION}
<table width="1000"><tr><td><div class="article"><h1>{title}</h1><div>发布时间：2024-08-30 来源：某某局</div>
<div class="content">{"".join(body)}</div></div></td></tr></table>{FOOTER}
<script>var total = "本年支出999.99万元，增长5%。";</script></body></html>"""
    return page.encode(charset)
