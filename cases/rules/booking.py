"""Booking (预约): a span of time as quarter hours that can be taken once, and how a span is said to people.

Rooms, mediators and parties are resources with a key; two meetings that want the same quarter hour of the same key
cannot both have it. What does not live here: the table of what is taken (store), and who may book (desk).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.errors import Malformed
from cases.ports import BEIJING

QUARTER = timedelta(minutes=15)
"""时间单位: meetings begin and end on the quarter hour."""

LONGEST = timedelta(hours=12)
FARTHEST = timedelta(days=366)
_SECONDS = int(QUARTER.total_seconds())


@dataclass(frozen=True, slots=True)
class Span:
    """时段: from a moment to another, both aware."""

    starts: datetime
    ends: datetime

    @property
    def slots(self) -> range:
        """The quarter hours it takes, counted from the epoch."""
        return range(int(self.starts.timestamp()) // _SECONDS, int(self.ends.timestamp()) // _SECONDS)

    def meets(self, other: Span) -> bool:
        """Whether both have a moment in common; one that begins when the other ends does not."""
        return self.starts < other.ends and other.starts < self.ends

    @property
    def said(self) -> str:
        """The span in local time, with the second day only where it is another one."""
        first, last = self.starts.astimezone(BEIJING), self.ends.astimezone(BEIJING)
        end = f"{last:%H:%M}" if first.date() == last.date() else f"{last.year}年{last.month}月{last.day}日{last:%H:%M}"
        return f"{first.year}年{first.month}月{first.day}日{first:%H:%M}至{end}"


def checked_span(starts: datetime, ends: datetime, now: datetime) -> Span:
    """The span of a meeting that can be planned; Malformed says which field is wrong and how it would be right."""
    faults: dict[str, str] = {}
    for name, moment in (("starts", starts), ("ends", ends)):
        if moment.timestamp() % _SECONDS:
            faults[name] = "以一刻钟为单位,如 09:00、09:15"
    if ends <= starts:
        faults["ends"] = "结束须晚于开始"
    elif ends - starts > LONGEST:
        faults["ends"] = f"一次会议最长 {LONGEST // timedelta(hours=1)} 小时"
    if starts <= now:
        faults["starts"] = "开始时间须晚于现在"
    elif starts > now + FARTHEST:
        faults["starts"] = "只能预约一年以内"
    if faults:
        raise Malformed("会议时间不正确", faults)
    return Span(starts, ends)


def checked_absence(starts: datetime, ends: datetime) -> Span:
    """The span of an absence: any moments, in order, a year at most; Malformed otherwise."""
    if not starts < ends <= starts + FARTHEST:
        raise Malformed("请假时间不正确", {"ends": "结束须晚于开始,一次最长一年"})
    return Span(starts, ends)


def of_room(room_id: str) -> str:
    """The key of a room."""
    return f"room:{room_id}"


def of_mediator(mediator_id: str) -> str:
    """The key of a mediator."""
    return f"mediator:{mediator_id}"


def of_party(party_id: str, recognised: Iterable[str]) -> str:
    """The key of whoever comes for a party: what recognises them across cases, best first; else this party alone."""
    known = next((one for one in recognised if one), "")
    return f"person:{known}" if known else f"party:{party_id}"
