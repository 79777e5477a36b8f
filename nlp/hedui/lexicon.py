"""The typed words of disclosures: loads patterns/lexicon and finds its words, and marks, in one Aho–Corasick pass."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cache
from itertools import product
from typing import Any

import ahocorasick
import regex

from hedui.classification import class_names, item_names
from hedui.patterns import MARKS
from hedui.resources import resource
from hedui.values import dataclass

_GROUP = regex.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the lexicon: what its words mean.

    For a `subject`, `metrics` maps a kind of figure to a metric id and `under` does so below a list's head; `label`
    names the part where the word itself is longer; `pair` the metrics of two figures told respectively; `whole` what
    the word means as the whole of a share, by what is spoken of there; `limits` its metrics by the price limit that
    is named before it; `scope` sets it apart from the same metric under its other names; `open`: it may be the metric's
    wider one; `answer`: it goes with the income told before it; `names_item`: it is one of a classification. The other
    fields are what a cue of its type asserts.
    """

    type: str
    metrics: Mapping[str, str] = field(default_factory=dict)
    under: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    part: bool = False
    word: bool = False
    direction: str | None = None
    versus: str | None = None
    basis: str | None = None
    measure: str | None = None
    label: str | None = None
    pair: tuple[str, ...] = ()
    whole: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, str] = field(default_factory=dict)
    scope: str | None = None
    open: bool = False
    answer: bool = False
    names_item: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "names_item", self.type == "item" or self.metrics.get("money") == "economic_item"
        )


Lexeme = tuple[int, int, Entry]
"""A word of the lexicon, or a mark, in a text: where it begins and ends, counted in its characters, and its entry."""


@dataclass(frozen=True, slots=True)
class Metric:
    """Something that disclosures measure; patterns/lexicon/metrics.toml tells what the fields mean."""

    id: str
    zh: str
    en: str
    kind: str
    whole: str | None = None
    basis: str | None = None
    parent: str | None = None
    counterpart: str | None = None
    wider: str | None = None
    items: str | None = None
    money: str | None = None
    wholes: tuple[str, ...] = ()


BARE_ITEM = 4  # characters: a shorter item name without a level mark may mean anything

KINDS = ("money", "score", "persons", "batches", "vehicles", "sets", "number")


def spellings(pattern: str) -> Iterator[str]:
    """The strings that a name with alternatives stands for: `(本年|)收入` is 本年收入 and 收入.

    Raises ValueError for alternatives within alternatives, and for others without brackets around them.
    """
    parts: list[list[str]] = []
    position = 0
    for group in _GROUP.finditer(pattern):
        parts.append([pattern[position : group.start()]])
        parts.append(group[1].split("|"))
        position = group.end()
    parts.append([pattern[position:]])
    if any(mark in choice for choices in parts for choice in choices for mark in "(|)"):
        raise ValueError(
            f"the name {pattern!r} cannot be read: alternatives stand in brackets that hold no others; write two names"
        )
    for choice in product(*parts):
        if word := "".join(choice):
            yield word


@cache
def metrics() -> dict[str, Metric]:
    """The metrics of patterns/lexicon/metrics.toml by id."""
    return {
        name: Metric(id=name, **raw | {"wholes": tuple(raw.get("wholes", ()))})
        for name, raw in _load("metrics.toml").items()
    }


@cache
def words() -> dict[str, Entry]:
    """Every word of the lexicon with its entry; of two entries with one word the first one holds."""
    out: dict[str, Entry] = {}
    for raw in _load("subjects.toml")["subject"]:
        entry = Entry(
            "subject",
            {kind: raw[kind] for kind in KINDS if raw.get(kind)},
            raw.get("under", {}),
            tuple(raw.get("only", ())),
            raw.get("part", False),
            raw.get("word", False),
            basis=raw.get("basis"),
            measure=raw.get("measure"),
            label=raw.get("label"),
            pair=tuple(raw.get("pair", ())),
            whole=raw.get("whole", {}),
            limits=raw.get("limits", {}),
            scope=raw.get("scope"),
            open=raw.get("open", False),
            answer=raw.get("answer", False),
        )
        for name in raw["names"]:
            for word in spellings(name):
                out.setdefault(word, entry)
    for raw in _load("cues.toml")["cue"]:
        entry = Entry(
            raw["type"],
            {kind: raw[kind] for kind in KINDS if raw.get(kind)},
            word=raw.get("word", False),
            direction=raw.get("direction"),
            versus=raw.get("versus"),
            basis=raw.get("basis"),
            label=raw.get("label"),
            scope=raw.get("scope"),
        )
        for name in raw["names"]:
            for word in spellings(name):
                out.setdefault(word, entry)
    item = Entry("item", {"money": "function_item"})
    for name in class_names() | item_names():
        if name.endswith("支出") or len(name) >= BARE_ITEM:
            out.setdefault(name, item)
    return out


@cache
def paired() -> dict[tuple[str, ...], Entry]:
    """The entries that stand for two totals at once, by the metrics of the two."""
    return {entry.pair: entry for entry in words().values() if entry.pair}


@cache
def no_items_before() -> tuple[str, ...]:
    """The words that make something else of the bare name of an item when they follow it: 教育局, 环境保护项目."""
    return tuple(_load("cues.toml")["item"]["not_before"])


@cache
def no_items_with() -> tuple[str, ...]:
    """The words that make a kind of expenditure of the bare name of an item when brackets behind it hold them."""
    return tuple(_load("cues.toml")["item"]["not_with"])


@cache
def sum_words() -> frozenset[str]:
    """The words for what is counted together with what was counted before it: 合计, 共计."""
    return frozenset(word for word, entry in words().items() if entry.label == "sum")


@cache
def project_ends() -> tuple[str, ...]:
    """How the names of projects end."""
    return tuple(_load("cues.toml")["project"]["ends"])


@cache
def goes_on() -> str:
    """The word that ends a list of examples: 等."""
    return str(_load("cues.toml")["examples"]["goes_on"])


@cache
def _automaton() -> Any:
    automaton = ahocorasick.Automaton()
    marks = {mark: Entry(type) for type, alike in MARKS.items() for mark in alike}
    for word, entry in (marks | words()).items():
        automaton.add_word(word, (len(word), entry))
    automaton.make_automaton()
    return automaton


def find(text: str) -> list[Lexeme]:
    """The words of the lexicon, and marks, in a text: leftmost and longest, without overlaps."""
    return [(last - length + 1, last + 1, entry) for last, (length, entry) in _automaton().iter_long(text)]


def _load(name: str) -> dict[str, Any]:
    with resource("patterns", "lexicon", name).open("rb") as file:
        return tomllib.load(file)
