"""Sentences → claims, in reading order: each figure is bound to what the words around it assert."""

from collections.abc import Mapping, Sequence, Set

from hedui.claims import agreement, claiming, cues, headings, remarks, respective
from hedui.claims.binding import bind
from hedui.claims.discourse import Discourse, Scope
from hedui.claims.lexing import Token, lex
from hedui.claims.prefilter import is_idle
from hedui.claims.record import Record
from hedui.model import Document
from hedui.patterns import Pattern
from hedui.reading.triage import TWO_YEARS
from hedui.segmentation.sections import speaks_of
from hedui.segmentation.sentences import Sentence

AS_OF = "as_of"  # label of the words before the date at which things are counted


class Reader:
    """Reads the sentences of one document in order; what it has read is in `record`."""

    def __init__(
        self, document: Document, patterns: Sequence[Pattern], tabled: Mapping[str, Set[str]]
    ) -> None:
        """`tabled` holds the names of items in the document's tables."""
        discourse = Discourse(document.fiscal_year, publisher=document.publisher or "")
        discourse.tiers = document.kind in TWO_YEARS
        discourse.planned = document.kind == "department_budget"
        self.record = Record(document, discourse)
        self.patterns = tuple(p for p in patterns if not p.makes)
        self.makers = tuple(p for p in patterns if p.makes)
        self.running: Discourse | None = None  # that of the text, while a cell of a table is read
        self.tabled = tabled
        self.named: set[str] = set()  # the names of items in the text before the glossary
        self.misnamed: set[tuple[str, str]] = set()

    def read(self, sentence: Sentence) -> None:
        """Take in one sentence: what it claims is added, what it speaks of is carried on."""
        self._enter_cell(sentence)
        record = self.record
        state = record.discourse
        record.words = record.document.text[sentence.start : sentence.end]
        if sentence.section != state.section:
            headings.enter(sentence, state, record.document, self.makers)
        state.begin(sentence.paragraph, sentence.kind)
        state.resume()
        if sentence.kind == "body" and speaks_of(sentence.view.text, "performance"):
            state.kind = "performance"
        if state.kind == "performance" and state.quantity is None and sentence.section:
            state.quantity = headings.heading(sentence.section[-1], self.makers).project
        text = sentence.view.text
        tokens = [] if is_idle(text, state.kind) else lex(text, headings.words, self.makers)
        record.remarks += remarks.names(
            sentence, tokens, state.fiscal_year, self.tabled, self.misnamed, self.named
        )
        rows = respective.distribute(tokens)
        bound = bind(tokens, self.patterns, rows)
        told = {n: name for run, names in rows for n, name in zip(run, names, strict=True)}
        scope = Scope(state.section_year or state.fiscal_year, state.period, as_of=self._as_of(tokens))
        base, opened, first = scope.year, False, len(record.claims)
        for i, token in enumerate(tokens):
            if token.figure:
                claiming.take(record, sentence, tokens, i, bound.get(i), scope, told.get(i))
                opened = True
            else:
                cues.follow(record, sentence, tokens, i, scope)
            if token.type in ("moment", "period") and token.year and not opened:
                base, opened = scope.year, True  # the first year holds to the end, a later one in its clause
            elif token.type in ("comma", "semicolon"):
                if scope.year == state.fiscal_year:
                    base = scope.year
                scope.year = base
        agreement.attach(record.claims, first, record.rivals, record.shorter)
        agreement.average_changes(record.claims, first, record.unnamed)
        record.claims[first:] = agreement.agree(record.claims[first:])
        cues.close_list(record, tokens, scope, first)

    def _as_of(self, tokens: list[Token]) -> int | None:
        """The year at whose end a sentence without a date counts in a budget: 截至2023年底有车4辆。设备2台。

        Final accounts count at the end of their own year, so another date there is a slip of its sentence alone.
        """
        if not self.record.discourse.planned:
            return None
        dates = [n for n, t in enumerate(tokens) if t.type in ("moment", "period") and t.year]
        for n in dates:
            before = tokens[n - 1].entry if n else None
            if before and before.label == AS_OF:
                self.record.discourse.as_of = tokens[n].year
        return None if dates else self.record.discourse.as_of

    def _enter_cell(self, sentence: Sentence) -> None:
        """What a cell of a table tells stands alone: it goes on from nothing, and nothing goes on from it."""
        if sentence.scope is None:
            self.record.discourse, self.running = self.running or self.record.discourse, None
        elif self.running is None or sentence.paragraph != self.record.discourse.paragraph:
            self.running = self.running or self.record.discourse
            self.record.discourse = Discourse(
                self.record.discourse.fiscal_year, publisher=self.record.discourse.publisher
            )
