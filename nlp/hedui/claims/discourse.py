"""What a document is speaking of: subject, year, comparison and whole, carried over clauses and sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import field

from hedui.claims.lexing import Token
from hedui.classification.mentions import ItemMention
from hedui.lexicon import Entry, metrics
from hedui.values import dataclass

# The kinds of figure that a subject's metrics are looked up by, best first.
LOOKUP: dict[str, tuple[str, ...]] = {
    "money": ("money",),
    "score": ("score",),
    "persons": ("persons", "number"),
    "batches": ("batches",),
    "vehicles": ("vehicles",),
    "sets": ("sets", "vehicles"),
    "count": ("number", "batches"),
}


TOTALS = ("total_income", "total_expenditure", "income_this_year", "expenditure_this_year")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is spoken of: a metric, with its item or part, and the lexicon entry of its name."""

    metric: str
    name: str
    entry: Entry | None = None
    mention: ItemMention | None = None
    part: str | None = None
    basis: str = "final"
    budgeted: bool = False  # a budget word gave its basis: the list that follows is of budgets too
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Bracket:
    """What was spoken of when a bracket was opened, and is again when it is closed."""

    quantity: Quantity | None
    head: Quantity | None
    recent: list[Quantity]


@dataclass(slots=True)
class Scope:
    """What holds inside a sentence until something else takes its place."""

    year: int | None
    period: str | None = None
    comparator: Token | None = None
    reason: bool = False
    cause: Quantity | None = None  # what the reason speaks of
    head: Quantity | None = None  # of the list that is being told
    as_of: int | None = None  # the year of the date at which a sentence without one counts
    level: str | None = None  # of government, whose accounts the sentence told last
    listed: Quantity | None = None  # the head of the sentence's first list
    shared: tuple[Quantity | None, str | None, str] | None = (
        None  # list, usual whole and named one of a share
    )
    sorted_anew: bool = False  # a total is divided once more
    brackets: list[Bracket] = field(default_factory=list)


@dataclass(slots=True)
class Discourse:
    """The state that is carried through a document. `quantity` is what was spoken of last."""

    fiscal_year: int | None
    kind: str = "body"
    section: tuple[str, ...] = ()
    paragraph: int = -1
    quantity: Quantity | None = None
    head: Quantity | None = None
    listing: Quantity | None = None  # the head of the list that the last sentence told
    rival: Quantity | None = None  # the last part of that list
    recent: list[Quantity] = field(default_factory=list)
    section_year: int | None = None
    wholes: dict[str, str] = field(
        default_factory=dict
    )  # by metric, what its last share was of under this heading
    period: str | None = None  # of the paragraph: a bulletin names its months once
    as_of: int | None = None  # the year of the date at which the paragraph counts
    compared: set[str] = field(default_factory=set)  # what its changes were measured against
    parents: tuple[str, ...] = ()  # the upper levels of the last item that was named with them
    fresh: bool = False  # the quantity was spoken of in this very sentence
    anew: bool = True  # nothing was spoken of in this paragraph yet
    total: Quantity | None = None  # the last of the body's own totals under this heading
    listed: int = -1  # the paragraph in which the head's list was opened
    unclaimed: bool = False  # the last figure was none of the accounts' own
    above: tuple[
        str, ...
    ] = ()  # the class that the paragraph told last: bare names behind it are of that class
    planned: bool = False  # amounts are those of a budget unless the words say otherwise
    publisher: str = ""  # the body's own name, which is the subject of nothing
    tiers: bool = False  # the accounts of several levels of government are told apart

    def begin(self, paragraph: int, kind: str) -> None:
        """A new sentence; what an unknown subject was does not outlast its paragraph."""
        self.kind = kind
        self.fresh = False
        if paragraph != self.paragraph:
            self.paragraph = paragraph
            self.unclaimed = False
            self.anew = True
            self.listing = None
            self.period = self.as_of = None
            self.above = ()
            if self.quantity and self.quantity.metric == "other":
                self.quantity = None

    def resume(self) -> None:
        """Behind a list its head is what is spoken of, unless the figures tell that it is the last part."""
        self.rival = None
        if self.listing:
            self.quantity, self.rival, self.listing = self.listing, self.quantity, None

    def speak(self, quantity: Quantity) -> None:
        """Note what a figure was about."""
        if self.quantity is None or quantity.metric != self.quantity.metric:
            self.compared.clear()
        self.quantity = quantity
        self.fresh = True
        self.anew = False
        if quantity.metric in TOTALS:
            self.total = quantity
        self.recent = [quantity, *(q for q in self.recent if q.metric != quantity.metric)][:8]
        self.unclaimed = False

    def enter_section(
        self, section: tuple[str, ...], kind: str, heading: Quantity | None, year: int | None
    ) -> None:
        """A new heading: what was spoken of before it is over, and the heading's own subject holds."""
        self.section, self.kind = section, kind
        self.quantity, self.head, self.total = heading, None, None
        self.recent = [heading] if heading else []
        self.section_year = year
        self.wholes.clear()
        self.unclaimed = False


def metric_of(entry: Entry, figure_kind: str, context: Sequence[Quantity]) -> str | None:
    """The metric that a subject's figure of this kind is, None where the subject has none of that kind.

    `context` holds the heads and the quantities spoken of before, nearest first: below some heads a name means
    another metric (轿车 among the vehicles bought or among those owned).
    """
    keys = LOOKUP.get(figure_kind, ())
    special = special_of(entry, context)
    for key in keys:
        if key in special:
            return special[key]
    return next((entry.metrics[key] for key in keys if key in entry.metrics), None)


def special_of(entry: Entry, context: Sequence[Quantity]) -> Mapping[str, str]:
    """What a name means below the nearest of the heads and quantities that give it a meaning of their own."""
    return next((entry.under[q.metric] for q in context if q.metric in entry.under), {})


def primary_metric(entry: Entry, context: Sequence[Quantity]) -> str | None:
    """The metric that a rate about this subject is of: its money where it has any."""
    for key in ("money", "number", "persons", "batches", "vehicles", "sets", "score"):
        if metric := metric_of(entry, key if key != "number" else "count", context):
            return metric
    return None


def whole_of(quantity: Quantity, head: Quantity | None, before: str | None = None) -> str:
    """The metric of the whole that a share of this quantity is of, where the words name none.

    `before` is what the last share of another quantity of the kind was of, under the same heading.
    """
    metric = metrics()[quantity.metric]
    if head and head.metric != quantity.metric and metrics()[head.metric].kind == "money":
        if (metric.whole or metric.wider) is None or head.metric in metric.wholes:
            return head.metric
    return before or metric.whole or metric.wider or "other"
