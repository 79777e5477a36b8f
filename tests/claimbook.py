"""A notebook for tests: write claims down one after another, then check them."""

from typing import Any

from hedui.checking import check
from hedui.intervals import printed
from hedui.model import Claim, Document, Extraction, Finding, Item, Relation, Remark


class Book:
    """Claims of one made-up document; every `say` is a new sentence, every `section` a new heading."""

    def __init__(self) -> None:
        self.text = ""
        self.claims: list[Claim] = []
        self.remarks: list[Remark] = []
        self.heading: tuple[str, ...] = ("一",)
        self.start = 0

    def section(self, name: str) -> "Book":
        """Start another section."""
        self.heading = (name,)
        return self.say()

    def say(self) -> "Book":
        """Start another sentence."""
        self.text += "。\n"
        self.start = len(self.text)
        return self

    def put(
        self, metric: str, value: str, unit: str = "万元", measure: str = "amount", **more: Any
    ) -> "Book":
        """Write one figure."""
        self.text += metric
        start = len(self.text)
        self.text += value + unit
        interval = printed(value, unit)
        item = more.pop("item", None)
        self.claims.append(
            Claim(
                id=str(len(self.claims)),
                document="d",
                origin=more.pop("origin", "narrative"),
                start=start,
                end=len(self.text),
                value=value,
                unit=unit,
                low=str(interval.low),
                high=str(interval.high),
                metric=metric,
                measure=measure,
                subject=metric,
                section=self.heading,
                sentence=more.pop("sentence", self.text[self.start :]),
                sentence_start=self.start,
                basis=more.pop("basis", "final" if measure == "amount" else None),
                year=more.pop("year", 2023),
                item=None if item is None else Item(item, item, item, item, "exact", 1.0),
                **more,
            )
        )
        return self

    def change(self, metric: str, value: str, rate: str, direction: str = "up", **more: Any) -> "Book":
        """Write a difference and its rate against the year before."""
        more.setdefault("versus", "prior_year")
        self.put(metric, value, measure="change", direction=direction, **more)
        return self.put(metric, rate, "%", "change_rate", direction=direction, **more)

    def remark(self, kind: str, direction: str | None = None, **more: Any) -> "Book":
        """Write something without a figure."""
        start = len(self.text)
        self.text += kind
        self.remarks.append(
            Remark(
                start,
                len(self.text),
                kind,
                direction,
                section=self.heading,
                sentence_start=self.start,
                **more,
            )
        )
        return self

    def check(self) -> tuple[tuple[Relation, ...], tuple[Finding, ...]]:
        """Relations and findings."""
        document = Document("d", "d.txt", self.text, fiscal_year=2023)
        return check(document, Extraction(tuple(self.claims), (), tuple(self.remarks)))

    @property
    def found(self) -> list[tuple[str, str]]:
        """Rule and certainty of each finding."""
        return [(f.rule, f.certainty) for f in self.check()[1]]
