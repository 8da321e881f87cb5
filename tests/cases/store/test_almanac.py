"""Years of the calendar in the database: published once, newest revision first, noticed by other processes in time."""

from __future__ import annotations

from datetime import date

import pytest

from cases.errors import Conflict, Malformed, PackBroken
from cases.office import open_office
from cases.rules.calendar import CalendarDay
from cases.rules.years import Arrangement, Year, year_of
from cases.store.almanac import LOOK_SECONDS, Almanac, Signed, published_years, revisions
from cases.store.database import Database
from tests.builders import FRIDAY
from tests.cases.counter import Counter
from tests.cases.rules.coming_year import NOTICE, take_in_2027, the_2027

WORKED_2027 = date(2027, 2, 14)
SIGNED = Signed("测试", FRIDAY)


class Ticks:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def almanac(counter: Counter, ticks: Ticks) -> Almanac:
    return Almanac(counter.desk.calendar, ticks)


def look(almanac: Almanac, database: Database) -> bool:
    """Whether the make-up day of 2027 is worked, after a look."""
    with database.reading() as connection:
        return almanac.look(connection).is_working(WORKED_2027)


def amended() -> Arrangement:
    day = CalendarDay(date(2027, 12, 31), "off", "元旦", "更正通知")
    return Arrangement(the_2027().year.amended([day]))


def test_a_year_is_published_and_read_back(counter: Counter, almanac: Almanac):
    with counter.database.writing() as connection:
        revision = take_in_2027(almanac, connection)
    with counter.database.reading() as connection:
        assert published_years(connection) == [the_2027().year]
        (row,) = revisions(connection)
        assert almanac.look(connection) == revision.calendar
    assert row["notice"] == NOTICE
    assert (row["year"], row["revision"], row["imported_by"], row["reason"]) == (2027, 1, "测试", "")
    assert (row["imported_at"], row["digest"]) == (FRIDAY, the_2027().year.digest)


def test_the_same_content_twice_is_one_revision(counter: Counter, almanac: Almanac):
    for _ in range(2):
        with counter.database.writing() as connection:
            take_in_2027(almanac, connection)
    assert len(counter.rows("calendar_year")) == 1
    with counter.database.writing() as connection:
        built_in = year_of(almanac.calendar, 2026)
        assert built_in is not None
        assert almanac.take_in(connection, Arrangement(built_in), SIGNED).years == ()
    assert len(counter.rows("calendar_year")) == 1


def test_another_content_is_a_new_revision_with_its_reason_and_going_back_is_one_more(
    counter: Counter, almanac: Almanac, ticks: Ticks
):
    with counter.database.writing() as connection:
        take_in_2027(almanac, connection)
    with pytest.raises(Conflict), counter.database.writing() as connection:
        almanac.take_in(connection, amended(), SIGNED)
    with pytest.raises(Malformed, match="须写明理由"), counter.database.writing() as connection:
        almanac.take_in(connection, amended(), Signed("测试", FRIDAY, "  ", replace=True))
    for arrangement in (amended(), the_2027()):
        with counter.database.writing() as connection:
            almanac.take_in(connection, arrangement, Signed("测试", FRIDAY, "更正", replace=True))
    rows = counter.rows("calendar_year")
    assert [(row["revision"], row["reason"]) for row in rows] == [(1, ""), (2, "更正"), (3, "更正")]
    with counter.database.reading() as connection:
        assert published_years(connection) == [the_2027().year]


def test_a_refused_arrangement_writes_nothing(counter: Counter, almanac: Almanac):
    far = Arrangement(Year(2029, (CalendarDay(date(2029, 1, 1), "off", "元旦", "通知"),)))
    with pytest.raises(Malformed), counter.database.writing() as connection:
        almanac.take_in(connection, far, SIGNED)
    assert counter.rows("calendar_year") == []


def test_another_process_notices_within_seconds_and_does_not_ask_before(
    counter: Counter, almanac: Almanac, ticks: Ticks
):
    other = Almanac(counter.desk.calendar, ticks)
    assert not look(other, counter.database)
    with counter.database.writing() as connection:
        take_in_2027(almanac, connection)
    ticks.seconds = LOOK_SECONDS - 0.1
    assert not look(other, counter.database)
    ticks.seconds = LOOK_SECONDS
    assert look(other, counter.database)
    assert look(almanac, counter.database), "whoever took it in looks at once"


def test_a_look_during_a_look_does_not_wait(counter: Counter):
    """Each time the almanac asks how late it is, somebody else looks too; waiting for the first would never end."""
    found: list[bool] = []

    def tick() -> float:
        if len(found) < 3:
            found.append(False)
            found[-1] = look(almanac, counter.database)
        return 0.0

    almanac = Almanac(counter.desk.calendar, tick)
    with counter.database.writing() as connection:
        take_in_2027(counter.desk.almanac, connection)
    assert look(almanac, counter.database)
    assert len(found) == 3


def test_an_import_that_is_given_up_leaves_the_calendar_as_it_was(counter: Counter, almanac: Almanac):
    with counter.database.engine.connect() as connection:
        take_in_2027(almanac, connection)
        connection.rollback()
    assert not look(almanac, counter.database)
    assert counter.rows("calendar_year") == []


def test_the_years_serve_every_pack_with_its_own_hours(counter: Counter):
    with counter.database.writing() as connection:
        take_in_2027(counter.desk.almanac, connection)
    case_id = counter.open().case_id
    windows = tuple(f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in counter.desk.calendar.windows)
    assert windows == counter.pack.working_hours
    assert counter.desk.calendar.knows(WORKED_2027)
    assert {row["calendar"] for row in counter.rows("deadline", case_id=case_id)} == {counter.desk.calendar.version}


def test_an_office_opened_later_has_the_year_and_one_without_the_table_is_told(counter: Counter):
    with counter.database.writing() as connection:
        take_in_2027(counter.desk.almanac, connection)
    later = open_office(counter.office.settings)
    assert later.desk.calendar.knows(WORKED_2027)
    assert later.calendar() is later.desk.calendar
    later.close()
    with counter.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE calendar_year RENAME TO put_away")
    try:
        with pytest.raises(PackBroken, match="huiyin migrate"):
            open_office(counter.office.settings)
    finally:
        with counter.database.writing() as connection:
            connection.exec_driver_sql("ALTER TABLE put_away RENAME TO calendar_year")
