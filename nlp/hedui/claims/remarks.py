"""What a document says without figures: flat changes, final against budget, reasons, residue, names of items."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

import regex

from hedui.claims.discourse import Discourse, Quantity, Scope, primary_metric
from hedui.claims.lexing import Token
from hedui.classification import ItemMention, NamingIssue, alike, fits, levels, link, miscoded, naming
from hedui.lexicon import metrics
from hedui.model import Cell, Document, Remark, Table
from hedui.resources import resource
from hedui.segmentation.sentences import Sentence
from hedui.segmentation.view import View

SPENDING = ("spending", "yearly")  # labels of words that say that money was spent or came in
CONTEXT = 8  # characters shown on either side of template text, which is often a bare bracket
CLASS, GROUP = 3, 5  # digits of the code of a class, of a group
LEVELS = (1, 2, 3)  # of a path from class to item
CODE = regex.compile(r"\d{3}(?:\d{2}){0,2}")

Coded = Sequence[tuple[Cell, Cell]]
"""The codes and the names that stand beside them in the rows of a table."""


@dataclass(frozen=True, slots=True)
class Residue:
    """Expressions for something that a template left behind; `once`: its first place stands for all."""

    id: str
    expressions: tuple[regex.Pattern[str], ...]
    once: bool
    zh: str
    en: str
    examples: tuple[str, ...]


@cache
def residues() -> tuple[Residue, ...]:
    """The expressions of patterns/residue.toml."""
    with resource("patterns", "residue.toml").open("rb") as file:
        rows = tomllib.load(file)["residue"]
    return tuple(
        Residue(
            r["id"],
            tuple(map(regex.compile, r["expressions"])),
            r.get("once", False),
            r["zh"],
            r["en"],
            tuple(r["examples"]),
        )
        for r in rows
    )


def residue(document: Document, whole: View) -> Iterator[Remark]:
    """Template text left anywhere in the document, captions and notes included; the same words only once."""
    for kind in residues():
        seen: set[str] = set()
        for match in chain.from_iterable(e.finditer(whole.text) for e in kind.expressions):
            words = kind.id if kind.once else match.group()
            if words not in seen:
                seen.add(words)
                start, end = whole.span(
                    max(0, match.start() - CONTEXT), min(len(whole), match.end() + CONTEXT)
                )
                quote = document.text[start:end]
                yield Remark(start, end, "residue", sentence=quote, sentence_start=start, note=kind.id)


def names(
    sentence: Sentence,
    tokens: Sequence[Token],
    year: int | None,
    tabled: Mapping[str, Set[str]],
    seen: set[tuple[str, str]],
    told: set[str],
) -> Iterator[Remark]:
    """Classification names that are not those of the year, each remarked once; `seen` holds what was before.

    A wrong parent, and an old name where the document's own tables (`tabled`) print the present one, contradict
    what is known for certain, as far as printed tables attest it, the document's own or others. A glossary is at odds
    with the document where it explains by an old name what text (`told`) or tables call by the present one. Anything
    else is a matter of style.
    """
    for n, token in enumerate(tokens):
        mention = token.mention
        if mention is None:
            continue
        goes_on = n + 1 < len(tokens) and tokens[n + 1].type in ("text", "subject")  # 医疗卫生事业
        if sentence.kind != "glossary":
            told.update(mention.names)
        issues = naming(mention.names, mention.codes, year, mention.levels)
        for issue in issues or _by_tables(mention, year, tabled):
            if not any(mention.levels) and (issue.kind != "outdated" or len(issue.code) > CLASS):
                continue  # only a class is named without a mark of its level
            if not any(mention.levels) and goes_on:
                continue
            if issue.kind == "ending" and sentence.view.text.startswith(levels()[0].ending, token.end):
                continue  # the mark stands inside the name: 教育（类）支出
            place = "/".join(mention.names) if issue.kind == "parent" else issue.printed
            if not issue.expected or (issue.kind, place) in seen:
                continue
            seen.add((issue.kind, place))
            kind = _kind(issue, mention.names[-1], tabled)
            if sentence.kind == "glossary":
                both = issue.kind == "outdated" and (issue.expected in tabled or issue.expected in told)
                kind = "outdated" if both else "naming"
            start, end = sentence.view.span(token.start, token.end)
            right = issue.code + issue.expected if issue.kind == "code" else issue.expected
            yield Remark(start, end, kind, year=year, section=sentence.section, note=right)


def _kind(issue: NamingIssue, leaf: str, tabled: Mapping[str, Set[str]]) -> str:
    """The kind of remark on a name of the text; `leaf` is the lowest name beside it."""
    own = issue.code in tabled.get(issue.expected, ())
    if issue.kind == "parent":
        below = any(code.startswith(issue.code) for code in tabled.get(leaf, ()))
        return "misplaced" if issue.attested or (own and below) else "naming"
    attested = own or (issue.attested and issue.expected in tabled)
    return "misplaced" if issue.kind == "outdated" and attested else "naming"


def _by_tables(
    mention: ItemMention, year: int | None, tabled: Mapping[str, Set[str]]
) -> Iterator[NamingIssue]:
    """An item that the document's own tables have under another group of the class that is printed above it.

    A table that has the same group under a name of other years is no other group.
    """
    if mention.levels != LEVELS:
        return
    above, group, leaf = mention.names
    codes = tabled.get(leaf, frozenset())
    groups = [(name, code) for name, known in tabled.items() for code in known if len(code) == GROUP]
    own = {(name, code) for name, code in groups if any(c.startswith(code) for c in codes)}
    if len(codes) == len(own) == 1:
        ((expected, code),) = own
        elsewhere = code[:CLASS] in tabled.get(above, ()) and not alike(group, expected)
        if elsewhere and link((above, group), (), year, LEVELS[:2]).code != code:
            yield NamingIssue("parent", 1, group, expected, code, attested=True)


def coded_rows(tables: Sequence[Table]) -> list[Coded]:
    """The rows of each table that begin with a code and a name."""
    return [[pair for row in table.rows if (pair := _code_and_name(row))] for table in tables]


def tabled_names(tables: Sequence[Coded]) -> Mapping[str, Set[str]]:
    """The item names that stand behind a code in the document's tables, with their codes."""
    found: dict[str, set[str]] = {}
    for code, name in chain.from_iterable(tables):
        found.setdefault(name.text, set()).add(code.text)
    return found


def row_names(tables: Sequence[Coded], year: int | None) -> Iterator[Remark]:
    """Rows of tables whose code belongs to another name, as far as printed tables attest it; and old names."""
    old: set[str] = set()
    of_items = []
    for rows in tables:
        # Digits beside words are codes only in a table of items: most of its rows are as they should be.
        if 2 * sum(fits(code.text, name.text, year) for code, name in rows) >= len(rows):
            of_items.append(rows)
    own = {code.text for rows in of_items for code, name in rows if fits(code.text, name.text, year)}
    for rows in of_items:
        for code, name in rows:
            if expected := miscoded(code.text, name.text, year, code.text in own):
                yield Remark(code.start, name.end, "miscoded", year=year, note=expected)
            elif name.text not in old:
                for issue in naming([name.text], [code.text], year):
                    if issue.kind == "outdated" and issue.expected:
                        old.add(name.text)
                        yield Remark(code.start, name.end, "naming", year=year, note=issue.expected)


def _code_and_name(row: Sequence[Cell]) -> tuple[Cell, Cell] | None:
    filled = (cell for cell in row if cell.text)
    code = next(filled, None)
    if code is None or not CODE.fullmatch(code.text):
        return None
    name = next(filled, None)
    return (code, name) if name and not name.text[0].isdigit() else None


KINDS = {"flat": "flat", "order": "budget_order", "reason": "reason"}


def remark(sentence: Sentence, text: str, token: Token, quantity: Quantity | None, scope: Scope) -> Remark:
    """A remark about a quantity, at a token of the sentence that makes one."""
    start, end = sentence.view.span(token.start, token.end)
    return Remark(
        start,
        end,
        KINDS[token.type],
        metric=quantity.metric if quantity else None,
        part=quantity.part if quantity else None,
        year=scope.year,
        scope=quantity.scope if quantity else None,
        section=sentence.section,
        sentence=text[sentence.start : sentence.end],
        sentence_start=sentence.start,
    )


def flat(base: Remark, tokens: Sequence[Token], i: int) -> Remark:
    """与上年持平: no change against what the comparator before it names."""
    before = [t for t in tokens[:i] if t.type == "comparator"]
    return replace(base, direction="flat", versus=before[-1].versus if before else "prior_year")


def order(base: Remark, token: Token) -> Remark:
    """决算数大于预算数, against the initial budget where the words say so."""
    assert token.entry is not None
    versus = token.entry.versus if token.entry.versus == "initial_budget" else None
    return replace(base, direction=token.entry.direction, versus=versus)


def reason(
    base: Remark,
    tokens: Sequence[Token],
    i: int,
    quantity: Quantity | None,
    versus: str | None,
    state: Discourse,
) -> Remark:
    """A stated reason: its direction is what it says of the money, or of what the quantity consists in.

    Open where the reason speaks of other things, of last year, or both ways. `note` is `cause` where only things
    and not the money itself are said to rise or fall.
    """
    told: set[str] = set()
    money: set[str] = set()
    end = next((n for n in range(i + 1, len(tokens)) if tokens[n].type in ("semicolon", "stop")), len(tokens))
    for n in range(i + 1, end):
        token = tokens[n]
        if token.type == "last":
            return base
        if token.type != "direction" or not token.entry or token.entry.direction not in ("up", "down"):
            continue
        plain = (t for t in reversed(tokens[i + 1 : n]) if t.type != "light" or (t.entry and t.entry.label))
        before = next(plain, tokens[i])
        after = next((t for t in tokens[n + 1 : n + 3] if len(t.text) > 1 or t.type != "light"), None)
        if any(t and t.entry and t.entry.label in SPENDING for t in (before, after)):
            money.add(token.entry.direction)
        elif before.type == "subject" and _related(before, quantity, state):
            told.add(token.entry.direction)
    directions = money or told
    if len(directions) != 1:
        return base
    (direction,) = directions
    return replace(base, direction=direction, versus=versus, note="" if money else "cause")


def _related(subject: Token, quantity: Quantity | None, state: Discourse) -> bool:
    """Whether a name in a reason is that of the quantity itself or of a part of it."""
    if quantity is None or subject.entry is None:
        return False
    metric = primary_metric(subject.entry, state.recent)
    if metric is None:
        return False
    return quantity.metric in (metric, metrics()[metric].whole, metrics()[metric].parent)
