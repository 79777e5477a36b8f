"""What the accounts say as figures: each with its printed number, its labels and the true values that it measures."""

from dataclasses import replace
from typing import Any

from corpus.accounts import ZERO, Accounts, Quantity, Var
from corpus.pieces import Figure, Form
from corpus.printing import Habits, Printed
from corpus.wording import Style, load

BASES = {"prior": "prior_year", "initial": "initial_budget", "budget": "budget"}
AVERAGES = {
    "reception_per_person": ("reception", "reception_persons"),
    "vehicle_operation_average": ("vehicle_operation", "vehicles_owned"),
}


class Figures:
    """The figures of one document; `rising` is the direction of the word before a difference."""

    def __init__(self, accounts: Accounts, habits: Habits, style: Style) -> None:
        self.a, self.habits, self.style = accounts, habits, style
        self.rising = 1

    def name_of(self, q: Quantity) -> str:
        """What this document calls a quantity."""
        if q.kind:
            return q.kind
        return (
            self.style.pick(f"name {q.metric}", load("names")[q.metric], 1.0)
            if not q.item
            else self.path_of(q)[0]
        )

    def path_of(self, q: Quantity) -> tuple[str, str]:
        """A classification item as printed, and its path as far as it is printed."""
        forms = load("phrases")["paths"]["class_forms" if len(q.item) == 1 else "forms"]
        form = self.style.pick(f"path {len(q.item)}", forms, 1.0)
        names = dict(zip("xyz", q.item, strict=False))
        codes = {"a": q.code[:3], "b": q.code[3:5], "c": q.code[5:]}
        return form.format(**names, **codes), "/".join(n for k, n in names.items() if f"{{{k}}}" in form)

    def claim(self, q: Quantity, printed: Printed, measure: str, **labels: Any) -> Figure:
        """A figure about one quantity, with the labels that all measures share."""
        item = self.path_of(q)[1] if q.item else None
        subject = q.kind or (q.item[-1] if q.item else load("names").get(q.metric, [q.metric])[0])
        year = labels.pop("year", self.a.year)
        return Figure(
            printed,
            metric=q.metric,
            subject=subject,
            item=item,
            measure=measure,
            year=year,
            quantity=q.key,
            **labels,
        )

    def amount(self, q: Quantity, basis: str) -> Figure:
        """An amount of money on one basis."""
        value = self.a.values[q.key, basis]
        return self.claim(
            q,
            self.habits.money(value),
            "amount",
            basis={"initial": "initial_budget", "budget": "budget"}.get(basis, "final"),
            year=self.a.year - (basis == "prior"),
            form=(((q.key, basis), 1),),
            truth=value,
        )

    def difference(self, q: Quantity, versus: str, rate: bool) -> Figure:
        """A change or its rate, signed by the direction word before it."""
        base = self.a.values[q.key, versus]
        gap = abs(self.a.values[q.key, "final"] - base)
        form: Form = (((q.key, "final"), 1), ((q.key, versus), -1))
        value = (gap / base if base else ZERO) if rate else gap
        figure = self.claim(
            q,
            self.habits.rate(value) if rate else self.habits.money(value),
            "change_rate" if rate else "change",
            versus=BASES[versus],
            direction="up" if self.rising > 0 else "down",
            form=form,
            sign=self.rising,
            truth=value,
        )
        return replace(figure, per=(q.key, versus)) if rate else figure

    def ratio(self, q: Quantity, over: Var, measure: str, versus: str) -> Figure:
        """A share or a completion rate; nothing over nothing is printed as zero."""
        whole = self.a.values[over]
        value = self.a.values[q.key, "final"] / whole if whole else ZERO
        form: Form = (((q.key, "final"), 1),)
        return self.claim(
            q, self.habits.rate(value), measure, versus=versus, form=form, per=over, truth=value
        )

    def completion(self, q: Quantity, versus: str) -> Figure:
        """How much of the budget was spent."""
        return self.ratio(q, (q.key, versus), "completion_rate", BASES[versus])

    def share(self, q: Quantity, whole: str) -> Figure:
        """What part of a whole this is."""
        return self.ratio(q, (whole, "final"), "share", whole)

    def count(self, q: Quantity, unit: str) -> Figure:
        """Things and persons, whole and exact."""
        value = self.a.values[q.key, "final"]
        return self.claim(q, Printed(str(value), unit), "count", form=(((q.key, "final"), 1),), truth=value)

    def average(self, metric: str, unit: str) -> Figure:
        """Money by a count."""
        amount, count = AVERAGES[metric]
        value = self.a.values[amount, "final"] / self.a.values[count, "final"]
        habits = replace(self.habits, separators=False, places=2)
        form: Form = (((amount, "final"), 1),)
        printed = habits.money(value, unit or None)
        return self.claim(
            Quantity(metric, metric), printed, "average", form=form, per=(count, "final"), truth=value
        )
