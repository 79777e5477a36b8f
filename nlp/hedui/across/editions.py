"""Two editions of one disclosure whose figures differ: one note that tells how many, and shows the first."""

from hedui.across.duplicates import Twins
from hedui.relations.candidate import Candidate
from hedui.relations.judging import Verdict, judge

EDITIONS = "XDC008"


def edition(again: Twins) -> Verdict:
    """The relation that the two state the same, failed by the first of their differences."""
    before, now = again.differences[0]
    return judge(
        Candidate(
            EDITIONS,
            (("now", now.amount), ("before", before.amount)),
            now.focus,
            now.read,
            before.read,
            now.amount.claim.unit,
            note=True,
            fields={"count": str(len(again.differences))},
        )
    )
