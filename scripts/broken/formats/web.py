"""Web pages that are nested without end, lie about their characters, or reach for the network."""

from broken import MILLION, READ, case, fixed

PROSE = "2024年度支出合计100.00万元，比上年增加20.00万元，增长25.00%，主要原因是项目增加。"
UNREACHABLE = "http://127.0.0.1:9"
"""An address that a reader must never ask."""

WHOLE = (
    f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>某某县水务局2024年度部门决算</title></head>"
    f"<body><div id='zoom'><p>{PROSE}</p><table><tr><th>项目</th><th>决算数</th></tr><tr><td>支出</td>"
    f"<td>100.00</td></tr></table></div></body></html>"
)


def page(body: str, head: str = "") -> bytes:
    """The bytes of a page."""
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


for cut in (20, 120, 300, 400):
    fixed(f"cut-at-{cut}.html", WHOLE.encode()[:cut], READ, "empty", "html_broken")

fixed("no-text.html", page("<script>var a = '1.00万元';</script>"), "empty")
fixed("no-elements.html", b"<html>", "empty", "html_broken")
fixed("unclosed-comment.html", page(f"<p>{PROSE}</p><!-- {PROSE * 100}"), READ)
fixed("unclosed-script.html", page(f"<p>{PROSE}</p><script>{PROSE * 100}"), READ)
fixed("unclosed-quote.html", page(f"<p>{PROSE}</p><a href='{PROSE * 100}"), READ)
fixed(
    "frames-only.html", b"<html><frameset><frame src='http://127.0.0.1:9/a.html'></frameset></html>", "framed"
)
fixed("charset-lies.html", page(f"<p>{PROSE}</p>", "<meta charset='iso-8859-1'>"), READ)
fixed("charset-unknown.html", page(f"<p>{PROSE}</p>", "<meta charset='no-such-thing'>"), READ)
fixed("charset-utf7.html", page("<p>+ZTZ-</p><p>支出</p>", "<meta charset='utf-7'>"), READ)
fixed(
    "charset-gb-says-utf8.html",
    f"<html><meta charset='utf-8'><p>{PROSE}</p></html>".encode("gb18030"),
    READ,
)
fixed("utf16-without-mark.html", WHOLE.encode("utf-16-le"), READ)
fixed("xml-declared.xhtml", f"<?xml version='1.0' encoding='utf-16'?>{WHOLE}".encode(), READ)
fixed("nul-between.html", WHOLE.replace("<", "\0<").encode(), READ)
fixed(
    "entities.html",
    f"<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'><!ENTITY b '{UNREACHABLE}'>"
    f"<!ENTITY % c SYSTEM '{UNREACHABLE}/x.dtd'> %c;]><html><p>&a;&b;{PROSE}</p></html>".encode(),
    READ,
)
fixed(
    "reaches-out.html",
    page(
        f"<iframe src='{UNREACHABLE}/a'></iframe><img src='{UNREACHABLE}/b'><object data='{UNREACHABLE}/c'>"
        f"</object><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/>"
        f"<svg><image href='{UNREACHABLE}/d'/></svg><p>{PROSE}</p>",
        f"<meta http-equiv='refresh' content='0;url={UNREACHABLE}/e'><base href='{UNREACHABLE}/f'>"
        f"<link rel='stylesheet' href='{UNREACHABLE}/g.css'><script src='{UNREACHABLE}/h.js'></script>",
    ),
    READ,
)
fixed("numbers-of-characters.html", page("&#0;&#x110000;&#99999999999999999999;&#xD800;" + PROSE), READ)


@case("laughs.html", READ, "html_broken", small=6, full=12)
def _(size: int) -> bytes:
    entities = "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(size))
    return f"<!DOCTYPE html [<!ENTITY a0 'ha'>{entities}]><html><p>&a{size};{PROSE}</p></html>".encode()


@case("deep-divs.html", "too_deep", small=5000, full=100_000)
def _(size: int) -> bytes:
    return page("<div>" * size + PROSE)


@case("deep-tables.html", "too_deep", small=5000, full=100_000)
def _(size: int) -> bytes:
    return page("<table><tr><td>" * size + PROSE)


@case("deep-lists.html", "too_deep", small=5000, full=100_000)
def _(size: int) -> bytes:
    return page("<ul><li>" * size + PROSE)


@case("deep-and-closed.html", READ, "too_deep", small=600, full=2000)
def _(size: int) -> bytes:
    return page(f"<div>{PROSE}" * size + "</div>" * size)


@case("deep-in-tables.html", READ, "too_deep", "too_slow", small=60, full=600)
def _(size: int) -> bytes:
    row = "<tr><td>项目</td><td>1.00</td></tr>"
    return page(f"<table>{row * 3}<tr><td>甲</td><td>" * size + PROSE + "</td></tr></table>" * size)


@case("unclosed-inline.html", READ, "too_many_elements", "too_deep", small=1500, full=MILLION)
def _(size: int) -> bytes:
    return page("<b><i><font>" * size + PROSE)


@case("misnested.html", READ, "too_deep", small=300, full=20_000)
def _(size: int) -> bytes:
    return page("<b><p><i></b></p><table><a>" * size + PROSE)


@case("row-of-many-cells.html", READ, "too_many_elements", small=5000, full=MILLION)
def _(size: int) -> bytes:
    return page(f"<p>{PROSE}</p><table><tr>{'<td>1' * size}</tr><tr>{'<td>2' * size}</tr></table>")


@case("wide-cells.html", READ, "too_long", small=300, full=20_000)
def _(size: int) -> bytes:
    row = (
        "<tr><td colspan=999999999>甲</td><td colspan=1000 rowspan=65534>1.00</td><td rowspan=0>乙</td></tr>"
    )
    return page(f"<p>{PROSE}</p><table>{row * size}</table>")


@case("tall-cells.html", READ, "too_long", small=300, full=20_000)
def _(size: int) -> bytes:
    row = "<tr>" + "<td rowspan=65534>1</td>" * 5 + "</tr>"
    return page(f"<p>{PROSE}</p><table>{row * size}</table>")


@case("many-attributes.html", READ, "html_broken", small=3000, full=300_000)
def _(size: int) -> bytes:
    return page(f"<p {' '.join(f'a{n}=1' for n in range(size))}>{PROSE}</p>")


@case("long-attribute.html", READ, "too_long", "too_large", small=100_000, full=30 * MILLION)
def _(size: int) -> bytes:
    return page(f"<p style='{'display:;' * (size // 9)}'>{PROSE}</p><img src='data:,{'A' * size}'>")


@case("only-openings.html", "too_long", READ, "empty", small=20_000, full=10 * MILLION)
def _(size: int) -> bytes:
    return page("<" * size + PROSE)


@case("breaks.html", READ, "too_many_elements", small=5000, full=MILLION)
def _(size: int) -> bytes:
    return page(f"<p>{PROSE}{'<br>' * size}{PROSE}</p>")


@case("links.html", READ, "too_many_elements", small=2000, full=200_000)
def _(size: int) -> bytes:
    links = "".join(f"<a href='/{n}.pdf'>附件{n}.pdf</a> <a href='/{n}.html'>通知</a>" for n in range(size))
    return page(f"<p>{PROSE}</p>{links}")


@case("numbered-lists.html", "too_long", READ, "too_many_elements", small=2000, full=200_000)
def _(size: int) -> bytes:
    return page(
        f"<ol start=99999999999999>{f'<li value=7>{PROSE}' * (size // 10)}{'<ol><li>' * 50}</ol>{PROSE}"
    )


@case("empty-elements.html", READ, "too_many_elements", small=20_000, full=MILLION)
def _(size: int) -> bytes:
    return page("<span></span>" * size + f"<p>{PROSE}</p>" + "<p></p>" * size)


@case("one-digit-an-element.html", READ, "too_many_elements", small=5000, full=MILLION)
def _(size: int) -> bytes:
    return page(f"<p>{PROSE}</p><p>支出合计{'<span>7</span>' * size}万元。</p>")


@case("white-space.html", READ, "too_long", small=20_000, full=10 * MILLION)
def _(size: int) -> bytes:
    return page(f"<p>支出{' ' * size}合计{chr(10) * size}1.00{'&nbsp;' * (size // 6)}万元。</p>")


@case("headings.html", "too_slow", READ, "too_many_elements", small=500, full=30_000)
def _(size: int) -> bytes:
    return page("".join(f"<h1>第{n}</h1>" for n in range(size)) + PROSE, f"<title>{'_第一' * size}</title>")


@case("comments-before.html", "too_long", READ, small=500, full=300_000)
def _(size: int) -> bytes:
    return b"<!-- x -->" * size + page(PROSE)


@case("comment-never-ends.html", "too_long", READ, "empty", "html_broken", small=5000, full=MILLION)
def _(size: int) -> bytes:
    return b"<!--" * size + b"<p>" + PROSE.encode()
