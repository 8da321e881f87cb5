"""回测: what a new pack would change about recorded cases, and whom it would leave without a next step."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from cases.desk import backtesting
from cases.desk.backtesting import Findings, Proposal, Replay, chosen_versions, stranded
from cases.packs.schema import Pack
from cases.ports import BEIJING
from cases.store import replaying
from cases.store.replaying import Chosen, how_many
from tests.builders import FIRE, HEAD, OPERATOR, REPORTER, URBAN, of_department
from tests.cases.counter import Counter


def on(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=BEIJING)


def longer(pack: Pack, code: str, amount: int) -> Pack:
    limit = replace(pack.limits[code], amount=amount)
    return replace(pack, version=f"trial {code} {amount}", limits={**pack.limits, code: limit})


def lead_by(pack: Pack, matter: str, duty: str) -> Pack:
    changed = replace(pack.matters[matter], lead=duty, assist=())
    return replace(pack, version="trial", matters={**pack.matters, matter: changed})


def tried(counter: Counter, new: Pack, **more: Any) -> tuple[Findings, list[dict[str, Any]]]:
    """What a replay of every case finds, in counts and one by one."""
    told: list[dict[str, Any]] = []
    since, base = more.get("since"), more.get("base")
    with counter.database.reading() as connection:
        ids = chosen_versions(connection, counter.desk.shelf, more.get("against", counter.pack.name))
        proposal = Proposal(new, Chosen(ids, since), counter.now, base)
        found = Replay(counter.desk, proposal, told.append).run(connection)
    return found, told


def test_the_same_pack_changes_nothing(counter: Counter):
    counter.dispatched(lead=FIRE)
    counter.open()
    counter.clock.ahead(days=2)
    counter.sweep()
    found, told = tried(counter, counter.pack)
    assert (found.cases, found.clocks, told, found.stranded) == (3, 5, [], 0)


def test_deadlines_that_would_move_are_listed_with_their_lights(counter: Counter):
    case_id = counter.dispatched(lead=FIRE)
    task = counter.task(case_id, FIRE)
    counter.clock.jump(on(30))
    found, told = tried(counter, longer(counter.pack, "H5", 9))
    assert found.deadlines == {"handling": 2}, "the report's own clock and the task's"
    assert found.matters == {"XF01": 2}
    assert found.lights == {"red->yellow": 1, "red->green": 1}, "the report is warned of later than the task"
    (line,) = [one for one in told if one["case_id"] == task.id]
    assert (line["kind"], line["clock"], line["limit_before"], line["limit_after"]) == (
        "deadline",
        "handling",
        "H5",
        "H5",
    )
    assert line["due_before"] == datetime(2026, 11, 27, 23, 59, 59, tzinfo=BEIJING)
    assert line["due_after"] == datetime(2026, 12, 3, 23, 59, 59, tzinfo=BEIJING)


def test_what_the_back_test_says_is_what_moving_the_case_does(counter: Counter):
    """Stands and extensions are kept, and nothing was changed by looking."""
    case_id = counter.dispatched(lead=FIRE)
    task = counter.task(case_id, FIRE)
    counter.step(task.id, "sign_for", of_department(FIRE))
    counter.clock.jump(on(23, 10))
    counter.step(task.id, "pause_clock", HEAD, clock="handling", ground="appraisal", document="委托书")
    counter.clock.jump(on(25, 10))
    counter.step(task.id, "resume_clock", HEAD, clock="handling")
    before = counter.rows("deadline")
    new = longer(counter.pack, "H5", 9)
    _, told = tried(counter, new)
    assert counter.rows("deadline") == before
    counter.publish(new)
    counter.step(task.id, "rebase", HEAD, reason="新版地区包施行")
    (said,) = [one["due_after"] for one in told if one["case_id"] == task.id]
    (row,) = counter.rows("deadline", case_id=task.id, code="handling")
    assert row["due_at"] == said


def test_a_ladder_that_warns_earlier_changes_the_light_alone(counter: Counter):
    counter.open()
    counter.clock.ahead(hours=5)
    early = tuple(replace(rung, at="10%") if rung.n == 1 else rung for rung in counter.pack.ladder)
    found, told = tried(counter, replace(counter.pack, version="trial", ladder=early))
    assert (found.deadlines.total(), found.lights) == (0, {"green->yellow": 1})
    assert told[0]["due_before"] == told[0]["due_after"]


def test_a_clock_that_stands_stays_grey(counter: Counter):
    case_id = counter.open(matter=None).case_id
    counter.step(case_id, "ask_more", OPERATOR, request="请补照片")
    found, told = tried(counter, longer(counter.pack, "ST-ACCEPT", 3))
    assert found.deadlines == {"acceptance": 1}
    assert (told[0]["light_before"], told[0]["light_after"]) == ("grey", "grey")


def test_reports_another_department_would_lead(counter: Counter):
    by_catalogue = counter.dispatched(lead=FIRE, room="1")
    by_hand = counter.dispatched(lead=URBAN, room="2")
    waiting = counter.open(room="3").case_id
    urban = next(duty for duty in counter.pack.organisations[URBAN].duties if len(counter.pack.carriers(duty, "")) == 1)
    found, told = tried(counter, lead_by(counter.pack, "XF01", urban))
    routes = {one["case_id"]: (one["lead_before"], one["lead_after"]) for one in told if one["kind"] == "route"}
    assert routes == {by_catalogue: (FIRE, URBAN), waiting: (FIRE, URBAN)}
    assert found.routes == 2
    assert by_hand not in routes, "it is with that department already"


def test_closed_cases_are_replayed_for_some_days_if_asked(counter: Counter):
    case_id = counter.confirming()
    counter.step(case_id, "confirm", REPORTER)
    counter.clock.ahead(days=5)
    new = longer(counter.pack, "ST-ACCEPT", 2)
    assert tried(counter, new)[0].deadlines == {}
    assert tried(counter, new, since=counter.now - timedelta(days=2))[0].deadlines == {}
    found, told = tried(counter, new, since=counter.now - timedelta(days=7))
    assert found.deadlines == {"acceptance": 1}
    assert (told[0]["light_before"], told[0]["light_after"]) == ("green", "green"), "it was kept either way"


def test_only_the_cases_of_the_named_version(counter: Counter):
    counter.open(room="1")
    counter.under(replace(counter.pack, version="second"))
    counter.open(room="2")
    new = longer(counter.pack, "ST-ACCEPT", 2)
    assert tried(counter, new)[0].cases == 2
    assert tried(counter, new, against=f"{counter.pack.name}@second")[0].cases == 1
    assert tried(counter, new, against=f"{counter.pack.name}@third")[0].cases == 0


def test_against_a_folder_the_record_is_recounted_under_it(counter: Counter):
    counter.open()
    new = longer(counter.pack, "ST-ACCEPT", 2)
    assert tried(counter, new, base=new)[0].deadlines == {}
    assert tried(counter, counter.pack, base=new)[0].deadlines == {"acceptance": 1}


def test_a_pack_that_strands_open_cases_is_refused_by_name(counter: Counter, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(backtesting, "NAMED", 2)
    ids = [counter.open(room=str(n)).case_id for n in range(3)]
    done = counter.open(room="9").case_id
    counter.step(done, "decline", OPERATOR, reason="不属受理范围")
    matters = {code: one for code, one in counter.pack.matters.items() if code != "XF01"}
    new = replace(counter.pack, version="trial", matters=matters)
    found, told = tried(counter, new)
    numbers = [counter.piece(case_id).number for case_id in ids]
    assert found.stranded == 3
    assert [line.partition(":")[0] for line in found.named] == numbers[:2]
    assert [one["number"] for one in told if one["kind"] == "stranded"] == numbers
    with counter.database.reading() as connection:
        versions = chosen_versions(connection, counter.desk.shelf, counter.pack.name)
        asked: list[int] = []
        alone = stranded(connection, counter.desk.shelf, new, versions, asked.append)
    assert (alone.stranded, alone.named, asked) == (3, found.named, [3])


def test_cases_come_in_batches(counter: Counter, monkeypatch: pytest.MonkeyPatch):
    for n in range(7):
        counter.open(room=str(n))
    seen: list[int] = []
    real = replaying.recorded_clocks
    monkeypatch.setattr(backtesting, "batches", lambda *asked: replaying.batches(*asked, many=3))
    monkeypatch.setattr(
        backtesting, "recorded_clocks", lambda connection, some: seen.append(len(some)) or real(connection, some)
    )
    found, _ = tried(counter, longer(counter.pack, "ST-ACCEPT", 2))
    assert (seen, found.cases, found.deadlines) == ([3, 3, 1], 7, {"acceptance": 7})
    with counter.database.reading() as connection:
        ids = chosen_versions(connection, counter.desk.shelf, counter.pack.name)
        assert how_many(connection, Chosen(ids)) == 7
        assert how_many(connection, Chosen(ids, station="JT-DC-ZD")) == 0
