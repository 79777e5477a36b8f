"""Is it a disclosure, and of what kind: real ones, samples, generated ones, and what else a crawl brings."""

import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import hedui
from corpus.generate import generate
from hedui.reading.metadata import describe, squeeze
from hedui.reading.triage import Triage, triage

TEXTS = {
    name: (entry.get("kind", "other"), entry["text"])
    for file in ("others", "disclosures")
    for name, entry in tomllib.loads(
        (Path(__file__).parent / "triage" / f"{file}.toml").read_text("utf8")
    ).items()
}


def told(text: str) -> Triage:
    return triage(squeeze(text), describe(text).title)


@pytest.mark.parametrize("name", TEXTS)
def test_kinds(name: str) -> None:
    kind, text = TEXTS[name]
    assert told(text).kind == kind, told(text)
    assert describe(text).kind == (None if kind == "other" else kind)
    report = hedui.extract(text=text)
    expected = {"other": ("not_a_disclosure",), "template": ("template",)}
    assert report.warnings == expected.get(kind, ())


def test_why() -> None:
    found = told(TEXTS["unit-final"][1])
    assert found.from_title
    assert found.score == 4 + len(found.why)
    assert "收入支出决算总体情况" in found.why
    against = told(TEXTS["law-budget"][1])
    assert "-第七十四条" in against.why
    assert against.score < 0


def test_samples(samples: list[Path]) -> None:
    for path in samples:
        found = told(path.read_text("utf8"))
        assert found.kind == "department_final"
        assert found.score >= 15, path.name


def test_generated_disclosures() -> None:
    for made in generate(20, seed=41):
        found = told(made.page.text)
        assert found.kind == "department_final"
        assert found.score >= 15


def test_real_documents(shared: Path) -> None:
    kinds = {
        path.stem: hedui.read(path).kind for path in (shared / "corpus").glob("*.*") if path.suffix != ".enc"
    }
    assert kinds == {
        "anju-2023-final": "department_final",
        "jinkouhe-2023-final": "unit_final",
        "leshan-shizhong-2022-performance": "performance_report",
        "leshan-shizhong-2024-final": "department_final",
        "putuo-finance-2024-final": "department_final",
        "putuo-planning-2024-final": "department_final",
        "putuo-template-2024": "template",
        "tongnan-2024-final": "department_final",
    }
