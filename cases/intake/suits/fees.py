"""The fee standard (收费标准) as firms write it: ``1.25元/㎡·月（合同第12条）;建筑面积144.37㎡;电梯运行费15元/月``.

What does not live here: the arithmetic, and whether the standard suffices (``cases.rules.screening``).
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from cases.rules.screening.suit import FeeStandard

_NUMBER = r"(\d{1,7}(?:\.\d{1,4})?)(?![\d.])"
_SQUARE = r"(?:m2|m²|平方米|平米|平方)"
_RATE = re.compile(rf"{_NUMBER}元[/每]?{_SQUARE}[·•・*.,/每]?月", re.ASCII | re.IGNORECASE)
_AREA = re.compile(rf"(?:面积[::]?)?{_NUMBER}{_SQUARE}", re.ASCII | re.IGNORECASE)
_MONTHLY = re.compile(rf"([^\d;,。(]*)[::]?{_NUMBER}元/?(?:户)?[/每·]?(?:户)?月")
_BASIS = re.compile(r"\(([^()]+)\)")
_PARTS = re.compile(r"[;。\n]|,(?!\d{3}(?:\D|$))")


def read_fee(text: str) -> FeeStandard | None:
    """What a cell says of rate, basis, area and other monthly fees; ``None`` for a blank one.

    A figure that is nought counts as not said; so does a second, differing rate or area, since one of them is wrong.
    """
    if not text:
        return None
    rates: list[tuple[Decimal, str]] = []
    areas: list[Decimal] = []
    monthly = lift = Decimal()
    for part in ("".join(one.split()) for one in _PARTS.split(unicodedata.normalize("NFKC", text))):
        if rate := _RATE.search(part):
            basis = _BASIS.search(part, rate.end())
            rates.append((Decimal(rate[1]), basis[1] if basis else ""))
        elif area := _AREA.search(part):
            areas.append(Decimal(area[1]))
        elif other := _MONTHLY.search(part):
            monthly += Decimal(other[2])
            lift += Decimal(other[2]) if "电梯" in other[1] else 0
    rate, basis = rates[0] if len({one for one, _ in rates}) == 1 else (None, "")
    return FeeStandard(rate or None, _only(areas), monthly, lift, basis)


def _only(found: list[Decimal]) -> Decimal | None:
    return (found[0] or None) if len(set(found)) == 1 else None
