"""The two tables that every disclosure has, tab separated, from the same true values as the text."""

from collections.abc import Callable
from fractions import Fraction

from corpus.fiscal_model import Accounts
from corpus.printing import Habits, rounded
from corpus.wording import load


def _cells(a: Accounts, habits: Habits) -> Callable[[str], str]:
    """What a cell prints for the final amount of a quantity; nothing for zero."""
    scale = 10_000 if habits.unit == "万元" else 1

    def cell(key: str) -> str:
        value: Fraction = a.values[key, "final"]
        return rounded(value / scale, 2) if value else ""

    return cell


def overview(a: Accounts, habits: Habits) -> str:
    """收入支出决算总表."""
    cell, words = _cells(a, habits), load("tables")
    left = [(n, cell(k)) for k, n in zip(a.groups["incomes"], words["incomes"], strict=True)]
    rest = a.values["expenditure_this_year", "final"] - a.values["gpb_expenditure", "final"]
    scale = 10_000 if habits.unit == "万元" else 1
    right = [(a.quantities[k].item[0], cell(k)) for k in a.groups["classes"]]
    if rest:
        right.append((words["others"], rounded(rest / scale, 2)))
    lines = [
        words["overview"],
        words["unit"].format(body=a.body.name, unit=habits.unit),
        *words["overview_head"],
    ]
    for row in range(max(len(left), len(right))):
        cells = [
            *(left[row] if row < len(left) else ("", "")),
            *(right[row] if row < len(right) else ("", "")),
        ]
        lines.append("\t".join(cells))
    for one, other in words["overview_totals"]:
        lines.append(f"{one[1]}\t{cell(one[0])}\t{other[1]}\t{cell(other[0])}")
    return "\n".join(lines) + "\n"


def items(a: Accounts, habits: Habits) -> str:
    """一般公共预算财政拨款支出决算表, down to the items."""
    cell, words = _cells(a, habits), load("tables")
    lines = [words["items"], words["unit"].format(body=a.body.name, unit=habits.unit), words["items_head"]]
    lines.append(f"\t{words['total']}\t{cell('gpb_expenditure')}\t{cell('gpb_basic')}\t{cell('gpb_project')}")
    for key in a.groups["items"]:
        q = a.quantities[key]
        basic = q.code in a.body.basic
        lines.append(
            f"{q.code}\t{q.item[-1]}\t{cell(key)}\t{cell(key) if basic else ''}\t{'' if basic else cell(key)}"
        )
    return "\n".join(lines) + "\n"


TABLES: dict[str, Callable[[Accounts, Habits], str]] = {"overview": overview, "items": items}
