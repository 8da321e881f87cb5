"""What taking in an arrangement comes to: which years, which days, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from cases.errors import Conflict, Malformed
from cases.rules.calendar import Calendar, CalendarDay
from cases.rules.revisions import revise
from cases.rules.years import Arrangement, Year, year_of
from tests.cases.rules.coming_year import the_2027
from tests.cases.rules.slow_count import CALENDAR

NEW_YEARS_EVE = CalendarDay(date(2026, 12, 31), "off", "元旦", "通知")


def known(year: int) -> Arrangement:
    found = year_of(CALENDAR, year)
    assert found is not None
    return Arrangement(found)


def test_a_coming_year_tells_each_day_that_is_not_worked_as_assumed() -> None:
    revision = revise(CALENDAR, the_2027())
    assert [one.year for one in revision.years] == [2027]
    assert revision.calendar.known_years == {2025, 2026, 2027}
    told = [f"{one.day:%m-%d} {one.was} → {one.now}" for one in revision.changes]
    assert told[0] == "02-09 工作日(暂定,2027年放假通知未收录,调休未推算) → 春节放假"
    assert "02-14 周日(暂定,2027年放假通知未收录,调休未推算) → 周日,调休上班" in told
    assert len(told) == 16
    assert all(one.was_working != one.working for one in revision.changes)


def test_what_is_known_already_changes_nothing() -> None:
    revision = revise(CALENDAR, known(2026))
    assert (revision.years, revision.changes, revision.calendar) == ((), (), CALENDAR)


def test_a_known_year_with_other_content_is_replaced_only_on_purpose() -> None:
    year = known(2026).year.amended([NEW_YEARS_EVE])
    with pytest.raises(Conflict, match="2026年的放假安排已收录,内容不同\\(2026-12-31\\)"):
        revise(CALENDAR, Arrangement(year))
    revision = revise(CALENDAR, Arrangement(year), replace=True)
    (change,) = revision.changes
    assert (change.day, change.was_working, change.working) == (NEW_YEARS_EVE.day, True, False)


def test_another_notice_of_the_same_days_is_told_though_no_day_is_worked_otherwise() -> None:
    year = known(2026).year
    retitled = Year(2026, tuple(CalendarDay(d.day, d.kind, d.name, "更正通知") for d in year.days))
    changes = revise(CALENDAR, Arrangement(retitled), replace=True).changes
    assert len(changes) == len(year.days)
    assert all(one.was_working == one.working for one in changes)


@pytest.mark.parametrize(("year", "missing"), [(2028, 2027), (2030, 2027), (2023, 2024)])
def test_a_year_that_leaves_a_gap_is_refused(year: int, missing: int) -> None:
    far = Year(year, (CalendarDay(date(year, 1, 1), "off", "元旦", "通知"),))
    with pytest.raises(Malformed, match=f"请先收录{missing}年"):
        revise(CALENDAR, Arrangement(far))


def test_a_year_before_the_known_ones_may_join_them() -> None:
    before = Year(2024, (CalendarDay(date(2024, 1, 1), "off", "元旦", "通知"),))
    assert min(revise(CALENDAR, Arrangement(before)).calendar.known_years) == 2024


def test_a_notice_that_speaks_of_the_december_before_changes_that_year_too() -> None:
    arrangement = Arrangement(the_2027().year, (NEW_YEARS_EVE,))
    with pytest.raises(Conflict, match="2026年的放假安排已收录"):
        revise(CALENDAR, arrangement)
    revision = revise(CALENDAR, arrangement, replace=True)
    assert [one.year for one in revision.years] == [2027, 2026]
    assert not revision.calendar.is_working(NEW_YEARS_EVE.day)
    assert not revision.calendar.is_working(date(2026, 10, 1))
    assert revise(revision.calendar, arrangement).years == ()


def test_a_december_of_an_unknown_year_is_refused() -> None:
    only = Calendar.of(known(2026).year.days, [2026], statutory=CALENDAR.statutory)
    arrangement = Arrangement(known(2026).year, (CalendarDay(date(2025, 12, 31), "off", "元旦", "通知"),))
    with pytest.raises(Malformed, match="请先收录2025年"):
        revise(only, arrangement)
