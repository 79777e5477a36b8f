"""What the tables tell beyond the narrative: every account by item, basic expenditure by economic item.

A true value of one account and item has the key `ACCOUNT:CODE`; the items of the general budget keep the keys that
the narrative uses. Everything adds up to the totals that are already drawn.
"""

import random
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise

from corpus.accounts import ZERO, Accounts, Identity, Quantity
from corpus.catalogue import economic_name, name_of
from corpus.wording import load

GENERAL = "function_item"
SIDES = {
    "expenditure_this_year": ("basic_expenditure", "project_expenditure"),
    GENERAL: ("gpb_basic", "gpb_project"),
    "income_this_year": ("fiscal_income", "business_income", "other_income"),
}
"""What the amounts of an account are made up of, side by side."""
TOTALS = {GENERAL: "gpb_expenditure"}


def key(account: str, code: str) -> str:
    """The key of an item in an account; of the account itself without a code."""
    return f"{account}:{code}" if code else TOTALS.get(account, account)


def break_down(rng: random.Random, a: Accounts) -> None:
    """Adds the accounts by item and by economic item, with the identities that hold inside the tables."""
    general = {a.quantities[k].code: a.values[k, "final"] for k in a.groups["items"]}
    own = a.body.own[0]
    project = next((code for code in a.body.own if code not in a.body.basic), own)
    money = {account: dict[str, Fraction]() for account in (GENERAL, "fund_expenditure")}
    money[GENERAL] = general
    fund = a.values["fund_expenditure", "final"]
    if fund:
        money["fund_expenditure"] = {a.body.fund: fund}
    money["gpb_basic"] = {c: v if c in a.body.basic else ZERO for c, v in general.items()}
    money["gpb_project"] = {c: ZERO if c in a.body.basic else v for c, v in general.items()}
    money["fiscal_expenditure"] = _added(general, money["fund_expenditure"])

    rest = a.values["basic_expenditure", "final"] - a.values["gpb_basic", "final"]
    money["basic_expenditure"] = _added(money["gpb_basic"], {own: rest})
    rest = a.values["project_expenditure", "final"] - a.values["gpb_project", "final"] - fund
    money["project_expenditure"] = _added(money["gpb_project"], money["fund_expenditure"], {project: rest})
    money["expenditure_this_year"] = _added(money["basic_expenditure"], money["project_expenditure"])

    received = _spread(general, a.values["gpb_income", "final"] - sum(general.values(), ZERO))
    money["fiscal_income"] = _added(received, money["fund_expenditure"])
    for account in ("business_income", "other_income"):
        money[account] = {project: a.values[account, "final"]}
    money["income_this_year"] = _added(*(money[account] for account in SIDES["income_this_year"]))
    for account, items in money.items():
        _tree(a, account, items)
    for account, parts in SIDES.items():
        for code in _levels(money[account]):
            identity = tuple((key(p, code), "final") for p in parts if (key(p, code), "final") in a.values)
            a.table_identities.append(Identity((key(account, code), "final"), identity))
    for code in _levels(money["fiscal_expenditure"]):
        sides = [key(account, code) for account in (GENERAL, "fund_expenditure")]
        known = tuple((side, "final") for side in sides if (side, "final") in a.values)
        a.table_identities.append(Identity((key("fiscal_expenditure", code), "final"), known))
    for account in ("gpb_expenditure", "fund_expenditure"):
        end = a.values["carryover_end", "final"] if account == "gpb_expenditure" else ZERO
        a.amount(f"carryover_end:{account}", end)
        a.total(f"fiscal_total:{account}", [account, f"carryover_end:{account}"])
    _economic(rng, a)


def _added(*parts: Mapping[str, Fraction]) -> dict[str, Fraction]:
    codes = sorted({code for part in parts for code in part})
    return {code: sum((part.get(code, ZERO) for part in parts), ZERO) for code in codes}


def _spread(items: Mapping[str, Fraction], difference: Fraction) -> dict[str, Fraction]:
    """The items changed by a difference in all, the largest first, none below nothing."""
    out = dict(items)
    for code in sorted(out, key=lambda code: -out[code]):
        change = max(difference, -out[code])
        out[code] += change
        difference -= change
    return out


def _levels(items: Iterable[str]) -> list[str]:
    """The codes of items with those of the levels above them."""
    return sorted({code[:digits] for code in items for digits in (3, 5, 7)})


def _tree(a: Accounts, account: str, items: Mapping[str, Fraction]) -> None:
    """Adds the items of an account and the levels above them, each the sum of what is right below it."""
    codes = _levels(items)
    for code in codes:
        known = key(account, code)
        if (known, "final") not in a.values:
            amount = sum((v for c, v in items.items() if c.startswith(code)), ZERO)
            names = tuple(name_of(code[:digits]) for digits in (3, 5, 7) if digits <= len(code))
            a.put(Quantity(known, GENERAL, names, code), amount)
    for digits, below in pairwise((0, 3, 5, 7)):
        for code in {c[:digits] for c in codes if len(c) >= digits}:
            parts = tuple(key(account, c) for c in codes if len(c) == below and c.startswith(code))
            _identity(a, key(account, code), parts)


def _identity(a: Accounts, total: str, parts: Iterable[str]) -> None:
    a.table_identities.append(Identity((total, "final"), tuple((part, "final") for part in parts)))


def _economic(rng: random.Random, a: Accounts) -> None:
    """Basic expenditure by economic item; what is spent on guests, cars and meetings is their share of it."""
    known = load("bodies")["economic"]
    personnel, operating = (a.values[k, "final"] for k in ("personnel", "public_operating"))
    aid = Fraction(int(personnel * rng.randint(2, 9)), 100)
    spent = {c: a.values[k, "final"] for c, k in known["narrated"].items()}
    spent = spent if 2 * sum(spent.values()) < operating else {}
    capital = Fraction(int(operating * rng.randint(2, 15)), 100) if rng.random() < 0.4 else ZERO
    amounts = _parts(rng, personnel - aid, known["pay"]) | _parts(rng, aid, known["aid"])
    amounts |= spent | _parts(rng, operating - capital - sum(spent.values(), ZERO), known["goods"])
    amounts |= _parts(rng, capital, known["capital"])
    groups = sorted({code[:3] for code in amounts})
    for code in [*amounts, *groups]:
        amount = sum((v for c, v in amounts.items() if c.startswith(code)), ZERO)
        a.put(Quantity(f"economic:{code}", "economic_item", (economic_name(code),), code), amount)
    for group in groups:
        _identity(a, f"economic:{group}", [f"economic:{c}" for c in sorted(amounts) if c.startswith(group)])
    pay, goods = ([g for g in groups if (g in known["people"]) == is_pay] for is_pay in (True, False))
    _identity(a, "personnel", [f"economic:{g}" for g in pay])
    _identity(a, "public_operating", [f"economic:{g}" for g in goods])
    a.groups["economic"] = sorted(amounts)


def _parts(rng: random.Random, total: Fraction, codes: Mapping[str, int]) -> dict[str, Fraction]:
    """A total divided in whole cents, each part near its weight; the first takes what is left."""
    weights = {code: weight * rng.uniform(0.5, 1.5) for code, weight in codes.items()}
    whole = sum(weights.values())
    parts = {c: Fraction(int(float(total) * 100 * w / whole), 100) for c, w in weights.items()}
    first = next(iter(parts))
    parts[first] += total - sum(parts.values(), ZERO)
    return parts
