"""A limit as written (期限): so many of a unit, and whether it rolls over a holiday.

Lives here: ``Span`` and the text form used in packs.
Does not live here: when a limit ends (``counting``), what stops it (``pauses``), which law counts how
(``counting_rules``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cases.errors import Malformed

UNITS = {"min": "分钟", "h": "小时", "work_h": "个工作小时", "wd": "个工作日", "d": "日", "m": "个月", "y": "年"}
"""The units of a limit and how each is said."""

ROLLING_UNITS = frozenset({"d", "m", "y"})
WORKING_UNITS = frozenset({"work_h", "wd"})

_WRITTEN = re.compile(r"([0-9]{1,9})(work_h|min|wd|h|d|m|y)(!?)")
_DAYS_AT_MOST = {"min": 1 / 1440, "h": 1 / 24, "work_h": 1 / 24, "wd": 1, "d": 1, "m": 31, "y": 366}
_LONGEST = 36_600


@dataclass(frozen=True)
class Span:
    """A limit: ``amount`` (1 or more) of ``unit``.

    Units: ``min`` and ``h`` run by the clock, ``work_h`` in office hours, ``wd`` are working days, ``d`` natural days,
    ``m`` months, ``y`` years. ``rolls`` says whether a limit in d, m or y whose last day is not worked ends on the next
    working day; it has no meaning for the other units. Raises ``Malformed`` when the unit is unknown, the amount is
    not a positive whole number, or the limit is longer than about a hundred years.
    """

    amount: int
    unit: str
    rolls: bool = True

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise Malformed(f"期限单位不明:{self.unit!r}", {"unit": f"只能是 {'、'.join(UNITS)}"})
        if type(self.amount) is not int or self.amount < 1:
            raise Malformed(f"期限数有误:{self.amount!r}", {"amount": "须为正整数"})
        if self.amount * _DAYS_AT_MOST[self.unit] > _LONGEST:
            raise Malformed(f"期限过长:{self}", {"amount": "不得超过一百年"})

    def __str__(self) -> str:
        """The written form that ``parse_rule`` reads back."""
        return f"{self.amount}{self.unit}{'' if self.rolls else '!'}"

    @property
    def kind(self) -> str:
        """The unit, marked "!" where the limit could roll and does not: the key under which counting rules stand."""
        return self.unit if self.rolls or self.unit not in ROLLING_UNITS else f"{self.unit}!"

    @property
    def spoken(self) -> str:
        """The limit in Chinese: "3个工作日", "30日"."""
        return f"{self.amount}{UNITS[self.unit]}"


def span_of(amount: int, unit: str, rolls: bool = True) -> Span:
    """The limit of so many units; ``rolls`` is dropped where the unit cannot roll, so equal limits are equal."""
    return Span(amount, unit, rolls or unit not in ROLLING_UNITS)


@lru_cache(maxsize=1024)
def parse_rule(text: str) -> Span:
    """Read a written limit: "3wd", "24h", "30min", "4work_h", "30d", "2m", "1y"; "30d!" does not roll over a holiday.

    Raises ``Malformed`` when the text cannot be read, or "!" stands after a unit that cannot roll.
    """
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise Malformed(f"期限写法无法识别:{text!r}", {"limit": "应形如 3wd、30d、30d!、24h、30min、4work_h、2m、1y"})
    amount, unit, fixed = match.groups()
    if fixed and unit not in ROLLING_UNITS:
        raise Malformed(f"期限写法无法识别:{text!r}", {"limit": "只有 d、m、y 可以写不顺延(!)"})
    return Span(int(amount), unit, not fixed)
