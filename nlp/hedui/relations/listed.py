"""Where the parts of a total are listed: in the sentence behind it, or in numbered lines."""

import regex

from hedui.relations.ledger import Ledger, Value

NEAR = 120  # characters from a total to the first part of a list in the sentence behind it
OPENING = regex.compile(r"[^\n\d]{0,12}[:：]\s*\n\s*")  # from a total to the lines of its parts
NUMBERED = regex.compile(r"\s*[（(]?(\d)[)）.、．]")
LINES = 9  # parts of a total


def list_behind(ledger: Ledger, total: Value) -> int | None:
    """Where the next sentence with figures begins, if it is near and nothing but the total is told before it."""
    claim = total.claim
    later = [v.claim for v in ledger.sections[claim.section] if v.claim.start > claim.start]
    other = next((c for c in later if c.metric != claim.metric), None)
    if other is None or other.sentence_start == claim.sentence_start or other.start - claim.end > NEAR:
        return None
    return other.sentence_start


def numbered_lines(text: str, end: int) -> list[range]:
    """Where the numbered lines stand that a total opens with a colon: 收入总计90万元。包括：1.…2.…"""
    opening = OPENING.match(text, end)
    lines: list[range] = []
    start = opening.end() if opening else len(text)
    while start < len(text) and len(lines) < LINES:
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        number = NUMBERED.match(text, start)
        if number is None or int(number[1]) != len(lines) + 1:
            break
        lines.append(range(start, stop))
        start = stop + 1
    return lines
