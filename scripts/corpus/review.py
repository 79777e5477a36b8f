"""The self-evaluation of one project that many disclosures attach: a table that is none of the standard ones."""

import random
from fractions import Fraction

from corpus.accounts import Accounts
from corpus.printing import rounded
from corpus.wording import load


def review(a: Accounts, rng: random.Random) -> str:
    """The table of one project: its money, its indicators and their scores, tab separated; sums are right."""
    words = load("review")
    spent = a.values["performance_amount", "final"] / 10_000
    budget = spent * Fraction(rng.randint(100, 125), 100)
    initial = budget * Fraction(rng.randint(80, 110), 100)
    money = "\t".join(rounded(amount, 2) for amount in (initial, budget, spent))
    rate = rounded(spent / budget * 100, 2) if budget else "0.00"
    slots = {
        "body": a.body.name,
        "year": a.year,
        "money": money,
        "rate": rate,
        "project": rng.choice(words["projects"]),
    }
    rows = [line.format(**slots) for line in words["head"]]
    chosen = [rng.choice(options) for options in words["indicators"]]
    for weight, row in zip(words["weights"], chosen, strict=True):
        rows.append(row.format(weight=weight, score=weight))
    rows.append(words["total"].format(weight=sum(words["weights"]) + 10))
    return "\n".join(rows) + "\n"
