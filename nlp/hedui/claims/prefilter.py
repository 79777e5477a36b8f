"""Which sentences need no reading: without a figure, and without a word that changes what is spoken of.

A fifth of a disclosure is prose about duties and deeds. What remains to be read says the same without it.
"""

import re

from hedui import lexicon
from hedui.claims.cues import OPENING, STIRRING, TOPICS_IN_PROSE
from hedui.classification import find_items
from hedui.figures import scan

_DIGIT = re.compile(r"\d")  # nearly every sentence that tells something has one


def is_idle(text: str, kind: str) -> bool:
    """Whether a sentence, as the view tells it, in a section of a kind leaves everything as it is.

    Never so where it does not; now and then one that would is read in vain.
    """
    if _DIGIT.search(text) or any(scan(text)) or find_items(text):
        return False
    explains = kind == "glossary"  # where nothing is said but names
    opening, position = True, 0  # whether a topic may still come, and where what is known ends
    for start, end, entry in lexicon.find(text):
        if entry.names_item or (entry.type in STIRRING and not explains):
            return False
        opening = opening and (start == position or kind in TOPICS_IN_PROSE) and not explains
        if opening and entry.type == "subject":
            return False
        opening = opening and (entry.type in OPENING or entry.word)
        position = end
    return True
