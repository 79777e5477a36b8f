"""Every form of the phrase book has an example: in patterns/ where it states figures, else in phrasebook.toml."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import regex

import hedui
from hedui.examples import claims_of, notation, run
from hedui.patterns import Example, example, forms, library
from hedui.segmentation import segment

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).with_name("phrasebook.toml")).read_text("utf8")
)
YEAR = 2023
FIGURE = "公务接待费支出3.00万元。"


def cases(kind: str) -> list[Any]:
    """The cases of a kind, named by their forms."""
    return [pytest.param(case, id="-".join(case["forms"])) for case in CASES[kind]]


def found(text: str) -> Counter[str]:
    """Rule and certainty of every finding in a text of the year."""
    report = hedui.check(text=f"某某县档案局{YEAR}年度部门决算\n{text}\n")
    return Counter(f"{f.rule} {f.certainty}" for f in report.findings)


def test_every_form_of_the_phrase_book_has_an_example(shared: Path) -> None:
    book = shared / "vocabulary" / "phrasebook.md"
    if not book.is_file():
        pytest.skip("needs vocabulary/phrasebook.md in the folder `shared` beside the checkout")
    listed = set(regex.findall(r"\*\*([A-Z]\d\d)\b", book.read_text("utf8")))
    assert len(listed) > 300
    examples = [*forms(), *(e for pattern in library() for e in pattern.examples)]
    tagged = {form for e in examples for form in e.forms}
    elsewhere = {form for kind in CASES.values() for case in kind for form in case["forms"]}
    assert sorted(listed - tagged - elsewhere) == []
    assert sorted((tagged | elsewhere) - listed) == []


@pytest.mark.parametrize("case", cases("slip"))
def test_slips_are_found(case: dict[str, Any]) -> None:
    assert found(case["text"]) == Counter(case["found"])


@pytest.mark.parametrize("case", cases("reason"))
def test_reasons_are_heard(case: dict[str, Any]) -> None:
    assert run(read(case)) is None
    reasons = [
        r for r in hedui.extract(text=f"{YEAR}年度决算\n{case['text']}\n").remarks if r.kind == "reason"
    ]
    assert [r.direction for r in reasons] == [case.get("direction")]


@pytest.mark.parametrize("case", cases("furniture"))
def test_furniture_states_nothing(case: dict[str, Any]) -> None:
    assert run(read(case)) is None
    assert found(case["text"]) == Counter(case.get("found", []))


@pytest.mark.parametrize("case", cases("order"))
def test_sections_stand_in_the_order_of_their_template(case: dict[str, Any]) -> None:
    text = "".join(f"{heading}\n{FIGURE}\n" for heading in case["headings"])
    report = hedui.extract(text=text)
    titles = [regex.sub(r"[“”。\s]", "", title) for title in case["headings"]]
    opened = [regex.sub(r"[“”。\s]", "", s.title) for s in segment(report.document).sections]
    assert [title for title in opened if title] == titles


@pytest.mark.parametrize("case", cases("table"))
def test_tables_state_amounts(case: dict[str, Any]) -> None:
    claims, _ = claims_of(read(case))
    told = {regex.sub(r"\[(?:[^\]/]*/)*", "[", notation(c, YEAR)) for c in claims if c.origin == "table"}
    assert {claim for claim in case["claims"] if claim not in told} == set(), told


def read(case: dict[str, Any]) -> Example:
    """A case as an example of the library."""
    return example({"year": YEAR, "claims": [], **case})
