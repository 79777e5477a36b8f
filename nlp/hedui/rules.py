"""The rules: their codes, families, messages and explanations, read from `patterns/rules/*.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from hedui.resources import resource

Language = Literal["zh", "en"]

WORDS = "words"  # the file of words that messages share


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The Chinese text for `zh`, the English one for anything else."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `message` holds named fields, `explanation` its arithmetic on an example and its limits."""

    code: str
    family: str
    title: Text
    message: Text
    explanation: Text


def _text(data: Mapping[str, str]) -> Text:
    return Text(data["zh"].strip(), data["en"].strip())


@cache
def _files() -> list[dict[str, Any]]:
    """What the files of rules hold, one a family."""
    paths = sorted(resource("patterns", "rules").glob("*.toml"))
    return [tomllib.loads(path.read_text("utf8")) for path in paths if path.stem != WORDS]


@cache
def families() -> dict[str, Text]:
    """What people call the families of rules, by family."""
    return {data["family"]: _text(data["name"]) for data in _files()}


@cache
def rules() -> dict[str, Rule]:
    """All rules by code, in the order of their codes."""
    found: dict[str, Rule] = {}
    for data in _files():
        for entry in data["rule"]:
            texts = (_text(entry[name]) for name in ("title", "message", "explain"))
            found[entry["code"]] = Rule(entry["code"], data["family"], *texts)
    return dict(sorted(found.items()))


def rule(code: str) -> Rule:
    """The rule of a code; KeyError where there is none."""
    return rules()[code]


def selected(code: str, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> bool:
    """Whether a rule is wanted: codes or prefixes, the longer one deciding, `ignore` where both are equal."""

    def longest(prefixes: tuple[str, ...]) -> int:
        return max((len(p) for p in prefixes if code.startswith(p.upper())), default=-1)

    chosen = longest(select) if select else 0
    return chosen >= 0 and chosen > longest(ignore)


# Groups of words other than directions, by the field of a message that they fill.
GROUPS = {
    "measure_word": "measures",
    "order_word": "orders",
    "residue_word": "residues",
    "match_word": "matches",
}


@cache
def words() -> dict[str, dict[str, Text]]:
    """The shared words of messages, by group and key: directions, orders, reasons, how."""
    data = tomllib.loads(resource("patterns", "rules", f"{WORDS}.toml").read_text("utf8"))
    groups = {group: {key: _text(entry) for key, entry in entries.items()} for group, entries in data.items()}
    residues = tomllib.loads(resource("patterns", "residue.toml").read_text("utf8"))["residue"]
    return groups | {"residues": {entry["id"]: _text(entry) for entry in residues}}


def word(group: str, key: str, language: Language) -> str:
    """One shared word; the key itself where the group has none."""
    text = words()[group].get(key)
    return key if text is None else text.in_language(language)


def message(code: str, language: Language, fields: Mapping[str, str], assumes: str = "") -> str:
    """The message of a rule with its fields filled in, and the assumption that it rests on.

    Fields ending in `_word` hold a direction (`up`, `down`, `flat`) or the kind of a template's residue and are put
    into words.
    KeyError where the template names a field that is not given.
    """
    said = {}
    for name, value in fields.items():
        if name.endswith("_word"):
            said[name] = word(GROUPS.get(name, "directions"), value, language)
        else:
            said[name] = value
    told = rule(code).message.in_language(language).format_map(said)
    if not assumes:
        return told
    return told + word("assumptions", "given", language).format(
        assumption=word("assumptions", assumes, language)
    )
