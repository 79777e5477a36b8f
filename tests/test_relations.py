"""Relations on real disclosures, read through their hand-made truth: what ought to fail does."""

from pathlib import Path

import pytest

from goldclaims import extraction
from hedui.checking import check
from hedui.model import Finding
from hedui.relations.identities import identities

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
DOCUMENTS = {
    "anju-2023-final": {"CHG001": 1, "SUM004": 1, "SUM005": 1},
    "jinkouhe-2023-final": {"UNT001": 2, "SUM001": 2, "REP001": 1, "REP002": 1, "CHG001": 2, "SUM003": 1},
    "leshan-shizhong-2022-performance": {},
    "leshan-shizhong-2024-final": {"CMP002": 1, "REP001": 1, "REP003": 1},
    "tongnan-2024-final": {"CNT001": 1},
}


def findings(name: str) -> tuple[Finding, ...]:
    if not (SHARED / "gold").is_dir():
        pytest.skip("the real disclosures are not here: no folder `shared` beside the checkout")
    document, claims = extraction(name, SHARED / "gold", SHARED / "corpus", SHARED / "vocabulary")
    return check(document, claims)[1]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_certain_in_real_disclosures(name: str) -> None:
    counted: dict[str, int] = {}
    for finding in findings(name):
        if finding.certainty == "certain":
            counted[finding.rule] = counted.get(finding.rule, 0) + 1
    assert counted == DOCUMENTS[name]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_findings_are_well_formed(name: str) -> None:
    for finding in findings(name):
        assert finding.message
        assert finding.message_en
        assert "{" not in finding.message
        assert 0 < len(finding.quote) <= 120
        assert finding.end - finding.start == len(finding.quote)


def test_identities_name_every_metric_once() -> None:
    known = identities()
    totals = [s.total for s in known.sums]
    assert len(totals) == len(set(totals))
    assert all(s.optional <= set(s.parts) for s in known.sums)
