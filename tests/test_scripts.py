"""The scripts for people who work on hedui: they run, and measure what they say they measure."""

import importlib
import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import hedui
from evaluation.figures import FIELDS
from hedui.model import Claim, OtherFigure
from hedui.patterns import Pattern, library
from modules import load

CHECKOUT = Path(__file__).resolve().parent.parent
SAMPLES = CHECKOUT / "corpora" / "samples"


def script(name: str) -> ModuleType:
    """A script of the checkout as a module."""
    return load(CHECKOUT / "scripts" / f"{name}.py", name)


# -- ablate_patterns


@pytest.mark.parametrize("pattern", library(), ids=lambda pattern: pattern.id)
def test_every_pattern_is_needed(pattern: Pattern) -> None:
    assert script("ablate_patterns").needing(pattern), "all of its examples pass without its matcher"


# -- evaluate


@pytest.fixture
def measured(tmp_path: Path) -> Path:
    """A folder with two documents, one with a planted contradiction, and their truth."""
    (tmp_path / "gold").mkdir()
    good = "公务接待费支出5.20万元，比上年减少0.80万元。单价100万元以上设备2台。"
    bad = "“三公”经费支出决算为8.56万元，较上年减少0.59万元，增长7.35%。"
    for name, text in (("good", good), ("bad", bad)):
        document = f"某某局2023年度部门决算\n{text}\n"
        (tmp_path / f"{name}.txt").write_text(document, "utf8")
        report = hedui.check(text=document)
        parts: list[Claim | OtherFigure] = [*report.claims, *report.others]
        figures = [
            {
                "i": i,
                "value": part.value,
                "unit": part.unit,
                "left": document[max(0, part.start - 24) : part.start],
                "kind": getattr(part, "kind", "claim"),
            }
            | {name: getattr(part, name, None) for name in FIELDS}
            for i, part in enumerate(sorted(parts, key=lambda part: part.start))
        ]
        truth = [
            {
                "id": "F1",
                "certainty": "certain",
                "family": "direction",
                "figures": [0, 1, 2],
                "quote": "增长7.35%",
                "why": "one word up, one down",
                "reach": "core",
            }
        ]
        records = {"figures": figures, "findings": truth if name == "bad" else []}
        for kind, lines in records.items():
            path = tmp_path / "gold" / f"{name}.{kind}.jsonl"
            path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf8")
    return tmp_path


def test_evaluate_counts_right_and_wrong(measured: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evaluate = script("evaluate")
    assert evaluate.main([str(measured), "--details"]) == 0
    output = capsys.readouterr().out
    assert "| **all** | 6 | 100.0% | 100.0% | 100.0% | 0 | 0.0% | 0 | n/a | 1/1 |" in output
    assert "| direction | 1/1 |" in output
    assert "false certain findings: 0 of 2" in output


def test_evaluate_compares_with_a_baseline(measured: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evaluate = script("evaluate")
    kept = measured / "kept.json"
    assert evaluate.main([str(measured), "--save", str(kept)]) == 0
    assert evaluate.main([str(measured), "--compare", str(kept)]) == 0
    assert "better: 0\nworse: 0\notherwise: 0" in capsys.readouterr().out
    path = measured / "gold" / "good.figures.jsonl"
    path.write_text(path.read_text("utf8").replace('"metric": "reception"', '"metric": "meeting"'), "utf8")
    assert evaluate.main([str(measured), "--compare", str(kept)]) == 0
    output = capsys.readouterr().out
    assert "worse: 2" in output
    assert "right → metric: 'reception' for 'meeting'" in output


def test_evaluate_says_when_there_is_nothing_to_measure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("2023年支出5万元。", "utf8")
    assert script("evaluate").main([str(tmp_path)]) == 2
    assert "truth" in capsys.readouterr().err


# -- mutate


def test_mutate_measures_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    path = SAMPLES / "chongqing-2024.txt"
    assert script("mutate").main([str(path), "--limit", "6"]) == 0
    shown = capsys.readouterr().out.splitlines()
    rows = [line.split("|")[1:-1] for line in shown if line.startswith("|")]
    assert rows[-1][0].strip() == "all"
    assert rows[-1][1].strip() == "6"
    assert "% of" in shown[-2]
    assert "% of" in shown[-1]


def test_mutations_change_one_figure() -> None:
    mutate = script("mutate")
    text = "2023年度“三公”经费支出决算为8.56万元，较上年减少0.59万元，下降6.45%。"
    report = hedui.check(text=text)
    for claim in report.claims:
        for mutation in mutate.mutations(text, claim, random.Random(1)):
            changed = text[: mutation.start] + mutation.text + text[mutation.end :]
            assert changed != text
            after = hedui.check(text=changed)
            assert len(after.claims) == len(report.claims)
            differing = [
                (old.id, new.value != old.value or new.unit != old.unit or new.direction != old.direction)
                for old, new in zip(report.claims, after.claims, strict=True)
            ]
            assert [name for name, different in differing if different] == [claim.id]
    ways = {m.way for c in report.claims for m in mutate.mutations(text, c, random.Random(1))}
    assert ways == set(mutate.WAYS)


def test_a_new_finding_on_the_figure_is_caught_and_an_old_one_is_not() -> None:
    mutate = script("mutate")
    text = "2023年度“三公”经费支出决算为8.56万元，较上年减少0.59万元，下降6.45%。"
    before = hedui.check(text=text)
    assert not before.findings
    rate = before.claims[2]
    (turned,) = [m for m in mutate.mutations(text, rate, random.Random(1)) if m.way == "direction"]
    after = hedui.check(
        replace(before.document, text=text[: turned.start] + turned.text + text[turned.end :])
    )
    assert mutate.caught(after, turned, before, ("certain",))
    assert not mutate.caught(after, turned, after)
    assert not mutate.caught(before, turned, before)


def test_what_is_proven_impossible() -> None:
    mutate = script("mutate")
    text = "2023年度“三公”经费支出决算为8.56万元，较上年减少0.59万元，下降6.45%。"
    before = hedui.check(text=text)
    rate = before.claims[2]
    for figure, expected in (("9.45%", True), ("6.46%", False)):
        changed = mutate.Mutation("digit", rate, rate.start, rate.end, figure)
        document = replace(before.document, text=text[: rate.start] + figure + text[rate.end :])
        assert mutate.proven(before, hedui.check(document), changed) is expected


# -- benchmark


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The benchmark with the package beside it."""
    monkeypatch.syspath_prepend(CHECKOUT / "scripts")
    return script("benchmark")


def test_benchmark_compares_whole_processes(benchmark: ModuleType) -> None:
    starting, small = benchmark.starting, (sys.executable, "-c", "pass")
    result = starting.measure(starting.Comparison("one", small, "other", small, 9.0), 1)
    assert 0 < result.ratio < 9
    assert "| one |" in benchmark.markdown.starting([result])
    names = [comparison.name for comparison in starting.comparisons(SAMPLES / "shanghai-2024.txt")]
    assert names == ["hedui --version", "hedui explain CHG001", "hedui check"]


def test_benchmark_runs_contestants_and_leaves_out_what_cannot_be_had(
    benchmark: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, *_, apart, floor = (c for c in benchmark.CONTESTANTS if c.kind == "text")
    absent = replace(floor, name="absent", module="no_such_module")
    monkeypatch.setattr(benchmark, "CONTESTANTS", [ours, apart, floor, absent])
    monkeypatch.setattr(benchmark.environment, "interpreter", lambda folder, packages: None)
    document = SAMPLES / "shanghai-2024.txt"
    parts = ["--only", "text", "--only", "growth", "--growth", "2"]
    assert benchmark.main([str(document), "--quick", *parts, "--out", str(tmp_path)]) == 0
    written = (tmp_path / "benchmark.md").read_text("utf8")
    shown = ("| hedui check |", "| regex scan |", "*recognizers-text: left out", "*absent: left out", "| 2 |")
    assert [line for line in shown if line not in written] == []


def test_benchmark_grows_by_powers_of_ten(benchmark: ModuleType) -> None:
    assert benchmark.powers(10_000) == [10, 100, 1000, 10_000]
    assert benchmark.powers(25) == [10, 25]
    assert benchmark.powers(2) == [2]


def test_benchmark_draws_what_it_measured(benchmark: ModuleType, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the plot needs the bench extra")
    plot = importlib.import_module("benchmarks.plot")
    comparison = benchmark.starting.Comparison("one", (), "other", (), 1.5)
    contestants = [c for c in benchmark.CONTESTANTS if c.kind == "text"]
    outcomes = [benchmark.race.Outcome(c, 0.1, 1.0, 5, 10**8) for c in contestants]
    steps = [benchmark.growth.Step(n, 0.05, 10**8, 10**8) for n in (10, 100)]
    started = [benchmark.starting.Result(comparison, 0.2, 0.1)]
    plot.draw(tmp_path / "plot.png", started, [("Running text", outcomes, 1)], steps)
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
