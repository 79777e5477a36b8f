"""The published JSON Schemas are those of the code; what the commands print has their fields and no others."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from hedui.cli import cli
from hedui.model import Document, File, Report
from hedui.report.json import as_jsonl
from hedui.schemas.outputs import KINDS, schema

CHECKOUT = Path(__file__).resolve().parent.parent


def strict(kind: str) -> Draft202012Validator:
    """A validator that also refuses fields that the schema does not name."""
    Draft202012Validator.check_schema(schema(kind))
    return Draft202012Validator(_closed(schema(kind)))


def _closed(part: Any) -> Any:
    if isinstance(part, list):
        return [_closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    closed = {name: _closed(each) for name, each in part.items()}
    return closed | ({"additionalProperties": False} if "properties" in part else {})


@pytest.mark.parametrize("kind", KINDS)
def test_the_published_schemas_are_current(kind: str) -> None:
    made = CliRunner().invoke(cli, ["schema", "--json-schema", kind, "--lang", "en"])
    assert made.exit_code == 0
    path = CHECKOUT / "docs" / "schemas" / f"{kind}.schema.json"
    assert made.output == path.read_text("utf8"), f"hedui schema --json-schema {kind} --lang en --out {path}"


def test_samples_and_failures_are_as_the_schemas_say(samples: list[Path], tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4 and no more")
    sources = [str(samples[0]), str(bad)]

    def lines(*words: str) -> list[Any]:
        out = tmp_path / "out"
        CliRunner().invoke(cli, [*words, "--out", str(out)])
        return [json.loads(line) for line in out.read_text("utf8").splitlines()]

    done = lines("check", *sources, "--format", "jsonl", "--with-text")
    assert [set(line) == {"failures"} for line in done] == [False, True]
    for line in done:
        strict("line").validate(line)
    report, failures = done
    strict("report").validate({"documents": [report], **failures})
    claims = lines("extract", str(samples[0]))
    assert len(claims) > 50
    for claim in claims:
        strict("claim").validate(claim)


def test_the_json_of_check_is_as_the_schema_says(samples: list[Path], tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["check", str(samples[0]), "--format", "json"])
    told = json.loads(done.stdout)
    assert told["documents"][0]["findings"]
    strict("report").validate(told)


def test_a_log_is_as_the_schema_says(samples: list[Path], tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4 and no more")
    log = tmp_path / "log.jsonl"
    for _ in range(2):
        words = ["build", str(samples[0]), str(bad), str(tmp_path / "claims.db"), "--log", str(log)]
        assert CliRunner().invoke(cli, words).exit_code in (0, 3)
    told = [json.loads(line) for line in log.read_text("utf8").splitlines()]
    assert {line["status"] for line in told} == {"read", "failed", "unchanged", "failed_before"}
    for line in told:
        strict("log").validate(line)


def test_files_taken_together_are_in_the_schema(report: Report) -> None:
    files = (File("a.txt", 0, 20), File("b.txt", 20, len(report.document.text)))
    document = Document("d1", "a.txt", report.document.text, files=files)
    whole = Report(document, report.claims, report.others, (), report.relations, report.findings)
    (line,) = as_jsonl([whole], [], with_text=False)
    assert json.loads(line)["claims"][0]["source"] == "b.txt"
    strict("line").validate(json.loads(line))


def test_what_is_wrong_is_refused(report: Report) -> None:
    told = json.loads(next(as_jsonl([report], [], with_text=False)))
    assert strict("line").is_valid(told)
    del told["claims"][0]["low"]
    assert not strict("line").is_valid(told)
    assert not strict("report").is_valid({"documents": []})
    with pytest.raises(KeyError):
        schema("novel")
