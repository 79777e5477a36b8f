"""What must not change findings: the unit of money, the name of the body, a sentence that agrees with the rest."""

import random
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import hedui
from corpus.generate import generate
from hedui.model import Report

LARGER = {"元": "万元", "万元": "亿元"}
PLACES = 4  # between one unit and the next
NEW = "本年度开展业务培训6.00万元，比上年增加2.00万元，增长50.00%。"
Told = Counter[tuple[str, str, tuple[int, ...]]]


@pytest.fixture(scope="module")
def texts(samples: list[Path]) -> list[str]:
    """The samples, and generated documents with errors."""
    made = [m.page.text for m in generate(6, seed=29, errors=3)]
    return [path.read_text("utf8") for path in samples] + made


def told(report: Report) -> Told:
    """Rule, certainty and figures of every finding, the figures by their place among the claims."""
    place = {claim.id: n for n, claim in enumerate(sorted(report.claims, key=lambda c: (c.start, c.end)))}
    return Counter(
        (f.rule, f.certainty, tuple(sorted(map(place.__getitem__, f.claims)))) for f in report.findings
    )


def differing(text: str, change: Callable[[Report], str]) -> list[object]:
    """The findings that a change makes or unmakes."""
    before = hedui.check(text=text)
    after = hedui.check(text=change(before))
    return [*(told(before) - told(after)), *(told(after) - told(before))]


def moved(number: str) -> str:
    """The same digits with the point so many places further left; a plain nothing stays one."""
    plain = Decimal(number.replace(",", ""))
    return number if number.strip("0") == "" else f"{plain.scaleb(-PLACES):f}"


def in_larger_units(report: Report) -> str:
    """The text with every amount of the narrative in the unit above: the same digits, the same precision."""
    text = report.document.text
    for claim in sorted(report.claims, key=lambda c: -c.start):
        if claim.origin == "narrative" and claim.unit in LARGER:
            printed = text[claim.start : claim.end]
            unit = LARGER[claim.unit] if claim.unit[-1] in printed else ""  # broken over pages, perhaps
            text = text[: claim.start] + moved(claim.value) + unit + text[claim.end :]
    return text


def test_money_in_another_unit(texts: list[str]) -> None:
    assert [wrong for text in texts for wrong in differing(text, in_larger_units)] == []


def test_another_body(texts: list[str]) -> None:
    def renamed(report: Report) -> str:
        name = report.document.publisher
        assert name
        return report.document.text.replace(name, "松江省云岭县乡村振兴局")

    named = [text for text in texts if hedui.check(text=text).document.publisher]
    assert len(named) > 4
    assert [wrong for text in named for wrong in differing(text, renamed)] == []


def test_a_sentence_of_something_else(texts: list[str]) -> None:
    for text in texts:
        assert not told(hedui.check(text=f"{text.rstrip()}\n{NEW}\n")) - told(hedui.check(text=text))


def test_a_sentence_said_again(texts: list[str]) -> None:
    chance = random.Random(7)

    def again(report: Report) -> str:
        accused = {claim for finding in report.findings for claim in finding.claims}
        clean = [c for c in report.claims if c.origin == "narrative" and c.id not in accused]
        claim = chance.choice([c for c in clean if c.sentence.endswith("。")])
        end = claim.sentence_start + len(claim.sentence)
        return report.document.text[:end] + claim.sentence + report.document.text[end:]

    for text in texts:
        before = hedui.check(text=text)
        after = hedui.check(text=again(before))
        assert len(after.findings) <= len(before.findings)
