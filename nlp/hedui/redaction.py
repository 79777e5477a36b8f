"""What quoted text tells of persons: names, telephone numbers, addresses. The wording is `patterns/redaction.toml`.

What is left out keeps its length: each of its characters becomes `MASK`, so that all offsets stay true.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from hedui.resources import resource
from hedui.rules import Text

MASK = "█"

_NARROW = {0xFF01 + code: 0x21 + code for code in range(94)} | {
    0x3000: 0x20,
    0x00A0: 0x20,
    ord("－"): ord("-"),
}
_COMMON = 2000  # occurrences in jieba's counts that make a word too usual to be a name, even after 联系人

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Characters to leave out, and what they are: a key of `patterns/redaction.toml`."""

    start: int
    end: int
    kind: str


def personal(text: str, figures: Iterable[Span] = ()) -> list[Hidden]:
    """What to leave out of a text, in its order; nothing that overlaps one of the `figures` (spans in the text)."""
    if not text:
        return []
    narrow = text.translate(_NARROW)
    kept = list(figures)
    found: list[Hidden] = []
    for hidden in sorted([*_numbers(narrow), *_names(narrow)], key=lambda h: (h.start, -h.end)):
        if found and hidden.start < found[-1].end:
            continue
        if not any(start < hidden.end and hidden.start < end for start, end in kept):
            found.append(hidden)
    return found


def kinds() -> dict[str, Text]:
    """What is left out, each kind with its name in both languages."""
    return {kind: Text(told["zh"], told["en"]) for kind, told in _data().items()}


def without(text: str, hidden: Iterable[Hidden]) -> str:
    """The text with each hidden character replaced, as long as it was."""
    out, last = [], 0
    for span in hidden:
        out += [text[last : span.start], MASK * (span.end - span.start)]
        last = span.end
    return "".join([*out, text[last:]])


def _numbers(text: str) -> Iterator[Hidden]:
    for kind, patterns in _compiled().items():
        for pattern in patterns:
            for match in pattern.finditer(text, overlapped=True):
                yield from (Hidden(*span, kind) for span in match.spans("hidden"))


def _names(text: str) -> Iterator[Hidden]:
    for pattern, sure in _name_patterns():
        for match in pattern.finditer(text, overlapped=True):
            for start, end in match.spans("hidden"):
                if _is_name("".join(text[start:end].split()), sure):
                    yield Hidden(start, end, "name")


def _is_name(name: str, sure: bool) -> bool:
    """Whether characters that begin like a name are one; `sure` where a word before them asks for a name."""
    if len(name) == 3 and name[-1] in _data()["name"]["bodies"]:
        return False
    count, tag = _words().get(name, (0, "nr"))
    if tag in ("ns", "nt"):
        return False
    if sure:
        return tag.startswith("nr") or (count < _COMMON and tag not in ("v", "vn", "d", "n"))
    parts = (name, name[:2], name[1:] if name[0] in _data()["name"]["joining"] else "")
    return all(_words().get(part, (0, "nr"))[1].startswith("nr") for part in parts)


@cache
def _compiled() -> dict[str, list[regex.Pattern[str]]]:
    return {
        kind: [regex.compile(pattern.replace("{unit}", told.get("unit", ""))) for pattern in told["patterns"]]
        for kind, told in _data().items()
        if "patterns" in told
    }


@cache
def _name_patterns() -> list[tuple[regex.Pattern[str], bool]]:
    """Patterns of names with what stands around them, and whether that asks for a name."""
    told = _data()["name"]
    labels, titles, forms, followed, compound = (
        "|".join(sorted(told[part], key=len, reverse=True))
        for part in ("labels", "titles", "forms", "followed", "compound")
    )
    name = rf"(?:(?:{compound}|[{told['surnames']}])(?:\p{{Han}}{{1,2}}| {{1,3}}\p{{Han}}))"
    dotted = r"\p{Han}{2,8}(?:[·•・]\p{Han}{1,8})+"
    end = rf"(?=$|\P{{Han}}|{followed})"
    before = rf"(?:(?:{labels})(?:\([^()]{{0,10}}\))?[: \t]*|(?:{titles}):\s*)"
    listed = rf"(?:(?P<hidden>{name})[、, ]\s*)*"
    return [
        (regex.compile(rf"{before}{listed}(?P<hidden>{dotted}|{name}){end}"), True),
        (regex.compile(rf"(?P<hidden>{name})(?=(?:{forms}))"), False),
    ]


@cache
def _words() -> dict[str, tuple[int, str]]:
    """jieba's words of two and three characters: how often each occurs, and its part of speech."""
    import jieba

    with jieba.Tokenizer().get_dict_file() as file:
        entries = (line.split(" ") for line in file.read().decode().splitlines())
        return {w: (int(count), tag) for w, count, tag in entries if len(w) in (2, 3)}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("patterns", "redaction.toml").read_text(encoding="utf-8"))
