"""Characters that a Word document names by their place in a font of symbols (`w:sym`)."""

_SYMBOL = {
    0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xA3: "≤", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xB0: "°", 0x2D: "-",
    0xBC: "…",
}  # fmt: skip
_SYMBOL |= {code: chr(code) for code in (*range(0x30, 0x3A), *map(ord, "%()+,./:;<=>"))}
# The digits in circles, and the boxes of forms.
_WINGDINGS = {0x81 + n: chr(0x2460 + n) for n in range(10)} | {0x8C + n: chr(0x2776 + n) for n in range(10)}
_WINGDINGS |= {0x6F: "□", 0xA8: "□", 0x71: "□", 0xFE: "☑", 0xFD: "☒", 0xFC: "√"}
_WINGDINGS_2 = {0x52: "☑", 0x50: "√", 0x54: "☒", 0xA3: "□", 0x2A: "□"} | {
    0x6A + n: chr(0x2460 + n) for n in range(10)
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def symbol(font: str, code: str) -> str:
    """The character at a place (hexadecimal) of a font; empty for an ornament and for what is no place."""
    try:
        number = int(code, 16) if len(code) <= 6 else 0
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF or (number < 0x100 and font.lower() in _FONTS):
        return _FONTS.get(font.lower(), {}).get(number & 0xFF, "")
    return chr(number) if 0x20 <= number < 0xD800 or 0xF900 <= number < 0xFFF0 else ""
