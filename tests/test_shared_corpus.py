"""Accuracy on real disclosures and on the samples, by the measuring script that lies beside the checkout."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest

import hedui
from hedui.model import Report
from modules import load

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def judge(shared: Path) -> ModuleType:
    """The measuring script beside the checkout, as a module."""
    path = shared / "evaluate.py"
    if not path.is_file():
        pytest.skip("needs evaluate.py in the folder `shared` beside the checkout")
    return load(path, "shared_evaluate")


def measured(judge: ModuleType, gold: Path, reports: Iterable[Report]) -> Counter[str]:
    """The tallies of all reports together; `figures` and `unexplained` count the narrative's figures."""
    total: Counter[str] = Counter()
    for report in reports:
        result = judge.measure(gold, report.to_dict(), False)
        assert result is not None, f"no gold for {report.document.source}"
        total.update(result[1])
        total["figures"] += len(report.claims) + len(report.others)
        total["unexplained"] += sum(other.kind == "unexplained" for other in report.others)
    return total


@pytest.fixture(scope="module")
def reports(shared: Path) -> list[Report]:
    texts = sorted((shared / "corpus").glob("*.txt"))
    assert len(texts) >= 5
    return [hedui.check(text) for text in texts]


@pytest.fixture(scope="module")
def real(shared: Path, judge: ModuleType, reports: list[Report]) -> Counter[str]:
    return measured(judge, shared / "gold", reports)


def test_both_measuring_scripts_agree(shared: Path, judge: ModuleType, reports: list[Report]) -> None:
    ours = load(CHECKOUT / "scripts" / "evaluate.py", "evaluate")
    for report in reports:
        source, document = Path(report.document.source), report.to_dict()
        result = judge.measure(shared / "gold", document, False)
        assert result is not None
        mine = ours.judge(document, source.stem, shared / "gold").tally
        words = ["claims", "found", "exact", "others", "others_right", "extra", "traps"]
        words += [f"ok_{name}" for name in judge.FIELDS]
        words += [f"{word}_{level}" for word in ("want", "got", "false") for level in judge.LEVELS]
        theirs = {word: result[1][word] for word in words}
        assert {word: mine[word] for word in words} == theirs, source.name


@pytest.fixture(scope="module")
def made(judge: ModuleType) -> Counter[str]:
    texts = sorted((CHECKOUT / "corpora" / "samples").glob("*.txt"))
    assert texts
    return measured(judge, CHECKOUT / "corpora" / "gold", map(hedui.check, texts))


def test_figures_of_real_documents(real: Counter[str]) -> None:
    assert real["found"] >= 0.99 * real["claims"]
    assert real["exact"] >= 0.98 * real["claims"]
    assert real["extra"] <= 0.01 * real["claims"]
    assert real["others_right"] >= 0.97 * real["others"]
    assert real["unexplained"] <= 0.01 * real["figures"]


def test_findings_of_real_documents(real: Counter[str]) -> None:
    assert real["got_certain"] >= 16
    assert real["false_certain"] == 0
    assert real["got_likely"] >= 3
    assert real["false_likely"] <= 1
    assert real["traps"] == 0


def test_figures_of_the_samples(made: Counter[str]) -> None:
    assert made["found"] >= 0.99 * made["claims"]
    assert made["exact"] >= 0.98 * made["claims"]
    assert made["extra"] <= 0.01 * made["claims"]
    assert made["others_right"] >= 0.90 * made["others"]
    assert made["unexplained"] <= 0.01 * made["figures"]


def test_findings_of_the_samples(made: Counter[str]) -> None:
    assert made["got_certain"] >= 0.90 * made["want_certain"]
    assert made["false_certain"] == 0
    assert made["traps"] == 0


def test_our_own_measure_agrees(judge: ModuleType, shared: Path) -> None:
    ours = load(CHECKOUT / "scripts" / "evaluate.py", "evaluate")
    for folder, gold in (
        (shared / "corpus", shared / "gold"),
        (CHECKOUT / "corpora/samples", CHECKOUT / "corpora/gold"),
    ):
        for path in sorted(folder.glob("*.txt")):
            document = hedui.check(path).to_dict()
            _, theirs = judge.measure(gold, document, False)
            tally = ours.judge(document, path.stem, gold).tally
            assert {name: tally[name] for name in theirs} == dict(theirs), path.stem
