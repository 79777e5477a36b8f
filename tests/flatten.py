"""Text files → what a word processor would hold: whole paragraphs."""

from hedui.segmentation.layout import blocks


def paragraphs(text: str) -> str:
    """The text with every paragraph on one line and without page numbers."""
    out = []
    for block in blocks(text):
        if block.kind != "furniture":
            first = text.rfind("\n", 0, block.spans[0][0] + (block.kind == "row")) + 1
            out.append(text[first : block.spans[0][1]] + "".join(text[a:b] for a, b in block.spans[1:]))
    return "\n".join(out)
