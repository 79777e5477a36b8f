"""Exact fractions: those of gmpy2, which behave like the standard library's and are several times as fast."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction
else:
    from gmpy2 import mpq as Fraction

NOTHING = Fraction(0)

__all__ = ["NOTHING", "Fraction"]
