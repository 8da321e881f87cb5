"""What is not counted in a limit (不计入期限的时间): a pause, and how pauses push an end out.

Lives here: ``Pause`` and the one loop that moves an end past the pauses, whatever the unit.
Does not live here: which event pauses which limit; that is the law of the case type and a row of the pack.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Protocol, TypeVar

from cases.errors import Malformed
from cases.rules.calendar import local

Point = TypeVar("Point", date, datetime)


@dataclass(frozen=True)
class Pause:
    """A time that is not counted, such as an expert appraisal (鉴定) or a hearing (听证).

    In limits by days, months and years the day a pause begins is still counted and the day it ends is not, as with
    the starting day, so a pause within one day moves nothing. Limits by hours are stopped to the second. Raises
    ``Malformed`` when a moment has no time zone or the pause ends before it begins.
    """

    begins: datetime
    ends: datetime
    reason: str = ""

    def __post_init__(self) -> None:
        if local(self.ends) < local(self.begins):
            raise Malformed("暂停的结束早于开始", {"ends": "不得早于开始"})

    @cached_property
    def days(self) -> tuple[date, date]:
        """The day it begins (still counted) and the day it ends (the last one not counted)."""
        return local(self.begins).date(), local(self.ends).date()

    @cached_property
    def seconds(self) -> tuple[datetime, datetime]:
        """Its two moments in legal time, cut to the second."""
        return local(self.begins).replace(microsecond=0), local(self.ends).replace(microsecond=0)


class Measure(Protocol[Point]):
    """How much of a unit lies between two points, and where a point comes to lie that much later."""

    def gap(self, low: Point, high: Point) -> int: ...

    def push(self, point: Point, amount: int) -> Point: ...


def pushed(end: Point, start: Point, spells: Iterable[tuple[Point, Point]], measure: Measure[Point]) -> Point:
    """The end moved past every spell that begins before it; overlapping spells count once, nothing before ``start``."""
    floor = start
    for begins, ends in sorted(spells):
        low = max(begins, floor)
        if low >= end:
            break
        if ends > low:
            end = measure.push(end, measure.gap(low, ends))
            floor = ends
    return end
