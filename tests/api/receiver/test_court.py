"""The scripted court: which course a suit goes, which step is next, and what becomes of a suit it cannot read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from api.receiver.court import COURT, deed_for, next_turn
from api.receiver.court_script import COURSES, CourtScript, Exceptional
from api.receiver.roster import Department
from cases.grammar import Form
from cases.machines import court_forms as forms
from cases.ports import BEIJING
from tests.api.receiver.roster import a_department
from tests.api.receiver.test_bureau import MONDAY, SATURDAY, House

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=BEIJING)
OFFERED = {
    "submitted": ("receipt", "return_suit"),
    "received": ("return_suit", "divert", "accept_filing", "refuse_filing"),
    "filed": ("serve", "open_trial", "entrust", "judge", "mediate_in_court"),
    "trial": ("serve", "open_trial", "entrust", "judge", "mediate_in_court"),
}
FORMS: dict[str, type[Form]] = {
    "receipt": forms.CourtReceipt,
    "return_suit": forms.CourtPaper,
    "refuse_filing": forms.FilingRefusal,
    "accept_filing": forms.FilingDecision,
    "serve": forms.Service,
    "open_trial": forms.CourtHearing,
    "mediate_in_court": forms.MediationPaper,
    "judge": forms.Judgment,
}


def a_court(script: CourtScript | None = None, **changed: Any) -> Department:
    return a_department(kind="court", court=script, officers=(), wording=(), **changed)


def a_suit(state: str = "submitted", line: int = 1, **facts: Any) -> dict[str, Any]:
    """A suit as the API shows it to the court."""
    actions = [{"verb": verb} for verb in OFFERED.get(state, ())]
    known = {"position": line, "batch": "第1批", **facts}
    return {"id": f"s{line}", "number": f"S-{line}", "state": state, "version": 1, "facts": known, "actions": actions}


def verbs_of(script: CourtScript, line: int = 1, batch: str = "第1批", number: str = "S-1") -> tuple[str, ...]:
    return script.course_of(number, line, batch, "1")


@pytest.mark.parametrize("course", COURSES)
def test_the_words_of_every_course_are_forms_the_office_takes(course: str):
    script = CourtScript(rule={course: 1}, series="(2026)苏0413民初")
    for verb in script.courses[course]:
        filled = script.form_of(verb, {"line": "7", "number": "S-7", "now": NOW.isoformat()})
        FORMS[verb].model_validate(filled)
        assert "{" not in str(list(filled.values()))


@pytest.mark.parametrize(
    ("state", "facts", "verb"),
    [
        ("submitted", {}, "receipt"),
        ("received", {}, "accept_filing"),
        ("filed", {}, "serve"),
        ("filed", {"service": {"manner": "直接"}}, "open_trial"),
        ("trial", {"service": {"manner": "直接"}, "hearings": [{}]}, "judge"),
        ("judged", {}, None),
        ("effective", {}, None),
    ],
)
def test_a_suit_goes_its_course_step_by_step(state: str, facts: dict[str, Any], verb: str | None):
    course = ("receipt", "accept_filing", "serve", "open_trial", "judge")
    court = a_court(CourtScript(rule={"tried": 1}, courses={"tried": course}))
    deed = deed_for(court, a_suit(state, **facts), NOW)
    assert (deed and deed.verb) == verb
    assert (next_turn(court, a_suit(state, **facts), NOW) is None) == (verb is None)


def test_a_suit_outside_a_manifest_is_named_by_its_own_number():
    deed = deed_for(a_court(), {**a_suit(line=0), "number": "320413JT-JC-SS-20261128-0006"}, NOW)
    assert deed is not None
    assert deed.form == {"receipt": "收0006号"}


def test_the_last_exception_that_fits_wins():
    told = (
        Exceptional(lines="3,7-9", course="judged"),
        Exceptional(lines="7", batch="第2批", course="refused"),
        Exceptional(numbers=("S-8",), course="mediated"),
    )
    script = CourtScript(exceptions=told)
    assert [verbs_of(script, line) for line in (2, 3, 7, 9, 10)] == [
        COURSES[name] for name in ("filed", "judged", "judged", "judged", "filed")
    ]
    assert verbs_of(script, 7, batch="第2批") == COURSES["refused"]
    assert verbs_of(script, 8, number="S-8") == COURSES["mediated"]


def test_a_rule_by_weight_is_repeatable_and_uses_every_course():
    script = CourtScript(rule={"mediated": 3, "judged": 1})
    drawn = [verbs_of(script, number=f"S-{n}") for n in range(60)]
    assert drawn == [verbs_of(script, number=f"S-{n}") for n in range(60)]
    assert drawn.count(COURSES["mediated"]) > drawn.count(COURSES["judged"]) > 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": {"burnt": 1}},
        {"rule": {}},
        {"rule": {"filed": 0}},
        {"exceptions": [{"lines": "1-3", "course": "burnt"}]},
        {"exceptions": [{"lines": "one", "course": "filed"}]},
        {"exceptions": [{"course": "filed"}]},
        {"rule": {"odd": 1}, "courses": {"odd": ["receipt", "divert"]}},
        {"ruel": {"filed": 1}},
    ],
)
def test_a_script_that_cannot_be_played_is_refused_when_it_is_read(wrong: dict[str, Any]):
    with pytest.raises(ValidationError):
        CourtScript.model_validate(wrong)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path, kind="court", court=CourtScript(rule={"received": 1}))


def test_only_messages_about_suits_wake_a_court(house: House):
    assert house.hook(event="assignment.open") == 204
    assert house.hook("m2", event="litigation.remind") == 204
    assert (house.log()["received"], house.plan()["next_at"]) == (2, None)
    assert house.hook("m3", event="litigation.submit") == 204
    assert house.hook("m3", event="litigation.submit") == 204
    assert house.log()["repeated"] == 1
    assert house.plan()["next_at"] is not None


def test_a_suit_the_court_may_not_read_is_said_once_and_left_to_a_person(house: House):
    """收到不认识的案件,记明理由,留给人看;再来消息时重新办。"""
    unknown = httpx.Response(404, json={"code": "not_found", "detail": "没有这个案件"})
    house.api.missing = unknown
    house.hook(event="litigation.submit", case="s1")
    house.work_through(MONDAY)
    plan = house.plan()
    assert (plan["next_at"], plan["in_flight"], plan["done"]) == (None, 0, 0)
    assert plan["stuck"] == ["X-PQ01: 404 not_found: 没有这个案件"]
    assert house.bureau.round() == 0
    house.api.missing = None
    house.api.cases["s1"] = a_suit("judged")
    house.hook("m2", event="litigation.go_on", case="s1")
    house.work_through(NOW)
    assert (house.plan()["stuck"], house.plan()["done"]) == ([], 1)


def test_that_somebody_was_faster_is_no_refusal(house: House):
    """412 不算被拒:下一次按现状再看。"""
    house.api.cases["s1"] = a_suit()
    house.api.refuse = httpx.Response(412, json={"code": "stale_version", "detail": "案件已被他人办理"})
    house.hook(event="litigation.submit", case="s1")
    house.work_through(MONDAY)
    assert (house.plan()["stuck"], house.plan()["next_at"] is None) == ([], False)
    house.api.refuse = None
    house.api.cases["s1"] = a_suit("received")
    house.work_through(NOW)
    assert (house.plan()["done"], house.api.steps) == (1, [])


def test_a_suit_before_the_mediators_waits_for_them(house: House):
    house.api.cases["s1"] = a_suit("diverted")
    house.hook(event="litigation.submit", case="s1")
    house.work_through(MONDAY)
    plan = house.plan()
    assert (plan["done"], plan["next_at"], plan["in_flight"]) == (0, None, 0)
    assert "diverted" in COURT.waiting


def test_a_prompt_court_needs_nobody_to_tell_it_the_time(tmp_path: Path):
    house = House(tmp_path, kind="court", prompt=True, court=CourtScript(rule={"received": 1}))
    house.api.cases["s1"] = a_suit("judged")
    house.hook(event="litigation.submit", case="s1")
    assert datetime.fromisoformat(house.plan()["next_at"]) == SATURDAY
    house.bureau.inbox.close()
    again = House(tmp_path, kind="court", prompt=True, court=CourtScript(rule={"received": 1}))
    again.api.cases["s1"] = a_suit("judged")
    assert again.bureau.round() == 1, "after a restart it goes on where it was"
    assert again.plan()["done"] == 1


def test_a_prompt_court_that_was_overtaken_looks_again_at_once(tmp_path: Path):
    house = House(tmp_path, kind="court", prompt=True, court=CourtScript(rule={"received": 1}))
    house.api.cases["s1"] = a_suit()
    house.api.refuse = httpx.Response(412, json={"code": "stale_version", "detail": "案件已被他人办理"})
    house.hook(event="litigation.submit", case="s1")
    assert house.bureau.round() == 1
    house.api.refuse = None
    house.api.cases["s1"] = a_suit("received")
    assert house.bureau.round() == 1
    assert (house.plan()["done"], house.plan()["stuck"]) == (1, [])
