"""Text → web page: an article as government sites serve it, with the page around it."""

from html import escape
from pathlib import Path
from string import Template

from corpus.formats.blocks import Table, blocks

FRAMES = {
    path.stem: Template(path.read_text("utf8")) for path in (Path(__file__).parent / "frames").iterdir()
}
"""The pages around an article, by name."""


def webpage(
    text: str,
    title: str = "",
    charset: str = "utf-8",
    declared: str | None = None,
    frame: str = "plain",
    publisher: str = "某某局",
    site: str = "某某市人民政府",
    date: str = "2024-08-30",
    breaks: bool = False,
) -> bytes:
    """A text as an article: a paragraph for each of its lines, a table for its tab-separated rows.

    `declared` is what the page says of its characters where that is not what they are; characters that the
    charset lacks become references. `frame` names one of FRAMES, `date` is the day of publication,
    `breaks` parts the lines by line breaks and blanks instead of paragraphs.
    """
    content = []
    for block in blocks(text):
        if isinstance(block, str) and breaks:
            content.append(f"　　{escape(block)}<br/>\n")
        elif isinstance(block, str):
            # Word leaves every run of characters in an element of its own.
            words = escape(block).replace(".", ".</span><span>")
            content.append(f'<p style="text-indent:2em"><span>{words}</span></p>')
        else:
            content.append(f'<table border="1"><tbody>{_rows(block)}</tbody></table>')
    page = FRAMES[frame].substitute(
        charset=declared or charset,
        title=escape(title),
        publisher=escape(publisher),
        site=escape(site),
        date=date,
        content="".join(content),
    )
    return page.encode(charset, "xmlcharrefreplace")


def _rows(table: Table) -> str:
    """The rows of a table; the last cell of a short row is merged with those missing."""
    columns = max(map(len, table))
    rows = ""
    for row in table:
        missing = columns - len(row)
        spans = [""] * (len(row) - 1) + [f' colspan="{missing + 1}"' if missing else ""]
        rows += "<tr>"
        rows += "".join(f"<td{s}><p>{escape(c)}</p></td>" for c, s in zip(row, spans, strict=True))
        rows += "</tr>"
    return rows
