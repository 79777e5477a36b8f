"""What a document says: its figures, what each asserts or why it asserts nothing, and what is said without a figure."""

from dataclasses import dataclass

from hedui.model.document import Box


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, as printed. `kind`: money, percent, points, count, score, year or bare."""

    start: int
    end: int
    value: str
    unit: str
    kind: str
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A classification item as printed and the catalogue entry it is linked to."""

    code: str | None
    name: str | None
    path: str | None
    printed: str
    match: str
    score: float


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure's assertion. `value`, `amount`, `low`, `high` are decimal strings; money intervals in 元."""

    id: str
    document: str
    origin: str
    start: int
    end: int
    value: str
    unit: str
    low: str
    high: str
    metric: str
    measure: str
    subject: str = ""
    page: int | None = None
    box: Box | None = None
    section: tuple[str, ...] = ()
    sentence: str = ""
    sentence_start: int = 0
    amount: str | None = None
    part: str | None = None
    item: Item | None = None
    basis: str | None = None
    year: int | None = None
    period: str | None = None
    versus: str | None = None
    versus_year: int | None = None
    versus_basis: str | None = None
    scope: str | None = None
    direction: str | None = None
    approximate: bool = False
    confidence: float = 1.0
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class OtherFigure:
    """A figure that claims nothing, with the reason (`kind`); `unexplained` where no reason is known."""

    start: int
    end: int
    value: str
    unit: str
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the words say without a figure of their own, about the quantity that is spoken of there.

    `kind`, with what `direction` means:
    `budget_order`  决算数大于/小于/等于预算数: the final amount is `up` (above), `down` or `flat` (equal).
    `flat`          与上年持平, 较年初预算数无增减: no change; `versus` tells against what.
    `reason`        主要原因是…: a stated reason; `direction` as its words imply (`up`, `down` or None where
                    they are silent or name both). `versus` is the comparison it explains.
    `only_part`     全部为…: the quantity consists of one part alone.
    `residue`       template text or instructions left in; `note` is the id of the pattern that recognised it.
    `misplaced`     a name under a wrong class or group, or an old one where the tables print the present one.
    `miscoded`      a table row whose code belongs to another name, as print attests; `note` is the right name.
    `outdated`      the glossary explains by an old name what the document calls by the present one, in `note`.
    `naming`        a classification name that is outdated or wrong; `note` says what it ought to be.
    """

    start: int
    end: int
    kind: str
    direction: str | None = None
    metric: str | None = None
    part: str | None = None
    item: Item | None = None
    year: int | None = None
    versus: str | None = None
    scope: str | None = None
    section: tuple[str, ...] = ()
    sentence: str = ""
    sentence_start: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that a document says: its claims, the figures that claim nothing, and its remarks."""

    claims: tuple[Claim, ...]
    others: tuple[OtherFigure, ...]
    remarks: tuple[Remark, ...]
