"""What is reported as certain cannot be true, by exact linear programming that shares no code with the judging."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hedui
from claimbook import Book
from confirm import confirm, impossible
from corpus.generate import generate

T = "sangong_total"
PARTS = ("abroad", "vehicle_total", "reception")


def disagreements(document: dict[str, Any]) -> list[str]:
    """Relations that hold although no true values fit, and certain findings although some do."""
    claims = {claim["id"]: claim for claim in document["claims"]}
    held = [r for r in document["relations"] if r["status"] == "held" and impossible(r, claims)]
    refuted = [finding["message"] for became, finding in confirm(document) if became == "refuted"]
    return [f"{r['rule']} {r['stated']} {r['expected']}" for r in held] + refuted


def of_book(book: Book) -> dict[str, Any]:
    """The JSON of a notebook."""
    relations, findings = book.check()
    parts = {"claims": book.claims, "relations": relations, "findings": findings}
    return {name: [asdict(part) for part in several] for name, several in parts.items()}


def outcomes(documents: Iterable[dict[str, Any]]) -> Counter[str]:
    """How many certain findings of each outcome."""
    return Counter(became for document in documents for became, _ in confirm(document))


def test_samples(samples: list[Path]) -> None:
    documents = [hedui.check(path).to_dict() for path in samples]
    assert [wrong for document in documents for wrong in disagreements(document)] == []
    assert outcomes(documents)["confirmed"] >= 20


def test_generated_documents_with_errors() -> None:
    documents = [hedui.check(text=made.page.text).to_dict() for made in generate(8, seed=61, errors=3)]
    assert [wrong for document in documents for wrong in disagreements(document)] == []
    assert outcomes(documents)["confirmed"] >= 8


def test_real_documents(shared: Path) -> None:
    paths = [p for p in sorted((shared / "corpus").iterdir()) if p.suffix in (".txt", ".pdf")]
    documents = [hedui.check(path).to_dict() for path in paths]
    assert [wrong for document in documents for wrong in disagreements(document)] == []
    assert outcomes(documents)["confirmed"] >= 20


# -- any figures

hundredths = st.integers(1, 999_999).map(lambda n: f"{n // 100}.{n % 100:02d}")
rates = st.integers(0, 29_999).map(lambda n: f"{n // 100}.{n % 100:02d}")


@st.composite
def books(draw: st.DrawFn) -> Book:
    """A total with its parts, its share and its change, nearly right: only last digits and one figure are off."""
    chance = random.Random(draw(st.integers(0, 10**6)))
    parts = [draw(hundredths) for _ in PARTS]
    total = sum(round(100 * float(p)) for p in parts) + chance.choice([-2, -1, 0, 0, 1, 2, 300])
    total = max(total, 1)
    book = Book().put(T, f"{total // 100}.{total % 100:02d}")
    gap, direction = chance.randint(1, total), chance.choice(["up", "down"])
    base = total - gap if direction == "up" else total + gap
    rate = 100 * gap / max(base, 1) + chance.choice([-0.02, -0.01, -0.005, 0, 0, 0.005, 0.01, 9])
    book.change(T, f"{gap // 100}.{gap % 100:02d}", f"{abs(rate):.2f}", direction)
    for metric, amount in zip(PARTS, parts, strict=True):
        share = 10_000 * float(amount) / total + chance.choice([-0.02, -0.01, 0, 0, 0, 0.01])
        book.put(metric, amount).put(metric, f"{abs(share):.2f}", "%", "share", versus=T)
    return book


@settings(derandomize=True, max_examples=60, deadline=None)
@given(books())
def test_any_figures(book: Book) -> None:
    assert disagreements(of_book(book)) == []


@settings(derandomize=True, max_examples=60, deadline=None)
@given(books())
def test_what_fails_with_digits_cut_off_is_certain(book: Book) -> None:
    document = of_book(book)
    claims = {claim["id"]: claim for claim in document["claims"]}
    proven = {r["id"] for r in document["relations"] if impossible(r, claims, cut=True)}
    assert proven <= {r["id"] for r in document["relations"] if r["status"] == "failed"}


def test_a_refutation_is_told() -> None:
    document = of_book(Book().put(T, "60.00").change(T, "10.00", "25.00"))
    assert [became for became, _ in confirm(document)] == ["confirmed"]
    rate = document["claims"][2]
    rate["low"], rate["high"] = "19.995", "20.005"
    assert [became for became, _ in confirm(document)] == ["refuted"]


@pytest.mark.parametrize(("rate", "strictly", "cut"), [("66.66", True, False), ("66.60", True, True)])
def test_digits_that_were_cut_off(rate: str, strictly: bool, cut: bool) -> None:
    document = of_book(Book().put(T, "5000.00").change(T, "2000.00", rate))
    claims = {claim["id"]: claim for claim in document["claims"]}
    (relation,) = (r for r in document["relations"] if r["rule"] == "CHG001")
    assert impossible(relation, claims) is strictly
    assert impossible(relation, claims, cut=True) is cut


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("CHG005", "公务接待费支出5.00万元，比上年增加5.00万元，增长25.00%。"),
        ("CMP005", "公务接待费年初预算为0万元，支出决算为5.00万元，完成年初预算的80.00%。"),
        ("DIR003", "公务接待费支出决算为5.00万元，上年支出决算为4.00万元，与上年持平。"),
        ("SHR002", "政府采购支出中，货物支出占60.00%，工程支出占30.00%，服务支出占5.00%。"),
        (
            "SUM006",
            "财政拨款支出80.00万元，比上年增长7.20%。一般公共预算财政拨款支出80.00万元，比上年下降7.20%。",
        ),
        (
            "SUM007",
            "政府性基金年初结转和结余1.00万元，政府性基金收入9.00万元，政府性基金支出9.00万元，年末结转和结余3.00万元。",
        ),
    ],
)
def test_each_rule_is_confirmed_by_its_own_system(rule: str, sentence: str) -> None:
    document = hedui.check(text=f"某某局2023年度部门决算\n{sentence}").to_dict()
    assert [(became, finding["rule"]) for became, finding in confirm(document)] == [("confirmed", rule)]
