"""hedui in a spaCy pipeline, and words without a cache or a sound."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language

from hedui.segmentation.tokens import boundaries

TEXT = "2023年度“三公”经费支出决算为8.56万元，较上年减少0.59万元，增长7.35%。"


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("zh")
    pipeline.add_pipe("hedui")
    return pipeline


def test_claims_and_findings_are_spans(nlp: Language) -> None:
    doc = nlp(TEXT)
    claims = doc.spans["claims"]
    assert [(span.text, span.label_) for span in claims] == [
        ("8.56万元", "sangong_total"),
        ("0.59万元", "sangong_total"),
        ("7.35%", "sangong_total"),
    ]
    assert [span._.claim.measure for span in claims] == ["amount", "change", "change_rate"]
    assert doc.spans["findings"]
    assert {span.label_ for span in doc.spans["findings"]} == {
        span._.finding.rule for span in doc.spans["findings"]
    }


def test_displacy_draws_claims_and_findings(nlp: Language) -> None:
    doc = nlp(f"{TEXT}<script>alert(1)</script>")
    for key, labels in (("claims", {"sangong_total"}), ("findings", {"CHG001", "DIR001"})):
        shown = displacy.render(doc, style="span", options={"spans_key": key}, jupyter=False)
        assert any(label in shown for label in labels)
        assert "<script>" not in shown
    ents = [
        {"start": c.start, "end": c.end, "label": c.measure} for s in doc.spans["claims"] for c in [s._.claim]
    ]
    shown = displacy.render({"text": doc.text, "ents": ents}, style="ent", manual=True, jupyter=False)
    assert shown.count("<mark") == 3
    assert "change_rate" in shown


def test_spans_cover_the_figures_of_any_tokenizer() -> None:
    pipeline = spacy.blank("xx")  # words at blanks only: every span grows to the whole token
    pipeline.add_pipe("hedui")
    doc = pipeline(TEXT)
    for span in doc.spans["claims"]:
        assert span.start_char <= span._.claim.start
        assert span._.claim.end <= span.end_char


def test_empty_and_plain_texts(nlp: Language) -> None:
    for text in ("", " \n", "今天天气很好。"):
        doc = nlp(text)
        assert not doc.spans["claims"]
        assert not doc.spans["findings"]


def test_documents_in_a_stream(nlp: Language) -> None:
    docs = list(nlp.pipe([TEXT, "", TEXT]))
    assert [len(doc.spans["claims"]) for doc in docs] == [3, 0, 3]


def test_the_pipeline_can_be_kept_and_loaded(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    assert len(spacy.load(tmp_path)(TEXT).spans["claims"]) == 3


def quiet(code: str, temporary: Path) -> str:
    """Run Python with a temporary folder of its own; what it prints on stdout, nothing being on stderr."""
    folders = {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | folders, check=True
    )
    assert done.stderr == ""
    return done.stdout.strip()


PIPELINE = (
    "import spacy; nlp = spacy.blank('zh'); nlp.add_pipe('hedui'); print(len(nlp({!r}).spans['claims']))"
)
WORDS = "from hedui.segmentation.tokens import tokens; print(*[t.text for t in tokens('三公经费支出增加')])"


@pytest.mark.parametrize("code", [PIPELINE.format(TEXT), WORDS], ids=["pipeline", "words"])
def test_no_cache_is_left_and_nothing_is_printed(code: str, tmp_path: Path) -> None:
    assert quiet(code, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_lies_about_is_not_trusted(tmp_path: Path) -> None:
    sound = quiet(WORDS, tmp_path)
    for name in ("jieba.cache", f"jieba.u{os.getuid()}.cache" if hasattr(os, "getuid") else "jieba.u0.cache"):
        (tmp_path / name).write_bytes(b"not a dictionary")
    assert quiet(WORDS, tmp_path) == sound
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"not a dictionary"}


def test_sentences_longer_than_spacy_takes_are_no_trouble() -> None:
    assert boundaries("1" * 1_000_001)
