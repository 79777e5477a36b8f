"""What a spreadsheet shows of a number: 783.1399999 under the format `0.00` is printed 783.14.

Numbers are decimal throughout. A spreadsheet knows 15 digits of a number and rounds halves up, so does this. Minus
is always written as a sign in front, also where the format prints it as brackets or as red alone. What is not
known here (fractions, powers of ten) is shown as without a format.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

import regex

LONGEST = 255  # characters of a format; spreadsheets allow no more
GENERAL_DIGITS = 10  # of a number with decimals that has no format and all the room it wants
GREATEST = 308  # powers of ten in a spreadsheet's numbers

_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=2 * GREATEST + LONGEST, rounding=ROUND_HALF_UP)

# The formats that files name by number alone, as Chinese programs show them.
_ACCOUNTING = '_ * #,##0{0}_ ;_ * -#,##0{0}_ ;_ * "-"??_ ;_ @_ '
_DATES = {
    'yyyy"年"m"月"': (27, 36, 50, 52, 57),
    'm"月"d"日"': (28, 29, 51, 53, 54, 58),
    'yyyy"年"m"月"d"日"': (31,),
    "m-d-yy": (30,),
    'h"时"mm"分"': (32, 34, 55),
    'h"时"mm"分"ss"秒"': (33, 35, 56),
}
BUILT_IN: dict[int, str] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    49: "@",
    **dict.fromkeys((5, 6), '"¥"#,##0;-"¥"#,##0'),
    **dict.fromkeys((7, 8), '"¥"#,##0.00;-"¥"#,##0.00'),
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "yyyy/m/d h:mm",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    45: "mm:ss",
    **dict.fromkeys((37, 38), "#,##0_);(#,##0)"),
    **dict.fromkeys((39, 40), "#,##0.00_);(#,##0.00)"),
    **dict.fromkeys((41, 42), _ACCOUNTING.format("")),
    **dict.fromkeys((43, 44), _ACCOUNTING.format(".00")),
    **{number: code for code, numbers in _DATES.items() for number in numbers},
}

_TOKEN = regex.compile(
    r'"(?P<literal>[^"]*)"?|[\\!](?P<escaped>.)|(?P<skip>[_*].?)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>General|G/通用格式)|(?P<unknown>E[+-]|/(?<=[0#?]\s*/))|(?P<digit>[0#?])|(?P<text>@)"
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|e+|a{3,4})|(?P<next>;)|(?P<other>.)",
    regex.DOTALL,
)
_CONDITION = regex.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = regex.compile(r"\$([^-]*)")
_ELAPSED = regex.compile(r"[hHmMsS]+")
_NOT_ZERO = regex.compile("[1-9]")
_WEEKDAYS = "一二三四五六日"

Token = tuple[str, str]  # its kind and its characters


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a format: what it prints, and the condition that a number has to fulfil, if it names one."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None

    def has(self, *kinds: str) -> bool:
        """Whether a token of one of the kinds is in it."""
        return any(kind in kinds for kind, _ in self.tokens)


def number(value: Decimal, code: str, since_1904: bool = False) -> str:
    """A number as a format shows it; dates count days from 1900, or from 1904 where `since_1904`."""
    if not value.is_finite() or abs(value.adjusted()) > GREATEST:
        return str(value)
    value = _DIGITS.create_decimal(value)
    section = _chosen(_sections(code), value)
    if section is None or section.has("unknown"):
        return general(value)
    if section.has("date", "half"):
        return _date(section.tokens, value, since_1904)
    if section.has("general", "text"):
        shown = _filled(section.tokens, general(abs(value)))
    else:
        shown = _amount(section.tokens, abs(value))
    return signed(shown) if value < 0 else shown


def signed(shown: str) -> str:
    """What is shown of a negative number, with a minus in place of brackets, of red alone, or of nothing.

    One that is rounded to zero needs none.
    """
    bare = shown.replace("(", "").replace(")", "").strip()
    return f"-{bare}" if "-" not in bare and _NOT_ZERO.search(bare) else bare


def text(value: str, code: str) -> str:
    """A text as a format shows it: only a section of its own for text changes it."""
    sections = _sections(code)
    if len(sections) < 4:
        return value
    return _filled(sections[3].tokens, value)


def general(value: Decimal) -> str:
    """A number without a format. Whole numbers are shown whole: they may be codes."""
    if value == value.to_integral_value():
        return f"{value.to_integral_value(context=_WIDE):f}"
    places = max(0, GENERAL_DIGITS - max(1, value.adjusted() + 1))
    shown = f"{value.quantize(Decimal(1).scaleb(-places), context=_WIDE):f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown == "-0" else shown


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[Section, ...]:
    """The parts of a format; none where it is empty or too long to be one."""
    if not code or len(code) > LONGEST:
        return ()
    out: list[Section] = []
    tokens: list[Token] = []
    condition: tuple[str, Decimal] | None = None
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "other"
        chars = match[kind]
        if kind == "next":
            out.append(Section(tuple(tokens), condition))
            tokens, condition = [], None
        elif kind == "bracket":
            if asked := _CONDITION.fullmatch(chars):
                condition = (asked[1], Decimal(asked[2]))
            elif currency := _CURRENCY.match(chars):
                tokens.append(("literal", currency[1]))
            elif _ELAPSED.fullmatch(chars):
                tokens.append(("unknown", chars))
        elif kind == "escaped":
            tokens.append(("literal", chars))
        else:
            tokens.append((kind, chars))
    return (*out, Section(tuple(tokens), condition))


def _chosen(sections: Sequence[Section], value: Decimal) -> Section | None:
    """The section for a number: of those that name conditions the first fulfilled, else by its sign."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        return next((s for s in numeric if s.condition is None or _fulfils(value, *s.condition)), None)
    place = 2 if value == 0 else 1 if value < 0 else 0
    return numeric[place] if place < len(numeric) else next(iter(numeric), None)


def _fulfils(value: Decimal, sign: str, bound: Decimal) -> bool:
    return {
        "<": value < bound,
        "<=": value <= bound,
        ">": value > bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[sign]


def _filled(tokens: Sequence[Token], shown: str) -> str:
    """The characters of a section, with what is shown in its place."""
    pieces = (shown if kind in ("general", "text") else chars for kind, chars in tokens if kind != "skip")
    return "".join(pieces).strip()


def _amount(tokens: Sequence[Token], value: Decimal) -> str:
    """A number from zero up in the digits of a section; each comma behind them divides by a thousand."""
    places = [n for n, (kind, _) in enumerate(tokens) if kind == "digit"]
    first, last = (places[0], places[-1]) if places else (len(tokens), -1)
    point = next((n for n, token in enumerate(tokens) if token == ("other", ".")), len(tokens))
    whole = [n for n in places if n < point]
    behind = [n for n in places if n > point]
    commas = [n for n, token in enumerate(tokens) if token == ("other", ",") and n > first]
    thousands = sum(n > (whole[-1] if whole else last) for n in commas if n < point or n > last)
    grouped = any(n < whole[-1] for n in commas if whole)
    percents = sum(token == ("other", "%") for token in tokens)
    value = value.scaleb(2 * percents - 3 * thousands, context=_WIDE)
    digits, _, decimals = f"{value.quantize(Decimal(1).scaleb(-len(behind)), context=_WIDE):f}".partition(".")
    signs = dict(zip(behind, decimals, strict=True)) | _spread(tokens, whole, digits.lstrip("0"), grouped)
    for n in reversed(behind):  # what # and ? leave out at the end
        if tokens[n][1] == "0" or signs[n] != "0":
            break
        signs[n] = ""
    out = ""
    for n, (kind, chars) in enumerate(tokens):
        if kind == "digit":
            out += signs[n]
        elif kind in ("literal", "other") and n not in commas:
            out += chars
    return out.strip().removesuffix(".")


def _spread(tokens: Sequence[Token], whole: Sequence[int], digits: str, grouped: bool) -> dict[int, str]:
    """The digits before the point over their places, from the right; the first place takes what is left."""
    least = next((len(whole) - n for n, at in enumerate(whole) if tokens[at][1] == "0"), 0)
    digits = digits.zfill(least) if least else digits
    signs: dict[int, str] = {}
    for count, n in enumerate(reversed(whole)):
        rest = digits[: len(digits) - count] if count < len(digits) else ""
        own = rest if n == whole[0] else rest[-1:]
        if grouped and own:
            own = _grouped(own, count)
        signs[n] = own
    return signs


def _grouped(digits: str, behind: int) -> str:
    """Digits with commas between thousands, where so many digits follow them."""
    out = ""
    for count, digit in enumerate(reversed(digits), behind):
        out = digit + ("," if count and count % 3 == 0 else "") + out
    return out


def _date(tokens: Sequence[Token], value: Decimal, since_1904: bool) -> str:
    """A day and a time; what lies before the first or after the last day that is known is shown as a number."""
    try:
        seconds = int((value * 86400).to_integral_value(ROUND_HALF_UP))
        # Spreadsheets that begin with 1900 take it for a leap year; from March on all is well.
        start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if value >= 60 else 31)
        moment = start + timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        return general(value)
    if value < 0:
        return general(value)
    named = [chars.lower() for kind, chars in tokens if kind == "date"]
    twelve = any(kind == "half" for kind, _ in tokens)
    out = ""
    seen = 0
    for kind, chars in tokens:
        if kind == "date":
            beside = named[seen - 1 : seen] + named[seen + 1 : seen + 2]
            minutes = any(name[0] in "hs" for name in (beside if seen else named[1:2]))
            out += _moment(chars.lower(), moment, minutes, twelve)
            seen += 1
        elif kind == "half":
            out += ("上午", "下午")[moment.hour >= 12] if "午" in chars else f"{moment:%p}"
        elif kind in ("literal", "other"):
            out += chars
    return out.strip()


def _moment(name: str, moment: datetime, minutes: bool, twelve: bool) -> str:
    """One part of a date; `m` beside hours or seconds means minutes."""
    if name[0] in "ye":
        return f"{moment.year % 100:02}" if name == "yy" else f"{moment.year:04}"
    if name[0] == "a":
        return ("星期" if len(name) == 4 else "") + _WEEKDAYS[moment.weekday()]
    if name[0] == "m" and not minutes and len(name) > 2:
        return f"{moment:%B}" if len(name) == 4 else f"{moment:%b}"
    if name[0] == "d" and len(name) > 2:
        return f"{moment:%A}" if len(name) > 3 else f"{moment:%a}"
    value = {
        "m": moment.minute if minutes else moment.month,
        "d": moment.day,
        "h": (moment.hour + 11) % 12 + 1 if twelve else moment.hour,
        "s": moment.second,
    }[name[0]]
    return f"{value:0{min(len(name), 2)}}"
