"""Text files → what a word processor would hold: whole paragraphs, and tables."""

from hedui.segmentation.layout import blocks

Table = list[list[str]]


def paragraphs(text: str) -> str:
    """The text with every paragraph on one line and without page numbers."""
    out = []
    for block in blocks(text):
        if block.kind != "furniture":
            first = text.rfind("\n", 0, block.spans[0][0] + (block.kind == "row")) + 1
            out.append(text[first : block.spans[0][1]] + "".join(text[a:b] for a, b in block.spans[1:]))
    return "\n".join(out)


def table_rows(text: str) -> list[str | Table]:
    """The lines of a text; those with tab-separated cells together as tables."""
    out: list[str | Table] = []
    for line in text.splitlines():
        if "\t" not in line.rstrip():
            out += [line.strip()] if line.strip() else []
        elif out and isinstance(out[-1], list):
            out[-1].append(line.split("\t"))
        else:
            out.append([line.split("\t")])
    return out
