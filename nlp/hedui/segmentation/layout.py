"""Lines → blocks: headings, paragraphs (their broken lines joined), table rows, captions, page furniture.

Text that was converted from pages breaks sentences anywhere: after a digit, inside a word, over a page number. A
paragraph is therefore a list of stretches of the document, not one.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace

import regex

from hedui.lines import RESIDUE, line_rules
from hedui.values import dataclass

Span = tuple[int, int]

SHORT = 42  # characters: a longer line is no heading
CLOSED = 10  # characters: a short title may end in a full stop
PAGES = 3  # a line at the edge of so many pages is a running head
COMMA = regex.compile(r"[，,]")
HASHES = regex.compile(r"#{1,6}\s*")
HEAD_DIGITS = regex.compile(r"\d+")
LONG = 24  # characters: a shorter unfinished line is a label of its own, not the first half of a sentence
NARROW = 14  # characters: unless it has a comma, as a line of a narrow page has


@dataclass(frozen=True, slots=True)
class Block:
    """One unit of layout. `spans` are stretches of the document; `marker` is the kind of enumerator, if any."""

    kind: str  # heading, paragraph, row, caption, contents, furniture
    spans: tuple[Span, ...]
    marker: str | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line without its outer white space, Markdown marks and enumerator."""

    kind: str
    start: int
    end: int
    marker: str | None
    marked_heading: bool
    text: str


def blocks(text: str) -> list[Block]:
    """The blocks of a document in order; their spans do not overlap."""
    out: list[Block] = []
    open_spans: list[Span] = []
    open_marker: str | None = None
    last_text = ""
    depth = 0  # of brackets that the open paragraph has not closed
    gap = False  # something (a blank line, a page number) stands between the open paragraph and this line

    def close() -> None:
        nonlocal open_marker, last_text
        if open_spans:
            out.append(Block("paragraph", tuple(open_spans), open_marker))
            open_spans.clear()
        open_marker, last_text = None, ""

    found = without_running_heads(list(lines(text)))
    for n, line in enumerate(found):
        following = found[n + 1].text if n + 1 < len(found) else ""
        if line.kind == "furniture" and open_spans and _is_count(last_text, line.text, following):
            line = replace(line, kind="paragraph")  # a number on a line of its own, and no page's
        if line.kind in ("blank", "furniture"):
            gap = True
            if line.kind == "furniture":
                out.append(Block("furniture", ((line.start, line.end),)))
            continue
        if line.kind == "paragraph" and open_spans and _continues(last_text, line, following, gap, depth > 0):
            open_spans.append((line.start, line.end))
            last_text, gap = line.text, False
            depth += _depth(line.text)
            continue
        close()
        gap = False
        if line.kind == "paragraph":
            open_spans.append((line.start, line.end))
            open_marker, last_text, depth = line.marker, line.text, _depth(line.text)
        else:
            level = line_rules().levels.get(line.marker or "", 0)
            out.append(Block(line.kind, ((line.start, line.end),), line.marker, level))
    close()
    out.sort(key=lambda b: b.spans[0])
    return out


def _is_count(last: str, number: str, following: str) -> bool:
    """Whether a lone number stands between the words that it belongs to and its unit."""
    rules = line_rules().line
    if not rules["cell"].fullmatch(number) or not rules["unit"].match(following):
        return False
    return not rules["numeric"].search(last[-1:]) and not rules["closing"].match(last, len(last) - 1)


def _depth(text: str) -> int:
    """How many brackets a line opens and does not close."""
    return text.count("（") + text.count("(") - text.count("）") - text.count(")")


def _continues(last: str, line: Line, following: str, gap: bool, bracketed: bool) -> bool:
    """Whether the line goes on with the sentence that the last one left open, inside a bracket if `bracketed`.

    `following` is the text of the line behind it.
    """
    rules = line_rules().line
    if line.marker or line.marked_heading:
        return False
    if rules["continuing"].match(line.text):
        return True
    if rules["cell"].fullmatch(last):
        return rules["unit"].match(line.text) is not None
    if _is_count(last, line.text, following):
        return True
    if rules["torn"].search(last[-6:]):
        return True
    if rules["closing"].match(last, len(last) - 1):
        return bracketed and rules["listing"].match(last, len(last) - 1) is not None
    if bracketed and not gap:
        return True
    # Over a blank line or a page number only what is plainly an unfinished sentence goes on.
    comma = COMMA.search(last)
    if len(last) < LONG:
        return comma is not None and not gap and len(last) >= NARROW
    return not gap or comma is not None or rules["no_title"].search(last) is not None


def without_running_heads(found: list[Line]) -> list[Line]:
    """The lines, those repeated beside page numbers or page breaks turned into furniture.

    A running head is the same short line, but for its digits, at the edge of at least three pages.
    """
    edges = [line for line in found if line.kind != "blank"]
    beside = Counter(
        HEAD_DIGITS.sub("", line.text)
        for before, line, after in zip([None, *edges], edges, [*edges[1:], None], strict=False)
        if line.kind in ("paragraph", "heading") and len(line.text) <= SHORT
        for edge in (before, after)
        if edge is not None and edge.kind == "furniture"
    )
    heads = {text for text, times in beside.items() if times >= PAGES and text}
    if not heads:
        return found
    out: list[Line] = []
    for line in found:
        repeated = line.kind in ("paragraph", "heading") and HEAD_DIGITS.sub("", line.text) in heads
        out.append(replace(line, kind="furniture") if repeated else line)
    return out


def lines(text: str) -> Iterator[Line]:
    """The lines of a document, each told what it is by itself."""
    residue = deque(m.start() for m in RESIDUE.finditer(text))  # which never goes over the end of a line
    position = 0
    for raw in text.splitlines(keepends=True):
        start, position = position, position + len(raw)
        soiled = False
        while residue and residue[0] < position:
            residue.popleft()
            soiled = True
        yield _line(text, raw, start, soiled)


def _line(text: str, raw: str, start: int, soiled: bool) -> Line:
    """One line; `soiled` where word processors left something in it."""
    bare = (RESIDUE.sub("", raw) if soiled else raw).strip()
    if not bare:
        return Line("blank", start, start + len(raw), None, False, "")
    know = line_rules()
    left = start + len(raw) - len(raw.lstrip())
    right = start + len(raw.rstrip())
    hashes = HASHES.match(bare) if bare[0] == "#" else None
    if hashes:
        bare = bare[hashes.end() :].strip()
        left = text.index(bare[:1], left) if bare else right
    if know.line["furniture"].fullmatch(bare):
        return Line("furniture", left, right, None, False, bare)
    if len(bare) < 80 and know.line["contents"].search(bare):  # long leaders are slow to match
        return Line("contents", left, right, None, False, bare)
    if _is_row(raw, bare):
        return Line("row", start, right, None, False, bare)
    if know.line["caption"].fullmatch(bare):
        return Line("caption", left, right, None, False, bare)
    if know.line["table_head"].fullmatch(bare):
        return Line("row", left, right, None, False, bare)
    match = know.enumerator.match(bare)
    marker = match.lastgroup.replace("_", "-") if match and match.lastgroup else None
    rest = bare[match.end() :].strip() if match else bare
    if (marker == "attachment" and not rest) or ((marker or hashes) and _is_title(rest)):
        return Line("heading", left, right, marker, bool(hashes), bare)
    if match and not soiled:
        left = (
            text.index(match.group(), left) + len(match.group())
            if match.group() in text[left:right]
            else left
        )
    return Line("paragraph", left, right, marker, bool(hashes), rest)


def _is_row(raw: str, bare: str) -> bool:
    if raw.startswith("\t") and not raw.strip().endswith(("。", "；")):
        return True
    return "\t" in bare or (bare.startswith("|") and bare.endswith("|") and len(bare) > 1)


def _is_title(rest: str) -> bool:
    """Whether words after an enumerator are a heading: short, no sentence, no figure with its unit."""
    if len(rest) <= CLOSED and rest.endswith("。"):
        rest = rest[:-1]
    if not rest or len(rest) > SHORT or rest[-1] in "，,、":
        return False
    return not line_rules().line["no_title"].search(rest)
