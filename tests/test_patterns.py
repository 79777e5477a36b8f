"""The pattern library: its examples pass, each pattern is needed, and the commands show all of it."""

from collections import Counter
from collections.abc import Iterable

import pytest
from click.testing import CliRunner

from hedui import patterns
from hedui.cli import cli
from hedui.examples import claims_of, normal, notation, run
from hedui.lexicon import metrics
from hedui.patterns import Example, Pattern, compile_statement, forms, library

FORMS = sorted({form for example in forms() for form in example.forms})


def passing(examples: Iterable[Example]) -> None:
    """Fail with the difference, as a person reads it, where an example does not yield its claims."""
    lines: list[str] = []
    for failure in filter(None, map(run, examples)):
        lines += [failure.example.text]
        lines += [f"  - {line}" for line in failure.missing]
        lines += [f"  + {line}" for line in failure.unexpected]
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


@pytest.mark.parametrize("pattern", library(), ids=lambda pattern: pattern.id)
def test_examples_of_pattern(pattern: Pattern) -> None:
    assert len(pattern.examples) >= 2
    passing(pattern.examples)


@pytest.mark.parametrize("form", FORMS)
def test_examples_of_form(form: str) -> None:
    passing(example for example in forms() if form in example.forms)


def test_every_form_is_named() -> None:
    assert not [example.text for example in forms() if not example.forms]


def test_ids_are_unique() -> None:
    assert [i for i, n in Counter(pattern.id for pattern in library()).items() if n > 1] == []


def test_assertions_name_slots_and_known_values() -> None:
    measures = {
        "amount",
        "change",
        "change_rate",
        "completion_rate",
        "share",
        "count",
        "average",
        "score",
        "rate",
    }
    for pattern in library():
        assert bool(pattern.asserts) != bool(pattern.makes), pattern.id
        for slot, asserted in pattern.asserts.items():
            assert slot in pattern.expression.groupindex, (pattern.id, slot)
            assert asserted.get("measure") in measures or "other" in asserted, (pattern.id, slot)
        assert set(pattern.asserts) == set(pattern.expression.groupindex), pattern.id


def test_no_example_is_written_twice() -> None:
    texts = Counter(
        (e.text, e.year, e.heading) for e in (*forms(), *(e for p in library() for e in p.examples))
    )
    assert [text for text, n in texts.items() if n > 1] == []


@pytest.mark.parametrize(
    "statement",
    ["{amount", "{colour}", "direction $ {rate}", "no_such_type", "{amount:colour}", "(direction"],
)
def test_statements_that_cannot_be_read_say_so(statement: str) -> None:
    with pytest.raises(ValueError, match="statement"):
        compile_statement(statement)


def test_an_example_that_is_wrong_is_shown() -> None:
    example = Example("公务接待费支出5.20万元。", ("5.20万元 meeting amount final",), year=2023)
    failure = run(example)
    assert failure is not None
    assert failure.missing == ("5.20万元 meeting amount final",)
    assert failure.unexpected == ("5.20万元 reception amount final",)
    assert run(Example("公务接待费支出5.20万元。", ("5.20万元 reception amount final",))) is None
    assert run(Example("公务接待费支出5.20万元。", ())) is not None
    assert run(Example("公务接待费支出5.20万元。", ("5.20万元 reception amount final",), ("3个 activity",)))
    with pytest.raises(ValueError, match="unknown metric"):
        run(Example("公务接待费支出5.20万元。", ("5.20万元 no_such amount final",)))


def test_one_claim_does_not_satisfy_two() -> None:
    twice = ("5.20万元 reception amount final",) * 2
    assert run(Example("公务接待费支出5.20万元。", twice)) is not None
    assert run(Example("公务接待费支出5.20万元。培训费支出5.20万元。", twice)) is not None


# -- the commands


def invoke(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["patterns", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_list_shows_every_pattern() -> None:
    code, output = invoke("list")
    assert code == 0
    for pattern in library():
        assert pattern.id in output
        assert pattern.statement in output


def test_test_prints_failures_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    good = Example("公务接待费支出5.20万元。", ("5.20万元 reception amount final",), forms=("X01",))
    bad = Example("培训费支出5.20万元。", ("5.20万元 meeting amount final",), forms=("X02",))
    odd = Example("培训费支出5.20万元。", ("5.20万元 no_such amount",), forms=("X03",))
    sound = tuple(pattern for pattern in library() if not any(map(run, pattern.examples)))
    monkeypatch.setattr(patterns, "library", lambda: sound)
    monkeypatch.setattr(patterns, "forms", lambda: (good,))
    assert invoke("test")[0] == 0
    monkeypatch.setattr(patterns, "forms", lambda: (good, bad, odd))
    code, output = invoke("test")
    assert code == 1
    assert "X01" not in output
    assert "X02" in output
    assert "- 5.20万元 meeting amount final" in output
    assert "+ 5.20万元 training amount final" in output
    assert "no_such" in output


def test_try_shows_words_patterns_and_claims() -> None:
    code, output = invoke("try", "2021年公务接待费支出5.20万元，比上年减少0.80万元。")
    assert code == 0
    row = next(line for line in output.splitlines() if line.startswith("0.80万元"))
    assert "change.amount" in row
    assert "reception change prior_year down 2021" in row
    assert any(line.split() == ["减少", "direction"] for line in output.splitlines())


def test_try_takes_year_and_heading() -> None:
    _, output = invoke("try", "全年5.20万元。", "--year", "2020", "--heading", "公务接待费")
    assert "reception amount final 2020" in output
    assert invoke("try", "")[0] == 0


def test_examples_speak_the_notation() -> None:
    for example in forms()[:50]:
        for line in example.claims:
            assert normal(normal(line, example.year), example.year) == normal(line, example.year)
        claims, _ = claims_of(example)
        assert all(notation(claim, example.year).split()[1].split("[")[0] in metrics() for claim in claims)


def test_no_statement_holds_a_number() -> None:
    # A statement is made of types; a year or an amount in it would fit one document only.
    assert not [p.id for p in library() if any(character.isdigit() for character in p.statement)]
