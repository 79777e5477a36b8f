"""The ways in which Word writes the number of a list item (`w:numFmt`, ECMA-376 part 1, 17.18.59)."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_PLACES = ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"))
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
LARGEST = 32_767  # of a list number; Word knows no larger one


def written(number: int, way: str) -> str:
    """A number written in the way of a `w:numFmt`; an unknown way, or one that ends before it, is decimal."""
    if not 0 <= number <= LARGEST:
        return str(number)
    return _WAYS.get(way, str)(number)


def _chinese(number: int) -> str:
    """Ten is 十, twenty-one 二十一, a hundred and five 一百〇五."""
    text, skipped = "", False
    for place, name in _PLACES:
        digit, number = divmod(number, place)
        if digit:
            text += "〇" * (skipped and bool(text)) + _chinese(digit) + name
        skipped = not digit
    if number or not text:
        text += "〇" * (skipped and bool(text)) + _DIGITS[number]
    return text.removeprefix("一") if text.startswith("一十") else text


def _chinese_digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _legal(number: int) -> str:
    text = _chinese(number)
    return (("一" if text.startswith("十") else "") + text).translate(_LEGAL)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _letters(number: int) -> str:
    """a to z, then aa, bb, as Word counts."""
    if number < 1:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _signs(signs: str) -> Callable[[int], str]:
    """Signs of their own up to the last, decimal after it."""
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _run(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


_CIRCLED = _run(0x2460, 0x2473) + _run(0x3251, 0x325F) + _run(0x32B1, 0x32BF)

_WAYS: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",
    "bullet": lambda number: "",
    "decimalZero": lambda number: f"{number:02}",
    "numberInDash": lambda number: f"- {number} -",
    "decimalFullWidth": lambda number: str(number).translate({i + 48: i + 0xFF10 for i in range(10)}),
    "decimalFullWidth2": lambda number: str(number).translate({i + 48: i + 0xFF10 for i in range(10)}),
    "decimalEnclosedCircle": _signs(_CIRCLED),
    "decimalEnclosedCircleChinese": _signs(_CIRCLED),
    "decimalEnclosedParen": _signs(_run(0x2474, 0x2487)),
    "decimalEnclosedFullstop": _signs(_run(0x2488, 0x249B)),
    "ideographEnclosedCircle": _signs(_run(0x3280, 0x3289)),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "koreanCounting": _chinese,
    "ideographDigital": _chinese_digits,
    "taiwaneseDigital": _chinese_digits,
    "japaneseDigitalTenThousand": _chinese_digits,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographTraditional": _signs(_STEMS),
    "ideographZodiac": _signs(_BRANCHES),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
}
