"""Who is blamed for a contradiction, and with which value it would hold."""

import pytest

import hedui
from claimbook import Book
from hedui import api
from hedui.checking.culprits import together
from hedui.checking.guesses import one_digit, shifted, swapped
from hedui.checking.solving import reach, solutions
from hedui.claims import extract
from hedui.claims.cues import MOST
from hedui.intervals import printed
from hedui.model import Document, Extraction
from hedui.relations import Ledger, candidates
from hedui.relations.judging import as_printed, holds, judge, with_one

T = "sangong_total"


def blamed(book: Book) -> list[tuple[str, str]]:
    """The suspects of the only finding: figure as printed, and what it ought to be."""
    (finding,) = book.check()[1]
    printed = {c.id: c.value + c.unit for c in book.claims}
    return [(printed[s.claim], s.value) for s in finding.suspects]


def parts(abroad: str, vehicles: str, reception: str) -> Book:
    book = Book().put(T, "60.00").put("abroad", abroad)
    return book.put("vehicle_total", vehicles).put("reception", reception)


def test_swapped_digits_of_a_part() -> None:
    assert ("21.00万元", "12.00万元") in blamed(parts("21.00", "34.50", "13.50"))


def test_a_figure_that_others_confirm_is_no_suspect() -> None:
    book = parts("21.00", "34.50", "13.50")
    book.say().put("abroad", "21.00").put("abroad", "35.00", "%", "share", versus=T)
    assert "21.00万元" not in [figure for figure, _ in blamed(book)]


def test_a_rate_taken_of_this_year() -> None:
    assert blamed(Book().put(T, "1050.28").change(T, "92.05", "8.76"))[0] == ("8.76%", "9.61%")


def test_what_is_printed_elsewhere_comes_first() -> None:
    book = Book().put(T, "60.00").say().put(T, "60.00").say().put(T, "66.00")
    assert blamed(book)[0] == ("66.00万元", "60.00万元")


def test_a_wrong_unit_names_the_unit() -> None:
    book = Book().put(T, "60.00").change(T, "10.00", "20.00").say()
    book.put("reception", "30.00").put(
        "reception", "5.00", "元", "change", versus="prior_year", direction="up"
    )
    book.put("reception", "20.00", "%", "change_rate", versus="prior_year", direction="up")
    assert blamed(book) == [("5.00元", "5.00万元")]


def test_separators_of_thousands_are_kept() -> None:
    book = Book().put(T, "6,000.00").put("abroad", "2,100.00").put("vehicle_total", "3,450.00")
    assert ("2,100.00万元", "1,200.00万元") in blamed(book.put("reception", "1,350.00"))


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        (swapped("10.25"), {"12.05", "10.52"}),
        (shifted("1.5"), {"15", "0.15", "150", "0.015"}),
    ],
)
def test_slips_of_the_pen(ways: list[str], expected: set[str]) -> None:
    assert set(ways) == expected


def test_one_digit_keeps_the_length_of_the_number() -> None:
    found = set(one_digit("12"))
    assert {"22", "10", "19"} <= found
    assert "02" not in found
    assert len(found) == 8 + 9


def test_figures_that_are_wrong_together() -> None:
    book = (
        Book().put(T, "60.00").put("abroad", "20.00").put("vehicle_total", "30.00").put("reception", "10.00")
    )
    book.section("二")
    book.put(T, "60.00").put("abroad", "20.00").put("vehicle_total", "30.00").put("reception", "10.00")
    book.section("三").put(T, "63.00").put("abroad", "23.00").put("vehicle_total", "30.00").put(
        "reception", "10.00"
    )
    told = {f.claims[-1]: f.suspects[0] for f in book.check()[1] if f.suspects}
    printed = {c.id: c.value for c in book.claims}
    assert {(printed[s.claim], s.value) for s in told.values()} == {
        ("63.00", "60.00万元"),
        ("23.00", "20.00万元"),
    }
    assert all("→" in s.how and "→" in s.how_en for s in told.values())


def test_each_figure_of_a_quotient_is_solved_for() -> None:
    book = Book().put(T, "120.00").change(T, "28.00", "16.67")
    expected = {("120.00万元", "195.96万元"), ("28.00万元", "17.14万元"), ("16.67%", "30.43%")}
    assert set(blamed(book)) == expected


def test_what_fits_has_to_fit_everything() -> None:
    book = Book().put(T, "60.00").put("abroad", "20.00").put("abroad", "20.00", "%", "share", versus=T)
    book.put("vehicle_total", "34.50").put("reception", "13.50")
    assert {finding.suspects[0].value for finding in book.check()[1]} == {"12.00万元"}


def test_failures_hang_together_by_the_figures_that_matter() -> None:
    book = parts("21.00", "34.50", "13.50").section("二").put("agency_operation", "25.00")
    book.say().put("agency_operation", "35.00")
    document = Document("d", "d.txt", book.text, fiscal_year=2023)
    ledger = Ledger(document, Extraction(tuple(book.claims), (), ()))
    failed = [v for v in map(judge, candidates(ledger)) if v.status == "failed"]
    assert [v.candidate.rule for group in together(failed) for v in group] == ["SUM001", "REP001"]
    assert len(together(failed)) == 2


@pytest.mark.parametrize("figure", [0, 1, 2])
def test_what_fits_is_sought_from_near_and_found_as_by_trying_all(figure: int) -> None:
    book = Book().put(T, "12.0").change(T, "2.8", "16.7")
    document = Document("d", "d.txt", book.text, fiscal_year=2023)
    found = candidates(Ledger(document, Extraction(tuple(book.claims), (), ())))
    candidate = next(c for c in found if c.rule == "CHG001")
    value = candidate.roles[figure][1]
    within = reach(value, candidate, as_printed)
    tried = [f"{count / 10:.1f}" for count in range(1, 1000)]
    fitting = [
        t for t in tried if holds(candidate, with_one(value, printed(t, value.claim.unit), as_printed))
    ]
    assert next(solutions(value, [candidate], as_printed)) == fitting[(len(fitting) - 1) // 2]
    assert within.most is not None
    assert [t for t in tried if within.holds(t) and within.meets(printed(t, value.claim.unit))] == [
        t for t in tried if within.meets(printed(t, value.claim.unit))
    ]
    assert all(within.meets(printed(text, value.claim.unit)) for text in fitting)
    assert len(fitting) == within.most - within.least - 1


def test_numbers_beyond_all_measure() -> None:
    assert ("9" * 40 + "万元", "1143万元") in blamed(Book().put(T, "9" * 40).change(T, "92.05", "8.76"))


LONG = "9" * 5000
ODD = [
    "2023年支出合计864，824.43万元，比上年增加92，426，329.48万元，增长5.00%。",
    f"2023年支出合计{LONG}.00万元，比上年增加3.00万元，增长50%。",
    f"2023年支出合计0.{'0' * 5000}1万元，比上年增加3.00万元，增长50%。",
    f"支出决算表\n单位：万元\n项目\t本年支出合计\n合计\t{LONG}.00\n基本支出\t1.00\n项目支出\t2.00\n",
]


@pytest.mark.parametrize("text", ODD, ids=["wide commas", "long", "small", "table"])
def test_suspects_of_odd_numbers(text: str) -> None:
    report = hedui.check(text=f"某某局2023年度部门决算\n一、支出情况\n{text}\n")
    assert report.claims
    assert all(claim.value in report.document.text for claim in report.claims)


def test_a_sentence_of_nothing_but_remarks_is_read_in_time() -> None:
    text = "公务接待费支出2万元，" + "与上年持平" * 150 + "。"
    extraction = extract(api.read(text=f"某某局2023年度部门决算\n一、支出情况\n{text}\n"))
    assert 1 < len(extraction.remarks) <= MOST
