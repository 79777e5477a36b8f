"""Verdicts on a stratified sample → shares of the whole, with intervals that hold what they promise.

The share is the stratified estimator, each stratum by its size (Cochran, Sampling Techniques, 3rd ed. 1977, ch. 5.3).
Its interval is the score interval with continuity correction (Newcombe, Statistics in Medicine 17, 1998, method 4) at
the effective size of the sample: the size of the simple random sample that would be as precise (Korn and Graubard,
Survey Methodology 24, 1998), from the stratified variance with corrections for finite strata (Cochran, eq. 5.11).

Two things keep it honest where all or nearly all is right. The variance within a stratum is taken at a share that
two more rows, as right as the whole, are counted in; else a stratum without an error would have none. And the
effective size is at most what the weights of the rows allow (Kish, Survey Sampling, 1965), whatever the variances
seem to be. The interval is wider, rather than narrower, than it need be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

LEVEL = 0.95
_PRIOR = 2  # rows, as right as the whole, that every stratum is counted with


@dataclass(frozen=True, slots=True)
class Stratum:
    """A stratum of `size` rows, `judged` of which have been, at random, and `right` of those found right."""

    name: str
    size: int
    judged: int
    right: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share of the whole that is right, and its interval, from 0 to 1."""

    share: float
    low: float
    high: float


def estimate(strata: Sequence[Stratum], level: float = LEVEL) -> Estimate:
    """The share of all rows of all strata. Every stratum has at least one row that was judged."""
    whole = sum(s.size for s in strata)
    share = sum(s.size / whole * s.right / s.judged for s in strata)
    if all(s.judged == s.size for s in strata):
        return Estimate(share, share, share)
    low, high = _score(share, _effective(strata, share), NormalDist().inv_cdf((1 + level) / 2))
    # what was seen is certain
    seen_right, seen_wrong = sum(s.right for s in strata), sum(s.judged - s.right for s in strata)
    return Estimate(share, max(low, seen_right / whole), min(high, 1 - seen_wrong / whole))


def _effective(strata: Sequence[Stratum], share: float) -> float:
    """How many rows of a simple random sample would be as precise."""
    whole, judged = sum(s.size for s in strata), sum(s.judged for s in strata)
    prior = (share * judged + 1) / (judged + 2)
    smoothed, variance, uneven = 0.0, 0.0, 0.0
    for s in strata:
        weight, own = s.size / whole, (s.right + _PRIOR * prior) / (s.judged + _PRIOR)
        smoothed += weight * own
        if s.judged < s.size:
            one = weight**2 * (s.size - s.judged) / (s.size - 1) / s.judged
            variance += one * own * (1 - own)
            uneven += one
    return min(smoothed * (1 - smoothed) / variance, 1 / uneven)


def _score(share: float, size: float, z: float) -> tuple[float, float]:
    """The score interval with continuity correction."""
    wrong, below = 1 - share, 2 * (size + z * z)
    middle = 2 * size * share + z * z
    low = (middle - 1 - z * sqrt(max(z * z - 2 - 1 / size + 4 * share * (size * wrong + 1), 0))) / below
    high = (middle + 1 + z * sqrt(max(z * z + 2 - 1 / size + 4 * share * (size * wrong - 1), 0))) / below
    return (max(low, 0.0) if share > 0 else 0.0), (min(high, 1.0) if share < 1 else 1.0)
