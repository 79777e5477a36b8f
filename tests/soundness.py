"""What holds of every report, whatever the document."""

import re
from decimal import Decimal
from itertools import pairwise

from hedui.figures import scan
from hedui.lexicon import metrics
from hedui.model import Claim, OtherFigure, Report
from hedui.segmentation import segment
from hedui.segmentation.view import view


def sound(report: Report) -> None:
    """What holds of every report: offsets select the figure, no figure stands twice, none is lost."""
    text = report.document.text
    parts: list[Claim | OtherFigure] = [*report.claims, *report.others]
    spans = sorted((part.start, part.end) for part in parts)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    for part in parts:
        printed = seen(text[part.start : part.end]).replace(" ", "")  # a torn number has no blank of its own
        in_table = isinstance(part, Claim) and part.origin == "table"  # its unit stands in the table's head
        assert in_table or printed.endswith(part.unit) or part.unit == "%"
        assert printed.startswith(part.value) or not re.search(r"\d", printed)  # spelled in Chinese numerals
    for claim in report.claims:
        end = claim.sentence_start + len(claim.sentence)
        assert text[claim.sentence_start : end] == claim.sentence
        assert claim.sentence_start <= claim.start < claim.end <= end
        assert (claim.page is not None) == bool(report.document.pages)
        consistent(claim)
    for sentence in segment(report.document).sentences:
        figures, _ = scan(sentence.view.text)
        lost = {sentence.view.span(f.start, f.end) for f in figures if f.unit} - set(spans)
        assert not {text[start:end] for start, end in lost if not in_item(text, start)}


def consistent(claim: Claim) -> None:
    """What the fields of every claim owe one another, whatever they say."""
    changes = {"change", "change_rate"}
    compared = claim.measure in {*changes, "completion_rate", "share"}
    assert (claim.basis is not None) == (claim.measure == "amount"), claim
    assert claim.direction is None or claim.measure in changes, claim
    assert (claim.versus is not None) == compared, claim
    assert (claim.versus_year is not None) <= (claim.versus == "prior_year"), claim
    assert claim.metric in metrics(), claim
    # A table crosses items with columns: the basic expenditure of one item, say.
    crossed = claim.origin == "table" or claim.metric in {"function_item", "economic_item"}
    assert (claim.item is not None) <= crossed, claim
    value = Decimal(claim.value.replace(",", "").replace("，", ""))
    middle = value if claim.amount is None else Decimal(claim.amount)
    assert Decimal(claim.low) <= middle <= Decimal(claim.high), claim


def in_item(text: str, start: int) -> bool:
    """Whether a number is part of a classification item's code or name, which no figure is."""
    return bool(re.match(r"\d+[^\d。，；]{0,30}[（(]?[类款项]", text[start : start + 40]))


def seen(text: str) -> str:
    """A text as the patterns see it."""
    return view(text, [(0, len(text))]).text
