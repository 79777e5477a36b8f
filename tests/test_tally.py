"""How much was checked of each family of rules: the same in every format."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

import hedui
from hedui.model import Report
from hedui.report.csv import findings_as_csv
from hedui.report.json import as_json
from hedui.report.markdown import as_markdown
from hedui.report.sarif import as_sarif
from hedui.report.tally import Tally, tallies
from hedui.report.terminal import Style, as_text
from hedui.report.view import view


@pytest.fixture(scope="module")
def sample() -> Report:
    """A sample with findings and relations of many families, read from its file."""
    return hedui.check(Path(__file__).parents[1] / "corpora" / "samples" / "anhui-2022.txt")


def test_every_format_tells_what_was_checked_of_each_family(sample: Report) -> None:
    """The counts of all formats are those of the relations."""
    by_family = {tally.family: tally for tally in tallies(sample)}
    assert sum(tally.checked for tally in by_family.values()) == len(sample.relations)
    change = by_family["change"]
    wanted = [relation.status for relation in sample.relations if relation.rule.startswith("CHG")]
    assert [change.held, change.failed] == [wanted.count("held"), wanted.count("failed")]
    assert all(sum(tally.missing.values()) == tally.undecidable for tally in by_family.values())

    told = [tally.to_dict() for tally in by_family.values()]
    assert json.loads("".join(as_json([sample], [], False)))["documents"][0]["checked"] == told
    sarif = json.loads("".join(as_sarif([sample], [], "zh")))
    assert sarif["runs"][0]["artifacts"][0]["properties"]["checked"] == told
    rows = csv.DictReader(io.StringIO("".join(findings_as_csv([sample], "zh"))))
    found = {row["family"]: row["failed"] for row in rows if not row["rule"]}
    assert found == {family: str(tally.failed) for family, tally in by_family.items()}
    row = f"| changes | {change.held} | {change.failed} | {change.undecidable} |"
    assert row in "".join(as_markdown([sample], [], "en", {}))
    terminal = "".join(as_text([sample], [], Style("en", 400), {}))
    assert f"changes {change.held}/{change.failed}/{change.undecidable}" in terminal
    assert [(family.held, family.failed) for family in view(sample, "zh", "d1").checked] == [
        (tally.held, tally.failed) for tally in by_family.values()
    ]


def test_a_rule_of_another_version_is_a_family_of_its_own(sample: Report) -> None:
    """A database may be older or newer than the program that shows it."""
    strange = replace(sample, relations=(replace(sample.relations[0], rule="OLD001"),))
    assert [(tally.family, tally.name("en")) for tally in tallies(strange)] == [("OLD001", "OLD001")]
    assert [family.name for family in view(strange, "en", "d1").checked] == ["OLD001"]


def test_what_was_missing_is_told_in_words() -> None:
    tally = Tally("share", 3, 0, 3, {"zero over zero": 1, "parts missing": 2})
    assert tally.gaps("en") == "not all parts are printed × 2, both the part and the whole are zero × 1"
    assert tally.name("zh") == "占比"
