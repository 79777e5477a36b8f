"""The claims of one document, ordered and found by what they are about and how near they stand."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from hedui.exact import Fraction
from hedui.figures import in_ten_thousands
from hedui.intervals import YUAN, Interval, habit, is_money, plain, printed
from hedui.lexicon import metrics
from hedui.model import Claim, Document, Extraction, Item, Remark
from hedui.reading.deadline import Deadline
from hedui.values import dataclass

TEN_THOUSAND = Interval(Fraction(10_000), Fraction(10_000))
CROWD = 200  # statements of one quantity: the words do not tell more of them apart, and none is compared

# The confidence from which on a recognised figure can make a finding certain. Measured by scripts/ocr_accuracy.py:
# of figures read rightly from usual scans 3 % lie below (25 of 823, none misread), of those misread from very bad
# ones 86 % (66 of 77).
SURE = 0.98


class Quantity(NamedTuple):
    """What a claim gives a value of; claims of one quantity must agree."""

    metric: str
    item: str | None
    part: str | None
    measure: str
    basis: str | None
    year: int | None
    versus: str | None
    versus_year: int | None
    versus_basis: str | None
    period: str | None
    scope: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """A claim with the intervals of its true value: at the printed precision and at the document's habit."""

    claim: Claim
    quantity: Quantity
    printed: Interval
    usual: Interval

    def read(self, reading: Callable[["Value"], Interval]) -> Interval:
        """The true values under a reading."""
        return reading(self)

    @property
    def sure(self) -> bool:
        """Whether the figure is what is printed: false for one that was hardly recognised in a scan."""
        return self.claim.confidence >= SURE

    @property
    def zero(self) -> bool:
        """Whether the printed figure is nothing."""
        return self.printed.low <= 0 <= self.printed.high and plain(self.claim.value) == 0

    @property
    def sign(self) -> int:
        """Which way a change goes: 1, -1, or 0 where nothing tells. A minus sign always means less."""
        if self.printed.high < 0:
            return -1
        return {"up": 1, "down": -1}.get(self.claim.direction or "", 0)

    @property
    def shown(self) -> str:
        """The figure as printed, with its unit."""
        return self.claim.value + self.claim.unit

    @property
    def label(self) -> str:
        """What people call the quantity: the item's last name, the document's words, or the metric's name."""
        item = self.claim.item
        if item is not None:
            return item.printed.rsplit("/", 1)[-1]
        if self.claim.subject:
            return self.claim.subject
        metric = metrics().get(self.claim.metric)
        return metric.zh if metric else self.claim.metric


def item_key(item: Item | None) -> str | None:
    """What claims about one classification item share: its code, or the printed path without one."""
    return None if item is None else item.code or item.printed


def item_level(item: Item) -> int:
    """1 for 类, 2 for 款, 3 for 项: by the code's length, or the depth of the printed path."""
    return (len(item.code) - 1) // 2 if item.code else item.printed.count("/") + 1


def related(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two places stand under one heading, or one right under the other's."""
    shorter, longer = sorted((a, b), key=len)
    return longer[: len(shorter)] == shorter and len(longer) - len(shorter) <= 1


def _printed(claim: Claim) -> Interval:
    """The true values of a claim; of things counted in ten thousands their number."""
    exact = printed(claim.value, claim.unit)
    return exact * TEN_THOUSAND if claim.measure == "count" and in_ten_thousands(claim.unit) else exact


class Ledger:
    """All claims of a document that can be compared: approximate ones say too little and stay out.

    Those of the narrative are found by quantity, metric, sentence and section; those of tables stand apart in
    `tables`, so that what a sentence says is judged by what sentences print, as its author rounded it.
    """

    def __init__(self, document: Document, extraction: Extraction, deadline: Deadline | None = None) -> None:
        self.document = document
        self._deadline = deadline
        self.remarks: tuple[Remark, ...] = extraction.remarks
        claims = sorted((c for c in extraction.claims if not c.approximate), key=lambda c: (c.start, c.end))
        told = [c for c in claims if c.origin == "narrative"]
        units = Counter(c.unit for c in told if is_money(c.unit) and c.value.strip("0.,") != "")
        self.unit: str | None = units.most_common(1)[0][0] if units else None
        scale = YUAN.get(self.unit or "")
        places = habit(c.value for c in told if scale is not None and YUAN.get(c.unit) == scale)
        self.values: list[Value] = []
        self.sentences: dict[int, list[Value]] = defaultdict(list)
        self.sections: dict[tuple[str, ...], list[Value]] = defaultdict(list)
        self._by: dict[Quantity, list[Value]] = defaultdict(list)
        self._metrics: dict[str, list[Value]] = defaultdict(list)
        for claim in told:
            exact = _printed(claim)
            narrowed = places is not None and YUAN.get(claim.unit) == scale
            value = Value(
                claim,
                self._quantity(claim),
                exact,
                printed(claim.value, claim.unit, places) if narrowed else exact,
            )
            self.values.append(value)
            self._by[value.quantity].append(value)
            self._metrics[claim.metric].append(value)
            self.sentences[claim.sentence_start].append(value)
            self.sections[claim.section].append(value)
        self._disperse()
        self.tables = [self._of_table(c) for c in claims if c.origin == "table"]

    def _disperse(self) -> None:
        """Leave out the quantities that are stated far too often for all the statements to be of one thing."""
        crowds = {quantity for quantity, values in self._by.items() if len(values) > CROWD}
        if crowds:
            self.values = [v for v in self.values if v.quantity not in crowds]
            for index in (self.sentences, self.sections, self._by, self._metrics):
                for values in index.values():
                    values[:] = [v for v in values if v.quantity not in crowds]

    def _of_table(self, claim: Claim) -> Value:
        exact = printed(claim.value, claim.unit)
        return Value(claim, self._quantity(claim), exact, exact)

    def _quantity(self, claim: Claim) -> Quantity:
        year = claim.year or self.document.fiscal_year
        far = claim.versus_year if year and claim.versus_year and claim.versus_year < year - 1 else None
        against = claim.versus_basis or self._spoken_basis(claim)
        against = None if against == "final" else against
        return Quantity(
            claim.metric,
            item_key(claim.item),
            claim.part or (claim.subject if claim.metric == "other" else None),  # known by its words alone
            claim.measure,
            claim.basis,
            year,
            claim.versus,
            far,
            against,
            claim.period,
            claim.scope,
        )

    def _spoken_basis(self, claim: Claim) -> str | None:
        """The basis that a comparison of years has where its sentence speaks of nothing but budgets."""
        if claim.versus != "prior_year":
            return None
        same = [
            v.claim
            for v in self.sentences.get(claim.sentence_start, ())
            if v.claim.metric == claim.metric
            and v.claim.measure == "amount"
            and v.claim.section == claim.section
        ]
        return same[-1].basis if same and all(c.basis == same[-1].basis for c in same) else None

    def quantities(self) -> Iterator[tuple[Quantity, list[Value]]]:
        """Every quantity with its values, in reading order."""
        yield from self._by.items()

    def of(self, quantity: Quantity) -> list[Value]:
        """The values of one quantity. Whatever looks for relations comes by here, so the time is looked at here."""
        if self._deadline:
            self._deadline.check()
        return self._by.get(quantity, [])

    def metric(self, metric: str) -> list[Value]:
        """The values of one metric, whatever they measure."""
        return self._metrics.get(metric, [])

    def amount(self, like: Quantity, **other: object) -> Quantity:
        """The quantity of the amount that `like` is a change, rate or share of; `other` replaces fields."""
        fields: dict[str, object] = {
            "measure": "amount",
            "basis": "final",
            "versus": None,
            "versus_year": None,
            "versus_basis": None,
        }
        return like._replace(**{**fields, **other})  # type: ignore[arg-type]

    def near(self, anchor: Value, quantity: Quantity, *, far: bool = True) -> Value | None:
        """The value of the quantity that the anchor speaks of.

        The last one before it in its sentence, else in its section, else (if `far`) the document's only one.
        """
        claim = anchor.claim
        known = [v for v in self.of(quantity) if v is not anchor and v.claim.origin == claim.origin]
        before = [v for v in known if v.claim.end <= claim.start]
        for where in (
            [v for v in before if v.claim.sentence_start == claim.sentence_start],
            [v for v in before if related(v.claim.section, claim.section)],
        ):
            if where:
                return where[-1]
        return self.sole(known) if far else None

    def sole(self, values: list[Value]) -> Value | None:
        """The most precise of the values where all can be the same; None where they differ."""
        if not values or any(not v.printed.intersects(values[0].printed) for v in values[1:]):
            return None
        return min(values, key=lambda v: v.printed.high - v.printed.low)
