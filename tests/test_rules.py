"""The rule texts are complete, in both languages, and quick to load."""

import re
import subprocess
import sys

import pytest

from hedui.rules import Rule, message, rule, rules, selected, word

FAMILIES = {
    "DIR": "direction",
    "CHG": "change",
    "CMP": "completion",
    "SHR": "share",
    "SUM": "sum",
    "REP": "repeat",
    "TAB": "table",
    "UNT": "unit",
    "RSN": "reason",
    "BUD": "budget_words",
    "CLS": "classification",
    "TPL": "template",
    "YER": "year",
    "CNT": "count",
    "AVG": "average",
    "XDC": "cross",
}


@pytest.mark.parametrize("found", rules().values(), ids=list(rules()))
def test_a_rule_is_complete_in_both_languages(found: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}\d{3}", found.code)
    assert found.family == FAMILIES[found.code[:3]]
    for text in (found.title, found.message, found.explanation):
        assert text.zh
        assert text.en
    assert set(re.findall(r"{(\w+)}", found.message.en)) <= set(re.findall(r"{(\w+)}", found.message.zh))


def test_every_family_has_a_rule() -> None:
    assert {code[:3] for code in rules()} == set(FAMILIES)


def test_selection_by_code_and_prefix() -> None:
    assert selected("CHG001")
    assert selected("CHG001", ("CHG",))
    assert not selected("SUM001", ("CHG",))
    assert not selected("CHG001", ("CHG",), ("CHG001",))
    assert selected("CHG001", ("CHG001",), ("CHG",))


def test_directions_are_put_into_words() -> None:
    fields = {"subject": "X", "change": "1", "rate": "2%", "change_word": "down", "rate_word": "up"}
    assert word("directions", "down", "zh") in message("DIR001", "zh", fields)
    assert "decrease" in message("DIR001", "en", fields)


def test_an_unknown_rule_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        rule("XXX999")


def test_rules_load_without_the_heavy_libraries() -> None:
    code = (
        "import sys, hedui.rules as r; r.rules(); "
        "print([m for m in ('spacy', 'jieba', 'numpy', 'sqlite_utils', 'pdfminer') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
