"""Writes the accounts of a year as pieces: words, figures that know what they assert, and cues.

The wordings are templates over slots, `{quantity.FORM:argument}`; the slots are explained in wording/*.toml.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from corpus.accounts import Accounts, Quantity
from corpus.figures import Figures
from corpus.pieces import Cue, Figure, Piece, spelled
from corpus.printing import Habits, Printed
from corpus.review import review
from corpus.sheets import Look
from corpus.tables import tables
from corpus.wording import Style, load, numeral, opposite

SLOT = re.compile(r"\{([^{}]+)\}")
OPTIONAL = re.compile(r"\[\[(.+?)\]\]")
ENUMERATOR = re.compile(r"^(?:（\{#\}）|\{#\}[.、])")
AMOUNTS = {"A": "final", "P": "prior", "B": "initial", "G": "budget"}


class Renderer(Figures):
    """One document in the making. `pieces` grows statement by statement."""

    def __init__(
        self, accounts: Accounts, habits: Habits, look: Look, style: Style, rng: random.Random
    ) -> None:
        super().__init__(accounts, habits, style)
        self.look, self.rng = look, rng
        self.pieces: list[Piece] = []
        self.entries: dict[str, Any] = {}
        self.number = 0
        self.sign = 0
        self.change: tuple[str, str, int] = ("", "prior", 0)

    def document(self, layout: dict[str, Any]) -> list[Piece]:
        """The whole document: headings, `@statements` and `%tables` of a layout; `?` lines are optional.

        `statements` of the layout come before those that all layouts share.
        """
        self.entries = layout.get("statements", {})
        for line in layout["lines"]:
            if line.startswith("?"):
                if self.style.rng.random() < 0.5:
                    continue
                line = line[1:]
            if line == "%review":
                self.pieces.append(review(self.a, self.rng))
            elif line.startswith("%"):
                self.pieces += tables(self.a, self.look, self.style, line[1:])
            elif line.startswith("@"):
                self.statement(self.rng.choice(line[1:].split("|")))
            else:
                self.number = 0
                self.fill(line, {}, None)
                self.pieces.append("\n")
        return self.pieces

    def statement(self, name: str) -> None:
        """Writes one statement of statements.toml, or one for every member of its group."""
        entry = self.entries[name] if name in self.entries else load("statements")[name]
        for key in self.a.groups[entry["over"]] if "over" in entry else [entry.get("about", "")]:
            nothing = key and not self.a.values[key, "final"] and not self.a.values.get((key, "prior"))
            options = entry["zero"] if nothing and "zero" in entry else entry["variants"]
            text = self.style.pick(name, options, 0.95)
            marks = load("phrases")["enumerators"]
            self.fill(ENUMERATOR.sub(self.style.pick("enumerator", marks, 1.0), text), entry, key)
            self.pieces.append("\n")

    def fill(self, text: str, entry: dict[str, Any], about: str | None) -> None:
        """Writes a wording: words as they stand, slots by what they mean."""
        text = OPTIONAL.sub(lambda m: m[1] if self.rng.random() < 0.5 else "", text)
        for part in re.split(r"(\{[^{}]+\})", text):
            slot = SLOT.fullmatch(part)
            if slot:
                self.slot(slot[1], entry, about)
            elif part:
                self.pieces.append(self.not_twice(part))

    def not_twice(self, part: str) -> str:
        """Words without their beginning, if that only repeats the end of what was written last."""
        last = self.pieces[-1] if self.pieces else ""
        words = "" if isinstance(last, Figure) else spelled(last)
        for word in load("phrases")["once"]:
            if words.endswith(word) and part.startswith(word):
                return part.removeprefix(word)
        return part

    def slot(self, slot: str, entry: dict[str, Any], about: str | None) -> None:
        """Writes what one slot stands for."""
        name, _, argument = slot.partition(":")
        if "." in slot:
            about, _, rest = slot.rpartition(".")
            name, _, argument = rest.partition(":")
        writers: dict[str, Callable[[], object]] = {
            "#": self.next_number,
            "year": lambda: self.pieces.append(str(self.a.year)),
            "year!": lambda: self.pieces.append(Cue("date", str(self.a.year))),
            "last": lambda: self.pieces.append(Cue("year", str(self.a.year - 1), quantity=about or "")),
            "body": lambda: self.pieces.append(self.a.body.name),
            "act": lambda: self.activity(argument),
            "units": lambda: self.units(argument),
            "some": lambda: self.some(*argument.split(":")),
            "terms": self.terms,
            "thr": lambda: self.threshold(*argument.split(":")),
            "up": lambda: self.direction(argument),
        }
        if name in writers:
            writers[name]()
        elif name.startswith("~"):
            self.listing(name[1:])
        else:
            assert about is not None, slot
            self.quantity_slot(self.a.quantities.get(about) or Quantity(about, about), name, argument, entry)

    def quantity_slot(self, q: Quantity, name: str, argument: str, entry: dict[str, Any]) -> None:
        """Writes what a slot says of one quantity."""
        versus = argument or entry.get("versus", "prior")
        if name == "N":
            self.pieces.append(self.name_of(q))
        elif name == "path":
            self.pieces.append(Cue("item", self.path_of(q)[0], quantity=q.key))
        elif name in AMOUNTS:
            self.pieces.append(self.amount(q, AMOUNTS[name]))
        elif name == "O":
            self.pieces.append(replace(self.amount(q, "final"), basis="other"))
        elif name in ("D", "R"):
            self.pieces.append(self.difference(q, entry.get("versus", "prior"), name == "R"))
        elif name == "K":
            self.pieces.append(self.completion(q, entry["versus"]))
        elif name == "H":
            self.pieces.append(self.share(q, argument or entry["whole"]))
        elif name == "C":
            self.pieces.append(self.count(q, argument))
        elif name == "V":
            self.pieces.append(self.average(q.key, argument))
        elif name == "why":
            self.reason(argument)
        elif name == "order":
            self.order(q, versus)
        elif name == "completion":
            self.phrase(f"completion.{versus}", load("phrases")["completion"][versus], q, versus)
        elif name == "change":
            self.change_words(q, versus)
        elif name in ("vs", "vs+N"):
            self.compared(q, versus, name == "vs+N")
        else:
            raise KeyError(name)

    # --- phrases ---

    def phrase(self, topic: str, options: list[str], q: Quantity, versus: str) -> None:
        """Writes one of several phrases about a quantity."""
        self.fill(self.style.pick(topic, options), {"versus": versus}, q.key)

    def step(self, q: Quantity, versus: str) -> Fraction:
        """The true difference against a basis; it is what a following reason explains."""
        gap = self.a.values[q.key, "final"] - self.a.values[q.key, versus]
        self.sign = (gap > 0) - (gap < 0)
        self.change = (q.key, versus, self.sign)
        return gap

    def change_words(self, q: Quantity, versus: str) -> None:
        """Direction, difference and rate, without what they are compared with."""
        gap, phrases = self.step(q, versus), load("phrases")["changes"]
        kind = "none" if not gap else "both" if self.a.values[q.key, versus] else "difference"
        self.phrase(f"changes.{kind}", phrases[kind], q, versus)

    def compared(self, q: Quantity, versus: str, named: bool) -> None:
        """A comparison with what it is compared with; `named` repeats the name of the quantity."""
        gap, phrases = self.step(q, versus), load("phrases")
        base, name = self.a.values[q.key, versus], self.name_of(q) if named else ""
        if not gap and self.rng.random() < 0.7:
            self.pieces.append(name)
            self.phrase(f"flat.{versus}", phrases["flat"][versus], q, versus)
            self.pieces.append(Cue("flat", "", 0, q.key, versus))
            return
        if gap and not base:
            self.pieces.append(name)
            self.phrase(f"fresh.{versus}", phrases["fresh"][versus], q, versus)
            return
        kind = self.style.pick("change kind", ["both"] * 8 + ["rate", "difference"], 0.7) if gap else "none"
        first = (
            kind == "both"
            and versus in phrases["value_first"]
            and self.style.pick("first", [False] * 9 + [True])
        )
        words = self.style.pick(f"versus.{versus}", phrases["value_first" if first else "versus"][versus])
        if not words.endswith("，"):
            self.pieces.append(name)
        self.fill(words, {"versus": versus}, q.key)
        if words.endswith("，"):
            self.pieces.append(name)
        self.phrase(f"changes.{kind}", phrases["changes"][kind], q, versus)

    def order(self, q: Quantity, versus: str) -> None:
        """Whether the final amount is above, below or equal to the budget, in words."""
        gap, words = self.step(q, versus), load("phrases")["order"]
        word = words["above" if gap > 0 else "below" if gap < 0 else "equal"]
        before, after = self.style.pick(f"order.{versus}", words[versus]).split("{order}")
        self.pieces += [before, Cue("order", word, self.sign, q.key, versus), after]

    def reason(self, opener: str) -> None:
        """A reason for the change named last."""
        words, (key, versus, sign) = load("phrases")["reasons"], self.change
        plain = self.rng.random() < 0.5 or not sign
        kind = (
            ("up" if sign > 0 else "down" if sign < 0 else "flat")
            if plain
            else f"soft_{'up' if sign > 0 else 'down'}"
        )
        self.pieces.append(opener or self.style.pick("opener", words["opener"]))
        self.pieces.append(Cue("reason", self.rng.choice(words[kind]), sign, key, versus))

    def direction(self, word: str) -> None:
        """A direction word for the figure that follows."""
        self.rising = -1 if self.sign < 0 else 1
        self.pieces.append(Cue("direction", opposite(word) if self.sign < 0 else word, self.rising))

    def listing(self, name: str) -> None:
        """A list inside a sentence."""
        entry = load("lists")[name]
        keys = self.a.groups[self.style.pick(f"{name} group", entry["group"], 1.0)]
        if entry.get("empty") and self.style.pick(f"{name} empty", [True, False], 1.0):
            keys = [k for k in keys if self.a.values[k, "final"] or self.a.values.get((k, "prior"))] or keys
        words = self.style.pick(f"{name} entry", entry["entry"], 1.0)
        join = self.style.pick(f"{name} join", entry["join"], 1.0)
        if "；" not in join and "，" in words.replace("{completion}", "，"):
            join = "；" if join == "、" else join
        for place, key in enumerate(keys):
            if place:
                self.pieces.append(join)
            versus = "budget" if name != "sangong_changes" else "prior"
            self.fill(words, {"versus": versus, **entry}, key)

    def units(self, way: str) -> None:
        """The bodies whose accounts are in the document, one after the other or, by `lines`, one below the other."""
        names = [unit.format(body=self.a.body.name) for unit in self.a.body.units]
        if way == "lines":
            text = "\n".join(f"{place}.{name}" for place, name in enumerate(names, 1))
        else:
            text = "、".join(names)
        self.pieces.append(Cue("listed", text, len(names), "units"))

    def some(self, name: str, low: str, high: str) -> None:
        """Some sentences of a list, each a paragraph with its number."""
        sentences: list[str] = load("prose")[name]
        chosen = self.rng.sample(sentences, self.rng.randint(int(low), int(high)))
        self.numbered([sentence for sentence in sentences if sentence in chosen])

    def terms(self) -> None:
        """The glossary: general terms, among them what the items are that the document spends on."""
        words = load("prose")
        terms = list(words["terms"])
        if self.style.pick("terms of items", [True, False], 1.0):
            place = words["terms_items_before"]
            terms[place:place] = [
                words["term_item"].format(
                    *e.names, use=words["uses"].get(e.code, words["use"].format(e.names[2]))
                )
                for e in self.a.body.entries
            ]
        self.numbered(terms)

    def numbered(self, sentences: list[str]) -> None:
        """Paragraphs with their numbers, all written one way."""
        mark = self.style.pick("paragraph numbers", ["{}.", "{}.", "（{}）", "{}、"], 1.0)
        chinese = self.style.pick("paragraph numerals", [True, False], 1.0) and mark != "{}."
        numbers = [numeral(n) if chinese else str(n) for n in range(1, len(sentences) + 1)]
        lines = (mark.format(n) + sentence for n, sentence in zip(numbers, sentences, strict=True))
        self.pieces.append("\n".join(lines))

    def next_number(self) -> None:
        """The number of a paragraph below its heading."""
        self.number += 1
        self.pieces.append(str(self.number))

    def threshold(self, value: str, unit: str) -> None:
        """A figure that only bounds what is counted."""
        self.pieces.append(Figure(Printed(value, unit), kind="threshold"))

    def activity(self, argument: str) -> None:
        """Work done: a number between two bounds, with its unit."""
        low, high, unit = argument.split(":")
        number = str(self.rng.randint(int(low), int(high)))
        self.pieces.append(Figure(Printed(number, unit), kind="activity"))


def figures(pieces: list[Piece]) -> Iterator[tuple[int, Figure]]:
    """The figures among pieces, with their places."""
    return ((place, piece) for place, piece in enumerate(pieces) if isinstance(piece, Figure))
