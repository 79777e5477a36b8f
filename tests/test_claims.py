"""Properties of extraction that hold whatever the text: offsets, invariance, nothing lost, nothing twice."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import hedui
from hedui.examples import notation
from hedui.model import Document, Report
from hedui.patterns import forms
from hedui.reading.text import READER, document
from hedui.segmentation import segment
from soundness import seen, sound
from strategies import FRAGMENTS, ODD, SAMPLES, SENTENCES

QUICK = settings(derandomize=True, deadline=None, max_examples=120)

FULL_WIDTH = {ord(a): b for a, b in zip("0123456789.%", "０１２３４５６７８９．％", strict=True)}
HALF_WIDTH = {ord(a): b for a, b in zip("（）：；", "():;", strict=True)}
every_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)


def extracted(text: str, year: int = 2023) -> Report:
    """The claims of a text in a document of this year."""
    return hedui.extract(replace(document(text, "", READER), fiscal_year=year))


def shown(text: str, year: int = 2023) -> list[str]:
    """The claims of a text in the notation of examples, in reading order, thousands separators folded."""
    report = extracted(text, year)
    claims = [(claim.start, notation(claim, year)) for claim in report.claims]
    others = [(o.start, f"{o.value}{o.unit} {o.kind}") for o in report.others]
    return [line.replace(" ", "") for _, line in sorted(claims + others)]


@pytest.mark.parametrize("part", range(4))
def test_every_example_is_sound(part: int) -> None:
    for text in SENTENCES[part::4]:
        sound(extracted(text))


@every_sample
def test_samples_are_sound(path: Path) -> None:
    sound(hedui.extract(path))


def test_real_documents_are_sound(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        sound(hedui.extract(path))


@every_sample
def test_claims_select_exactly_value_and_unit(path: Path) -> None:
    report = hedui.extract(path)
    for claim in report.claims:
        unit = "" if claim.origin == "table" else claim.unit  # that of a table stands in its head
        assert seen(report.document.text[claim.start : claim.end]) == seen(claim.value + unit)


# -- the same words in another dress


@QUICK
@given(st.sampled_from(SENTENCES))
@example("因公出国（境）费支出 0 万元，占 0%。")
def test_full_width_and_half_width_are_the_same(text: str) -> None:
    assert shown(text.translate(FULL_WIDTH)) == shown(text)
    assert shown(text.translate(HALF_WIDTH)) == shown(text)


@QUICK
@given(st.sampled_from(SENTENCES), st.data())
def test_blanks_mean_nothing(text: str, data: st.DataObject) -> None:
    places = [i for i in range(1, len(text)) if not (text[i - 1].isdigit() and text[i].isdigit())]
    chosen = data.draw(st.lists(st.sampled_from(places), max_size=8, unique=True))
    blanks = data.draw(st.sampled_from([" ", "　", "  ", "\u00a0"]))
    assert shown(spread(text, chosen, blanks)) == shown(text)


@QUICK
@given(st.sampled_from([s for s in SENTENCES if "\n" not in s and len(s) > 60]), st.integers(40, 60))
def test_line_breaks_mean_nothing(text: str, width: int) -> None:
    # As printed: lines of one width, the break anywhere.
    lines = [text[i : i + width] for i in range(0, len(text), width)]
    report = extracted("\n".join(lines))
    if len(segment(report.document).sentences) == len(segment(document(text, "", READER)).sentences):
        assert shown("\n".join(lines)) == shown(text)


@pytest.mark.parametrize("broken", ["1,800,\n000元", "1,\n800,000元", "1,800\n,000元", "1,800,0\n00元"])
def test_a_number_goes_on_behind_a_line_break(broken: str) -> None:
    assert shown(f"2023年度支出合计{broken}。") == shown("2023年度支出合计1,800,000元。")


def spread(text: str, places: list[int], blanks: str) -> str:
    return "".join(blanks + c if i in places else c for i, c in enumerate(text))


@QUICK
@given(st.sampled_from([s for s in SENTENCES if "“" in s or "三公" in s]))
def test_quotation_marks_mean_nothing(text: str) -> None:
    assert shown(re.sub('[“”"]', "", text)) == shown(text)


# -- sections that stand for themselves

SECTIONS = [
    "公务接待费支出情况\n2023年公务接待费支出5.20万元，比上年减少0.80万元，下降13.33%。\n",
    "机关运行经费支出情况\n2023年机关运行经费支出120.50万元，较上年增加20.50万元，增长20.5%。\n",
    "政府采购支出情况\n2023年政府采购支出总额80.00万元，其中：政府采购货物支出30.00万元、政府采购服务支出50.00万元。\n",
    "国有资产占用情况\n截至2023年12月31日，共有车辆6辆，其中：机要通信用车1辆、其他用车5辆。\n",
    "基本支出情况\n2023年基本支出300.00万元，其中：人员经费260.00万元，公用经费40.00万元。\n",
]
NUMBERS = "一二三四五"


def document_of(order: tuple[int, ...]) -> str:
    body = "".join(f"{NUMBERS[n]}、{SECTIONS[which]}" for n, which in enumerate(order))
    return f"某某局2023年度部门决算\n{body}"


@QUICK
@given(st.permutations(range(len(SECTIONS))))
def test_sections_in_any_order_say_the_same(order: list[int]) -> None:
    assert sorted(shown(document_of(tuple(order)))) == sorted(shown(document_of(tuple(range(len(SECTIONS))))))


OWN = sorted(
    e.text for e in forms() if (e.year, e.heading, e.kind) == (2023, None, None) and "\n" not in e.text
)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.sampled_from(OWN), st.sampled_from(OWN))
def test_two_sections_may_be_swapped(one: str, other: str) -> None:
    def together(first: str, second: str) -> list[str]:
        return sorted(shown(f"某某局2023年度部门决算\n一、甲情况\n{first}\n二、乙情况\n{second}\n"))

    assert together(one, other) == together(other, one)


# -- whatever the text


@settings(derandomize=True, deadline=None, max_examples=250)
@given(
    st.lists(
        st.one_of(FRAGMENTS, st.sampled_from(["\n", "\n\n", "\t", "其中：", "（", "）"])), max_size=25
    ).map("".join)
)
def test_shuffled_disclosures_are_read(text: str) -> None:
    sound(extracted(text))


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.one_of(ODD, st.text(max_size=200)))
@example("（（（5万元")
@example("））5万元））")
@example("其中：：：1万元，，，占%，占5%%")
@example("由1万元由2万元至至3万元")
def test_any_text_is_read(text: str) -> None:
    sound(extracted(text))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.sampled_from(SENTENCES), st.integers(0, 10_000))
def test_a_sentence_cut_anywhere_is_read(text: str, place: int) -> None:
    sound(extracted(text[: place % len(text)]))
    sound(extracted(text[place % len(text) :]))


def test_extraction_depends_on_nothing_but_the_text() -> None:
    path = SAMPLES[0]
    first = hedui.extract(path)
    hedui.extract(SAMPLES[1])
    assert hedui.extract(path) == first


def test_the_narrative_of_a_document_without_a_year() -> None:
    report = hedui.extract(text="公务接待费支出5.20万元，比上年减少0.80万元。")
    assert [(claim.year, claim.versus_year) for claim in report.claims] == [(None, None), (None, None)]


def test_a_document_is_not_changed_by_reading() -> None:
    whole = Document("d", "", "2023年公务接待费支出5.20万元。", fiscal_year=2023)
    assert hedui.extract(whole).document is whole
