"""The arithmetic of a property fee (物业费): months of a period, and what a standard makes of them.

Months are counted from day to day (15 March to 14 May is two months); what remains is its share of the month it falls
in. What does not live here: whether the sum claimed is right (``claim``).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil

from cases.rules.screening.suit import FeeStandard

FEN = Decimal("0.01")


def months_after(day: date, months: int) -> date:
    """The same day ``months`` later, or the last of that month where it has no such day (民法典 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_of(start: date, end: date) -> Fraction:
    """The months from ``start`` to ``end``, both inclusive; ``end`` is not before ``start``."""
    beyond = end + timedelta(days=1)
    whole = (beyond.year - start.year) * 12 + beyond.month - start.month
    while months_after(start, whole) > beyond:
        whole -= 1
    base = months_after(start, whole)
    length = (months_after(start, whole + 1) - base).days
    return whole + Fraction((beyond - base).days, length)


def fee_for(standard: FeeStandard, months: Fraction | int) -> Decimal | None:
    """(rate × area + other monthly fees) × months, to the fen; ``None`` without rate or area."""
    if standard.rate is None or standard.area is None:
        return None
    monthly = Fraction(standard.rate) * Fraction(standard.area) + Fraction(standard.monthly)
    exact = monthly * months
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(FEN, ROUND_HALF_UP)


def agrees(claimed: Decimal, reckoned: Decimal, months: Fraction | int) -> bool:
    """Whether two sums differ by no more than rounding each monthly bill to the fen can make them differ."""
    return abs(claimed - reckoned) <= max(FEN, FEN / 2 * ceil(months))
