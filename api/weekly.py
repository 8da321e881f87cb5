"""The week of a mediator and of a committee (一周安排): meetings, absences, the cases on hand, promises still open.

Parties are masked, and of a meeting in a case of another committee only number, time and place are told, as in a
calendar. What does not live here: HTTP (console), the register (roll), calendars as text (calendars).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection

from api.counter import Counter
from api.house import House
from api.mailroom import require
from cases.desk.views import Reader, View
from cases.ports import BEIJING
from cases.rules.booking import Span
from cases.rules.performance import open_items
from cases.rules.visibility import masked_name
from cases.rules.wall import MEDIATION
from cases.store import meetings, registers, weeks
from cases.store.parties import parties_in
from cases.store.queue.asked import Asked

AT_TABLE = frozenset({"mediator", "committee_head"})
ALL = "all"
"""Whose week: the whole committee's."""

OWED = ("performing", "defaulted")
KEPT = ("id", "case_id", "ordinal", "kind", "starts", "ends", "status", "number", "matter", "community", "room_name")
MOST_CASES = 200
DAYS = 7
Led = tuple[View, dict[str, Any] | None]
"""A case, and who mediates it."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose week is looked at: ``asked`` is ALL, a mediator's id, or "" for what is usual; ``me`` is the caller's row
    in the register, if any."""

    committee: str
    me: Mapping[str, Any] | None
    asked: str

    @property
    def mediator_id(self) -> str:
        """The mediator whose week it is; "" for the whole committee's."""
        if self.asked == ALL:
            return ""
        return self.asked or (self.me["id"] if self.me else "")


class Weekly:
    """What lies before a committee, for those who work in it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.office = house.office

    def whose(self, reader: Reader, asked: str) -> Whose:
        """Whose week the caller looks at; NotAllowed for whoever works in no committee, NotFound for a stranger's. A
        head begins with the committee's, a mediator with their own."""
        org = require(reader, AT_TABLE, "只有调解员和调解委员会主任有调解周历")
        with self.office.database.reading() as connection:
            me = weeks.mediator_of(connection, reader.actor.id)
            if asked not in {"", ALL} and registers.mediator(connection, asked)["committee"] != org:
                asked = ""
        if not asked and "mediator" not in reader.actor.roles:
            asked = ALL
        return Whose(org, me, asked)

    def week(self, whose: Whose, monday: date) -> View:
        """The meetings and absences of a week that begins on this day."""
        starts = datetime.combine(monday, time(), BEIJING)
        span = Span(starts, starts + timedelta(days=DAYS))
        with self.office.database.reading() as connection:
            found = self._meetings(connection, whose, span)
            who = [whose.mediator_id] if whose.mediator_id else self._colleagues(connection, whose.committee)
            away = registers.absences(connection, who, span)
            invited = meetings.attending(connection, [one["id"] for one in found])
        by_meeting: dict[str, list[dict[str, Any]]] = {}
        for one in invited:
            by_meeting.setdefault(one["meeting_id"], []).append(one)
        shown = [_meeting(one, by_meeting.get(one["id"], ()), whose.committee) for one in found]
        return {"meetings": shown, "absences": away, "span": span}

    def _meetings(self, connection: Connection, whose: Whose, span: Span) -> list[dict[str, Any]]:
        if whose.mediator_id:
            return weeks.meetings_within(connection, span, mediator_id=whose.mediator_id)
        also = str(whose.me["id"]) if whose.me else ""
        return weeks.meetings_within(connection, span, committee=whose.committee, also=also)

    @staticmethod
    def _colleagues(connection: Connection, committee: str) -> list[str]:
        return [one["id"] for one in registers.mediators(connection, [committee])]

    def cases(self, reader: Reader, whose: Whose) -> list[Led]:
        """The open cases of the committee, the nearest due first, each with who mediates it; of one mediator's week
        those they lead, and those nobody leads yet."""
        asked = Asked(view="mine", limit=MOST_CASES)
        return self._led(Counter(self.house).cases(reader, asked, schemas=False)["items"], whose, unled=True)

    def promises(self, reader: Reader, whose: Whose) -> list[View]:
        """What was promised and is still open, the nearest due first: each item with its case and its parties."""
        counter, views = Counter(self.house), list[View]()
        for state in OWED:
            asked = Asked(case_type=MEDIATION, state=state, limit=MOST_CASES)
            views += counter.cases(reader, asked, schemas=False)["items"]
        led = self._led(views, whose, unled=False)
        with self.office.database.reading() as connection:
            parties = parties_in(connection, [view["id"] for view, _ in led])
        found: list[View] = []
        for view, leader in led:
            people = {one["ordinal"]: one for one in parties.get(view["id"], ())}
            for place, item in enumerate(open_items(view["facts"].get("plan", ()))):
                owes, gets = (_called(people.get(item[name])) for name in ("obligor", "obligee"))
                found.append(
                    {"case": view, "leader": leader, "item": item, "first": not place, "owes": owes, "gets": gets}
                )
        return sorted(found, key=lambda one: (one["item"]["due"], one["case"]["number"], one["item"]["n"]))

    def _led(self, views: Iterable[View], whose: Whose, *, unled: bool) -> list[Led]:
        every = list(views)
        with self.office.database.reading() as connection:
            ids = {key for view in every for key in (view["id"], view["parent_id"]) if key}
            leaders = weeks.leaders_of(connection, ids)
        led = [(view, leaders.get(view["id"]) or leaders.get(view["parent_id"] or "")) for view in every]
        if not whose.mediator_id:
            return led
        return [(view, who) for view, who in led if (who["id"] == whose.mediator_id if who else unled)]


def _meeting(one: Mapping[str, Any], invited: Iterable[Mapping[str, Any]], committee: str) -> View:
    """A meeting of a week; one in a case of another committee without its parties and without a way to its case."""
    view: View = {name: one[name] for name in KEPT}
    ours = one["station"] == committee
    people = [
        {
            "name": who["mediator_name"] or masked_name(who["party_name"] or ""),
            "mediator": bool(who["mediator_id"]),
            "answer": who["answer"],
        }
        for who in invited
        if who["released_at"] is None and (ours or who["mediator_id"])
    ]
    return {**view, "ours": ours, "address": one["address"] if ours else "", "people": people}


def _called(party: Mapping[str, Any] | None) -> View:
    """A party as a line names it: masked, an organisation by its name."""
    if party is None:
        return {"name": "", "side": ""}
    name = party["name"] if party["kind"] == "org" else masked_name(party["name"])
    return {"name": name, "side": party["side"]}
