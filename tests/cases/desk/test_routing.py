"""批量派遣: every accepted report goes to its one lead, or to a person with the reason; none is lost or taken twice."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import replace

import pytest
from sqlalchemy import update

from cases.desk.desk import Order
from cases.desk.opening import Opened
from cases.store.dues import anything_in_lane
from cases.store.sheaf import table
from tests.builders import FIRE, MARKET, OPERATOR, POLICE, URBAN, a_clue
from tests.cases.counter import Counter
from tests.cases.invariants import breaches


def accept(counter: Counter, *matters: str) -> dict[str, str]:
    """Accepted reports of these matters, by case id."""
    found = [counter.open(matter=matter, room=str(n)).case_id for n, matter in enumerate(matters)]
    counter.batch([Order(case_id, "accept") for case_id in found], OPERATOR)
    return dict(zip(found, matters, strict=True))


def waiting(counter: Counter) -> bool:
    with counter.database.reading() as connection:
        return anything_in_lane(connection, "route")


def test_each_report_goes_to_its_lead_with_its_assistants(counter: Counter):
    cases = accept(counter, "XF01", "GA01", "CG04", "SJ01", "MS01")
    assert waiting(counter)
    routed = counter.route()
    assert dict(routed.counts()) == {FIRE: 1, POLICE: 1, URBAN: 1, MARKET: 1, "JT-JC-TJ": 1}
    assert routed.total == 5
    for case_id, matter in cases.items():
        clue, tasks = counter.piece(case_id), counter.tasks(case_id)
        route = clue.facts["route"]
        assert (clue.state, clue.lane) == ("dispatched", None)
        assert matter in route["reason"]
        assert [(t.assignee, t.duty) for t in tasks if t.duty == "lead"] == [(clue.lead, "lead")]
        assert {t.assignee for t in tasks if t.duty == "assist"} == set(route["assists"])
        assert [t.number for t in tasks] == [f"{clue.number}-PQ{n:02d}" for n in range(1, len(tasks) + 1)]
    assert not waiting(counter)
    assert counter.route().total == 0
    assert breaches(counter) == []


def test_where_only_a_designation_decides_and_there_is_none_a_person_confirms(counter: Counter):
    counter.under(replace(counter.pack, competences=(), version="undesignated"))
    (case_id,) = accept(counter, "CG03")
    assert counter.pack.matters["CG03"].route == "confirm"
    routed = counter.route()
    clue = counter.piece(case_id)
    assert (routed.proposed, routed.dispatched) == ([clue.number], {})
    assert (clue.state, clue.lane, clue.lead) == ("accepted", None, None)
    proposal = clue.facts["proposal"]
    assert "须人工确认" in proposal["reason"]
    assert not waiting(counter), "it is not proposed again and again"
    assert counter.notices(case_id)[-1]["event"] == "clue.propose"
    counter.step(case_id, "dispatch", OPERATOR, lead=proposal["lead"], reason=proposal["reason"])
    assert counter.piece(case_id).facts.get("proposal", {}) == {}
    assert breaches(counter) == []


def test_what_nobody_or_two_are_competent_for_goes_to_the_operator_with_the_reason(counter: Counter):
    organisations = dict(counter.pack.organisations)
    organisations[FIRE] = replace(organisations[FIRE], duties=())
    organisations["JT-YJ"] = replace(organisations["JT-YJ"], duties=("police",))
    counter.under(replace(counter.pack, organisations=organisations, version="confused"))
    nobody, two = accept(counter, "XF01", "GA01")
    routed = counter.route()
    assert sorted(routed.handed_over) == sorted(counter.piece(case_id).number for case_id in (nobody, two))
    assert "没有登记该机构" in counter.piece(nobody).facts["hand_over"]
    assert "多个主办机构" in counter.piece(two).facts["hand_over"]
    assert not waiting(counter)
    for case_id in (nobody, two):
        assert counter.piece(case_id).state == "accepted"
        assert counter.notices(case_id)[-1]["event"] == "clue.hand_over"
    counter.step(nobody, "dispatch", OPERATOR, lead=URBAN, reason="协调确定")
    assert counter.piece(nobody).facts.get("hand_over", "") == ""
    assert breaches(counter) == []


def test_a_dispatch_refused_by_a_guard_is_handed_over_and_not_tried_for_ever(counter: Counter):
    """The route of a pack may name what the guard does not let pass: an assisting station."""
    organisations = dict(counter.pack.organisations)
    organisations["JT-GS"] = replace(organisations["JT-GS"], kind="station", duties=("fire",))
    organisations[FIRE] = replace(organisations[FIRE], duties=())
    counter.under(replace(counter.pack, organisations=organisations, version="station leads"))
    bad, good = accept(counter, "XF01", "CG04")
    routed = counter.route()
    assert routed.refused == [counter.piece(bad).number]
    assert routed.dispatched == {URBAN: [counter.piece(good).number]}
    assert counter.piece(bad).facts["hand_over"]
    assert not waiting(counter)
    assert breaches(counter) == []


def test_a_batch_takes_the_oldest_first_and_leaves_the_rest(counter: Counter):
    cases = list(accept(counter, *["XF01"] * 5))
    assert counter.route(2).total == 2
    assert [counter.piece(case_id).state for case_id in cases] == ["dispatched"] * 2 + ["accepted"] * 3
    assert (counter.route(2).total, counter.route(2).total, counter.route(2).total) == (2, 1, 0)


def test_a_report_dispatched_by_hand_leaves_the_lane(counter: Counter):
    (case_id,) = accept(counter, "XF01")
    counter.step(case_id, "dispatch", OPERATOR, lead=FIRE)
    assert not waiting(counter)
    assert counter.route().total == 0


@pytest.mark.timeout(60)
def test_a_thousand_waiting_reports_are_routed_in_batches(counter: Counter):
    matters = sorted(code for code, matter in counter.pack.matters.items() if not matter.assist)
    forms = [a_clue(matter=matters[n % len(matters)], room=str(n)) for n in range(1000)]
    opened = [one.case_id for one in counter.open_many(forms) if isinstance(one, Opened)]
    taken = counter.batch([Order(case_id, "accept") for case_id in opened], OPERATOR)
    accepted = [one.case_id for one in taken if not isinstance(one, Exception)]
    assert len(accepted) == 1000
    seen: Tally[str] = Tally()
    while (routed := counter.route(250)).total:
        for numbers in [*routed.dispatched.values(), routed.proposed, routed.handed_over, routed.refused]:
            seen.update(numbers)
    assert len(seen) == 1000
    assert set(seen.values()) == {1}
    rows = counter.rows("case_file", case_type="clue")
    assert {row["lane"] for row in rows} == {None}
    led = {row["id"]: row["lead"] for row in rows if row["state"] == "dispatched"}
    leads = {(row["parent_id"], row["assignee"]) for row in counter.rows("case_file", duty="lead")}
    assert leads == set(led.items())
    assert counter.whole()


def test_one_broken_case_is_set_aside_and_the_others_go_on(counter: Counter, caplog: pytest.LogCaptureFixture):
    """A row no step can be taken with (here: facts its type does not know) must not hold up the lane."""
    bad, good = accept(counter, "XF01", "CG04")
    with counter.database.writing() as connection:
        rows = table("case_file")
        connection.execute(update(rows).where(rows.c.id == bad).values(facts='{"nonsense": 1}'))
    routed = counter.route()
    assert routed.refused == [counter.piece(bad).number]
    assert counter.piece(good).state == "dispatched"
    assert (counter.piece(bad).state, counter.piece(bad).lane) == ("accepted", "stuck")
    assert not waiting(counter)
    assert "set aside" in caplog.text
