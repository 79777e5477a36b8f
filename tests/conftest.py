"""Fixtures that several tests share."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hedui.model import Claim, Document, Finding, Item, OtherFigure, Relation, Report, Role, Suspect

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT / "scripts"))

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SENTENCE = "2024年度支出合计100.00万元，比上年增加20.00万元，增长30.00%。"
TEXT = f"某某局2024年度部门决算\n\n一、支出情况\n\n{SENTENCE}\n本年收到感谢信7。\n"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real disclosures and hand-made truth, beside the checkout and no part of it."""
    folder = CHECKOUT.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("needs the folder `shared` (real disclosures) beside the checkout")
    return folder


@pytest.fixture(scope="session")
def samples() -> list[Path]:
    """The sample disclosures that the project brings along."""
    return sorted((CHECKOUT / "corpora" / "samples").glob("*.txt"))


@pytest.fixture(scope="session")
def face() -> str:
    """The name of a font that generated PDFs can embed."""
    from corpus.formats.fonts import FACES, MissingFont, find

    try:
        for name in FACES:
            find(name)
    except MissingFont as error:
        pytest.skip(str(error))
    return min(FACES)


def make_claim(number: int, printed: str, unit: str, metric: str, measure: str, **more: object) -> Claim:
    """A claim of the sentence above, found by its printed figure."""
    start = TEXT.index(printed + unit)
    fields: dict[str, object] = {
        "low": printed,
        "high": printed,
        "year": 2024,
        "section": ("一、支出情况",),
        "sentence": SENTENCE,
        "sentence_start": TEXT.index(SENTENCE),
    }
    return Claim(
        id=f"c{number}",
        document="d1",
        origin="narrative",
        start=start,
        end=start + len(printed + unit),
        value=printed,
        unit=unit,
        metric=metric,
        measure=measure,
        **(fields | more),  # type: ignore[arg-type]
    )


@pytest.fixture
def report() -> Report:
    """A small report: three claims, one relation of each status, one finding, one unexplained figure."""
    item = Item("20101", "人大事务", "一般公共服务支出/人大事务", "人大事务", "exact", 1.0)
    claims = (
        make_claim(
            1,
            "100.00",
            "万元",
            "expenditure_this_year",
            "amount",
            amount="1000000",
            low="999950",
            high="1000050",
            basis="final",
            item=item,
        ),
        make_claim(
            2,
            "20.00",
            "万元",
            "expenditure_this_year",
            "change",
            amount="200000",
            low="199950.005",
            high="200050.005",
            direction="up",
        ),
        make_claim(
            3, "30.00", "%", "expenditure_this_year", "change_rate", versus="prior_year", direction="up"
        ),
    )
    roles = (Role("c1", "current"), Role("c2", "difference"), Role("c3", "rate"))
    relations = (
        Relation("r1", "CHG001", "failed", roles, "30.00%", "24.99%…25.01%", "4.98"),
        Relation("r2", "SUM001", "held", (Role("c1", "whole"),)),
        Relation("r3", "SHR001", "undecidable", (Role("c3", "rate"),), reason="no whole"),
    )
    start = TEXT.index(SENTENCE)
    finding = Finding(
        id="f1",
        rule="CHG001",
        family="change",
        certainty="certain",
        message="增长率与增减额不符。",
        message_en="The rate does not fit the change.",
        start=start,
        end=start + len(SENTENCE),
        quote=SENTENCE,
        claims=("c1", "c2", "c3"),
        relation="r1",
        stated="30.00%",
        expected="25.00%",
        suspects=(Suspect("c3", "25.00", "one digit"),),
    )
    at = TEXT.index("7。")
    other = OtherFigure(at, at + 1, "7", "", "unexplained", "本年收到感谢信7。")
    document = Document(
        "d1", "sample.txt", TEXT, title="某某局2024年度部门决算", fiscal_year=2024, reader="text"
    )
    return Report(document, claims, (other,), (), relations, (finding,))


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Debian's Chromium without a window; its tests are in one xdist group, so that one runs at a time."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright (the extra dev)")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("needs Chromium: sh scripts/install_browser.sh")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()
