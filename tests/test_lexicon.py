"""The lexicon: its words are found, its entries refer to what exists, its tables hold together."""

import itertools

import pytest

from hedui import lexicon
from hedui.claims.lexing import lex
from hedui.classification import find_items
from hedui.lexicon import KINDS, find, metrics, spellings, words
from hedui.patterns import TYPES, library
from hedui.segmentation.tokens import boundaries

MAKERS = tuple(pattern for pattern in library() if pattern.makes)


def types(text: str) -> list[tuple[str, str]]:
    """Type and words of the tokens of a sentence."""
    return [(token.type, token.text) for token in lex(text, boundaries, MAKERS)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("支出", ["支出"]),
        ("(本年|)支出", ["本年支出", "支出"]),
        ("(a|b)(c|)", ["ac", "a", "bc", "b"]),
        ("(|)", []),
    ],
)
def test_spellings(pattern: str, expected: list[str]) -> None:
    assert list(spellings(pattern)) == expected


@pytest.mark.parametrize("pattern", ["(a(b|c)|d)", "(a|b", "a)b", "a|b"])
def test_alternatives_that_would_never_match_are_an_error(pattern: str) -> None:
    with pytest.raises(ValueError, match="write two names"):
        list(spellings(pattern))


def test_entries_refer_to_metrics_and_types_that_exist() -> None:
    known = metrics()
    for word, entry in words().items():
        assert entry.type in TYPES, word
        assert set(entry.metrics) <= set(KINDS), word
        for metric in entry.metrics.values():
            assert metric in known, word
        for head, special in entry.under.items():
            assert head in known, word
            assert {v for key, v in special.items() if key != "scope"} <= set(known), word


def test_wholes_of_metrics_exist() -> None:
    for metric in metrics().values():
        assert metric.whole is None or metric.whole in metrics(), metric.id
        assert metric.zh, metric.id
        assert metric.en, metric.id


def test_every_metric_can_be_named() -> None:
    named = {metric for entry in words().values() for metric in entry.metrics.values()}
    named |= {m for entry in words().values() for special in entry.under.values() for m in special.values()}
    assert set(metrics()) - named <= {"other"}


def test_words_are_written_as_a_view_shows_them() -> None:
    # A word with a blank, a quotation mark or a half-width bracket would never be found.
    assert not [word for word in words() if any(c in " \t“”\"'()%．" or c.isspace() for c in word)]


def test_longer_words_win() -> None:
    (only,) = find("公务用车运行维护费")
    start, end, entry = only
    assert entry.metrics["money"] == "vehicle_operation"
    assert (start, end) == (0, 9)


def test_matches_never_overlap() -> None:
    text = "一般公共预算财政拨款支出决算较上年决算数增加，因公出国（境）费支出占三公经费支出的比重"
    spans = [(start, end) for start, end, _ in find(text)]
    assert spans == sorted(spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


def test_every_word_is_found_by_itself() -> None:
    for word in itertools.islice(words(), 0, None, 7):
        assert [(start, end) for start, end, _ in find(word)] == [(0, len(word))], word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("较上年增加", [("comparator", "较上年"), ("direction", "增加")]),
        ("比2022年度决算数减少", [("comparator", "比2022年度决算数"), ("direction", "减少")]),
        ("较年初预算数持平", [("comparator", "较年初预算数"), ("flat", "持平")]),
        ("（不含教育）", [("aside", "（不含教育）")]),
    ],
)
def test_tokens(text: str, expected: list[tuple[str, str]]) -> None:
    assert types(text) == expected


def test_tokens_cover_the_sentence() -> None:
    text = "2023年公务接待费支出5.20万元（其中：外事接待0万元），占“三公”经费的25%；接待3批次、20人次。"
    tokens = lex(text, boundaries, MAKERS)
    assert "".join(token.text for token in tokens) == text
    assert all(first.end == second.start for first, second in itertools.pairwise(tokens))


def test_items_with_levels_are_mentions() -> None:
    text = "教育支出（类）普通教育（款）小学教育（项）支出决算为5.00万元"
    (mention,) = find_items(text)
    assert mention.names == ("教育支出", "普通教育", "小学教育")
    assert any(token.type == "item" and token.mention for token in lex(text, boundaries, MAKERS))


def test_the_lexicon_is_read_once() -> None:
    assert words() is words()
    assert metrics() is lexicon.metrics()
