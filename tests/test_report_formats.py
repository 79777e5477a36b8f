"""SARIF, CSV, Markdown, annotated PDFs, and the baseline that leaves known findings out."""

import csv
import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema.validators import validator_for
from markdown_it import MarkdownIt

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import hedui
from corpus.formats.pdf_pages import SIZE, PageMaker, pdf
from hedui.cli import cli
from hedui.model import Document, Failure, Finding, Page, Report
from hedui.report.csv import as_csv, findings_as_csv
from hedui.report.identity import Baseline, NoBaseline, identities
from hedui.report.json import as_json, as_jsonl
from hedui.report.markdown import as_markdown, escaped
from hedui.report.sarif import as_sarif
from hostile import SOURCE, WORDS, hostile

SENTENCE = "2024年度支出合计100.00万元，比上年增加20.00万元，增长30.00%。"
Check = Callable[..., Result]


def check(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["check", *map(str, arguments)])


@pytest.fixture(scope="module")
def sample() -> Report:
    """A sample with findings, read from its file."""
    path = Path(__file__).parents[1] / "corpora" / "samples" / "anhui-2022.txt"
    return hedui.check(path)


# ---- SARIF


def sarif(reports: list[Report], failures: list[Failure] | None = None) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads("".join(as_sarif(reports, failures or [], "en")))
    schema = json.loads((Path(__file__).parent / "sarif-2.1.0.json").read_text("utf8"))
    kind = validator_for(schema)
    assert [error.message for error in kind(schema).iter_errors(whole)] == []
    run: dict[str, Any] = whole["runs"][0]
    return run


def test_sarif_is_valid_and_points_at_the_text(sample: Report) -> None:
    run = sarif([sample, hostile()], [Failure("bad file.pdf", "broken")])
    assert len(run["results"]) == len(sample.findings) + len(hostile().findings)
    text = sample.document.text
    lines = text.split("\n")
    for result, finding in zip(run["results"], sample.findings, strict=False):
        region = result["locations"][0]["physicalLocation"]["region"]
        at = region["charOffset"]
        assert text[at : at + region["charLength"]] == text[finding.start : finding.end]
        begun = lines[region["startLine"] - 1][region["startColumn"] - 1 :]
        assert begun.startswith(text[finding.start : finding.end].partition("\n")[0])
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "bad%20file.pdf"


def test_sarif_of_a_pdf_names_pages_and_no_lines(sample: Report) -> None:
    finding = replace(sample.findings[0], page=1, box=(1.0, 2.0, 3.0, 4.0))
    pages = (Page(1, 0, len(sample.document.text)),)
    document = replace(sample.document, reader="pdf/1", pages=pages)
    (result,) = sarif([replace(sample, document=document, findings=(finding,))])["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert result["properties"]["box"] == [1.0, 2.0, 3.0, 4.0]
    assert result["locations"][0]["message"]["text"] == "page 1"


# ---- CSV and Markdown


def test_csv_of_findings(sample: Report) -> None:
    rows = list(csv.DictReader(io.StringIO("".join(findings_as_csv([sample, hostile()], "zh")))))
    assert [row["rule"] for row in rows[: len(sample.findings)]] == [f.rule for f in sample.findings]
    assert all(row["figures"] and row["line"] for row in rows[: len(sample.findings)])
    assert rows[-1]["source"] == f"'{SOURCE}"  # no formula


def test_csv_of_claims_holds_no_formula() -> None:
    bad = hostile()
    claims = tuple(replace(claim, subject="=1+1", value="-1") for claim in bad.claims)
    rows = list(csv.DictReader(io.StringIO("".join(as_csv([replace(bad, claims=claims)])))))
    assert {(row["source"], row["subject"], row["value"]) for row in rows} == {(f"'{SOURCE}", "'=1+1", "-1")}


def test_markdown_shows_text_as_text(sample: Report) -> None:
    failures = [Failure("<b>.txt", "*broken*")]
    shown = MarkdownIt("commonmark", {"html": True}).enable("table")
    html = shown.render("".join(as_markdown([hostile()], failures, "zh", {"CHG001": "增减"})))
    assert "<img" not in html
    assert "<script" not in html
    assert "<a " not in html
    assert "<strong>100.00万元</strong>" in html
    assert "*broken*" in html
    plain = "".join(as_markdown([sample], [], "en", {}))
    assert plain.count("\n### ") == len(sample.findings)
    assert "line 30" in plain


@pytest.mark.parametrize("words", [*WORDS, "1. 项", "- 项", "# 项", "a_b_c", "100.00万元", "=== 项"])
def test_markdown_escapes_whatever_stands_there(words: str) -> None:
    (_, inline, _) = MarkdownIt("commonmark", {"html": True}).parse(escaped(words))
    assert inline.children
    assert {child.type for child in inline.children} <= {"text", "text_special"}
    assert "".join(child.content for child in inline.children) == " ".join(words.split())


# ---- the baseline


def test_a_known_finding_is_known_wherever_it_stands(sample: Report, tmp_path: Path) -> None:
    for name, form in (("base.json", as_json), ("base.jsonl", as_jsonl)):
        path = tmp_path / name
        path.write_text("".join(form([sample], [Failure("x", "y")], False)), "utf8")
        known = Baseline(path)
        assert known.without_known(sample).findings == ()
        moved = hedui.check(text="某某局\n\n" + sample.document.text)
        moved = replace(moved, document=replace(moved.document, source=sample.document.source))
        assert len(moved.findings) == len(sample.findings)
        assert known.without_known(moved).findings == ()
        other = replace(moved, document=replace(moved.document, source="other.txt", title="别的文件"))
        assert known.without_known(other).findings == other.findings


def test_a_new_figure_makes_a_new_finding(report: Report) -> None:
    changed = replace(report.claims[2], value="31.00")
    other = replace(report, claims=(*report.claims[:2], changed))
    assert identities(other) != identities(report)


def test_of_findings_that_are_alike_only_the_known_number_is_left_out(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "base.json"
    path.write_text("".join(as_json([report], [], False)), "utf8")
    twice = replace(report, findings=(*report.findings, replace(report.findings[0], id="f2")))
    assert [finding.id for finding in Baseline(path).without_known(twice).findings] == ["f2"]


def test_what_is_no_baseline_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "base.json"
    for words in ("no JSON", "[1]", '{"documents": [{"document": 1}]}', '"text"'):
        path.write_text(words)
        with pytest.raises(NoBaseline):
            Baseline(path)


def test_baseline_on_the_command_line(tmp_path: Path) -> None:
    text, base = tmp_path / "a.txt", tmp_path / "base.json"
    text.write_text(f"某某局2024年度部门决算\n\n{SENTENCE}\n", "utf8")
    assert check(text, "--format", "json", "--out", base).exit_code == 1
    again = check(text, "--baseline", base, "--lang", "en")
    assert again.exit_code == 0
    assert "1 findings are in the --baseline" in again.stderr
    assert "There are no findings to report" in again.stdout
    text.write_text(
        f"某某局2024年度部门决算\n\n前言。\n\n{SENTENCE}\n基本支出50.00万元，比上年增加10.00万元，增长90.00%。\n",
        "utf8",
    )
    more = check(text, "--baseline", base, "--format", "jsonl")
    assert [found["rule"] for found in json.loads(more.stdout)["findings"]] == ["CHG001"]
    assert check(text, "--baseline", text).exit_code == 2
    assert check(text, "--baseline", tmp_path / "missing.json").exit_code == 2
    assert check(text, "--baseline", base, "--out", base).exit_code == 2


# ---- annotated PDFs


@pytest.mark.parametrize(
    ("rotate", "turned"), [(0, False), (90, False), (180, False), (270, False), (0, True)]
)
def test_notes_lie_on_the_words(rotate: int, turned: bool, tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    page = PageMaker(rotate=rotate, turned=turned)
    page.text(80, 200, SENTENCE)
    data = pdf([page]).replace(b"/Rotate", b"/CropBox [10 20 590 830] /Rotate")
    source, out = tmp_path / "a.pdf", tmp_path / "b.pdf"
    source.write_bytes(data)
    assert check(source, "--format", "pdf", "--out", out).exit_code == 1
    with pikepdf.open(out) as annotated:
        notes = list(annotated.pages[0].Annots)
        kinds = [str(note.Subtype) for note in notes]
        assert kinds == ["/Highlight", "/Square", "/Square", "/Square"]
        assert all("CHG001" in str(note.Contents) for note in notes)
        with annotated.open_outline() as outline:
            assert "CHG001" in outline.root[0].children[0].title
        frames = [[float(side) for side in note.Rect] for note in notes]
    # The baseline of the words, in the file's coordinates, which neither turning nor cutting the page changes.
    for x0, y0, x1, y1 in frames[1:]:
        along, across = ((y0, y1), (x0, x1)) if turned else ((x0, x1), (y0, y1))
        baseline = 200 if turned else page.height - 200
        assert across[0] < baseline < across[1]
        assert across[1] - across[0] < 2 * SIZE
        assert 80 < along[0] < along[1] < 80 + SIZE * len(SENTENCE)
    starts = [frame[1 if turned else 0] for frame in frames]
    assert starts == sorted(starts)


def test_only_one_pdf_takes_notes(tmp_path: Path) -> None:
    page = PageMaker()
    page.text(80, 200, SENTENCE)
    first, second, text = tmp_path / "a.pdf", tmp_path / "b.pdf", tmp_path / "a.txt"
    for path in (first, second):
        path.write_bytes(pdf([page]))
    text.write_text(SENTENCE, "utf8")
    out = tmp_path / "out.pdf"
    for files in ([first, second], [text], [tmp_path / "missing.pdf"]):
        result = check(*files, "--format", "pdf", "--out", out, "--lang", "en")
        assert result.exit_code == 2
        assert not out.exists()
    assert check(first, "--format", "pdf").exit_code == 2
    assert check(first, "--format", "pdf", "--out", first).exit_code == 2


def test_a_finding_without_a_place_becomes_a_note_on_the_first_page(report: Report) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    from hedui.report.annotated_pdf import annotated

    with pikepdf.open(io.BytesIO(annotated(pdf([PageMaker()]), report, "en"))) as made:
        assert [str(note.Subtype) for note in made.pages[0].Annots] == ["/Text"]


def test_documents_and_findings_without_a_claim(report: Report) -> None:
    """Words alone, no title, no source: every format says what there is."""
    finding: Finding = replace(report.findings[0], claims=(), relation=None, suspects=(), expected="")
    document: Document = replace(report.document, title=None, source="")
    bare = replace(report, document=document, findings=(finding,))
    assert sarif([bare])["results"][0]["relatedLocations"] == []
    assert "untitled" in "".join(as_markdown([bare], [], "en", {}))
    rows = csv.DictReader(io.StringIO("".join(findings_as_csv([bare], "en"))))
    assert [row["rule"] for row in rows if row["rule"]] == [finding.rule]
