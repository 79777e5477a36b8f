"""Exact fractions: those of gmpy2, which behave like the standard library's and are several times as fast."""

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction
else:
    from gmpy2 import mpq as Fraction

NOTHING = Fraction(0)


def fraction(number: Decimal) -> Fraction:
    """A decimal number as a fraction; gmpy2's own conversion takes ten times as long."""
    return Fraction(*number.as_integer_ratio())


__all__ = ["NOTHING", "Fraction", "fraction"]
