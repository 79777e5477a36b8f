"""`hedui export --format gold`: reviews become annotations, which scripts/evaluate.py reads."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import hedui
from hedui.cli import cli
from hedui.store import Store
from modules import load

CHECKOUT = Path(__file__).resolve().parent.parent
TEXT = (
    "某某县水务局2024年度部门决算\n\n一、支出情况\n\n"
    "2024年度支出合计100.00万元，比上年增加20.00万元，增长30.00%。\n"
    "公务接待费支出5.20万元，比上年减少0.80万元，增长13.33%。\n"
)


def exported(db: Path, out: Path, *more: str) -> Result:
    return CliRunner().invoke(
        cli, ["export", str(db), "--format", "gold", "--out", str(out), *more, "--lang", "en"]
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a document, and its database with its reviews: the first finding confirmed, all others rejected."""
    file = tmp_path / "water.txt"
    file.write_text(TEXT, "utf8")
    report = hedui.check(file)
    assert len([found for found in report.findings if found.certainty != "note"]) > 1
    with Store(tmp_path / "claims.db") as store:
        store.add(report)
        first, *others = (f"{report.document.id}:{found.id}" for found in report.findings)
        store.review(first, "rejected", "甲")
        store.review(first, "confirmed", "乙", "确有矛盾")
        store.review(first, "comment", "甲", "再看")
        for other in others:
            store.review(other, "rejected", "甲")
    return tmp_path


def test_what_is_confirmed_is_found_again(folder: Path) -> None:
    gold = folder / "gold"
    assert exported(folder / "claims.db", gold).exit_code == 0
    (found,) = map(json.loads, (gold / "water.findings.jsonl").read_text("utf8").splitlines())
    assert (found["why"], found["reviewer"]) == ("确有矛盾", "乙")
    assert found["figures"] == [0, 1, 2]
    evaluate = load(CHECKOUT / "scripts" / "evaluate.py", "evaluate")
    outcome = evaluate.outcome(folder / "water.txt", hedui.check(folder / "water.txt"), gold)
    assert outcome.tally["found"] == outcome.tally["exact"] == outcome.tally["claims"] == 6
    assert list(outcome.findings.values()) == [""]
    clean = (gold / "water.clean.jsonl").read_text("utf8").splitlines()
    assert len(clean) == len(outcome.false) == outcome.tally["traps"], "what was rejected is a trap"


def test_a_document_reviewed_in_part_is_told_and_left_out(folder: Path) -> None:
    with Store(folder / "claims.db") as store:
        store.db.execute("DELETE FROM reviews WHERE reviewer = '甲'")
    answer = exported(folder / "claims.db", folder / "gold")
    assert answer.exit_code != 0
    assert "no verdict" in answer.stderr
    assert not (folder / "gold").exists()


@pytest.mark.parametrize("more", [["--table", "reviews"], ["--redact"]])
def test_what_does_not_go_together(folder: Path, more: list[str]) -> None:
    assert exported(folder / "claims.db", folder / "gold", *more).exit_code == 2
