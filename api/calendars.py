"""A mediator's meetings as a calendar (日历订阅, RFC 5545), for the calendar program on their telephone or desk.

Of the parties nothing stands in it but the case number; the address of a home visit stays out as well. What does not
live here: who may read it (roll) and the meetings themselves (store).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar, Event, vText

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Huiyin//Mediation meetings//ZH"
DOMAIN = "meetings.huiyin"
KINDS = {"committee": "调解会议", "visit": "入户调解", "online": "线上调解", "shared_court": "共享法庭调解"}


def calendar_of(name: str, meetings: Iterable[Mapping[str, Any]]) -> bytes:
    """The calendar as bytes: folded at 75 octets, escaped, times in UTC, the same UID for a meeting for ever."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", f"调解会议 {name}")
    for one in meetings:
        found.add_component(_event(one))
    return found.to_ical()


def _event(one: Mapping[str, Any]) -> Event:
    event = Event()
    gone = one["status"] == "cancelled" or one["released_at"] is not None
    event.add("uid", f"{one['id']}@{DOMAIN}")
    event.add("sequence", one["sequence"])
    event.add("dtstamp", _utc(one["changed_at"]))
    event.add("last-modified", _utc(one["changed_at"]))
    event.add("dtstart", _utc(one["starts"]))
    event.add("dtend", _utc(one["ends"]))
    event.add("summary", f"{KINDS[one['kind']]} {one['number']} 第{one['ordinal']}次")
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if gone else "OPAQUE")
    event.add("class", "PRIVATE")
    if one["room_name"]:
        event.add("location", vText(" ".join(filter(None, (one["room_name"], one["room_address"])))))
    return event


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
