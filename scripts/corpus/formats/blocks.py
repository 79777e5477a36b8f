"""The text of a document → its lines and tables, as a page or a word processor holds them."""

Table = list[list[str]]


def blocks(text: str) -> list[str | Table]:
    """The lines of a text, blanks around them removed; those with tab-separated cells together as tables."""
    out: list[str | Table] = []
    for line in text.splitlines():
        if "\t" not in line:
            out += [line.strip()] if line.strip() else []
        elif out and isinstance(out[-1], list):
            out[-1].append(line.split("\t"))
        else:
            out.append([line.split("\t")])
    return out
