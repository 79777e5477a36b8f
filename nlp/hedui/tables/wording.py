"""How the standard tables of a final account are worded, read from patterns/tables.toml."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

import regex

from hedui.resources import resource
from hedui.values import dataclass

LONGEST = 70  # characters: a longer line is no title
# Blanks and quotes, which labels are compared without. The standard library's expressions are the fast ones here.
_LAYOUT = re.compile(r"[\s“”\"'‘’「」《》*]+")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a word in the head of a column says: the basis of its amounts, and how many years they lie back."""

    basis: str
    before: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """One standard table; patterns/tables.toml tells what the fields mean.

    `items` is `class`, `code` or `economic` where its other rows are items, else empty. `basis` is that of columns
    whose heads name none, empty where they have to. What it says of the `scoped` metrics holds for the
    `whole` alone. `sums`: a total and what makes it up. `groups`: a total and the codes of its items. No title has
    a word of `qualifiers` before it.
    """

    id: str
    titles: tuple[str, ...]
    qualifiers: tuple[str, ...]
    basis: str
    whole: str
    scoped: frozenset[str]
    items: str
    columns: Mapping[str, str]
    rows: Mapping[str, str]
    sums: tuple[tuple[str, ...], ...]
    groups: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything that `tables.toml` says, expressions compiled."""

    kinds: tuple[Kind, ...]
    expressions: Mapping[str, regex.Pattern[str]]
    header: Mapping[str, frozenset[str]]
    bases: Mapping[str, Basis]
    accounts: Mapping[str, str]
    parts: Mapping[str, str]
    each: frozenset[str]
    by_use: Mapping[str, str]
    budgets: frozenset[str]
    totals: Mapping[str, str]
    within: Mapping[str, Mapping[str, str]]
    loose: frozenset[str]


MARK = "table:"  # what the pattern of a claim of a table begins with, before the kind of table
PARTIAL = ":partial"  # what it ends with where a table has amounts that were not understood


@cache
def wording() -> Wording:
    """The wording of the pattern library's tables."""
    with resource("patterns", "tables.toml").open("rb") as file:
        data: dict[str, Any] = tomllib.load(file)
    document = dict(data["document"])
    qualifiers, budgets = tuple(document.pop("qualifiers")), frozenset(document.pop("budgets"))
    expressions = {name: regex.compile(e) for name, e in (document | data["cell"]).items()}
    return Wording(
        kinds=tuple(kind for t in data["table"] for kind in _kinds(t, expressions, qualifiers)),
        expressions=expressions,
        header={name: frozenset(words) for name, words in data["header"].items()},
        bases={w: Basis(b["basis"], b.get("before", 0)) for b in data["basis"] for w in b["words"]},
        accounts=data["items"]["accounts"],
        parts=data["items"]["parts"],
        each=frozenset(data["items"]["each"]),
        by_use=data["items"]["by_use"],
        budgets=budgets,
        totals=data["narrative"]["totals"],
        within=data["narrative"]["within"],
        loose=frozenset(data["narrative"]["loose"]),
    )


def _kinds(
    table: dict[str, Any], expressions: Mapping[str, regex.Pattern[str]], qualifiers: tuple[str, ...]
) -> Iterator[Kind]:
    """The kind that a table of the wording describes, and the same with its budget's titles and basis."""

    def plain(words: Mapping[str, str]) -> dict[str, str]:
        return {
            "/".join(_plain(part, expressions) for part in label.split("/")): metric
            for label, metric in words.items()
        }

    final = Kind(
        table["id"],
        tuple(table["titles"]),
        tuple(table.get("qualifiers", qualifiers)),
        table.get("basis", "final"),
        table["whole"],
        frozenset(table.get("scoped", ())),
        table.get("items", ""),
        plain(table["columns"]),
        plain(table["rows"]),
        tuple(tuple(s) for s in table.get("sums", ())),
        {total: tuple(codes) for total, codes in table.get("groups", {}).items()},
    )
    yield final
    if budget := table.get("budget"):
        yield replace(final, titles=tuple(budget), basis="budget")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A label as labels are compared: without blanks, marks, enumerators, quotes and brackets."""
    return _plain(text, wording().expressions)


def _plain(text: str, expressions: Mapping[str, regex.Pattern[str]]) -> str:
    bare = squeeze(expressions["markup"].sub("", text))
    for name in ("within", "enumerator", "within"):
        bare = expressions[name].sub("", bare)
    return expressions["brackets"].sub("", bare)


def squeeze(text: str) -> str:
    """A text without blanks and quotes."""
    return _LAYOUT.sub("", text)


@lru_cache(maxsize=4096)
def kind_of(line: str) -> Kind | None:
    """The standard table whose title a line is."""
    if len(line) > LONGEST:
        return None
    know = wording()
    title = know.expressions["suffix"].sub("", squeeze(line))
    best: tuple[int, Kind] | None = None
    for kind in know.kinds:
        for name in kind.titles:
            if title.endswith(name) and (best is None or len(name) > best[0]):
                best = (len(name), kind)
    if best is None:
        return None
    length, kind = best
    return None if any(word in title[:-length] for word in kind.qualifiers) else kind


@lru_cache(maxsize=256)
def kind_named(pattern: str) -> Kind | None:
    """The kind of table that the pattern of a claim names."""
    name = pattern.removeprefix(MARK).removesuffix(PARTIAL)
    return next((kind for kind in wording().kinds if kind.id == name), None)


def item_column(kind: Kind, account: str) -> tuple[str, str]:
    """The metric and the scope of the items in a column, by the metric of the whole column."""
    know = wording()
    if account in know.accounts and (account == kind.whole or account not in know.parts):
        return know.accounts[account], account
    return know.parts.get(account, account), kind.whole
