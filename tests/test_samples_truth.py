"""The sample disclosures and their truth agree: places, labels, and arithmetic that knows no hedui code."""

import json
import re
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted((ROOT / "corpora" / "samples").glob("*.txt"), key=lambda path: path.stem)
GOLD = ROOT / "corpora" / "gold"
METRICS = ROOT / "patterns" / "lexicon" / "metrics.toml"

Record = dict[str, Any]
Interval = tuple[Fraction, Fraction]
Key = tuple[str, str | None]

KINDS = {"claim", "threshold", "ordinal", "date", "activity", "glossary", "other"}
PERCENTAGES = {"change_rate", "completion_rate", "share", "rate"}
MEASURES = PERCENTAGES | {"amount", "change", "count", "average", "score"}
BUDGETS = ("initial_budget", "budget")
BASES = {"final", "other", *BUDGETS}
COMPARISONS = {"prior_year", "initial_budget", "budget"}
CERTAINTIES = {"certain", "likely", "note"}
MONEY = {"元": 1, "万元": 10_000}
SUMS = [
    ("sangong_total", ("abroad", "vehicle_total", "reception")),
    ("sangong_total", ("abroad", "vehicle_purchase", "vehicle_operation", "reception")),
    ("vehicle_total", ("vehicle_purchase", "vehicle_operation")),
    ("gpb_basic", ("personnel", "public_operating")),
    ("expenditure_this_year", ("basic_expenditure", "project_expenditure")),
    ("income_this_year", ("fiscal_income", "business_income", "other_income")),
    ("procurement_total", ("procurement_goods", "procurement_works", "procurement_services")),
]


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("％", "%")


def records(name: str, part: str) -> list[Record]:
    lines = (GOLD / f"{name}.{part}.jsonl").read_text("utf8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def interval(figure: Record) -> Interval:
    """All true values that would be printed so; money in 元, percentages as fractions of one."""
    digits = figure["value"].replace(",", "")
    half = Fraction(1, 2 * 10 ** len(digits.partition(".")[2]))
    scale = Fraction(1, 100) if figure["unit"] == "%" else Fraction(MONEY.get(figure["unit"], 1))
    return (Fraction(digits) - half) * scale, (Fraction(digits) + half) * scale


def meet(a: Interval, b: Interval) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def ratio(part: Interval, whole: Interval) -> Interval | None:
    return (part[0] / whole[1], part[1] / whole[0]) if whole[0] > 0 else None


def change_rate(now: Interval, change: Interval, up: bool) -> Interval | None:
    """The rate that a level and its change imply: the change over the level before it."""
    sign = -1 if up else 1
    widest, narrowest = now[1] + sign * change[0], now[0] + sign * change[1]
    return (change[0] / widest, change[1] / narrowest) if narrowest > 0 else None


def statements(figures: list[Record]) -> Iterator[tuple[Record, Interval]]:
    """Every percentage that the figures before it decide, with the percentage that follows from them."""
    level: dict[Key, Interval] = {}
    budget: dict[tuple[Key, str], Interval] = {}
    change: dict[Key, tuple[Record, Interval]] = {}
    for figure in figures:
        if figure["kind"] != "claim":
            continue
        key, measure = (figure["metric"], figure["item"]), figure["measure"]
        expected = None
        if measure == "amount":
            if figure["basis"] in BUDGETS:
                budget[key, figure["basis"]] = interval(figure)
            else:
                level[key] = interval(figure)
        elif measure == "change":
            change[key] = (figure, interval(figure))
        elif measure == "change_rate" and key in change and key in level:
            before, difference = change[key]
            if before["versus"] == figure["versus"]:
                expected = change_rate(level[key], difference, figure["direction"] == "up")
        elif measure == "completion_rate" and key in level:
            # the budget that the words name, or the only one that is printed
            other = next(basis for basis in BUDGETS if basis != figure["versus"])
            base = budget.get((key, figure["versus"]), budget.get((key, other)))
            expected = ratio(level[key], base) if base else None
        elif measure == "share" and key in level and (figure["versus"], None) in level:
            expected = ratio(level[key], level[figure["versus"], None])
        if expected is not None:
            yield figure, expected


def broken(figures: list[Record]) -> set[int]:
    return {figure["i"] for figure, expected in statements(figures) if not meet(interval(figure), expected)}


def totals(figures: list[Record]) -> dict[str, Interval]:
    """The final amount of every metric, where it has one value (as printed) in the whole document."""
    found: dict[str, set[Interval]] = {}
    for figure in figures:
        if figure["kind"] == "claim" and figure["measure"] == "amount" and figure["basis"] == "final":
            found.setdefault(figure["metric"], set()).add(interval(figure))
    return {metric: next(iter(values)) for metric, values in found.items() if len(values) == 1}


CLEAN = [path for path in SAMPLES if not records(path.stem, "findings")]
every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
clean_samples = pytest.mark.parametrize("sample", CLEAN, ids=lambda path: path.stem)


def test_there_are_clean_and_faulty_samples() -> None:
    faults = {path.stem: len(records(path.stem, "findings")) for path in SAMPLES}
    assert len(faults) == 8
    assert sum(count == 0 for count in faults.values()) == 4
    assert all(count == 0 or count >= 4 for count in faults.values())


@every_sample
def test_figures_stand_in_the_text_in_order(sample: Path) -> None:
    text, at = squeeze(sample.read_text("utf8")), 0
    figures = records(sample.stem, "figures")
    assert [figure["i"] for figure in figures] == list(range(len(figures)))
    for figure in figures:
        left, printed = squeeze(figure["left"]), squeeze(figure["value"] + figure["unit"])
        place = text.find(left + printed, max(0, at - len(left)))
        assert place >= 0, figure
        at = place + len(left) + len(printed)


@every_sample
def test_labels_are_known(sample: Path) -> None:
    if not METRICS.exists():
        pytest.skip("patterns/lexicon/metrics.toml is not there yet")
    known = set(tomllib.loads(METRICS.read_text("utf8")))
    for figure in records(sample.stem, "figures"):
        assert figure["kind"] in KINDS
        if figure["kind"] != "claim":
            continue
        assert figure["metric"] in known, figure
        assert figure["measure"] in MEASURES, figure
        assert (figure["basis"] in BASES) == (figure["measure"] == "amount"), figure
        assert (figure["item"] is not None) == (figure["metric"] == "function_item"), figure
        assert (figure["direction"] is not None) == (figure["measure"] in {"change", "change_rate"}), figure
        if figure["measure"] in {"change", "change_rate", "completion_rate"}:
            assert figure["versus"] in COMPARISONS, figure
        elif figure["measure"] == "share":
            assert figure["versus"] in known, figure
        else:
            assert figure["versus"] is None, figure


@every_sample
def test_findings_point_at_the_text(sample: Path) -> None:
    text, figures = squeeze(sample.read_text("utf8")), records(sample.stem, "figures")
    for finding in records(sample.stem, "findings"):
        assert finding["certainty"] in CERTAINTIES
        assert finding["figures"]
        assert all(0 <= i < len(figures) for i in finding["figures"]), finding
        assert len(finding["quote"]) <= 40
        assert squeeze(finding["quote"]) in text, finding
    for place in records(sample.stem, "clean"):
        assert squeeze(place["quote"]) in text, place


@every_sample
def test_percentages_follow_except_where_a_finding_says_so(sample: Path) -> None:
    figures, findings = records(sample.stem, "figures"), records(sample.stem, "findings")
    assert sum(1 for _ in statements(figures)) >= 20  # the check must not be empty
    wrong = broken(figures)
    assert wrong <= {i for finding in findings for i in finding["figures"]}
    for finding in findings:
        if finding["family"] in {"change", "completion", "share", "unit"}:
            assert wrong & set(finding["figures"]), finding


@clean_samples
def test_sums_hold_in_clean_samples(sample: Path) -> None:
    figures = records(sample.stem, "figures")
    amounts, checked = totals(figures), 0
    for whole, parts in SUMS:
        if whole in amounts and all(part in amounts for part in parts):
            low, high = (sum((amounts[part][end] for part in parts), Fraction(0)) for end in (0, 1))
            assert meet(amounts[whole], (low, high)), (whole, parts)
            checked += 1
    assert checked >= 3


@clean_samples
def test_vehicles_in_use_add_up_in_clean_samples(sample: Path) -> None:
    figures = [figure for figure in records(sample.stem, "figures") if figure["kind"] == "claim"]
    owned = [int(figure["value"]) for figure in figures if figure["metric"] == "state_vehicles"]
    kinds = [int(figure["value"]) for figure in figures if figure["metric"] == "state_vehicles_kind"]
    assert owned == [sum(kinds)]
