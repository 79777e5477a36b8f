"""Document → claims: each figure of the narrative is bound to what the words around it assert."""

from dataclasses import dataclass, replace

from hedui import intervals
from hedui.classification import link
from hedui.discourse import Discourse, Quantity, Scope, metric_of, primary_metric, whole_of
from hedui.lexicon import metrics
from hedui.lexing import Token, lex, types_of
from hedui.model import Claim, Document, Extraction, Figure, Item, OtherFigure, Remark
from hedui.patterns import Match, Pattern, library, matches
from hedui.segmentation import Segmentation, segment
from hedui.segmentation.sections import speaks_of
from hedui.segmentation.sentences import Sentence
from hedui.subjects import Found, clause_start, find_subject, heading_quantity

RATES = ("percent", "points")
BUDGETS = ("initial_budget", "budget")


def extract(document: Document, segmentation: Segmentation | None = None, patterns: tuple[Pattern, ...] | None = None) -> Extraction:
    """The claims, other figures and remarks of a document.

    `patterns` replaces the library, to see what a pattern is worth.
    """
    structure = segmentation or segment(document)
    reader = _Reader(document, patterns if patterns is not None else library())
    for sentence in structure.sentences:
        reader.read(sentence)
    return Extraction(tuple(reader.claims), tuple(reader.others), tuple(reader.remarks))


@dataclass(slots=True)
class _Bound:
    """A figure with the pattern that matched it and the tokens of the match."""

    match: Match
    slot: str


class _Reader:
    """Reads the sentences of one document in order."""

    def __init__(self, document: Document, patterns: tuple[Pattern, ...]) -> None:
        self.document = document
        self.patterns = tuple(p for p in patterns if not p.makes)
        self.makers = tuple(p for p in patterns if p.makes)
        self.discourse = Discourse(document.fiscal_year)
        self.claims: list[Claim] = []
        self.others: list[OtherFigure] = []
        self.remarks: list[Remark] = []

    # -- one sentence --------------------------------------------------------------------------------------------------

    def read(self, sentence: Sentence) -> None:
        """Take in one sentence: what it claims is added, what it speaks of is carried on."""
        if sentence.section != self.discourse.section:
            self._enter(sentence)
        self.discourse.begin(sentence.paragraph, sentence.kind)
        if sentence.kind == "body" and speaks_of(sentence.view.text, "performance"):
            self.discourse.kind = "performance"
        tokens = lex(sentence.view.text, _words, self.makers)
        bound = self._bind(tokens)
        first = len(self.claims)
        scope = Scope(self.discourse.section_year or self.discourse.fiscal_year)
        base, opened = scope.year, False
        respectively = distributed(tokens, bound)
        for i, token in enumerate(tokens):
            if token.figure:
                self._figure(sentence, tokens, i, bound.get(i), scope, respectively.get(i))
                opened = True
            else:
                self._cue(sentence, tokens, i, scope)
            if token.type in ("moment", "period") and token.year and not opened:
                base, opened = scope.year, True  # the first year holds to the end, a later one in its clause
            elif token.type in ("comma", "semicolon"):
                if scope.year == self.discourse.fiscal_year:
                    base = scope.year
                scope.year = base
        self.claims[first:] = agree_totals(agree_budgets(self.claims[first:]))

    def _enter(self, sentence: Sentence) -> None:
        heading = lex(sentence.section[-1], _words, self.makers) if sentence.section else []
        year = next((t.year for t in heading if t.type == "moment" and t.year), None)
        self.discourse.enter_section(sentence.section, sentence.kind, heading_quantity(heading, sentence.section), year)

    def _bind(self, tokens: list[Token]) -> dict[int, _Bound]:
        """The first pattern of the library that matches each figure."""
        out: dict[int, _Bound] = {}
        if any(t.figure for t in tokens):
            for match in matches(types_of(tokens), self.patterns):
                for slot, position in match.slots:
                    if slot in match.pattern.asserts:
                        out.setdefault(position, _Bound(match, slot))
        return out

    # -- words that change what is spoken of ----------------------------------------------------------------------------

    def _cue(self, sentence: Sentence, tokens: list[Token], i: int, scope: Scope) -> None:
        token, state = tokens[i], self.discourse
        if token.type in ("moment", "period") and token.year and not scope.reason:
            scope.year = token.year
        elif token.type == "comparator":
            scope.comparator = token
            if i and tokens[i - 1].type in ("comma", "semicolon", "stop", "close"):
                scope.reason = False
        elif token.type == "reason":
            scope.reason = True
        elif token.type == "semicolon":
            scope.reason = False
        elif token.type == "list" or (token.type == "colon" and i and tokens[i - 1].type not in ("subject", "item")):
            if token.type == "list":
                scope.reason = False
            if state.quantity and not scope.reason:
                scope.head = state.head = state.quantity
        elif token.type == "open":
            scope.brackets.append((state.quantity, scope.head))
            scope.head = state.quantity or scope.head
        elif token.type == "close" and scope.brackets:
            state.quantity, scope.head = scope.brackets.pop()
        elif token.type in ("flat", "order"):
            self._remark(sentence, tokens, i, scope)
        elif token.type in ("item", "subject") and not scope.reason:
            self._topic(tokens, i)

    def _topic(self, tokens: list[Token], i: int) -> None:
        """A name with its level marks, or one that opens a sentence, is what is spoken of from here on."""
        token = tokens[i]
        if token.mention and any(token.mention.levels):
            self.discourse.speak(Quantity("function_item", token.text, mention=token.mention))
        elif token.type == "subject" and self._opens(tokens, i):
            topic = heading_quantity([token], ())
            if topic and topic.metric != "other":
                self.discourse.speak(topic)

    def _remark(self, sentence: Sentence, tokens: list[Token], i: int, scope: Scope) -> None:
        token = tokens[i]
        quantity = find_subject(tokens, i, "rate", self.discourse, scope).quantity or self.discourse.quantity
        if scope.reason and token.type == "flat":
            return
        versus = None
        if token.type == "flat":
            before = [t for t in tokens[:i] if t.type == "comparator"]
            versus = before[-1].versus if before else "prior_year"
        direction = token.entry.direction if token.entry else None
        start, end = sentence.view.span(token.start, token.end)
        self.remarks.append(
            Remark(
                start,
                end,
                "flat" if token.type == "flat" else "budget_order",
                "flat" if token.type == "flat" else direction,
                quantity.metric if quantity else None,
                quantity.part if quantity else None,
                self._item(quantity, scope) if quantity else None,
                scope.year,
                versus,
                quantity.scope if quantity else None,
                sentence.section,
                self.document.text[sentence.start : sentence.end],
                sentence.start,
            )
        )

    def _opens(self, tokens: list[Token], i: int) -> bool:
        """Whether the subject at `i` opens a sentence that goes on to say something of it."""
        before = all(t.type in ("moment", "period", "light", "comma", "text", "absent") and len(t.text) < 20 for t in tokens[:i])
        plain = self.discourse.kind in ("body", "attachment") or not any(t.type == "text" for t in tokens[:i])
        return before and plain and i + 1 < len(tokens) and tokens[i + 1].type != "stop"

    # -- figures -------------------------------------------------------------------------------------------------------

    def _figure(
        self, sentence: Sentence, tokens: list[Token], i: int, bound: _Bound | None, scope: Scope, subject: Token | str | None
    ) -> None:
        figure = tokens[i].figure
        assert figure is not None
        if sentence.kind == "glossary":
            return self._other(sentence, figure, "glossary")
        if figure.kind == "time":
            return self._other(sentence, figure, "date")
        if not bound:
            return self._other(sentence, figure, "unexplained")
        asserts = bound.match.pattern.asserts[bound.slot]
        if "other" in asserts:
            return self._other(sentence, figure, asserts["other"])
        if figure.kind == "bare" and asserts["measure"] in ("amount", "rate"):
            # A number without a unit is an amount only beside one that has it, or behind a cue.
            after = next((t.figure for t in tokens[i + 1 : i + 5] if t.figure), None)
            if (not after or after.kind != "money") and bound.match.start == i:
                return self._other(sentence, figure, "unexplained")
        kind = "rate" if figure.kind in RATES or (figure.kind == "bare" and bound.slot == "rate") else figure.kind
        kind = "money" if kind == "bare" else kind
        if subject is None:
            found = find_subject(tokens, i, kind, self.discourse, scope, bound.match.start, asserts["measure"])
        else:
            found = Found(told_respectively(subject, kind, self.discourse))
        if found.quantity is None:
            spelled = not tokens[i].text[-len(figure.unit) - 1].isdigit()
            if self._is_activity(figure, found) or spelled:
                self.discourse.unclaimed = not spelled
                return self._other(sentence, figure, "activity")
            found = replace(found, quantity=Quantity("other", found.words))
        quantity = found.quantity
        assert quantity is not None
        self._claim(sentence, tokens, i, bound, asserts, quantity, scope)
        return None

    def _is_activity(self, figure: Figure, found: Found) -> bool:
        """Whether a figure without a known subject tells of work done rather than of the accounts."""
        if self.discourse.kind == "duties" or found.activity:
            return True
        if found.inherited:
            return self.discourse.unclaimed
        # What is done is counted in 次, 件, 条 …; bodies, offices and people in 个, 家, 名.
        return figure.unit == "人次" or (figure.kind in ("count", "batches") and figure.unit not in ("个", "项", "家", "所"))

    def _claim(
        self, sentence: Sentence, tokens: list[Token], i: int, bound: _Bound, asserts: "dict[str, str] | object", quantity: Quantity, scope: Scope
    ) -> None:
        figure = tokens[i].figure
        assert figure is not None
        asserted: dict[str, str] = dict(asserts)  # type: ignore[call-overload]
        span = tokens[bound.match.start : i]
        measure = asserted["measure"]
        if figure.kind == "points" and measure == "change_rate":
            measure = "change"
        if quantity.entry and quantity.entry.measure and measure == "amount":
            measure = quantity.entry.measure
        comparator = next((t for t in reversed(span) if t.type == "comparator"), None) or scope.comparator
        cue = next((t for t in reversed(span) if t.type in ("direction", "completion", "budget", "final")), None)
        if cue is None:
            cue = next((t for t in reversed(tokens[clause_start(tokens, i) : i]) if t.type == "final"), None)
        year, versus, versus_year, versus_basis, direction, basis = scope.year, None, None, None, None, None
        if measure in ("change", "change_rate"):
            turn = next((t for t in reversed(span) if t.type in ("direction", "order")), None)
            if turn and turn.entry:
                direction = turn.entry.direction if turn.entry.direction != "open" else None
                versus = turn.entry.versus
            versus = versus or _versus(comparator, year) or "prior_year"
            if versus == "prior_year":
                versus_basis = (comparator.versus_basis if comparator else None) or quantity.basis
                versus_year = (comparator.year if comparator else None) or (year - 1 if year else None)
        elif measure == "completion_rate":
            versus = cue.entry.versus if cue and cue.entry else "budget"
        elif measure == "share":
            versus = self._whole(span, quantity, scope)
        elif measure in ("amount", "count"):
            if cue and cue.type == "budget" and any(t.figure for t in span if t.start > cue.start):
                cue = None  # the budget word before another amount was that one's
            basis = self._basis(asserted, cue, comparator, quantity, scope)
            if asserted.get("year") == "prior" or (asserted.get("year") == "versus" and _versus(comparator, year) == "prior_year"):
                year = (comparator.year if comparator and asserted["year"] == "versus" else None) or (year - 1 if year else None)
        start, end = sentence.view.span(figure.start, figure.end)
        interval = intervals.printed(figure.value, figure.unit)
        text = self.document.text
        self.claims.append(
            Claim(
                id=f"c{len(self.claims) + 1}",
                document=self.document.id,
                origin="narrative",
                start=start,
                end=end,
                value=figure.value,
                unit=figure.unit,
                low=intervals.decimal_text(interval.low),
                high=intervals.decimal_text(interval.high),
                metric=quantity.metric,
                measure=measure,
                subject=quantity.name,
                page=next((p.number for p in self.document.pages if p.start <= start < p.end), None),
                section=sentence.section,
                sentence=text[sentence.start : sentence.end],
                sentence_start=sentence.start,
                amount=intervals.amount_in_yuan(figure.value, figure.unit),
                part=quantity.part,
                item=self._item(quantity, scope),
                basis=basis,
                year=year,
                versus=versus,
                versus_year=versus_year,
                versus_basis=versus_basis,
                scope=quantity.scope,
                direction=direction,
                approximate=figure.approximate,
                pattern=bound.match.pattern.id,
            )
        )
        if not scope.reason and asserted.get("of") is None:
            own = asserted.get("year") is None
            told = basis if own and asserted.get("basis") != "completion" else None
            budgeted = quantity.budgeted
            if measure == "amount":
                by_name = quantity.entry.basis if quantity.entry else None
                budgeted = (asserted.get("basis") == "budget" or by_name is not None) and basis in BUDGETS
            self.discourse.speak(replace(quantity, basis=told or quantity.basis, budgeted=budgeted))

    def _basis(self, asserted: dict[str, str], cue: Token | None, comparator: Token | None, quantity: Quantity, scope: Scope) -> str | None:
        if asserted.get("year") == "versus" and comparator:
            return comparator.versus_basis or quantity.basis
        if asserted["measure"] == "count":
            return None
        if asserted.get("basis") == "completion" and cue and cue.entry:
            return cue.entry.versus or "budget"
        if asserted.get("basis") == "budget":
            return (cue.entry.basis if cue and cue.type == "budget" and cue.entry else None) or "budget"
        if "basis" in asserted and asserted["basis"] != "completion":
            return asserted["basis"]
        if cue and cue.type == "final":
            return "final"
        own = (quantity.entry.basis if quantity.entry else None) or metrics()[quantity.metric].basis
        if own:
            return own
        if scope.head and scope.head.budgeted:
            return scope.head.basis
        return "final"

    def _whole(self, span: list[Token], quantity: Quantity, scope: Scope) -> str:
        """The metric of the whole that the words of a share name, or that its place implies."""
        share = max((n for n, t in enumerate(span) if t.type == "share"), default=len(span))
        named = span[share + 1 :]
        for token in named:
            if token.type == "subject" and token.entry:
                return primary_metric(token.entry, self.discourse.recent) or "other"
        if any(t.type in ("text", "activity", "item", "budget") for t in named):
            return "other"
        return whole_of(quantity, scope.head or self.discourse.head)

    def _item(self, quantity: Quantity, scope: Scope) -> Item | None:
        if quantity.mention is None:
            return None
        return link(quantity.mention.names, quantity.mention.codes, scope.year, quantity.mention.levels if any(quantity.mention.levels) else None)

    def _other(self, sentence: Sentence, figure: Figure, kind: str) -> None:
        start, end = sentence.view.span(figure.start, figure.end)
        text = self.document.text[sentence.start : sentence.end]
        self.others.append(OtherFigure(start, end, figure.value, figure.unit, kind, text))


def _versus(comparator: Token | None, year: int | None) -> str | None:
    """What a comparator compares with: an earlier year's budget is the prior year, too."""
    if comparator is None:
        return None
    if comparator.year and year and comparator.year < year:
        return "prior_year"
    return comparator.versus


def distributed(tokens: list[Token], bound: "dict[int, _Bound]") -> dict[int, Token | str]:
    """The subjects of figures told respectively: 会议费、培训费分别为2万元、3万元, or 收、支总计各是5，4万元.

    As many figures of one kind in a row as subjects before them; a pair of totals is told by one name.
    """
    out: dict[int, Token | str] = {}
    subjects: list[Token] = []
    for i, token in enumerate(tokens):
        if token.type == "subject":
            joined = subjects and all(t.type in ("pause", "and", "light", "text") and len(t.text) < 3 for t in tokens[tokens.index(subjects[-1]) + 1 : i])
            subjects = [*subjects, token] if joined else [token]
        if token.type not in ("respectively", "each"):
            continue
        run: list[int] = []
        for n in range(i + 1, len(tokens)):
            if tokens[n].figure and (not run or n - run[-1] <= 3):
                run.append(n)
            elif run and (n - run[-1] > 2 or tokens[n].type not in ("pause", "and", "comma", "light")):
                break
            elif not run and tokens[n].type in ("comma", "stop", "semicolon"):
                break
        if len(run) < 2:
            continue
        pair = subjects[-1].entry.pair if subjects and subjects[-1].entry else ()
        names: list[Token | str] = list(subjects) if len(subjects) == len(run) else list(pair) if len(pair) == len(run) else []
        for n, name in zip(run, names, strict=False):
            out[n] = name
            if n != run[0] and run[0] in bound:  # what the first figure asserts, the others do
                bound[n] = bound[run[0]]
    return out


def told_respectively(subject: "Token | str", kind: str, state: Discourse) -> Quantity | None:
    """The quantity of one of several figures told respectively."""
    if isinstance(subject, str):
        return Quantity(subject, "")
    assert subject.entry is not None
    metric = primary_metric(subject.entry, state.recent) if kind == "rate" else metric_of(subject.entry, kind, state.recent)
    return Quantity(metric, subject.text, subject.entry, subject.mention) if metric else None


def agree_totals(claims: list[Claim]) -> list[Claim]:
    """A total that is told together with a smaller one of the same name, of which it consists in part, holds balances."""
    out = list(claims)
    for n, claim in enumerate(claims):
        wider = WIDER.get(claim.metric)
        later = [c for c in claims[n + 1 :] if c.metric == claim.metric and c.measure == claim.measure == "amount"]
        if wider and any(c.year == claim.year and c.basis == claim.basis and c.value != claim.value for c in later):
            out[n] = replace(claim, metric=wider)
    return out


# The totals with balances that 总收入 and 总支出 mean where the year's own stands beside them.
WIDER = {"income_this_year": "total_income", "expenditure_this_year": "total_expenditure"}


def agree_budgets(claims: list[Claim]) -> list[Claim]:
    """In a sentence that measures a quantity against its initial budget, a bare 预算数 of it is that budget."""
    initial = {c.metric for c in claims if c.versus == "initial_budget"} - {c.metric for c in claims if c.versus == "budget"}
    return [replace(c, basis="initial_budget") if c.basis == "budget" and c.metric in initial else c for c in claims]


def _words(text: str) -> frozenset[tuple[int, int]]:
    from hedui.segmentation.tokens import boundaries

    return boundaries(text)
