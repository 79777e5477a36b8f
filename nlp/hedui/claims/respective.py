"""Figures told respectively: 会议费、培训费分别为2万元、3万元, or 收、支总计各是5，4万元."""

from collections.abc import Sequence
from itertools import pairwise

from hedui.claims.discourse import Discourse, Quantity, metric_of, primary_metric
from hedui.claims.lexing import Token
from hedui.lexicon import metrics

JOINTS = ("pause", "and", "light")  # between the names of a row
SEPARATORS = (*JOINTS, "comma")  # between its figures
TOLD = ("respectively", "each")  # what makes a row of names one of figures
APARTS = ("comma", "semicolon", "stop", "moment", "period")  # before the first name of a row
BETWEEN = (*TOLD, "comparator", "direction", "share")  # between the amounts and what is told of each
APART = 3  # tokens: two figures of a row are no further apart

Name = Token | str
Row = tuple[list[int], list[Name]]
"""Figures told one after another, by their places in the sentence, and the name of each."""


def distribute(tokens: Sequence[Token]) -> list[Row]:
    """The rows of figures that are told respectively: as many names as figures, or a pair of totals."""
    out: list[Row] = []
    if {token.type for token in tokens}.isdisjoint(TOLD):
        return out
    names: list[int] = []
    for i, token in enumerate(tokens):
        if token.type == "subject" or _is_flow(tokens, i):
            joined = names and all(t.type in JOINTS or len(t.text) < 2 for t in tokens[names[-1] + 1 : i])
            names = [*names, i] if joined else [i]
        elif token.type in TOLD and names:
            run = _run(tokens, i + 1)
            entry = tokens[names[-1]].entry
            pair = entry.pair if entry else ()
            if len(run) > 1 and len(run) == len(names):
                out.append((run, [tokens[n] for n in names]))
            elif len(run) > 1 and len(run) == len(pair):
                out.append((run, list(pair)))
            elif len(run) > 1:
                told = _told(tokens, i, len(run))
                if len(told) == len(run):
                    out.append((run, [tokens[n] for n in told]))
    return out


def _is_flow(tokens: Sequence[Token], i: int) -> bool:
    """Whether a bare 收入 or 支出 stands for itself in a row: 收入、支出分别增加2万元、3万元."""
    token, before = tokens[i], tokens[i - 1].type if i else "comma"
    bare = token.type == "light" and token.entry is not None and "money" in token.entry.metrics
    return bare and (before in JOINTS or before in APARTS) and tokens[max(i - 2, 0)].type != "subject"


def _told(tokens: Sequence[Token], i: int, count: int) -> list[int]:
    """The names of as many amounts told one after another before a token: 货物70万元、工程20万元，分别占70%、20%."""
    names: list[int] = []
    n = i - 1
    while n >= 0 and len(names) < count:
        if tokens[n].type == "subject" and n + 1 < i and _amount_behind(tokens, n, i):
            names.insert(0, n)
        elif not tokens[n].figure and tokens[n].type not in (*SEPARATORS, *BETWEEN):
            break
        n -= 1
    return names


def _amount_behind(tokens: Sequence[Token], name: int, end: int) -> bool:
    """Whether an amount follows a name with nothing but light words between."""
    behind = next((t for t in tokens[name + 1 : end] if t.type != "light"), None)
    return behind is not None and behind.type == "money"


def _run(tokens: Sequence[Token], start: int) -> list[int]:
    """The figures that follow one another from here on, with nothing but separators between."""
    first = next((n for n in range(start, len(tokens)) if tokens[n].figure), None)
    if first is None or any(t.type in ("comma", "semicolon", "stop") for t in tokens[start:first]):
        return []
    figures = [n for n in range(first, len(tokens)) if tokens[n].figure]
    run = [first]
    for last, following in pairwise(figures):
        between = tokens[last + 1 : following]
        if following - last > APART or not all(t.type in SEPARATORS for t in between):
            break
        run.append(following)
    return run


def named(name: Name, kind: str, state: Discourse) -> Quantity | None:
    """The quantity of one figure of a row."""
    if isinstance(name, str):
        return Quantity(name, "")
    assert name.entry is not None
    metric = (
        primary_metric(name.entry, state.recent)
        if kind == "rate"
        else metric_of(name.entry, kind, state.recent)
    )
    if metric and name.type == "light":  # the total that was told last, with the balances or without
        same = (metric, metrics()[metric].wider)
        metric = next((q.metric for q in state.recent if q.metric in same), metric)
    return Quantity(metric, name.text, name.entry, name.mention) if metric else None
