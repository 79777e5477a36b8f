"""Documents drawn by chance, in every format: read or refused, sound, and the same twice."""

import json
import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import hedui
from corpus.formats.blocks import blocks
from corpus.formats.docx import disclosure
from corpus.formats.html import webpage
from corpus.formats.pdf import typeset
from fuzzing.mutations import BY_KIND, mutated
from fuzzing.trial import check
from hedui.figures import scan
from hedui.patterns import TYPES, library, matches
from hedui.reading import ocr
from hedui.segmentation.view import view
from soundness import sound
from strategies import figures, sentences, texts
from workbooks import Plan, ods, xls, xlsx

FEW = settings(derandomize=True, deadline=None, max_examples=6, suppress_health_check=[HealthCheck.too_slow])


def rows(text: str) -> Plan:
    parts = blocks("".join(char for char in text if char.isprintable() or char in "\n\t"))
    return Plan("表", [row for part in parts for row in ([[part]] if isinstance(part, str) else part)])


def written(text: str) -> str:
    """The text without what no package can hold."""
    return "".join(char for char in text if char.isprintable() or char in "\n\t")


WRITERS: dict[str, Callable[[str], bytes]] = {
    ".txt": str.encode,
    ".html": lambda text: webpage(written(text), "某某局2023年度部门决算"),
    ".docx": lambda text: disclosure(written(text), False),
    ".xlsx": lambda text: xlsx(rows(text)),
    ".xls": lambda text: xls(rows(text)),
    ".ods": lambda text: ods(rows(text)),
    ".pdf": lambda text: typeset(written(text)),
}


@settings(derandomize=True, deadline=None, max_examples=40)
@given(texts())
def test_any_document_is_checked_soundly_and_twice_the_same(text: str) -> None:
    report = hedui.check(text=text)
    sound(report)
    names = {claim.id for claim in report.claims}
    for finding in report.findings:
        assert report.document.text[finding.start : finding.end] or finding.start == finding.end
        assert names.issuperset(finding.claims)
    told = json.dumps(report.to_dict(), sort_keys=True)
    assert json.dumps(hedui.check(text=text).to_dict(), sort_keys=True) == told


@pytest.mark.parametrize("kind", WRITERS)
@FEW
@given(text=texts())
def test_any_document_is_read_in_every_format(kind: str, text: str) -> None:
    assume(written(text).strip())
    data = WRITERS[kind](text)
    try:
        report = hedui.extract(data)
    except hedui.UnreadableInput as error:
        key = error.key
    else:
        sound(report)
        key = "read"
    assert key in ("read", "empty", "binary")


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.lists(figures, min_size=1, max_size=6))
def test_every_figure_is_found_at_its_place(printed: list[str]) -> None:
    text = "、".join(f"支出{figure}" for figure in printed)
    shown = view(text, [(0, len(text))])
    for figure in scan(shown.text)[0]:
        start, end = shown.span(figure.start, figure.end)
        assert view(text, [(start, end)]).text == shown.text[figure.start : figure.end]


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(sorted(TYPES.values())), max_size=200))
def test_patterns_match_any_sequence_of_types_in_order(types: list[str]) -> None:
    whole = "".join(types)
    assert all(0 <= match.start <= match.end <= len(whole) for match in matches(whole, library()))


@settings(derandomize=True, deadline=None, max_examples=40)
@given(sentences())
def test_any_sentence_is_told_whole(text: str) -> None:
    sound(hedui.extract(text=text))


@pytest.mark.parametrize("kind", [kind for kind in WRITERS if kind in BY_KIND])
def test_mutated_documents_are_read_or_refused(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)  # it takes seconds a page
    whole = WRITERS[kind](
        "某某局2023年度部门决算\n一、支出\n2023年度支出合计1.00万元，占5%。\n项目\t1.00\n合计\t2.00\n"
    )
    made = [mutated(whole, kind, random.Random(number)) for number in range(20)]
    assert made[:3] == [mutated(whole, kind, random.Random(number)) for number in range(3)]
    assert sum(data != whole for data in made) > 10
    for data in made:
        check(data)
