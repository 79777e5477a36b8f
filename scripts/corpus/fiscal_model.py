"""Draws a body and its accounts year after year, consistent to the cent."""

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from corpus.accounts import ZERO, Accounts, Body, Identity, Quantity
from corpus.breakdown import break_down
from corpus.catalogue import entry, items_of
from corpus.printing import rounded_to_cents
from corpus.wording import load

BODIES = load("bodies")


def draw_body(rng: random.Random, province: str, names: set[str]) -> Body:
    """A body of this province whose name is not among `names` yet."""
    kind = rng.choice(BODIES["kind"])
    while True:
        place = rng.choice(BODIES["first"]) + rng.choice(BODIES["second"]) + rng.choice(BODIES["levels"])
        name = BODIES["provinces"][province] + place + rng.choice(kind["names"])
        if name not in names:
            break
    own = [e for e in items_of(kind["group"]) if e.code[-2:] not in BODIES["drop"]]
    chosen = {own[0].code, *(e.code for e in rng.sample(own[1:], min(len(own) - 1, rng.randint(1, 5))))}
    chosen |= set(rng.sample(BODIES["common"], rng.randint(3, len(BODIES["common"]))))
    entries = tuple(entry(code) for code in sorted(chosen))
    basic = {e.code for e in entries if e.code[-2:] in BODIES["basic"] or e.code in BODIES["common"]}
    mine = tuple(e.code for e in entries if e.code.startswith(kind["group"]))
    fund = rng.choice(kind.get("funds", BODIES["funds"]))
    own, *others = BODIES["units"]
    units = (own, *rng.sample(others, rng.randint(1, 4)))
    size = rng.choice([30.0, 80.0, 200.0, 600.0])
    return Body(name, province, entries, mine, frozenset(basic), fund, units, size)


def draw_years(rng: random.Random, body: Body, first: int, years: int) -> list[Accounts]:
    """Accounts of consecutive years, each one's prior values being the final ones of the year before."""
    weights = {e.code: BODIES["weights"].get(e.code, 0.4) * rng.lognormvariate(0, 0.5) for e in body.entries}
    weights[body.own[0]] = rng.uniform(0.8, 1.6)
    money = {code: rounded_to_cents(rng, body.size * weight) for code, weight in weights.items()}
    begin = rounded_to_cents(rng, body.size * rng.choice([0, 0.1, 0.4]))
    fund = rng.random() < 0.4
    before: Accounts | None = None
    series: list[Accounts] = []
    for year in range(first - 1, first + years):
        accounts = Accounts(body, year)
        begin = _draw_money(rng, accounts, money, begin, fund)
        _draw_sangong(rng, accounts)
        _draw_others(rng, accounts)
        _draw_counts(rng, accounts)
        break_down(rng, accounts)
        if before:
            for (key, basis), value in before.values.items():
                if basis == "final" and key in accounts.quantities:
                    accounts.values[key, "prior"] = value
            accounts.identities += list(_before(accounts))
            series.append(accounts)
        before = accounts
        money = {c: _vary(rng, m, 0.18) for c, m in money.items()}
    return series


def _before(accounts: Accounts) -> Iterator[Identity]:
    """The sums of the final amounts, for last year's, where last year had all parts."""
    for identity in accounts.identities:
        total, parts = identity.total, [(key, "prior") for key, _ in identity.parts]
        if total[1] == "final" and len(parts) > 1 and all(part in accounts.values for part in parts):
            yield Identity((total[0], "prior"), tuple(parts), identity.open)


def _vary(rng: random.Random, amount: Fraction, spread: float) -> Fraction:
    return rounded_to_cents(rng, float(amount) / 10_000 * rng.uniform(1 - spread, 1 + spread))


def _draw_money(
    rng: random.Random, a: Accounts, money: dict[str, Fraction], begin: Fraction, has_fund: bool
) -> Fraction:
    """Income, expenditure and their items; returns what is carried over to the next year."""
    items: dict[str, list[str]] = {}
    same = rng.random() < 0.2
    for e in a.body.entries:
        final = money[e.code]
        initial = final if rng.random() < 0.15 else _vary(rng, final, 0.3)
        budget = (
            final
            if same or rng.random() < 0.4
            else final + abs(_vary(rng, final, 0.1)) / 100 * rng.randint(1, 9)
        )
        budget = Fraction(round(budget * 100), 100)
        key = f"function_item:{e.code}"
        a.put(Quantity(key, "function_item", e.names, e.code), final, initial=initial, budget=budget)
        items.setdefault(e.code[:3], []).append(key)
    every = ("final", "initial", "budget")
    for code, keys in items.items():
        name = a.quantities[keys[0]].item[0]
        a.sum(Quantity(f"function_item:{code}", "function_item", (name,), code), keys, every)
    a.groups["items"] = [k for keys in items.values() for k in keys]
    a.groups["classes"] = [f"function_item:{code}" for code in items]
    a.total("gpb_expenditure", a.groups["items"], every)
    gpb = a.total("gpb_expenditure", a.groups["classes"], every)
    fund = a.amount(
        "fund_expenditure", rounded_to_cents(rng, a.body.size * rng.uniform(0.2, 2)) if has_fund else ZERO
    )
    a.amount("soe_expenditure", ZERO)
    fiscal = a.total("fiscal_expenditure", ["gpb_expenditure", "fund_expenditure", "soe_expenditure"])

    gpb_basic = sum(
        (a.values[k, "final"] for k in a.groups["items"] if a.quantities[k].code in a.body.basic), ZERO
    )
    operating = rounded_to_cents(rng, float(gpb_basic) / 10_000 * rng.uniform(0.08, 0.3))
    a.amount("public_operating", operating)
    a.amount("personnel", gpb_basic - operating)
    a.total("gpb_basic", ["personnel", "public_operating"])
    a.amount("gpb_project", gpb - gpb_basic)
    a.total("gpb_expenditure", ["gpb_basic", "gpb_project"])

    other = rounded_to_cents(rng, a.body.size * rng.choice([0.02, 0.2, 0.7])) if rng.random() < 0.8 else ZERO
    business = rounded_to_cents(rng, a.body.size * rng.uniform(0.1, 1)) if rng.random() < 0.3 else ZERO
    a.amount("basic_expenditure", gpb_basic + Fraction(int(other * 30), 100))
    a.amount("project_expenditure", fiscal + other + business - a.values["basic_expenditure", "final"])
    unused = ["remittance_to_superior", "operating_expenditure", "affiliate_subsidy"]
    for metric in unused:
        a.amount(metric, ZERO)
    a.groups["expenditures"] = ["basic_expenditure", "project_expenditure", *unused]
    spent = a.total("expenditure_this_year", a.groups["expenditures"])
    if spent == gpb:  # a share of 100 % tells it, and then the parts are the same money
        a.same("expenditure_this_year", "gpb_expenditure")
        a.same("basic_expenditure", "gpb_basic")

    end = (
        rounded_to_cents(rng, a.body.size * rng.uniform(0.05, 0.5)) if rng.random() < 0.7 and begin else begin
    )
    a.amount("fund_income", fund)
    a.amount("soe_income", ZERO)
    a.amount("gpb_income", gpb + end - begin)
    a.total("fiscal_income", ["gpb_income", "fund_income", "soe_income"])
    for metric in ("superior_subsidy_income", "operating_income", "affiliate_remittance_income"):
        a.amount(metric, ZERO)
    a.amount("business_income", business)
    a.amount("other_income", other)
    rest = [
        "superior_subsidy_income",
        "business_income",
        "operating_income",
        "affiliate_remittance_income",
        "other_income",
    ]
    a.groups["incomes_fiscal"] = ["fiscal_income", *rest]
    a.groups["incomes"] = ["gpb_income", "fund_income", "soe_income", *rest]
    a.total("income_this_year", a.groups["incomes_fiscal"])
    a.total("income_this_year", a.groups["incomes"])
    a.amount("carryover_begin", begin)
    a.amount("carryover_end", end)
    total = a.total("total_income_expenditure", ["income_this_year", "carryover_begin"])
    a.total("total_income_expenditure", ["expenditure_this_year", "carryover_end"])
    a.total("total_income", ["income_this_year", "carryover_begin"])
    a.total("total_expenditure", ["expenditure_this_year", "carryover_end"])
    a.amount("fiscal_total", a.values["fiscal_income", "final"] + begin)
    assert total == spent + end
    return end


def _draw_sangong(rng: random.Random, a: Accounts) -> None:
    every = ("final", "initial", "budget")

    def put(metric: str, final: Fraction) -> None:
        ceiling = (
            final
            if rng.random() < 0.2
            else Fraction(int(final / 1000 * 105 / 100) + rng.randint(1, 8)) * 1000
        )
        budget = ceiling if rng.random() < 0.7 else max(final, ceiling - 500)
        a.amount(metric, final, initial=ceiling if final else ZERO, budget=budget if final else ZERO)

    scale = a.body.size / 100
    usual = random.Random(a.body.name)  # what the body spends from year to year
    cars, guests = usual.uniform(3, 15), usual.uniform(1, 6)
    put("abroad", rounded_to_cents(rng, scale * rng.uniform(2, 9)) if rng.random() < 0.15 else ZERO)
    put("vehicle_purchase", rounded_to_cents(rng, rng.uniform(12, 38)) if rng.random() < 0.25 else ZERO)
    put("vehicle_operation", rounded_to_cents(rng, scale * cars * rng.uniform(0.7, 1.2)))
    put("reception", rounded_to_cents(rng, scale * guests * rng.uniform(0.6, 1.3)))
    a.total("vehicle_total", ["vehicle_purchase", "vehicle_operation"], every)
    a.total("sangong_total", ["abroad", "vehicle_total", "reception"], every)
    a.groups["sangong"] = ["abroad", "vehicle_total", "reception"]
    a.amount("reception_domestic", a.values["reception", "final"])
    a.amount("reception_foreign", ZERO)
    a.total("reception", ["reception_domestic", "reception_foreign"])


def _draw_others(rng: random.Random, a: Accounts) -> None:
    scale = a.body.size / 10
    operating = a.values["public_operating", "final"]
    part = 100 if rng.random() < 0.6 else rng.randint(55, 95)
    a.amount("agency_operating", Fraction(int(operating * part), 100))
    a.amount(
        "performance_amount",
        Fraction(int(a.values["project_expenditure", "final"] * rng.randint(30, 95)), 100),
    )
    for metric in ("meeting", "training"):
        a.amount(
            metric, rounded_to_cents(rng, scale * rng.uniform(0.05, 0.6)) if rng.random() < 0.9 else ZERO
        )
    a.groups["procurement"] = ["procurement_goods", "procurement_works", "procurement_services"]
    for metric in a.groups["procurement"]:
        a.amount(metric, rounded_to_cents(rng, scale * rng.uniform(1, 12)) if rng.random() < 0.8 else ZERO)
    if not any(a.values[m, "final"] for m in a.groups["procurement"]):
        a.amount("procurement_services", rounded_to_cents(rng, scale * 2))
    total = a.total("procurement_total", a.groups["procurement"])
    sme = total if rng.random() < 0.3 else Fraction(int(total * rng.randint(40, 95)), 100)
    a.amount("procurement_sme", sme)
    a.amount("procurement_micro", Fraction(int(sme * rng.randint(10, 90)), 100))


def _draw_counts(rng: random.Random, a: Accounts) -> None:
    """Vehicles, guests, staff and projects; every list of kinds adds up to its total."""

    def kinds(metric: str, names: list[str], most: int, least: int = 0, kind_metric: str = "") -> None:
        kind_metric = kind_metric or f"{metric}_kind"
        keys = [f"{kind_metric}:{n}" for n in names]
        for key, name in zip(keys, names, strict=True):
            a.put(Quantity(key, kind_metric, kind=name), Fraction(rng.randint(least, most)))
        if not any(a.values[k, "final"] for k in keys):
            a.values[keys[-1], "final"] = Fraction(1)
        a.groups[f"{metric}_kind"] = keys
        a.total(metric, keys)
        if metric.startswith("staff"):
            a.identities[-1] = replace(a.identities[-1], open=True)

    words = BODIES["kinds"]
    staff = int(10 + a.body.size / 8)
    kinds("vehicles_owned", words["vehicles_owned"], 4)
    kinds("state_vehicles", rng.choice(words["state_vehicles"]), 4)
    kinds("staff_quota", words["staff_quota"], staff, staff // 2)
    kinds("staff_actual", words["staff_actual"], staff // 2, staff // 3)
    kinds("performance_projects", words["performance_rated"], 9, kind_metric="performance_rated")
    problems = [Fraction(rng.randint(0, 4)) for _ in range(2)]
    a.amount("performance_problems_fixed", problems[0])
    a.amount("performance_problems_open", problems[1])
    a.total("performance_problems", ["performance_problems_fixed", "performance_problems_open"])
    a.amount("staff_retired", Fraction(rng.randint(3, 60)))
    purchased = Fraction(1 if a.values["vehicle_purchase", "final"] else 0)
    a.amount("vehicles_purchased", purchased)
    abroad = a.values["abroad", "final"]
    a.amount("abroad_groups", Fraction(rng.randint(1, 3)) if abroad else ZERO)
    a.amount("abroad_persons", a.values["abroad_groups", "final"] * 2)
    a.put(Quantity("units", "other", kind="单位"), Fraction(len(a.body.units)))
    batches = Fraction(rng.randint(8, 120))
    a.amount("reception_batches", batches)
    a.amount("reception_persons", batches * rng.randint(4, 13) + rng.randint(0, 6))
    a.amount("reception_foreign_batches", ZERO)
    a.amount("reception_foreign_persons", ZERO)
    for metric in ("equipment_500k", "equipment_1m"):
        a.amount(metric, Fraction(rng.randint(0, 3)))
