"""``recount``: a hundred thousand running clocks counted again after a year's notice was taken in.

One in ten moves, which is a step of its case with a row and a notice; the others only lose their mark, as in a real
November. What does not live here: the recount (desk) and its command.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from api.bench.figure import Figure, figure, seconds
from api.bench.ground import offices, reported
from api.cli.almanac import recount
from cases.desk.recounting import recount_batch
from cases.ids import new_id
from cases.office import Office
from cases.ports import BEIJING
from cases.rules.calendar import CalendarDay
from cases.rules.years import Arrangement, Year
from cases.store.almanac import Signed
from cases.store.dues import count_provisional
from cases.store.sheaf import table

CLOCKS = 100_000
MOVED = 10_000
ONE_BY_ONE = 300
OPENED = datetime(2027, 2, 4, 10, 0, tzinfo=BEIJING)
"""Before the Spring Festival, whose days off in lieu only the notice names."""

LATER = datetime(2027, 3, 1, 10, 0, tzinfo=BEIJING)


def run() -> list[Figure]:
    """Clocks counted again a second; base is one clock a transaction."""
    found: list[Figure] = []
    with offices() as each:
        for kind, office in each:
            reported(office, MOVED + ONE_BY_ONE, OPENED)
            settling = reported(office, MOVED, LATER)
            with office.database.reading() as connection:
                _copies(office, settling, CLOCKS - count_provisional(connection))
            _notice(office)
            base = ONE_BY_ONE / seconds(lambda office=office: _one_by_one(office))
            ours = (CLOCKS - ONE_BY_ONE) / seconds(lambda office=office: recount(office))
            found.append(figure("recount", kind, ours, base, ">= 2; 100,000 clocks", "clocks/s"))
    return found


def _copies(office: Office, case_ids: list[str], many: int) -> None:
    """More provisional clocks of these cases, copied from those the desk wrote."""
    deadline = table("deadline")
    with office.database.reading() as connection:
        question = select(deadline).where(deadline.c.case_id.in_(case_ids[:100]), deadline.c.provisional.is_(True))
        row = dict(connection.execute(question.limit(1)).mappings().one())
    for start in range(0, many, 20_000):
        batch: list[dict[str, Any]] = [
            {**row, "id": new_id(), "case_id": case_ids[(start + n) % len(case_ids)], "code": "bench", "next_at": None}
            for n in range(min(20_000, many - start))
        ]
        with office.database.writing() as connection:
            connection.execute(insert(deadline), batch)


def _notice(office: Office) -> None:
    """A notice that lengthens the Spring Festival by four working days; it only has to move something."""
    law = office.desk.calendar.statutory.days(2027)
    off = {**law, **{date(2027, 2, 9) + timedelta(days=n): "春节" for n in range(4)}}
    days = tuple(CalendarDay(day, "off", name, "测试安排") for day, name in sorted(off.items()))
    with office.database.writing() as connection:
        office.desk.almanac.take_in(connection, Arrangement(Year(2027, days)), Signed("bench", LATER))


def _one_by_one(office: Office) -> None:
    after = ""
    for _ in range(ONE_BY_ONE):
        with office.database.writing() as connection:
            after = recount_batch(office.desk, connection, LATER, 1, after).after
