"""The heads of a table: which of its columns hold labels, codes, line numbers or amounts, and what of."""

from collections.abc import Mapping, Sequence

import regex

from hedui.tables.grids import Grid, Row
from hedui.tables.wording import Basis, plain, squeeze, wording
from hedui.values import dataclass

WORD = regex.compile(r"\p{Han}")
YEAR = regex.compile(r"^((?:19|20)\d\d)年?度?")

SHIFT = 20  # columns: so far are heads looked for to the right of where their cells stand
DEEP = 12  # rows: heads are no deeper
UNNAMED = "?"  # the path of a column that no head stands over

Span = tuple[str, int]  # the text of a head, and the column where it begins


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: `label`, `code`, `line`, `blank` or `value`; of amounts the path of heads, basis, year.

    `year` is None and `basis` too where the heads name none. A column `aside` is known to claim nothing.
    """

    role: str
    path: str = ""
    basis: Basis | None = None
    year: int | None = None
    aside: bool = False


def is_number(text: str) -> bool:
    """Whether a cell is a number and nothing else."""
    return bool(wording().expressions["number"].fullmatch(text.strip()))


def named_basis(text: str) -> tuple[Basis | None, int | None, str]:
    """What a head or a label says of basis and year, and the words that say neither."""
    dated = YEAR.match(text)
    bare = text[dated.end() :] if dated else text
    known = wording().bases.get(bare)
    return known, int(dated.group(1)) if dated else None, "" if known else bare


def is_numbering(row: Row) -> bool:
    """Whether a row only numbers the columns: 1, 2=3+4, 3 … beside words of the head."""
    words, numbering = wording().header, wording().expressions["numbering"]
    numbers: list[int] = []
    named = False
    for text in filter(None, map(squeeze, (cell.text for cell in row.cells))):
        bare = text.strip("（）()")
        if found := numbering.fullmatch(bare):
            numbers.append(int(found.group(1)))
        elif bare in words["line"] or bare in words["code"] or bare in words["label"]:
            named = True
        else:
            return False
    return numbers == [*range(1, len(numbers) + 1)] and (len(numbers) > 2 or (named and bool(numbers)))


def split(grid: Grid) -> tuple[list[Row], list[Row]]:
    """The rows of heads and the rows below them; column numbers, and heads on a further page, are left out."""
    rows = [row for row in grid.rows if not is_numbering(row)]
    first = next((n for n, row in enumerate(rows) if any(is_number(c.text) for c in row.cells)), len(rows))
    heads = {texts(row) for row in rows[:first]}
    return rows[:first], [row for row in rows[first:] if texts(row) not in heads]


def texts(row: Row) -> tuple[str, ...]:
    """What the cells of a row hold, without blanks and quotes."""
    return tuple(squeeze(cell.text) for cell in row.cells)


def columns(heads: Sequence[Row], body: Sequence[Row]) -> list[Column]:
    """The columns of a table: roles by what stands in them, amounts by the heads above them."""
    filled: list[list[str]] = [[] for _ in range(max((len(row.cells) for row in body), default=0))]
    for row in body:
        for column, cell in zip(filled, row.cells, strict=False):
            if cell.text:
                column.append(cell.text)
    roles = [_role(texts) for texts in filled]
    _codes(roles, filled)
    levels = _levels(heads, roles)
    names = [
        [level[c] for level in levels if level[c][0]] if role == "value" else []
        for c, role in enumerate(roles)
    ]
    for c, spans in enumerate(names):
        if spans and spans[-1][0] in wording().header["line"]:
            roles[c] = "line"
    over = _over(levels, roles)
    return [
        _amounts(spans, over) if role == "value" else Column(role)
        for role, spans in zip(roles, names, strict=True)
    ]


def _role(filled: Sequence[str]) -> str:
    words = sum(bool(WORD.search(text)) for text in filled)
    return "label" if 2 * words > len(filled) else "value"


def _codes(roles: list[str], filled: Sequence[Sequence[str]]) -> None:
    """Mark the columns right before a label that are empty, number the lines, or hold nothing but codes."""
    know = wording().expressions
    for c in range(len(roles) - 2, -1, -1):
        if roles[c] == "label" or roles[c + 1] not in ("label", "code", "blank"):
            continue
        numbers = [text for text in map(squeeze, filled[c]) if is_number(text)]
        if not numbers:
            roles[c] = "code" if roles[c + 1] == "code" and filled[c] else "blank"
        elif all(know["code"].fullmatch(t) or know["piece"].fullmatch(t) for t in numbers):
            roles[c] = "code"


def _levels(heads: Sequence[Row], roles: list[str]) -> list[list[Span]]:
    """The heads of each level over the columns: a merged head stands over all its columns."""
    cells = [[_word(cell.text) for cell in row.cells] for row in heads]
    cells = [row for row in cells if any(row)][-DEEP:]
    most = max((c + 1 for row in cells for c, text in enumerate(row) if text), default=0)
    shifts = range(min(max(len(roles) - most, 0), SHIFT) + 1)
    best = min(shifts, key=lambda s: (_misfit(_filled(cells, s, len(roles)), roles), s), default=0)
    return _filled(cells, best, len(roles))


def _word(text: str) -> str:
    return plain(text) if WORD.search(text) else ""


def _filled(cells: list[list[str]], shift: int, width: int) -> list[list[Span]]:
    levels: list[list[Span]] = []
    for row in cells:
        above = levels[-1] if levels else None
        padded = ([""] * shift + row + [""] * width)[:width]
        level: list[Span] = []
        for c, text in enumerate(padded):
            joined = c > 0 and level[c - 1][0] and (above is None or above[c] == above[c - 1])
            level.append((text, c) if text or not joined else level[c - 1])
        levels.append(level)
    return levels


def _misfit(levels: list[list[Span]], roles: list[str]) -> int:
    """How badly heads and columns fit: labels below heads of amounts, amounts below none."""
    words = wording().header
    bad = 0
    for c, role in enumerate(roles):
        names = [level[c][0] for level in levels if level[c][0]]
        last = names[-1] if names else ""
        labelling = last in words["label"] or last in words["code"]
        if role in ("label", "code"):
            bad += bool(last) and not labelling
        elif role == "value":
            bad += not last or labelling
    return bad


def _over(levels: list[list[Span]], roles: list[str]) -> dict[Span, str]:
    """What each head stands over: `labels` and perhaps amounts, `all` amounts where there are several, or `amounts`."""
    columns: dict[Span, set[int]] = {}
    for level in levels:
        for c, span in enumerate(level):
            columns.setdefault(span, set()).add(c)
    values = {c for c, role in enumerate(roles) if role == "value"}
    return {
        span: "labels"
        if any(roles[c] in ("label", "code") for c in over)
        else "all"
        if len(values) > 1 and over >= values
        else "amounts"
        for span, over in columns.items()
    }


def _amounts(names: list[Span], over: Mapping[Span, str]) -> Column:
    """A column of amounts: heads that stand over labels, or over all amounts, and words for the basis are no part
    of its path."""
    know = wording()
    path: list[str] = []
    basis: Basis | None = None
    year: int | None = None
    named = False
    for name in dict.fromkeys(names):
        known, dated, rest = named_basis(name[0])
        basis, year = known or basis, dated or year
        named = named or over[name] != "labels" or known is not None
        if rest and over[name] == "amounts" and path[-1:] != [rest]:
            path.append(rest)
    aside = any(text in know.header["within"] or text in know.header["aside"] for text, _ in names)
    return Column("value", "/".join(path) if named else UNNAMED, basis, year, aside)
