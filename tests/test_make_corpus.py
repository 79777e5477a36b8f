"""The corpus generator: true by construction, contradictory only where told, the same for a seed."""

import json
import random
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import hedui
from corpus.feasibility import Row, contradiction
from corpus.formats.files import FORMATS, encoded
from corpus.generate import Made, generate, save
from corpus.page import Layout, compose
from corpus.pieces import Cue, Figure
from corpus.printing import Printed, rounded
from corpus.relations import System, audit, examine, systems
from corpus.truth import figure_rows, finding_rows
from corpus.wording import layouts, load, opposite
from readers import said

X, Y = ("x", "final"), ("y", "final")


@pytest.fixture(scope="module")
def clean() -> list[Made]:
    return list(generate(len(layouts()), seed=5))


@pytest.fixture(scope="module")
def wrong() -> list[Made]:
    return list(generate(2 * len(layouts()), seed=6, errors=3))


def row(x: int, y: int, low: int | None, high: int | None, tag: str) -> Row:
    bounds = [None if b is None else Fraction(b) for b in (low, high)]
    return Row({X: Fraction(x), Y: Fraction(y)}, bounds[0], bounds[1], tag)


def test_a_contradiction_is_named_by_the_rows_that_make_it() -> None:
    rows = [
        row(1, 1, 10, 10, "sum"),
        row(1, 0, None, 4, "x"),
        row(0, 1, None, 5, "y"),
        row(1, 0, 0, 9, "idle"),
    ]
    assert contradiction(rows) == frozenset({"sum", "x", "y"})


def test_rows_that_fit_and_values_below_zero() -> None:
    assert contradiction([row(1, 1, 10, 10, "sum"), row(1, 0, None, 5, "x"), row(0, 1, None, 5, "y")]) is None
    assert contradiction([row(1, 1, -3, -1, "negative")]) == frozenset({"negative"})


@settings(max_examples=60, deadline=None)
@given(
    point=st.tuples(st.integers(0, 50), st.integers(0, 50)),
    slopes=st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5), st.integers(0, 3)), max_size=8),
)
def test_what_a_point_satisfies_is_never_contradictory(
    point: tuple[int, int], slopes: list[tuple[int, int, int]]
) -> None:
    rows = []
    for number, (a, b, slack) in enumerate(slopes):
        value = a * point[0] + b * point[1]
        rows.append(row(a, b, value - slack, value + slack, str(number)))
    assert contradiction(rows) is None


@pytest.mark.parametrize(
    ("value", "unit", "low", "high"),
    [
        ("8.56", "万元", "85550", "85650"),
        ("1,240", "元", "1239.5", "1240.5"),
        ("12.5", "％", "0.1245", "0.1255"),
        ("7", "辆", "7", "7"),
    ],
)
def test_what_a_printed_number_means(value: str, unit: str, low: str, high: str) -> None:
    assert Printed(value, unit).interval == (Fraction(low), Fraction(high))


def test_rounding_is_half_up_and_never_to_nothing() -> None:
    assert rounded(Fraction("2.345"), 2) == "2.35"
    assert rounded(Fraction("2.50"), None) == "2.5"
    assert rounded(Fraction("0.0031"), 2) == "0.0031"
    assert rounded(Fraction(0), 2) == "0.00"


def test_every_direction_word_has_an_opposite_that_leads_back() -> None:
    for word in load("phrases")["opposite"]:
        assert opposite(opposite(word)) in load("phrases")["opposite"]


def test_figures_of_a_clean_document_hold_the_truth(clean: list[Made]) -> None:
    for made in clean:
        for piece in made.pieces:
            if isinstance(piece, Figure) and piece.form:
                low, high = piece.printed.interval
                measured = sum(c * made.accounts.values[var] for var, c in piece.form) * piece.sign
                base = made.accounts.values[piece.per] if piece.per else 1
                assert low * base <= measured <= high * base, (made.name, piece)


def test_identities_hold_to_the_cent(clean: list[Made]) -> None:
    for made in clean:
        values = made.accounts.values
        for identity in made.accounts.identities:
            assert values[identity.total] == sum(values[part] for part in identity.parts), identity


def test_the_audit_is_silent_on_clean_documents(clean: list[Made]) -> None:
    for made in clean[:4]:
        seen: set[System] = set()
        for place, piece in enumerate(made.pieces):
            if isinstance(piece, str):
                continue
            for system in systems(made.pieces, made.accounts, place):
                if system not in seen:
                    seen.add(system)
                    found = examine(made.pieces, system, made.habits)
                    assert found is None or found.certainty == "likely", (made.name, found)


def test_gold_locates_every_figure(clean: list[Made]) -> None:
    for made in clean:
        figures = [piece for piece in made.pieces if isinstance(piece, Figure)]
        rows = figure_rows(made.pieces, made.page)
        assert len(rows) == len(figures) == len(made.page.starts)
        for figure, start in zip(figures, made.page.starts, strict=True):
            assert made.page.text[start:].startswith(figure.printed.value)
        assert all(len(r["left"]) <= 24 for r in rows)


def test_planted_errors_are_contradictions_around_the_place(wrong: list[Made]) -> None:
    told = [f for made in wrong for f in made.findings if f.core]
    assert len(told) > 2 * len(wrong)
    assert {f.certainty for f in told} >= {"certain", "note"}
    for made in wrong:
        squeezed = "".join(made.page.text.split())
        for line in finding_rows(made.findings, made.pieces):
            assert "".join(line["quote"].split())[:12] in squeezed or "-" in made.page.text
        for f in made.findings:
            piece = made.pieces[f.place]
            if isinstance(piece, Figure) and f.core:
                assert audit(made.pieces, made.accounts, made.habits, f.place), (made.name, f)


def test_a_slip_within_rounding_is_no_error(clean: list[Made]) -> None:
    made = clean[0]
    place = next(p for p, x in enumerate(made.pieces) if isinstance(x, Cue) and x.kind == "direction")
    assert audit(made.pieces, made.accounts, made.habits, place) == []


@pytest.fixture
def form(request: pytest.FixtureRequest) -> str:
    """A format by parameter; where PDFs are among its files they need a font."""
    if request.param in ("pdf", "mixed"):
        request.getfixturevalue("face")
    return str(request.param)


@pytest.mark.parametrize("form", [*FORMATS, "mixed"], indirect=True)
def test_the_same_seed_makes_the_same_corpus(form: str, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        for made in generate(4, seed=9, years=2, errors=1.5):
            save(made, tmp_path / folder, form)
    names = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*.*"))
    assert len(names) == 16
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_years_of_one_body_agree() -> None:
    first, second = generate(2, seed=3, years=2)
    assert first.accounts.body == second.accounts.body
    assert second.accounts.year == first.accounts.year + 1
    for key in first.accounts.quantities.keys() & second.accounts.quantities.keys():
        assert first.accounts.values[key, "final"] == second.accounts.values[key, "prior"]


def test_gold_uses_the_contract_s_fields(clean: list[Made], tmp_path: Path) -> None:
    save(clean[0], tmp_path)
    lines = (tmp_path / "gold" / f"{clean[0].name}.figures.jsonl").read_text("utf8").splitlines()
    rows = [json.loads(line) for line in lines]
    fields = ["i", "value", "unit", "left", "kind"]
    labels = ["metric", "subject", "item", "measure", "basis", "year", "versus", "direction"]
    assert [r["i"] for r in rows] == list(range(len(rows)))
    assert all(list(r) == fields + (labels if r["kind"] == "claim" else []) for r in rows)


def _file(made: Made, form: str) -> bytes:
    text = compose(made.pieces, made.habits, Layout()).text
    return encoded(text, form, made.accounts.body.name, made.accounts.year, random.Random(made.name))


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "txt"], indirect=True)
def test_a_document_claims_the_same_in_every_format(form: str) -> None:
    for made in generate(20, seed=11):
        plain, other = hedui.extract(text=made.page.text), hedui.extract(_file(made, form))
        mine, theirs = (Counter(map(said, report.claims)) for report in (plain, other))
        assert mine == theirs, made.name
        assert other.document.title == plain.document.title
        assert other.document.fiscal_year == plain.document.fiscal_year == made.accounts.year


def test_web_pages_come_in_both_charsets_and_frames(clean: list[Made]) -> None:
    pages = [_file(made, "html") for made in clean]
    assert {b"gb" in page.partition(b"</head>")[0] for page in pages} == {True, False}
    assert {b"XHTML" in page for page in pages} == {True, False}


@pytest.mark.usefixtures("face")
def test_the_truth_is_the_same_in_every_format(clean: list[Made], tmp_path: Path) -> None:
    made = next(m for m in clean if m.page == compose(m.pieces, m.habits, Layout()))
    for form in FORMATS:
        save(made, tmp_path / form, form)
        assert (tmp_path / form / f"{made.name}.{form}").exists()
    truths = {(tmp_path / form / "gold" / f"{made.name}.figures.jsonl").read_bytes() for form in FORMATS}
    assert len(truths) == 1


def test_what_a_body_publishes_besides_leaves_the_accounts_as_they_are() -> None:
    alone = {made.name: made for made in generate(3, seed=4, years=3)}
    related = {made.name: made for made in generate(3, seed=4, years=3, related=True)}
    assert len(related) > len(alone)
    assert related.keys() >= alone.keys()
    again = {made.name: made for made in generate(3, seed=4, years=3, related=True)}
    assert [made.page.text for made in related.values()] == [made.page.text for made in again.values()]


def test_documents_that_are_not_wrong_agree_with_one_another() -> None:
    made = list(generate(30, seed=8, years=3, related=True))
    assert {f.why for m in made for f in m.findings} <= {"all of last year was restated"}
    tags = {m.name.split("-", 3)[3] if m.name.count("-") > 2 else "" for m in made}
    assert {"", "a-budget", "unit"} <= tags


def test_errors_across_documents_are_found() -> None:
    made = list(generate(9, seed=12, years=3, errors=2, related=True, families=["cross"]))
    reports = hedui.cross([hedui.check(text=m.page.text) for m in made])
    wanted = [sum(f.core and f.family == "cross" for f in m.findings) for m in made]
    found = [sum(f.rule.startswith("XDC") for f in report.findings) for report in reports]
    assert sum(wanted) > 9
    assert all(f >= w for f, w in zip(found, wanted, strict=True))
