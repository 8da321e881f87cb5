"""The clerk: the next step of a task, its words, and when it is looked at again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from api.receiver.clerk import deed_for, first_turn, next_turn
from api.receiver.lots import share, weighted
from api.receiver.mood import mishap
from api.receiver.pace import turn
from api.receiver.roster import Behaviour, Wording
from cases.machines import assignment_forms as forms
from cases.ports import BEIJING
from tests.api.receiver.roster import a_case, a_department

SATURDAY = datetime(2026, 11, 21, 9, 0, tzinfo=BEIJING)
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=BEIJING)
FORMS = {
    "sign_for": forms.Receipt,
    "ask_return": forms.ReturnRequest,
    "submit_return": forms.ReturnOpinion,
    "verify": forms.Officers,
    "find_nothing": forms.Finding,
    "correct_on_spot": forms.Correction,
    "order": forms.Order,
    "recheck": forms.Recheck,
    "interview": forms.Interview,
    "report_result": forms.Result,
}


def a_code(code: str) -> dict[str, str]:
    return {"code": code, "name": code}


@pytest.mark.parametrize(
    ("state", "verb"),
    [
        ("dispatched", "sign_for"),
        ("return_asked", "submit_return"),
        ("signed_for", "verify"),
        ("verifying", "correct_on_spot"),
        ("ordered", "recheck"),
        ("recheck", "report_result"),
        ("no_violation", "report_result"),
        ("corrected", "report_result"),
        ("interviewed", "report_result"),
    ],
)
def test_each_state_has_its_step_with_a_form_the_office_takes(state: str, verb: str):
    deed = deed_for(a_department(), a_case(state), MONDAY)
    assert deed is not None
    assert deed.verb == verb
    FORMS[verb].model_validate(deed.form)


@pytest.mark.parametrize("state", ["return_ruling", "concluded", "returned", "something_new"])
def test_what_is_done_or_with_others_is_left_alone(state: str):
    assert deed_for(a_department(), a_case(state), MONDAY) is None


@pytest.mark.parametrize(
    ("matter", "kind", "verb"),
    [
        ("CG01", "urban", "order"),
        ("ZJ06", "housing", "interview"),
        ("WS01", "health", "find_nothing"),
        ("CG01", "mediation", "interview"),
    ],
)
def test_the_finding_follows_the_wording_of_the_pack(matter: str, kind: str, verb: str):
    deed = deed_for(a_department(kind=kind), a_case("verifying", matter=a_code(matter)), MONDAY)
    assert deed is not None
    assert deed.verb == verb
    FORMS[verb].model_validate(deed.form)


def test_an_order_gives_a_week_and_is_rechecked_on_its_last_day():
    deed = deed_for(a_department(), a_case("verifying", matter=a_code("CG01")), MONDAY)
    assert deed is not None
    assert deed.form["complete_by"] == "2026-11-30"
    after = next_turn(a_department(), a_case("ordered", facts={"complete_by": "2026-11-30"}), MONDAY)
    assert after == datetime(2026, 11, 30, 15, 0, tzinfo=BEIJING)


def test_an_order_not_followed_is_given_once_more_and_then_ends():
    facts = {"recheck_done": False, "orders": 1}
    case = a_case("recheck", matter=a_code("CG01"), facts=facts)
    deed = deed_for(a_department(), case, MONDAY)
    assert deed is not None
    assert deed.verb == "order"
    second = deed_for(a_department(), case | {"facts": facts | {"orders": 2}}, MONDAY)
    assert second is not None
    assert second.verb == "report_result"
    rechecks = [deed_for(a_department(), a_case("ordered", facts={"orders": 2}, id=str(n)), MONDAY) for n in range(40)]
    assert all(deed is not None and deed.form["done"] for deed in rechecks)


def test_a_return_names_ground_article_and_another_department():
    department = a_department(behaviour=Behaviour(returns=1.0), proposes={"XF01|C1": "D9"})
    proposed: set[str] = set()
    for n in range(60):
        deed = deed_for(department, a_case(id=str(n)), MONDAY)
        assert deed is not None
        form = forms.ReturnRequest.model_validate(deed.form)
        proposed.add(form.proposed)
    assert proposed == {"D9", "D2", "D3"}


@pytest.mark.parametrize("changed", [{"duty": "assist"}, {"facts": {"final": True}}, {"facts": {"returns": 1}}])
def test_nobody_returns_what_may_not_be_returned(changed: dict[str, Any]):
    deed = deed_for(a_department(behaviour=Behaviour(returns=1.0)), a_case(**changed), MONDAY)
    assert deed is not None
    assert deed.verb == "sign_for"


def test_without_anybody_to_propose_there_is_no_return():
    deed = deed_for(a_department(behaviour=Behaviour(returns=1.0), peers=()), a_case(), MONDAY)
    assert deed is not None
    assert deed.verb == "sign_for"


def test_a_pack_without_fitting_wording_says_so():
    with pytest.raises(LookupError, match="XF"):
        deed_for(a_department(wording=()), a_case("verifying"), MONDAY)


def test_an_ordinary_task_waits_for_monday_an_urgent_one_does_not():
    department = a_department()
    assert first_turn(department, a_case(), SATURDAY) == MONDAY
    assert first_turn(department, a_case(emergency=True), SATURDAY) == SATURDAY
    soon, far = (SATURDAY + timedelta(hours=hours) for hours in (24, 72))
    assert first_turn(department, a_case(next_due=soon.isoformat()), SATURDAY) == SATURDAY
    assert first_turn(department, a_case(next_due=far.isoformat()), SATURDAY) == MONDAY


def test_an_urgent_task_is_found_and_reported_within_the_day():
    now, case = SATURDAY, a_case("signed_for", next_due=(SATURDAY + timedelta(hours=24)).isoformat())
    for state in ("signed_for", "verifying", "corrected"):
        following = next_turn(a_department(), case | {"state": state}, now)
        assert following is not None
        now = following
    assert now - SATURDAY < timedelta(hours=12)


def test_who_is_late_acts_only_after_the_limit():
    department = a_department(behaviour=Behaviour(late=1.0))
    due = datetime(2026, 11, 24, 17, 0, tzinfo=BEIJING)
    cases = [a_case(id=str(n), next_due=due.isoformat()) for n in range(50)]
    signing = {case["id"] for case in cases if first_turn(department, case, SATURDAY) > due}
    verifying = {
        case["id"] for case in cases if (next_turn(department, case | {"state": "signed_for"}, MONDAY) or MONDAY) > due
    }
    assert signing | verifying == {case["id"] for case in cases}
    assert not signing & verifying
    assert signing
    assert verifying


def test_a_task_that_is_done_or_being_ruled_on_is_not_looked_at():
    for state in ("concluded", "returned", "return_ruling"):
        assert next_turn(a_department(), a_case(state), MONDAY) is None


@pytest.mark.parametrize(
    ("after", "ahead", "expected"),
    [
        ("2026-11-23T09:29:59", 1, "2026-11-23T09:30:00"),
        ("2026-11-23T09:30:00", 1, "2026-11-23T14:30:00"),
        ("2026-11-23T14:30:00", 1, "2026-11-24T09:30:00"),
        ("2026-11-27T15:00:00", 2, "2026-11-30T14:30:00"),
    ],
)
def test_turns_are_half_days_of_the_week(after: str, ahead: int, expected: str):
    moment = turn(datetime.fromisoformat(after).replace(tzinfo=BEIJING), ahead)
    assert moment == datetime.fromisoformat(expected).replace(tzinfo=BEIJING)


def test_emergencies_turn_every_half_hour_day_and_night():
    at = datetime(2026, 11, 21, 23, 40, tzinfo=BEIJING)
    assert turn(at, 2, emergency=True) == datetime(2026, 11, 22, 0, 30, tzinfo=BEIJING)


def test_chance_repeats_itself_and_is_even():
    drawn = [share("seed", n) for n in range(2000)]
    assert drawn == [share("seed", n) for n in range(2000)]
    assert all(0 <= one < 1 for one in drawn)
    assert 0.46 < sum(drawn) / len(drawn) < 0.54


def test_weights_weigh():
    picked = [weighted([("a", 3), ("b", 1)], n) for n in range(1000)]
    assert 0.68 < picked.count("a") / 1000 < 0.82


def test_mishaps_end_and_repeat_themselves():
    behaviour = Behaviour(fails=0.3, hangs=0.2)
    first = [mishap(behaviour, "1", str(n), 1) for n in range(1000)]
    assert first == [mishap(behaviour, "1", str(n), 1) for n in range(1000)]
    assert 0.24 < first.count("fail") / 1000 < 0.36
    assert 0.09 < first.count("hang") / 1000 < 0.19
    second = [mishap(behaviour, "1", str(n), 2) for n in range(1000)]
    assert 0 < second.count("fail") < first.count("fail")
    assert "hang" not in second
    assert {mishap(behaviour, "1", str(n), 3) for n in range(1000)} == {"none"}


def test_wording_without_weight_or_article_is_complete():
    assert Wording(outcome="corrected", measure="m", text="t").weight == 1
