"""Examples act as tests: a text, the claims that must come of it in a short notation, and what came instead.

A claim is written `1.50万元 reception change prior_year down`: printed value and unit, metric with `[part or item]`
behind it where it has one, measure, then in any order basis, versus, direction, and a year that differs from the
example's own. A figure that claims nothing is written `100万元 threshold`.
"""

import unicodedata
from dataclasses import dataclass, replace

import regex

from hedui.claims import extract
from hedui.figures import numeral
from hedui.lexicon import metrics
from hedui.lines import line_rules
from hedui.model import Claim, OtherFigure
from hedui.patterns import Example, Pattern
from hedui.reading.text import document

BASES = ("final", "initial_budget", "budget", "other")
DIRECTIONS = ("up", "down", "flat")
_NUMERAL = regex.compile(r"(?P<value>[零一二两三四五六七八九十百千]+)(?P<unit>\D*)")


@dataclass(frozen=True, slots=True)
class Failure:
    """An example whose claims are not the expected ones: what was missing, what came in its place."""

    example: Example
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]


def run(example: Example, patterns: tuple[Pattern, ...] | None = None) -> Failure | None:
    """Extract the example's text and compare; None where all is as it must be."""
    claims, others = claims_of(example, patterns)
    expected = [normal(line, example.year) for line in example.claims]
    got = [notation(claim, example.year) for claim in claims]
    wanted = {normal_other(line) for line in example.others}
    other = {f"{_quantity(o.value + o.unit)} {o.kind}" for o in others}
    left = list(got)
    missing = [line for line, form in zip(example.claims, expected, strict=True) if not _take(form, left)]
    if not missing and not left and wanted <= other:
        return None
    return Failure(example, (*missing, *sorted(wanted - other)), tuple(left))


def claims_of(
    example: Example, patterns: tuple[Pattern, ...] | None = None
) -> tuple[tuple[Claim, ...], tuple[OtherFigure, ...]]:
    """The claims and other figures of an example's text, read under its heading in a document of its year and kind."""
    heading = f"{example.heading}\n" if example.heading else ""
    if heading and not line_rules().enumerator.match(heading):
        heading = f"一、{heading}"
    read = document(heading + example.text, "", "example")
    extraction = extract(replace(read, fiscal_year=example.year, kind=example.kind), patterns=patterns)
    return extraction.claims, extraction.others


def notation(claim: Claim, year: int) -> str:
    """A claim in the notation of examples."""
    name = claim.item.printed if claim.item else claim.part
    words = [
        _quantity(claim.value + claim.unit),
        claim.metric + (f"[{name}]" if name else ""),
        claim.measure,
        *(x for x in (claim.basis, claim.versus, claim.direction) if x),
    ]
    if claim.year not in (year, None):
        words.append(str(claim.year))
    return " ".join(words)


def normal(line: str, year: int) -> str:
    """A line of an example as `notation` writes it; ValueError for what is no claim."""
    quantity, metric, measure, *rest = regex.sub(
        r"\s*\[[^\]]*\]", lambda m: m.group().replace(" ", ""), line
    ).split()
    if metric.split("[")[0] not in metrics():
        raise ValueError(f"{line!r}: unknown metric {metric!r}")
    basis = [w for w in rest if w in BASES and measure == "amount"]
    direction = [w for w in rest if w in DIRECTIONS]
    years = [w for w in rest if w.isdigit() and w != str(year)]
    versus = [w for w in rest if w not in basis + direction and not w.isdigit()]
    return " ".join([_quantity(quantity), metric, measure, *basis, *versus, *direction, *years])


def normal_other(line: str) -> str:
    """A line of `others` in the same writing."""
    quantity, kind = line.split()
    return f"{_quantity(quantity)} {kind}"


def agree(expected: str, got: str) -> bool:
    """Whether a claim is the expected one; a part or item that the line does not name is not compared."""
    if "[" not in expected:
        got = regex.sub(r"\[[^\]]*\]", "", got)
    return _leaf(expected) == _leaf(got)


def _leaf(line: str) -> str:
    """Items are compared by their last name without a final 支出, brackets in full width."""
    line = line.translate(str.maketrans("()", "（）"))
    return regex.sub(r"\[(?:[^\]]*/)?([^\]/]*?)(?:支出)?\]", r"[\1]", line)


def _take(expected: str, left: list[str]) -> bool:
    """Whether an expected claim is among those left, which it then is no longer."""
    found = next((form for form in left if agree(expected, form)), None)
    if found is not None:
        left.remove(found)
    return found is not None


def _quantity(text: str) -> str:
    """Value and unit in one writing: full-width digits and separators folded, 余 and what a unit is per left out."""
    folded = (
        unicodedata.normalize("NFKC", text)
        .replace("（", "(")
        .replace("）", ")")
        .replace(",", "")
        .replace("，", "")
    )
    folded = regex.sub(r"(?<=元)/.*|余|约", "", folded)
    if match := _NUMERAL.fullmatch(folded):
        return f"{numeral(match['value'])}{match['unit']}"
    return folded
