"""Holder time (经手时间): how long a case lay in whose hands, by the clock and by the holder's own office hours.

Nothing is subtracted: a clock that stood still was still in somebody's hands. What does not live here: the queries
(store) and deadlines (timetable).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from statistics import median
from typing import NamedTuple

from sqlalchemy import Connection

from cases.desk.desk import Desk
from cases.desk.views import REPORTER, Reader, View, sees_clocks, standing
from cases.engine import Engine
from cases.errors import NotAllowed, NotFound
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.area import OVERSIGHT_ROLES
from cases.rules.calendar import Calendar
from cases.rules.remaining import spoken_clock, spoken_office
from cases.rules.worktime import elapsed
from cases.store.holdings import Held, Period, held_by, held_of

REPORTER_NAME = "报告人"
LONGEST = 10


class Keeper(NamedTuple):
    """In whose hands: the code noted on the case, and whose hands the state says ("station", "reporter", …)."""

    code: str | None
    hands: str


def holder_of(keeper: Keeper, pack: Pack) -> dict[str, str] | None:
    """The holder by code and name; whoever reported is only ever called the reporter."""
    if keeper.code is None:
        return None
    if keeper.hands == REPORTER or keeper.code == REPORTER:
        return {"code": REPORTER, "name": REPORTER_NAME}
    organisation = pack.organisation(keeper.code)
    return {"code": keeper.code, "name": organisation.name if organisation else keeper.code}


def holder_at(held: Sequence[Held], moment: datetime, engine: Engine) -> Keeper:
    """Who held the case just before a moment, which may be the very one at which it left their hands."""
    before = [one for one in held if one.begins < moment] or list(held[:1])
    return _keeper(before[-1], engine) if before else Keeper(None, "none")


def _keeper(one: Held, engine: Engine) -> Keeper:
    return Keeper(one.holder, engine.states[one.state].holder)


@dataclass(slots=True)
class _Sum:
    """What one case adds up to."""

    number: str
    clock: int = 0
    work: int = 0


@dataclass(frozen=True, slots=True)
class AskedTime:
    """Whose time is asked for (问询): an organisation of the pack, a period, and one case type or all."""

    pack: Pack
    code: str
    period: Period
    case_type: str | None = None


class Holdings:
    """Adds up who held what for how long. Shared by all threads."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def of_case(self, connection: Connection, piece: Piece, reader: Reader, now: datetime) -> list[View]:
        """Who held the case, one after the other; NotAllowed for whoever reported, and for the station a mediation came
        from: they do not see inside."""
        if standing(piece, reader) == REPORTER or not sees_clocks(piece, reader):
            raise NotAllowed("经手时间只供办理单位查看")
        self.desk.almanac.look(connection)
        engine = self.desk.engines[piece.case_type]
        pack = self.desk.shelf.pack(connection, piece.pack_id)
        found: list[View] = []
        for one in held_of(connection, piece.id):
            holder = holder_of(_keeper(one, engine), pack)
            if holder is not None:
                calendar = self.desk.calendar_of(pack.hours_of(one.holder))
                clock, work = _seconds(one.begins, one.ends or now, calendar)
                spoken = {"clock_words": spoken_clock(clock), "work_words": spoken_office(work, calendar)}
                found.append(
                    {"holder": holder, "from": one.begins, "to": one.ends, "clock_seconds": clock, "work_seconds": work}
                    | spoken
                )
        return found

    def of_organisation(self, connection: Connection, asked: AskedTime, reader: Reader) -> View:
        """What an organisation held in a period, of the cases that lie in the reader's office or department.

        A report that lies with the departments is counted by their tasks, not once more by itself; what lay with
        whoever reported is nobody's office time. NotFound for an unknown organisation, NotAllowed for a stranger.
        """
        organisation = asked.pack.organisation(asked.code)
        _check_reader(asked.code, reader)
        if organisation is None:
            raise NotFound("没有这个机构")
        self.desk.almanac.look(connection)
        sums: dict[str, _Sum] = {}
        for one in held_by(connection, asked.code, reader.actor, asked.period, asked.case_type):
            if self.desk.engines[one.case_type].states[one.state].holder not in {"departments", REPORTER}:
                pack = self.desk.shelf.pack(connection, one.pack_id)
                _add(sums, one, asked.period, self.desk.calendar_of(pack.hours_of(asked.code)))
        holder = {"code": organisation.code, "name": organisation.name}
        summed = _summed(sums, self.desk.calendar_of(asked.pack.hours_of(asked.code)))
        return {
            "holder": holder,
            "from": asked.period.since,
            "to": asked.period.until,
            "case_type": asked.case_type,
            **summed,
        }


def _check_reader(code: str, reader: Reader) -> None:
    """An organisation sees its own time; a station's desk and the overseers see others', each of their own cases."""
    actor = reader.actor
    if actor.roles <= {"admin", "reporter"} or not (
        reader.at_desk or actor.roles & OVERSIGHT_ROLES or (actor.org is not None and actor.org == code)
    ):
        raise NotAllowed("只能查看本单位的经手时间")


def _seconds(begins: datetime, ends: datetime, calendar: Calendar) -> tuple[int, int]:
    """By the clock, and in office time."""
    return elapsed(begins, ends, "h", calendar), elapsed(begins, ends, "work_h", calendar)


def _add(sums: dict[str, _Sum], one: Held, period: Period, calendar: Calendar) -> None:
    """Add an interval to its case, cut to the period."""
    begins = max(one.begins, period.since) if period.since else one.begins
    clock, work = _seconds(begins, min(one.ends or period.until, period.until), calendar)
    total = sums.setdefault(one.case_id, _Sum(one.number))
    total.clock += clock
    total.work += work


def _summed(sums: Mapping[str, _Sum], calendar: Calendar) -> View:
    work = [one.work for one in sums.values()]
    middle = int(median(work)) if work else 0
    longest = nlargest(LONGEST, sums.items(), key=lambda item: (item[1].work, item[1].clock, item[0]))
    return {
        "cases": len(sums),
        "clock_seconds": sum(one.clock for one in sums.values()),
        "work_seconds": sum(work),
        "work_words": spoken_office(sum(work), calendar),
        "median_work_seconds": middle,
        "median_words": spoken_office(middle, calendar),
        "longest": [
            {
                "case_id": case_id,
                "number": one.number,
                "clock_seconds": one.clock,
                "work_seconds": one.work,
                "work_words": spoken_office(one.work, calendar),
            }
            for case_id, one in longest
        ],
    }
