"""Gold figures and claims: aligned in order by value, unit and the words before them, and compared field by field."""

import re
from collections.abc import Sequence
from typing import Any

from evaluation.outcome import Outcome, Record, squeeze

FIELDS = ("metric", "item", "measure", "basis", "year", "versus", "direction")
WORDS = 12  # characters before a figure that tell one from another of the same value
KNOWN_BY_WORDS = 1.3  # likeness from which a figure noted out of order is taken for the same


def key(record: Record) -> tuple[str, str]:
    """Value and unit in one writing."""
    value = re.sub(r"[,，\s]", "", str(record["value"]))
    value = value.rstrip("0").rstrip(".") if "." in value else value
    unit = record["unit"] or ""
    return value, {"％": "%", "万": "万元", "个百分点": "百分点"}.get(unit, unit)


def words_before(claim: Record) -> str:
    """The last words before a claim's figure in its sentence."""
    sentence, start = claim.get("sentence"), claim.get("sentence_start")
    return squeeze(sentence[: claim["start"] - start])[-WORDS:] if sentence and start is not None else ""


def likeness(first: str, second: str) -> float:
    """1 and the part of the words that agree, counted from the figure backwards."""
    length = 0
    while length < min(len(first), len(second)) and first[-1 - length] == second[-1 - length]:
        length += 1
    return 1 + length / WORDS


def align(gold: Sequence[Record], claims: Sequence[Record]) -> dict[int, Record]:
    """The claim of each gold figure, by number: the alignment in order that agrees most, then by words."""
    left = [(key(g), squeeze(g.get("left"))[-WORDS:]) for g in gold]
    right = [(key(c), words_before(c)) for c in claims]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i, (figure, words) in enumerate(left, 1):
        for j, (other, own) in enumerate(right, 1):
            best[i][j] = max(best[i - 1][j], best[i][j - 1])
            if figure == other:
                best[i][j] = max(best[i][j], best[i - 1][j - 1] + likeness(words, own))
    pairs: dict[int, int] = {}
    i, j = len(left), len(right)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs[i] = j
    for i, (figure, words) in enumerate(left):
        taken = set(pairs.values())
        free = [j for j, (other, _) in enumerate(right) if other == figure and j not in taken]
        if i not in pairs and free:
            j = max(free, key=lambda j: likeness(words, right[j][1]))
            if likeness(words, right[j][1]) >= KNOWN_BY_WORDS:
                pairs[i] = j
    return {gold[i]["i"]: claims[j] for i, j in pairs.items()}


def leaf(item: Any) -> str | None:
    """The last name of an item's path without codes, level words and a final 支出."""
    if isinstance(item, dict):
        item = item.get("printed") or item.get("path") or item.get("name")
    names = item if isinstance(item, list) else re.split(r"[/／]|[（(][类款项][）)]", item or "")
    bare = [re.sub(r"\d+|支出$", "", squeeze(str(name))) for name in names]
    return next((name for name in reversed(bare) if name), None)


def agree(name: str, gold: Record, claim: Record) -> bool:
    """Whether a field of a claim is as the truth says."""
    want, got = gold.get(name), claim.get(name)
    if name == "item":
        names = {leaf(got)} | ({leaf(got.get("path")), leaf(got.get("name"))} - {None} if got else set())
        return leaf(want) in names
    if name == "year":
        return str(want or "") == str(got or "")
    if (name == "basis" and not want) or (name in ("metric", "versus") and want == "other"):
        return True  # not told, or named in words only
    if (
        name == "versus"
        and {want, got} == {"budget", "initial_budget"}
        and "年初" not in gold.get("left", "")
    ):
        return True  # the words leave open which budget is meant
    return (want or None) == (got or None)


def judge_figures(out: Outcome, gold: Sequence[Record], claims: Sequence[Record]) -> dict[int, Record]:
    """Compare gold figures and claims; returns the claim of each gold figure."""
    pairs = align(gold, claims)
    for figure in gold:
        ours = pairs.get(figure["i"])
        label = f"{figure['i']} {figure['value']}{figure['unit']} …{figure['left'][-14:]}"
        if figure["kind"] != "claim":
            out.others[label] = "" if ours is None else f"{ours['metric']} for {figure['kind']}"
        elif ours is None:
            out.figures[label] = "missing"
        else:
            wrong = [name for name in FIELDS if not agree(name, figure, ours)]
            out.figures[label] = ", ".join(f"{n}: {ours.get(n)!r} for {figure.get(n)!r}" for n in wrong)
            out.tally.update(f"ok_{name}" for name in FIELDS if name not in wrong)
    met = {id(claim) for claim in pairs.values()}
    spots = [n for n, claim in enumerate(claims) if id(claim) in met]
    among = claims[spots[0] : spots[-1] + 1] if spots else []
    out.extra = [
        f"{c['value']}{c['unit']} …{words_before(c)}: {c['metric']} {c['measure']}"
        for c in among
        if id(c) not in met
    ]
    out.tally["claims"] = len(out.figures)
    out.tally["found"] = sum(state != "missing" for state in out.figures.values())
    out.tally["exact"] = sum(not state for state in out.figures.values())
    out.tally["others"] = len(out.others)
    out.tally["others_right"] = sum(not state for state in out.others.values())
    out.tally["extra"] = len(out.extra)
    return pairs
