"""Sentences → claims, in reading order: each figure is bound to what the words around it assert."""

from collections.abc import Callable, Container, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache, lru_cache
from itertools import takewhile

from hedui import intervals
from hedui.claims import agreement, remarks, respective
from hedui.claims.assertions import BUDGETS, Assertion, assertion, compared_with
from hedui.claims.binding import Bound, bind, kind_of, no_claim
from hedui.claims.discourse import Bracket, Discourse, Quantity, Scope
from hedui.claims.items import among_projects, in_class, item_of, metric_of_item, project_label, told_above
from hedui.claims.lexing import Token, lex
from hedui.claims.subjects import ADDED, Found, clause_start, find_subject, heading_quantity, named, words_of
from hedui.figures import counted, scan
from hedui.lexicon import metrics, paired
from hedui.lines import line_rules
from hedui.model import Claim, Document, Figure, OtherFigure, Remark
from hedui.patterns import Pattern
from hedui.reading.triage import TWO_YEARS
from hedui.segmentation.sections import speaks_of
from hedui.segmentation.sentences import Sentence
from hedui.values import dataclass

OPENING = ("moment", "period", "light", "comma", "text", "absent")  # types that may stand before a topic
AS_OF = "as_of"  # label of the words before the date at which things are counted
ITEMS = ("function_item", "economic_item")
PREFIX = 20  # characters: a longer run of unknown words before a name is a statement of its own


class Reader:
    """Reads the sentences of one document in order."""

    def __init__(self, document: Document, patterns: Sequence[Pattern]) -> None:
        self.document = document
        self.patterns = tuple(p for p in patterns if not p.makes)
        self.makers = tuple(p for p in patterns if p.makes)
        self.discourse = Discourse(document.fiscal_year)
        self.discourse.tiers = document.kind in TWO_YEARS
        self.discourse.publisher = document.publisher or ""
        self.discourse.planned = document.kind == "department_budget"
        self.running: Discourse | None = None  # that of the text, while a cell of a table is read
        self.claims: list[Claim] = []
        self.others: list[OtherFigure] = []
        self.remarks: list[Remark] = []
        self.tabled: Mapping[str, Set[str]] = {}
        self.named: set[str] = set()  # the names of items in the text before the glossary
        self.words = ""  # of the sentence being read, shared by all its claims
        self.misnamed: set[tuple[str, str]] = set()
        self.open: set[int] = set()  # numbers of the claims whose name may mean a wider total
        self.unnamed: set[int] = set()  # numbers of the claims that go on about what was spoken of
        self.rivals: dict[int, Quantity] = {}  # by number of a change: what else it may be a change of

    # -- one sentence --------------------------------------------------------------------------------------------------

    def read(self, sentence: Sentence) -> None:
        """Take in one sentence: what it claims is added, what it speaks of is carried on."""
        self._enter_cell(sentence)
        state = self.discourse
        self.words = self.document.text[sentence.start : sentence.end]
        if sentence.section != state.section:
            self._enter(sentence)
        state.begin(sentence.paragraph, sentence.kind)
        state.resume()
        if sentence.kind == "body" and speaks_of(sentence.view.text, "performance"):
            state.kind = "performance"
        tokens = lex(sentence.view.text, _words, self.makers)
        self.remarks += remarks.names(
            sentence, tokens, state.fiscal_year, self.tabled, self.misnamed, self.named
        )
        bound = bind(tokens, self.patterns)
        told = {
            n: name
            for run, names in respective.distribute(tokens)
            for n, name in zip(run, names, strict=True)
        }
        scope = Scope(state.section_year or state.fiscal_year, state.period, as_of=self._as_of(tokens))
        base, opened, first = scope.year, False, len(self.claims)
        for i, token in enumerate(tokens):
            if token.figure:
                self._figure(sentence, tokens, i, bound.get(i), scope, told.get(i))
                opened = True
            else:
                self._cue(sentence, tokens, i, scope)
            if token.type in ("moment", "period") and token.year and not opened:
                base, opened = scope.year, True  # the first year holds to the end, a later one in its clause
            elif token.type in ("comma", "semicolon"):
                if scope.year == state.fiscal_year:
                    base = scope.year
                scope.year = base
        agreement.attach(self.claims, first, self.rivals)
        agreement.average_changes(self.claims, first, self.unnamed)
        self.claims[first:] = agreement.agree(self.claims[first:])
        self._close_list(tokens, scope, first)

    def _as_of(self, tokens: list[Token]) -> int | None:
        """The year at whose end a sentence without a date counts in a budget: 截至2023年底有车4辆。设备2台。

        Final accounts count at the end of their own year, so another date there is a slip of its sentence alone.
        """
        if not self.discourse.planned:
            return None
        dates = [n for n, t in enumerate(tokens) if t.type in ("moment", "period") and t.year]
        for n in dates:
            before = tokens[n - 1].entry if n else None
            if before and before.label == AS_OF:
                self.discourse.as_of = tokens[n].year
        return None if dates else self.discourse.as_of

    def _enter_cell(self, sentence: Sentence) -> None:
        """What a cell of a table tells stands alone: it goes on from nothing, and nothing goes on from it."""
        if sentence.scope is None:
            self.discourse, self.running = self.running or self.discourse, None
        elif self.running is None or sentence.paragraph != self.discourse.paragraph:
            self.running = self.running or self.discourse
            self.discourse = Discourse(self.discourse.fiscal_year, publisher=self.discourse.publisher)

    def _enter(self, sentence: Sentence) -> None:
        headings = [_heading(title, self.makers) for title in reversed(sentence.section)]
        quantity = next((heading.quantity for heading in headings if not heading.silent), None)
        year = headings[0].year if headings else None
        self.discourse.enter_section(sentence.section, sentence.kind, quantity, year)
        self.discourse.planned = self.document.kind == "department_budget"
        if self.document.kind in TWO_YEARS:
            self._plan(sentence.section, year)

    def _plan(self, section: tuple[str, ...], year: int | None) -> None:
        """Below a heading that announces a budget the figures are planned, and of the year that it names.

        A heading without a year is of the year of the budget that it stands below.
        """
        for title in reversed(section):
            if line_rules().planned.search(title):
                years = {m.year for m in scan(title)[1] if m.year}
                self.discourse.planned = True
                self.discourse.section_year = year or (years.pop() if len(years) == 1 else None)
                if self.discourse.section_year:
                    return

    # -- words that change what is spoken of ---------------------------------------------------------------------------

    def _cue(self, sentence: Sentence, tokens: list[Token], i: int, scope: Scope) -> None:
        token, state = tokens[i], self.discourse
        if token.type == "light" and token.entry and token.entry.scope and not scope.reason:
            scope.level = token.entry.scope
        if token.period and not scope.reason:
            scope.period = state.period = token.period
        match token.type:
            case "moment" | "period" if token.year and not scope.reason:
                scope.year = token.year
            case "comparator":
                scope.comparator = token
                # A second comparison of one kind is of what the reason speaks of; another one leaves the reason.
                again = compared_with(token, scope.year) in state.compared and scope.cause is not None
                if i and tokens[i - 1].type in ("comma", "semicolon", "stop", "close") and not again:
                    scope.reason = False
            case "reason" if not scope.reason:
                scope.reason = True
                self._remark(sentence, tokens, i, scope)
            case "each" if not scope.reason:
                self._both()
            case "semicolon":
                scope.reason = False
            case "list":
                scope.reason = False
                self._open_list(scope)
            case "colon" if i and tokens[i - 1].type not in ("subject", "item") and not scope.reason:
                self._open_list(scope)
            case "open":
                scope.brackets.append(Bracket(state.quantity, scope.head, list(state.recent)))
                scope.head = state.quantity or scope.head
            case "close" if scope.brackets:
                before = scope.brackets.pop()
                state.quantity, scope.head, state.recent = before.quantity, before.head, before.recent
            case "flat" if not scope.reason:
                self._remark(sentence, tokens, i, scope)
            case "order" if not scope.reason and token.entry and token.entry.direction != "open":
                self._remark(sentence, tokens, i, scope)
            case "item" | "subject" if scope.reason:
                scope.cause = named(token, "rate", state) or scope.cause
            case "item" | "subject":
                self._topic(tokens, i)

    def _both(self) -> None:
        """Behind two totals of one amount, what is told of each is told of both together."""
        own = self._own()[:2][::-1]
        if len(own) == 2 and own[0].value == own[1].value and all(c.measure == "amount" for c in own):
            entry = paired().get((own[0].metric, own[1].metric))
            metric = entry.metrics.get("money") if entry else None
            if metric:
                self.discourse.speak(Quantity(metric, f"{own[0].subject}、{own[1].subject}", entry))

    def _open_list(self, scope: Scope) -> None:
        if self.discourse.quantity:
            scope.head = self.discourse.head = self.discourse.quantity
            self.discourse.listed = self.discourse.paragraph
            scope.listed = scope.listed or scope.head

    def _close_list(self, tokens: list[Token], scope: Scope, first: int) -> None:
        """A sentence without a name that follows a list is of the list's head again, not of its last part.

        A sentence that opens with 其中 is a list, though it tells of one part alone.
        """
        state, head = self.discourse, scope.listed
        own = [c for c in self.claims[first:] if c.measure in ("amount", "count")]
        parts = {(c.metric, c.part, c.item) for c in own if head and c.metric != head.metric}
        state.listing = head if len(parts) > 1 or (parts and tokens[0].type == "list") else None

    def _topic(self, tokens: list[Token], i: int) -> None:
        """A name with its level marks, or one that opens a sentence, is what is spoken of from here on."""
        token = tokens[i]
        if token.mention and any(token.mention.levels):
            if len(token.mention.names) > 1:
                self.discourse.parents = token.mention.names[:-1]
            self.discourse.speak(Quantity("function_item", token.text, mention=token.mention))
        elif token.type == "subject" and self._opens(tokens, i):
            topic = heading_quantity([token])
            if topic and topic.metric != "other":
                self.discourse.speak(topic)

    def _opens(self, tokens: list[Token], i: int) -> bool:
        """Whether the subject at `i` opens a sentence that goes on to say something of it."""
        before = tokens[:i]
        if i + 1 == len(tokens) or tokens[i + 1].type == "stop":
            return False
        behind = tokens[i + 1].entry
        if behind and behind.label == "source":
            return False  # the money it is spent from, not what it is spent on
        if any(t.type not in OPENING or len(t.text) >= PREFIX for t in before):
            return False
        return self.discourse.kind in ("body", "attachment") or not any(t.type == "text" for t in before)

    def _remark(self, sentence: Sentence, tokens: list[Token], i: int, scope: Scope) -> None:
        token, state = tokens[i], self.discourse
        if token.type == "reason":
            quantity = state.quantity
        else:
            quantity = find_subject(tokens, i, "rate", state, scope).quantity or state.quantity
        base = remarks.remark(sentence, self.document.text, token, quantity, scope)
        item = item_of(quantity, scope.year, state) if quantity else None
        base = replace(base, item=item, scope=sentence.scope or base.scope)
        if token.type == "flat":
            base = remarks.flat(base, tokens, i)
        elif token.type == "order":
            base = remarks.order(base, token)
        else:
            last = self.claims[-1] if self.claims else None
            versus = compared_with(scope.comparator, scope.year) or (last.versus if last else None)
            if i and (entry := tokens[i - 1].entry) and tokens[i - 1].type == "order":
                versus = entry.versus
            base = remarks.reason(base, tokens, i, quantity, versus, state)
        self.remarks.append(base)

    # -- figures -------------------------------------------------------------------------------------------------------

    def _figure(
        self,
        sentence: Sentence,
        tokens: list[Token],
        i: int,
        bound: Bound | None,
        scope: Scope,
        name: respective.Name | None,
    ) -> None:
        figure = tokens[i].figure
        assert figure is not None
        if reason := no_claim(sentence, tokens, i, bound):
            return self._other(sentence, figure, reason)
        assert bound is not None
        kind = kind_of(figure, bound)
        if name is None:
            found = find_subject(
                tokens, i, kind, self.discourse, scope, bound.match.start, bound.asserted["measure"]
            )
        else:
            found = Found(respective.named(name, kind, self.discourse))
        quantity = in_class(found, self.discourse) if kind == "money" else found.quantity
        if scope.reason and (found.inherited or found.words) and kind in ("vehicles", "sets", "count"):
            quantity = Quantity("other", found.words)  # one of them, which the reason goes on to describe
        if label := project_label(found, tokens, i, self.discourse):
            quantity = Quantity("other", label)
        if quantity and among_projects(quantity, self._own(), self.discourse):
            quantity = Quantity("other", quantity.name)
        if quantity is None:
            spelled = not tokens[i].text[-len(figure.unit) - 1].isdigit()
            if spelled or self._is_activity(figure, found):
                self.discourse.unclaimed = not spelled
                return self._other(sentence, figure, "activity")
            quantity = Quantity("other", found.words)
        said = assertion(bound.asserted, tokens, i, bound.match.start, quantity, scope, self.discourse)
        if scope.as_of and said.measure == "count" and "year" not in bound.asserted:
            said = replace(said, year=scope.as_of)
        if said.year is None and "year" in bound.asserted:
            quantity = replace(quantity, scope="prior_year")  # of the year before one that is not known
        if (
            said.measure == "count"
            and scope.head
            and scope.head.metric == quantity.metric
            and not quantity.part
        ):
            words = words_of(tokens[clause_start(tokens, i) : i])
            quantity = replace(quantity, part=words or None)
        if found.inherited and said.measure in ("amount", "count"):
            quantity = self._sum(tokens, i, said.measure, figure) or quantity
        if found.inherited and said.measure == "change":
            rival = (
                scope.head if scope.head and scope.head.metric != quantity.metric else self.discourse.rival
            )
            if rival:
                self.rivals[len(self.claims)] = rival
        if found.inherited:
            self.unnamed.add(len(self.claims))
        self.claims.append(self._claim(sentence, figure, bound, quantity, said, scope))
        if quantity.entry and quantity.entry.open:
            self.open.add(len(self.claims) - 1)
        self.discourse.above = told_above(self.claims[-1], quantity) or self.discourse.above
        self._carry(tokens, i, bound, quantity, said, scope)
        return None

    def _own(self) -> list[Claim]:
        """The claims of the sentence being read, the last first."""
        return list(takewhile(lambda c: c.sentence is self.words, reversed(self.claims)))

    def _sum(self, tokens: Sequence[Token], i: int, measure: str, figure: Figure) -> Quantity | None:
        """What a bare 合计 is of, behind different things told in its sentence: their whole, if that was spoken of."""
        before = tokens[i - 1].entry if i > 1 and tokens[i - 2].type in ("comma", "semicolon") else None
        told = [c for c in self._own() if c.measure == measure]
        same = {c.metric for c in told if measure == "amount" or c.unit == figure.unit}
        if before is None or before.label != "sum" or len(same) < 2:
            return None
        wholes = {metrics()[metric].whole for metric in same}
        spoken_of = (q for q in self.discourse.recent if wholes == {q.metric})
        return next(spoken_of, Quantity("other", tokens[i - 1].text))

    def _is_activity(self, figure: Figure, found: Found) -> bool:
        """Whether a figure without a known subject tells of work done rather than of the accounts."""
        if self.discourse.kind == "duties" or found.activity:
            return True
        if found.inherited:
            return self.discourse.unclaimed
        return figure.unit in counted().deeds

    def _claim(
        self,
        sentence: Sentence,
        figure: Figure,
        bound: Bound,
        quantity: Quantity,
        said: Assertion,
        scope: Scope,
    ) -> Claim:
        document = self.document
        start, end = sentence.view.span(figure.start, figure.end)
        interval = intervals.printed(figure.value, figure.unit)
        item = item_of(quantity, scope.year, self.discourse) if quantity.metric in ITEMS else None
        return Claim(
            id=f"c{len(self.claims) + 1}",
            document=document.id,
            origin="narrative",
            start=start,
            end=end,
            value=figure.value,
            unit=figure.unit,
            low=intervals.decimal_text(interval.low),
            high=intervals.decimal_text(interval.high),
            metric=metric_of_item(quantity, item),
            measure=said.measure,
            subject=quantity.name,
            page=document.page_at(start),
            box=document.box_of(start, end),
            section=sentence.section,
            sentence=self.words,
            sentence_start=sentence.start,
            amount=intervals.amount_in_yuan(figure.value, figure.unit),
            part=quantity.part,
            item=item,
            basis=said.basis,
            year=said.year,
            period=scope.period,
            versus=said.versus,
            versus_year=said.versus_year,
            versus_basis=said.versus_basis,
            scope=sentence.scope or quantity.scope,
            direction=said.direction,
            approximate=figure.approximate,
            confidence=document.confidence_of(start, end),
            pattern=bound.match.pattern.id,
        )

    def _carry(
        self, tokens: list[Token], i: int, bound: Bound, quantity: Quantity, said: Assertion, scope: Scope
    ) -> None:
        """Note what the figure was about; one in a reason, the whole of a share and averages change nothing."""
        asserted = bound.asserted
        if said.measure == "average":
            self.discourse.fresh = False  # what follows it is of the money again
        if said.measure == "share" and said.versus not in (None, "other") and not scope.reason:
            self.discourse.wholes[quantity.metric] = said.versus or ""
        if scope.reason or "of" in asserted or said.measure == "average":
            return
        if (
            quantity.entry and quantity.entry.label == ADDED
        ):  # what follows is of the budget that it was added to
            start = clause_start(tokens, i)
            if scope.head and start and tokens[start - 1].type == "semicolon":
                self.discourse.speak(scope.head)  # the whole's, behind a list of its parts
            return
        if said.measure == "completion_rate":
            quantity = replace(quantity, basis="final", budgeted=False)  # what was completed is the account
        if said.measure != "amount" or "year" in asserted or asserted.get("basis") == "completion":
            self.discourse.speak(quantity)
            if said.measure in ("change", "change_rate") and said.versus:
                self.discourse.compared.add(said.versus)
            return
        by_name = quantity.entry is not None and quantity.entry.basis is not None
        budgeted = (asserted.get("basis") == "budget" or by_name) and said.basis in BUDGETS
        if budgeted and self._accounted(quantity, scope):
            basis, budgeted = "final", False  # what follows is of the account
        else:
            basis = said.basis or "final"
        self.discourse.speak(replace(quantity, basis=basis, budgeted=budgeted))

    def _accounted(self, quantity: Quantity, scope: Scope) -> bool:
        """Whether this sentence has told the final account of a quantity already."""
        own = self._own()
        wanted = (
            quantity.metric,
            quantity.part,
            item_of(quantity, scope.year, self.discourse),
            scope.year,
            "final",
        )
        return any((c.metric, c.part, c.item, c.year, c.basis) == wanted for c in own)

    def _other(self, sentence: Sentence, figure: Figure, kind: str) -> None:
        start, end = sentence.view.span(figure.start, figure.end)
        self.others.append(OtherFigure(start, end, figure.value, figure.unit, kind, self.words))


@dataclass(frozen=True, slots=True)
class _Heading:
    """What a title announces, and of which year; a `silent` one is of what stands above it: 具体情况."""

    quantity: Quantity | None
    year: int | None
    silent: bool


@lru_cache(maxsize=5_000)
def _heading(title: str, makers: tuple[Pattern, ...]) -> _Heading:
    """A title as it is read. Disclosures share most of theirs."""
    tokens = lex(title, _words, makers)
    year = next((t.year for t in tokens if t.type == "moment" and t.year), None)
    silent = not any(t.type in ("subject", "item") or (t.entry and t.entry.metrics) for t in tokens)
    return _Heading(heading_quantity(tokens), year, silent)


def _words(text: str) -> Container[tuple[int, int]]:
    return _boundaries()(text)


@cache
def _boundaries() -> Callable[[str], Container[tuple[int, int]]]:
    """spaCy and jieba are loaded when the first short cue needs them."""
    from hedui.segmentation.tokens import boundaries

    return boundaries
