"""经手时间: who held a case for how long, by the clock and in the holder's own hours; added up for an organisation."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from cases.desk.holding import AskedTime, Holdings
from cases.desk.views import Reader, View
from cases.errors import NotAllowed, NotFound
from cases.grammar import Actor
from cases.ports import BEIJING
from cases.store.holdings import Period
from tests.builders import FIRE, HEAD, OPERATOR, PROPERTY, REPORTER, STATION, STRANGER, URBAN, an_actor, of_department
from tests.cases.counter import Counter

HOUR, DAY = 3600, 7 * 3600
OVERSEER = an_actor("周督办", "JT", "supervisor")


def on(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=BEIJING)


def of_case(counter: Counter, case_id: str, actor: Actor = HEAD) -> list[View]:
    with counter.database.reading() as connection:
        reader = Reader(actor, "station")
        return Holdings(counter.desk).of_case(connection, counter.piece(case_id), reader, counter.now)


def held(counter: Counter, code: str, actor: Actor = HEAD, since: datetime | None = None, **more: Any) -> View:
    period = Period(since, more.pop("until", counter.now))
    asked = AskedTime(counter.pack, code, period, more.get("case_type"))
    with counter.database.reading() as connection:
        return Holdings(counter.desk).of_organisation(connection, asked, Reader(actor, "station"))


def supplemented(counter: Counter) -> str:
    """A report that lay with its reporter from Friday three o'clock to Tuesday noon."""
    case_id = counter.open(matter=None).case_id
    counter.clock.jump(on(20, 15))
    counter.step(case_id, "ask_more", OPERATOR, request="请补照片")
    counter.clock.jump(on(24, 12))
    counter.step(case_id, "supplement", REPORTER, matter="XF01")
    counter.clock.jump(on(24, 16))
    return case_id


def test_each_interval_has_its_holder_and_both_its_lengths(counter: Counter):
    case_id = supplemented(counter)
    first, asked, now = of_case(counter, case_id)
    station = {"code": STATION, "name": counter.pack.organisations[STATION].name}
    assert [one["holder"] for one in (first, asked, now)] == [station, {"code": "reporter", "name": "报告人"}, station]
    assert (first["from"], first["to"], first["clock_seconds"]) == (on(20), on(20, 15), 6 * HOUR)
    assert first["work_seconds"] == 4 * HOUR + HOUR // 2, "the lunch break is nobody's"
    assert asked["work_words"] == "1个工作日5小时"
    assert (now["to"], now["clock_seconds"], now["work_seconds"]) == (None, 4 * HOUR, 2 * HOUR + HOUR // 2)


def test_the_station_and_each_department_hold_in_turn(counter: Counter):
    case_id = counter.accepted()
    counter.clock.jump(on(20, 11))
    counter.step(case_id, "dispatch", OPERATOR, lead=FIRE, reason="指定办理")
    counter.clock.jump(on(20, 14))
    counter.deliver()
    counter.clock.jump(on(23, 14))
    counter.conclude(counter.task(case_id, FIRE))
    assert [one["holder"]["code"] for one in of_case(counter, case_id)] == [STATION, FIRE, STATION]
    on_its_way, task = of_case(counter, counter.task(case_id, FIRE).id)
    assert (on_its_way["holder"]["code"], on_its_way["from"], on_its_way["to"]) == (STATION, on(20, 11), on(20, 14))
    assert (task["holder"]["code"], task["to"], task["work_seconds"]) == (FIRE, on(23, 14), DAY)


def test_a_clock_that_stands_is_still_in_somebodys_hands(counter: Counter):
    case_id = counter.dispatched(lead=FIRE)
    task = counter.task(case_id, FIRE)
    counter.step(task.id, "sign_for", of_department(FIRE))
    counter.step(task.id, "pause_clock", HEAD, clock="handling", ground="appraisal", document="委托书")
    counter.clock.jump(on(24))
    one = of_case(counter, task.id)[-1]
    assert one["work_seconds"] == 2 * DAY


def test_whoever_reported_does_not_see_inside(counter: Counter):
    case_id = supplemented(counter)
    with pytest.raises(NotAllowed):
        of_case(counter, case_id, REPORTER)


def test_an_organisation_adds_up_its_cases_cut_to_the_period(counter: Counter):
    tasks = [counter.task(counter.dispatched(lead=FIRE, room=str(n)), FIRE) for n in range(3)]
    for task, day in zip(tasks, (20, 23, 24), strict=True):
        counter.clock.jump(on(day, 12))
        counter.conclude(task)
    counter.clock.jump(on(27))
    whole = held(counter, FIRE)
    assert (whole["cases"], whole["work_seconds"]) == (3, 3 * HOUR + (DAY + 3 * HOUR) + (2 * DAY + 3 * HOUR))
    assert (whole["median_work_seconds"], whole["median_words"]) == (DAY + 3 * HOUR, "1个工作日3小时")
    assert [one["number"] for one in whole["longest"]] == [task.number for task in reversed(tasks)]
    part = held(counter, FIRE, since=on(23), until=on(24))
    assert (part["cases"], part["work_seconds"], part["clock_seconds"]) == (2, 3 * HOUR + DAY, 3 * HOUR + 24 * HOUR)
    assert held(counter, FIRE, since=on(25))["cases"] == 0
    assert held(counter, FIRE, since=on(28), until=on(27)) | {"from": None, "to": None} == held(
        counter, FIRE, since=on(25)
    ) | {"from": None, "to": None}
    assert len(held(counter, STATION, case_type="clue")["longest"]) == 3


def test_the_longest_are_ten(counter: Counter):
    for n in range(12):
        counter.open(room=str(n))
        counter.clock.ahead(minutes=10)
    found = held(counter, STATION)
    assert (found["cases"], len(found["longest"])) == (12, 10)
    lasted = [one["work_seconds"] for one in found["longest"]]
    assert lasted == sorted(lasted, reverse=True)


def test_a_report_is_counted_by_its_tasks_and_what_lay_with_the_reporter_by_nobody(counter: Counter):
    case_id = supplemented(counter)
    counter.step(case_id, "accept", OPERATOR)
    counter.step(case_id, "dispatch", OPERATOR, lead=FIRE, reason="指定办理")
    counter.deliver()
    counter.clock.jump(on(25, 11))
    found = held(counter, FIRE, OVERSEER)
    assert [one["number"] for one in found["longest"]] == [counter.task(case_id, FIRE).number]
    assert held(counter, PROPERTY, OVERSEER)["cases"] == 0


def test_the_hours_are_the_holders_own(counter: Counter):
    organisations = dict(counter.pack.organisations)
    organisations[STATION] = replace(organisations[STATION], hours="08:00-20:00")
    counter.under(replace(counter.pack, organisations=organisations, version="late"))
    case_id = counter.open().case_id
    counter.clock.jump(on(20, 20))
    assert of_case(counter, case_id)[0]["work_seconds"] == 11 * HOUR
    assert held(counter, STATION)["longest"][0]["work_seconds"] == 11 * HOUR


def test_who_may_ask_about_whom(counter: Counter):
    counter.dispatched(lead=FIRE)
    counter.clock.ahead(hours=2)
    assert held(counter, FIRE, of_department(FIRE))["cases"] == 1
    assert held(counter, FIRE, HEAD)["cases"] == 1
    assert held(counter, FIRE, OVERSEER)["cases"] == 1
    assert held(counter, FIRE, STRANGER)["cases"] == 0, "another station sees its own cases only"
    assert held(counter, STATION, STRANGER)["cases"] == 0
    strangers = (of_department(URBAN), REPORTER, an_actor("管", "JT", "admin"), an_actor("凭码", None, "reporter"))
    for stranger in strangers:
        with pytest.raises(NotAllowed):
            held(counter, FIRE, stranger)
    with pytest.raises(NotFound):
        held(counter, "JT-NOBODY", OVERSEER)
