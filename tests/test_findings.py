"""How a finding is made of what was judged: its order, number and certainty, and what it says."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from hedui import checking
from hedui.checking import check
from hedui.checking.findings import finding_of, relation_of
from hedui.checking.slips import Slip
from hedui.model import Extraction, Remark, Strip
from hedui.relations import Candidate, Value
from hedui.relations.judging import judge
from verdicts import SPACE, checked, document_of, figures, repeat, replace_focus, seen


def test_relations_and_findings_are_numbered_from_one_in_the_order_of_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "甲1.00万元\n乙2.00万元\n丙3.00万元"
    a, b, c = (
        replace(value, claim=replace(value.claim, sentence_start=value.claim.start))
        for value in figures(text, "1.00", "2.00", "3.00")
    )
    relations, findings = checked(monkeypatch, document_of(text), [repeat(a, c), repeat(a, a), repeat(a, b)])
    assert [(r.id, r.status) for r in relations] == [("R1", "failed"), ("R2", "held"), ("R3", "failed")]
    assert [(f.id, f.relation, f.claims) for f in findings] == [
        ("F1", "R3", ("c0", "c1")),
        ("F2", "R1", ("c0", "c2")),
    ]


def test_of_one_place_the_most_certain_is_told_first(monkeypatch: pytest.MonkeyPatch) -> None:
    document = document_of(SPACE)
    told = [
        seen("TPL001", 5, 9, certainty="note"),
        seen("TPL001", 5, 8, certainty="likely"),
        seen("TPL001", 5, 10, certainty="certain"),
        seen("TPL001", 4, 9, certainty="note"),
    ]
    findings = checked(monkeypatch, document, observations=told)[1]
    assert [(f.start, f.end, f.certainty) for f in findings] == [
        (4, 9, "note"),
        (5, 10, "certain"),
        (5, 8, "likely"),
        (5, 9, "note"),
    ]


def test_of_equal_certainty_the_rule_and_then_the_end_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [seen("UNT002", 5, 8), seen("TPL001", 5, 10), seen("TPL001", 5, 9)]
    findings = checked(monkeypatch, document_of(SPACE), observations=told)[1]
    assert [(f.rule, f.end) for f in findings] == [("TPL001", 9), ("TPL001", 10), ("UNT002", 8)]


def test_each_set_of_claims_is_told_once_and_what_has_none_at_each_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "甲1.00万元，乙2.00万元。"
    a, b = figures(text, "1.00", "2.00")
    document = document_of(text)
    fields = {"total": "", "names": "", "parts": ""}
    total = repeat(a, b, "SUM001", fields=fields)
    assert len(checked(monkeypatch, document, [total, replace_focus(total, a)])[1]) == 1
    assert len(checked(monkeypatch, document, [total, repeat(a, b, "SUM005", fields=fields)])[1]) == 2
    told = [seen("TPL001", 0, 4), seen("TPL001", 0, 4), seen("TPL001", 1, 4), seen("TPL001", 0, 3)]
    places = [(f.start, f.end) for f in checked(monkeypatch, document, observations=told)[1]]
    assert places == [(0, 3), (0, 4), (1, 4)]


def test_a_relation_tells_both_sides_and_how_far_they_are_apart() -> None:
    a, b, c = figures("甲1.0万元，乙2.0万元，丙1.1万元。", "1.0", "2.0", "1.1")
    failed = relation_of("R7", judge(repeat(a, b, assumes="one account")))
    assert failed.id == "R7"
    assert [(role.claim, role.role) for role in failed.claims] == [("c0", "first"), ("c1", "again")]
    assert (failed.stated, failed.expected, failed.gap) == ("1.95–2.05万元", "0.95–1.05万元", "0.9万元")
    assert failed.reason == "one account"
    held = relation_of("R1", judge(repeat(a, a)))
    assert (held.status, held.stated, held.expected, held.gap) == (
        "held",
        "0.95–1.05万元",
        "0.95–1.05万元",
        "",
    )
    touching = relation_of("R1", judge(repeat(a, c)))
    assert (touching.status, touching.gap) == ("failed", "")  # the sides meet, though in an end point alone
    open_ = relation_of("R1", judge(repeat(a, b, reason="parts missing")))
    assert (open_.status, open_.stated, open_.expected, open_.reason) == (
        "undecidable",
        "",
        "",
        "parts missing",
    )


def test_a_finding_is_as_certain_as_its_verdict_unless_told() -> None:
    text = "甲1.00万元，乙2.00万元。"
    a, b = figures(text, "1.00", "2.00")
    document, verdict = document_of(text), judge(repeat(a, b))
    assert finding_of(document, verdict, "R1").certainty == "certain"
    assert finding_of(document, verdict, "R1", (), "likely").certainty == "likely"
    open_ = judge(repeat(a, b, reason="parts missing"))
    assert finding_of(document, open_, "R1").certainty == "note"


def test_what_is_taken_for_granted_is_said_of_what_is_likely_alone() -> None:
    text = "甲1.00万元，乙2.00万元。"
    a, b = figures(text, "1.00", "2.00")
    document, verdict = document_of(text), judge(repeat(a, b, assumes="one account"))
    said = {c: finding_of(document, verdict, "R1", (), c) for c in ("certain", "likely", "note")}  # type: ignore[arg-type]
    assert said["likely"].message.endswith("前提是两处是同一口径。")
    assert said["likely"].message_en.endswith("takes for granted that both are of one account.")
    assert "前提" not in said["certain"].message + said["note"].message


def test_both_sides_are_shown_of_equations_between_figures_alone() -> None:
    text = "甲1.0万元，乙2.0万元。"
    a, b = figures(text, "1.0", "2.0")

    def sides(**more: Any) -> tuple[str, str]:
        finding = finding_of(document_of(text), judge(repeat(a, b, **more)), "R1")
        return finding.stated, finding.expected

    assert sides() == ("1.95–2.05万元", "0.95–1.05万元")
    assert sides(order="at_most") == ("", "")
    assert sides(order="at_least") == ("", "")
    assert sides(bare=True) == ("", "")
    assert sides(reason="parts missing") == ("", "")


def test_the_message_names_the_figures_as_printed_without_their_sign() -> None:
    text = "甲-1.00万元，乙-2.00万元。"
    a, b = figures(text, "-1.00", "-2.00")
    finding = finding_of(document_of(text), judge(repeat(a, b)), "R1")
    assert "此处印作2.00万元，别处印作1.00万元" in finding.message
    own = finding_of(document_of(text), judge(repeat(a, b, fields={"again": "九"})), "R1")
    assert "此处印作九" in own.message
    more = judge(
        repeat(a, b, fields={"again": "九"}, more=lambda read: {"again": f"{read(b).middle / 10000}"})
    )
    assert "此处印作-2，" in finding_of(document_of(text), more, "R1").message


@pytest.mark.parametrize(
    ("rule", "own", "words", "figure", "certainty"),
    [
        ("UNT003", None, 1.0, 1.0, "certain"),  # words contradict one another
        ("TPL001", None, 1.0, 1.0, "note"),
        ("TPL001", "certain", 1.0, 1.0, "certain"),
        ("TPL001", "likely", 1.0, 1.0, "likely"),
        ("UNT003", "note", 1.0, 1.0, "note"),
        ("TPL001", "certain", 0.98, 0.98, "certain"),  # just sure enough
        ("TPL001", "certain", 0.97, 1.0, "likely"),
        ("TPL001", "certain", 1.0, 0.97, "likely"),
        ("TPL001", "likely", 0.5, 0.5, "likely"),
        ("TPL001", "note", 0.5, 0.5, "note"),
    ],
)
def test_what_was_hardly_recognised_makes_nothing_certain(
    monkeypatch: pytest.MonkeyPatch, rule: str, own: Any, words: float, figure: float, certainty: str
) -> None:
    text = "甲1.00万元，乙2.00万元。"
    strips = (Strip(0, len(text), 10.0, 20.0, (0.0,) * (len(text) + 1), words),)
    told = [seen(rule, 0, 7, figures(text, "1.00", confidence=figure), certainty=own)]
    (finding,) = checked(monkeypatch, document_of(text, strips=strips), observations=told)[1]
    assert finding.certainty == certainty


def test_a_doubtful_copy_is_certain_where_it_explains_what_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def certainties(**confidence: float) -> list[tuple[str, str]]:
        text = "甲10.00万元，乙12.00万元，丙10.00万元，丁2.00万元"
        first, again, whole, part = figures(text, "10.00", "12.00", "10.00", "2.00", **confidence)
        total = Candidate(
            "SUM001",
            (("total", again), ("a", whole)),
            again,
            lambda read: read(again),
            lambda read: read(whole),
            "万元",
            fields={"total": "x", "names": "x", "parts": "x"},
        )
        copy = repeat(first, again, assumes="one account")
        open_ = repeat(first, part, "TAB001", assumes="one account")
        findings = checked(monkeypatch, document_of(text), [copy, total, open_])[1]
        return sorted((f.rule, f.certainty) for f in findings)

    assert certainties() == [("REP001", "certain"), ("TAB001", "likely")]
    assert certainties(confidence=0.5) == [("REP001", "likely"), ("TAB001", "likely")]


@pytest.mark.parametrize(
    ("telling", "confidence", "certainty"),
    [(True, 1.0, "certain"), (True, 0.5, "likely"), (False, 1.0, "likely"), (False, 0.5, "likely")],
)
def test_a_wrong_unit_is_certain_where_an_equation_tells(
    monkeypatch: pytest.MonkeyPatch, telling: bool, confidence: float, certainty: str
) -> None:
    text = "甲1.00万元，乙2.00万元。"
    a, b = figures(text, "1.00", "2.00", confidence=confidence, page=3)
    explains = judge(repeat(a, b, assumes="one account"))
    monkeypatch.setattr(checking, "judge", lambda candidate: explains)
    slips = [Slip(b, "亿元", (explains,), telling)]
    (finding,) = checked(monkeypatch, document_of(text), [explains.candidate], slips=slips)[1]
    assert (finding.rule, finding.certainty, finding.relation) == ("UNT001", certainty, "R1")
    assert (finding.stated, finding.expected, finding.page) == ("2.00万元", "2.00亿元", 3)
    assert "应为“亿元”" in finding.message
    assert "read in 亿元" in finding.message_en
    assert [(s.claim, s.value) for s in finding.suspects] == [("c1", "2.00亿元")]
    assert finding.quote == "甲1.00万元，乙2.00万元"


def test_a_wrong_unit_is_shown_by_the_plainest_of_what_it_explains(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "甲1.00万元，乙2.00万元，丙3.00万元。"
    a, b, c = figures(text, "1.00", "2.00", "3.00")

    def order(*rest: Value, rule: str = "SUM001", **more: Any) -> Candidate:
        candidate = repeat(a, b, rule, **more)
        return replace(candidate, roles=(*candidate.roles, *((f"n{n}", v) for n, v in enumerate(rest))))

    ranked = [  # the most certain first, copies before others, then equations, then what takes few figures
        order(c, order="equal", rule="REP001"),
        order(order="equal"),
        order(c, order="equal"),
        order(order="at_most"),
        order(order="at_most", assumes="one account", rule="REP001"),
        order(rule="TAB001", note=True),
    ]
    verdicts = {id(candidate): judge(candidate) for candidate in ranked}
    monkeypatch.setattr(checking, "judge", lambda candidate: verdicts[id(candidate)])
    for best, worse in pairwise(ranked):
        for explained in ([best, worse], [worse, best]):
            slip = Slip(b, "亿元", tuple(verdicts[id(v)] for v in explained), True)
            (finding,) = checked(monkeypatch, document_of(text), [best, worse], slips=[slip])[1]
            assert finding.relation == "R1", (best, worse)


def test_remarks_are_told_of_real_documents_in_the_same_way() -> None:
    remarks = (Remark(0, 4, "residue", note="x"), Remark(0, 4, "naming", note="y"))
    findings = check(document_of(SPACE), Extraction((), (), remarks))[1]
    assert [(f.id, f.rule, f.certainty) for f in findings] == [
        ("F1", "CLS001", "note"),
        ("F2", "TPL001", "note"),
    ]
