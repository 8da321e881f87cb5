"""The board of the day (今日看板): how many cases wait for what, by the questions that list them.

A figure is the length of a list its reader can open; nothing is counted that they could not see there. What does not
live here: the queries (store), how it is drawn (console).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from api.house import House
from cases.desk.views import Reader
from cases.errors import NotAllowed
from cases.ports import BEIJING
from cases.rules.area import OVERSIGHT_ROLES
from cases.rules.wall import STATION_DESK
from cases.store.queue.asked import Asked, Tally
from cases.store.queue.tallying import Asker, by_day, by_holder, tally

READERS = STATION_DESK | OVERSIGHT_ROLES
DAYS = 14
OVERDUE = Asked(view="overdue")
REPORTS = Asked(case_type="clue")
"""What comes and goes: reports. Their tasks come and go with them."""


@dataclass(frozen=True, slots=True)
class Day:
    """How many reports were opened and closed on a day."""

    on: date
    opened: int
    closed: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands on the board: the questions' figures by name, what is overdue in whose hands (and whether that is
    more than was counted), and the last days."""

    tallies: Mapping[str, Tally]
    late: Mapping[str, int]
    late_more: bool
    days: list[Day]


class Board:
    """Counts what a station has at hand, or an area."""

    def __init__(self, house: House) -> None:
        self.office = house.office

    def today(self) -> date:
        """The office's day."""
        return self.office.clock.now().astimezone(BEIJING).date()

    def figures(self, reader: Reader, questions: Iterable[tuple[str, Asked]]) -> Figures:
        """The figures of some named questions, and the rest of the board; NotAllowed for whoever has no board."""
        if not reader.actor.roles & READERS:
            raise NotAllowed("今日看板供工作站和督办、审计岗位使用")
        now = self.office.clock.now()
        asker, today = Asker(reader.actor, reader.kind, now), now.astimezone(BEIJING).date()
        span = today - timedelta(days=DAYS - 1), today
        with self.office.database.reading() as connection:
            tallies = {name: tally(connection, asker, asked) for name, asked in questions}
            late, more = by_holder(connection, asker, OVERDUE)
            opened = by_day(connection, asker, REPORTS, "opened_at", span)
            closed = by_day(connection, asker, REPORTS, "closed_at", span)
        return Figures(tallies, late, more, [Day(on, opened[on], closed[on]) for on in opened])
