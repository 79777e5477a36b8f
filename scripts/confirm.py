"""Confirm that what hedui calls certain cannot be true, by exact linear programming of its own.

Usage: python scripts/confirm.py REPORT.json…

Reads the JSON of `hedui check --format json` and nothing else: the printed intervals of the claims, and which rule
gives them which role. Each relation becomes a linear system over true values, solved in rationals; hedui's own
judging takes no part. A certain finding is `confirmed` if no true values fit, `refuted` if some do; what rests on
words and not on arithmetic is counted as `words`.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from corpus.feasibility import Row, contradiction

Record = Mapping[str, Any]
Roles = Mapping[str, Sequence[Record]]
Form = dict[tuple[str, str], Fraction]
"""A linear form over true values."""

ONE, NOTHING = Fraction(1), Fraction(0)
LEAST = Fraction(1, 100)
"""The least that a base can be of which something is a percentage, in 元."""
FLAT_PARTS = 2
"""How many parts of a change may be said to be flat in words alone."""


# -- true values


def plus(*forms: Form) -> Form:
    """The sum of forms."""
    total: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for form in forms:
        for var, coefficient in form.items():
            total[var] += coefficient
    return dict(total)


def times(factor: Fraction | int, form: Form) -> Form:
    """The multiple of a form."""
    return {var: factor * coefficient for var, coefficient in form.items()}


def value(claim: Record) -> Form:
    """The true value behind a claim: a difference of two numbers, as those of the solver are never negative."""
    return {(claim["id"], "+"): ONE, (claim["id"], "-"): -ONE}


def ends(claim: Record) -> tuple[Fraction, Fraction]:
    """The printed interval."""
    return Fraction(claim["low"]), Fraction(claim["high"])


def sign(*claims: Record) -> int:
    """The direction of the first claim that tells one: 1, -1, or 0. A minus sign always means less."""
    for claim in claims:
        told = -1 if ends(claim)[1] < 0 else {"up": 1, "down": -1}.get(claim["direction"] or "", 0)
        if told:
            return told
    return 0


def turned(claim: Record) -> int:
    """1, or -1 where the printed number already has the sign of its direction."""
    return -1 if ends(claim)[1] < 0 else 1


def signed(claim: Record) -> Form:
    """A change with its sign."""
    return times(sign(claim) * turned(claim), value(claim))


# -- what relations ask


def equal(form: Form, slack: Fraction = NOTHING) -> Row:
    """The form is nothing, or within the slack."""
    return Row(form, -slack, slack)


def at_most(small: Form, large: Form) -> Row:
    """One form is no more than another."""
    return Row(plus(large, times(-1, small)), NOTHING, None)


def ratio(rate: Record, part: Form, whole: Form, scale: int = 100) -> Iterator[Row]:
    """`scale` times the part over the whole lies in the printed interval of the rate; the whole is something."""
    low, high = (end * turned(rate) for end in ends(rate))
    low, high = min(low, high), max(low, high)
    yield Row(whole, LEAST, None)
    yield at_most(times(low, whole), times(scale, part))
    yield at_most(times(scale, part), times(high, whole))


def change(roles: Roles) -> Iterator[Row]:
    """A rate is the change over the amount less the change."""
    amount, difference, rate = (roles[name][0] for name in ("amount", "change", "rate"))
    size = times(turned(difference), value(difference))
    base = plus(value(amount), times(-sign(difference, rate), size))
    yield from ratio(rate, size, base)


def growth(roles: Roles) -> Iterator[Row]:
    """A rate is the difference of the amounts over the earlier one."""
    amount, prior, rate = (roles[name][0] for name in ("amount", "prior", "rate"))
    gap = plus(value(amount), times(-1, value(prior)))
    yield from ratio(rate, times(sign(rate), gap), value(prior))


def difference(roles: Roles) -> Iterator[Row]:
    """A change is the later amount less the earlier one."""
    gap = plus(value(roles["amount"][0]), times(-1, value(roles["prior"][0])))
    yield equal(plus(gap, times(-1, signed(roles["change"][0]))))


def total(roles: Roles) -> Iterator[Row]:
    """A total is the sum of its parts."""
    yield equal(plus(value(roles["total"][0]), *(times(-1, value(part)) for part in roles["part"])))


def changes(roles: Roles) -> Iterator[Row]:
    """Changes add up; a part that is flat by words has less than would show at the total's precision."""
    whole = roles["total"][0]
    low, high = ends(whole)
    form = plus(signed(whole), *(times(-1, signed(part)) for part in roles["part"]))
    yield equal(form, FLAT_PARTS * (high - low))


def same(roles: Roles) -> Iterator[Row]:
    """Two claims say the same; changes with their signs."""
    first, again = (roles[name][0] for name in ("first", "again"))
    of_change = first["measure"].startswith("change") and sign(first) and sign(again)
    forms = [signed(c) if of_change else value(c) for c in (first, again)]
    yield equal(plus(forms[0], times(-1, forms[1])))


def mirrored(roles: Roles) -> Iterator[Row]:
    """Parts of two wholes agree as closely as the wholes are printed."""
    low, high = ends(roles["inner"][0])
    gap = plus(value(roles["outer_part"][0]), times(-1, value(roles["inner_part"][0])))
    yield equal(gap, high - low)


def budgets(roles: Roles) -> Iterator[Row]:
    """The budgets behind the rates of parts are no more than the one behind the whole's rate: parts may lack."""
    known: list[Form] = []
    for part, rate in zip(roles["part"], roles["part_rate"], strict=True):
        known.append({(part["id"], "budget"): ONE})
        yield from ratio(rate, value(part), known[-1])
    whole: Form = {("whole", "budget"): ONE}
    yield from ratio(roles["rate"][0], value(roles["amount"][0]), whole)
    yield at_most(plus(*known), whole)


def before(roles: Roles) -> Iterator[Row]:
    """What a part was last year is no more than the whole, which was then what it is now."""
    now, gap, whole = (roles[name][0] for name in ("part", "difference", "whole"))
    yield at_most(plus(value(now), times(-1, signed(gap))), value(whole))


def balance(roles: Roles) -> Iterator[Row]:
    """What comes in is what goes out."""
    going = (times(-1, value(claim)) for claim in roles["going"])
    yield equal(plus(*map(value, roles["coming"]), *going))


def shares(roles: Roles) -> Iterator[Row]:
    """Shares of one whole are no more than all of it; those of each part are all of it."""
    all_of_it = 100 * ONE
    yield Row(
        plus(*map(value, roles["share"] or roles["each"])), all_of_it if roles["each"] else NOTHING, all_of_it
    )


def year_before(roles: Roles) -> Iterator[Row]:
    """What the parts were the year before is no more in all than what the whole was."""

    def then(now: Record, by: Record) -> Form:
        if by["measure"] == "amount":
            return value(by)
        if by["measure"] == "change":
            return plus(value(now), times(-1, signed(by)))
        return {(now["id"], "then"): ONE}

    pairs = [(roles["whole"][0], roles["whole_change"][0])]
    pairs += zip(roles["part"], roles["part_change"], strict=True)
    for now, by in pairs:
        if by["measure"] == "change_rate":
            base = then(now, by)
            yield from ratio(by, times(sign(by) or 1, plus(value(now), times(-1, base))), base)
    whole, *parts = (then(now, by) for now, by in pairs)
    yield at_most(plus(*parts), whole)


def quotient(rate: str, part: str, whole: str, scale: int = 100) -> Callable[[Roles], Iterator[Row]]:
    """The rows of a quotient of two claims."""
    return lambda roles: ratio(roles[rate][0], value(roles[part][0]), value(roles[whole][0]), scale)


def within(small: str, large: str) -> Callable[[Roles], Iterator[Row]]:
    """The rows of a claim that is no more than another."""
    return lambda roles: iter((at_most(value(roles[small][0]), value(roles[large][0])),))


SYSTEMS: dict[str, Callable[[Roles], Iterator[Row]]] = {
    "CHG001": change,
    "CHG002": difference,
    "CHG003": growth,
    "CHG004": within("change", "amount"),
    "CMP001": quotient("rate", "amount", "budget"),
    "CMP002": budgets,
    "CMP004": same,
    "SHR001": quotient("share", "part", "whole"),
    "SHR002": shares,
    "AVG001": quotient("average", "amount", "count", 1),
    **dict.fromkeys(("SUM001", "SUM004", "SUM005", "CNT002", "TAB002"), total),
    "SUM002": within("part", "whole"),
    "CNT001": within("part", "whole"),
    "SUM003": changes,
    **dict.fromkeys(("REP001", "REP003", "TAB001"), same),
    "REP002": mirrored,
    "CHG005": lambda roles: (change if "change" in roles else growth)(roles),
    "CMP005": quotient("rate", "amount", "budget"),
    "DIR002": before,
    "DIR003": lambda roles: iter(
        (equal(plus(value(roles["amount"][0]), times(-1, value(roles["other"][0])))),)
    ),
    "SUM006": year_before,
    "SUM007": balance,
}
"""What the relations of each rule ask of true values. Those of words are not here."""


# -- confirming


def impossible(relation: Record, claims: Mapping[str, Record], cut: bool = False) -> bool | None:
    """Whether no true values fit a relation; None where it is one of words.

    With `cut`, the last digits of any figure may have been cut off instead of rounded.
    """
    rows = system(relation, claims, cut)
    return None if rows is None else contradiction(rows) is not None


def system(relation: Record, claims: Mapping[str, Record], cut: bool = False) -> list[Row] | None:
    """The rows of a relation and of its claims' intervals; None where it is one of words."""
    roles: dict[str, list[Record]] = defaultdict(list)
    for role in relation["claims"]:
        claim = claims[role["claim"]]
        roles[role["role"]].append(_wider(claim) if cut else claim)
    rows = SYSTEMS.get(relation["rule"])
    if rows is None:
        return None
    taking_part = {c["id"]: c for several in roles.values() for c in several}
    return [*rows(roles), *(Row(value(c), *ends(c)) for c in taking_part.values())]


def _wider(claim: Record) -> Record:
    """The claim with room for further digits that were cut off, away from zero."""
    low, high = ends(claim)
    half = (high - low) / 2
    return {**claim, "low": low - half} if high < 0 else {**claim, "high": high + half}


def opposed(relation: Record, claims: Mapping[str, Record]) -> bool:
    """Whether two claims of one change go opposite ways, neither being nothing."""
    up_and_down = [claims[role["claim"]] for role in relation["claims"]]
    something = all(not low <= 0 <= high for low, high in map(ends, up_and_down))
    return something and sign(up_and_down[0]) * sign(up_and_down[1]) < 0


def state(finding: Record, relations: Mapping[str, Record], claims: Mapping[str, Record]) -> str:
    """`confirmed`, `refuted` or `words`."""
    relation = relations.get(finding["relation"] or "")
    if relation is None:
        return "words"
    if relation["rule"] == "DIR001":
        return "confirmed" if opposed(relation, claims) else "refuted"
    found = impossible(relation, claims)
    return "words" if found is None else "confirmed" if found else "refuted"


def confirm(document: Record) -> Iterator[tuple[str, Record]]:
    """Every certain finding of one document of the JSON, with what became of it."""
    claims = {claim["id"]: claim for claim in document["claims"]}
    relations = {relation["id"]: relation for relation in document["relations"]}
    for finding in document["findings"]:
        if finding["certainty"] == "certain":
            yield state(finding, relations, claims), finding


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 1 where a certain finding is refuted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("reports", type=Path, nargs="+", help="JSON of hedui check")
    options = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    for path in options.reports:
        for document in json.loads(path.read_text("utf8"))["documents"]:
            for became, finding in confirm(document):
                counts[became] += 1
                if became == "refuted":
                    print(f"{document['document']['source']}: {finding['rule']} {finding['message']}")
    print(" · ".join(f"{name}: {counts[name]}" for name in ("confirmed", "refuted", "words")))
    return 1 if counts["refuted"] else 0


if __name__ == "__main__":
    sys.exit(main())
