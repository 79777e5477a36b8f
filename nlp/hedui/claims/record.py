"""What has been read of a document so far: its claims, other figures and remarks, and what is spoken of by now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from hedui.claims.discourse import Discourse, Quantity
from hedui.model import Claim, Document, OtherFigure, Remark


@dataclass(slots=True)
class Record:
    """Grows sentence by sentence. Claims are named by their place in the list."""

    document: Document
    discourse: Discourse
    claims: list[Claim] = field(default_factory=list)
    others: list[OtherFigure] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    words: str = ""  # of the sentence being read, shared by all its claims
    open: set[int] = field(default_factory=set)  # claims whose name may mean a wider total
    unnamed: set[int] = field(default_factory=set)  # claims that go on about what was spoken of
    shorter: set[int] = field(default_factory=set)  # changes of a total under a shorter name than its own
    rivals: dict[int, Quantity] = field(default_factory=dict)  # by change: what else it may be a change of

    def own(self) -> Sequence[Claim]:
        """The claims of the sentence being read, the last first."""
        return list(takewhile(lambda c: c.sentence is self.words, reversed(self.claims)))
