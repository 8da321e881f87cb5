"""A report without an account, from the first word to the last."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from httpx import Response

from api.throttle import NEAR_WRONG, WIDE_WRONG, WRONG_SECONDS
from cases.machines.roles import COURIER, TIMEKEEPER, inside
from tests.api.world import BASE, World, a_public_report
from tests.builders import FIRE
from tests.people import WANG


def report(world: World, **changed: Any) -> tuple[str, str, str]:
    """Receipt, code and, for the office's side, the id."""
    answer = world.post(None, "/public/reports", a_public_report(**changed))
    assert answer.status_code == 201, answer.text
    receipt = answer.json()["receipt"]
    (case,) = world.get(WANG, f"/cases?text={receipt}").json()["items"]
    return receipt, answer.json()["code"], case["id"]


def look(world: World, receipt: str, code: str) -> Response:
    return world.get(None, f"/public/reports/{receipt}", headers={"Huiyin-Query-Code": code})


def act(world: World, receipt: str, code: str, verb: str, body: Any, **headers: str) -> Response:
    headers = {"Huiyin-Query-Code": code, **headers}
    return world.post(None, f"/public/reports/{receipt}/steps/{verb}", body, headers=headers)


def test_a_report_from_beginning_to_end(world: World):
    receipt, code, case_id = report(world)
    first = look(world, receipt, code).json()
    assert (first["state"], first["answer"], first["actions"]) == ("reported", "", [])
    assert first["steps"] == [{"at": "2026-11-20T01:00:00+00:00", "words": "您的报告已收到,正在审核"}]
    assert world.step(WANG, case_id, "ask_more", {"request": "请补充门牌"}).status_code == 200
    asked = look(world, receipt, code).json()
    assert (asked["request"], [one["verb"] for one in asked["actions"]]) == ("请补充门牌", ["supplement"])
    assert asked["actions"][0]["schema"]["properties"]["text"]["title"] == "补充说明"
    supplied = act(world, receipt, code, "supplement", {"text": "6幢302"})
    assert supplied.status_code == 200
    assert supplied.json() == look(world, receipt, code).json(), "the answer is what the reporter sees from now on"
    world.step(WANG, case_id, "accept")
    world.step(WANG, case_id, "dispatch", {"lead": FIRE})
    world.counter.deliver()
    world.counter.answer_all(case_id)
    world.step(WANG, case_id, "feed_back", {"text": "已拆除"})
    world.counter.step(case_id, "answer_arrived", inside(COURIER))
    done = look(world, receipt, code).json()
    assert done["answer"] == "已拆除"
    assert {one["verb"] for one in done["actions"]} == {"confirm", "not_solved"}
    assert act(world, receipt, code, "confirm", {"satisfied": 5}).json()["state"] == "closed"
    assert act(world, receipt, code, "reopen", {"reason": "又拉上了"}).json()["state"] == "reopened"


def test_a_wrong_code_an_unknown_receipt_and_a_task_are_one_answer(world: World):
    receipt, code, case_id = report(world)
    world.step(WANG, case_id, "accept")
    world.step(WANG, case_id, "dispatch", {"lead": FIRE})
    task = world.task_of(case_id, FIRE).number
    asked = [
        (receipt, "0" * 12),
        (receipt, ""),
        ("320413JT-JC-XS-20261120-9999", code),
        ("nonsense", code),
        (task, code),
    ]
    answers = [look(world, *one) for one in asked] + [act(world, *one, "confirm", {}) for one in asked]
    bodies = [{k: v for k, v in one.json().items() if k != "trace_id"} for one in answers]
    assert {one.status_code for one in answers} == {404}
    assert all(body == bodies[0] for body in bodies)


def test_the_code_forgives_how_people_write(world: World):
    receipt, code, _ = report(world)
    written = f" {code[:4].lower()}-{code[4:8]} {code[8:]} "
    assert look(world, receipt, written).status_code == 200
    assert world.get(None, f"/public/reports/{receipt}?code={code}").status_code == 200


def test_whoever_guesses_from_many_addresses_is_slowed_too(world: World):
    receipt, code, _ = report(world)
    for n in range(WIDE_WRONG // NEAR_WRONG):
        with closing(world.elsewhere(f"203.0.113.{n}")) as one:
            for m in range(NEAR_WRONG):
                wrong = {"Huiyin-Query-Code": f"{n:06d}{m:06d}"}
                assert one.request("GET", f"{BASE}/public/reports/{receipt}", headers=wrong).status_code == 404
    with closing(world.elsewhere("203.0.113.200")) as one:
        asked = one.request("GET", f"{BASE}/public/reports/{receipt}", headers={"Huiyin-Query-Code": code})
        assert asked.status_code == 429
        world.moments.seconds += WRONG_SECONDS / WIDE_WRONG
        asked = one.request("GET", f"{BASE}/public/reports/{receipt}", headers={"Huiyin-Query-Code": code})
        assert asked.status_code == 200


def test_behind_a_proxy_the_visitors_are_told_apart_and_nobody_names_an_address_unasked(world: World):
    receipt, code, _ = report(world)
    asked = f"/public/reports/{receipt}"
    for n in range(NEAR_WRONG):
        wrong = {"Huiyin-Query-Code": f"{n:012d}", "X-Forwarded-For": f"203.0.113.{n}"}
        assert world.get(None, asked, headers=wrong).status_code == 404
    right = {"Huiyin-Query-Code": code, "X-Forwarded-For": "203.0.113.99"}
    assert world.get(None, asked, headers=right).status_code == 429, "nobody believes who is no proxy"
    settings = world.office.settings.model_copy(update={"proxies": "198.51.100.7"})
    world.app.state.house = replace(world.house, office=replace(world.office, settings=settings))
    assert world.get(None, asked, headers=right).status_code == 200
    for n in range(NEAR_WRONG):
        assert world.get(None, asked, headers={**right, "Huiyin-Query-Code": f"{n:012d}"}).status_code == 404
    assert world.get(None, asked, headers=right).status_code == 429
    assert world.get(None, asked, headers={**right, "X-Forwarded-For": "203.0.113.98"}).status_code == 200


def test_ten_wrong_codes_an_hour_and_no_more(world: World):
    receipt, code, _ = report(world)
    answers = [look(world, receipt, f"{n:012d}").status_code for n in range(12)]
    assert answers == [404] * 10 + [429] * 2
    assert look(world, receipt, code).status_code == 429, "even the right one has to wait"
    with closing(world.elsewhere()) as owner:
        asked = owner.request("GET", f"{BASE}/public/reports/{receipt}", headers={"Huiyin-Query-Code": code})
        assert asked.status_code == 200, "but not its owner, who comes from another address"
    unknown = [look(world, "320413JT-JC-XS-20261120-9999", f"{n:012d}").status_code for n in range(12)]
    assert unknown == answers, "an unknown receipt answers alike"
    world.moments.seconds += 3600
    assert look(world, receipt, code).status_code == 200


def test_a_declined_reporter_learns_why_and_where_to_go_and_may_object(world: World):
    receipt, code, case_id = report(world)
    world.step(WANG, case_id, "decline", {"reason": "不属受理范围", "channel": "请拨打 12345"})
    view = look(world, receipt, code).json()
    assert view["answer"] == "不属受理范围;请拨打 12345"
    assert [one["verb"] for one in view["actions"]] == ["object"]
    assert act(world, receipt, code, "object", {"reason": "属于贵站"}).json()["state"] == "reported"


@pytest.mark.parametrize("verb", ["accept", "settle", "record_dissuasion", "warn", "nothing"])
def test_a_reporter_takes_the_reporters_steps_only(shared: World, verb: str):
    receipt, code, _ = report(shared)
    answer = act(shared, receipt, code, verb, {})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_verb")


@pytest.mark.parametrize("field", ["source", "external_id", "reporter_org", "state", "id"])
def test_fields_of_the_office_are_not_the_publics(shared: World, field: str):
    answer = shared.post(None, "/public/reports", a_public_report() | {field: "JT-WY01"})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])


def test_a_repeated_step_is_taken_once(world: World):
    receipt, code, case_id = report(world)
    world.step(WANG, case_id, "ask_more", {"request": "请补充门牌"})
    first, again = (act(world, receipt, code, "supplement", {"text": "6幢"}, **{"Idempotency-Key": "k"}) for _ in "12")
    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    other, other_code, other_id = report(world)
    world.step(WANG, other_id, "ask_more", {"request": "请补充门牌"})
    assert act(world, other, other_code, "supplement", {"text": "6幢"}, **{"Idempotency-Key": "k"}).status_code == 200


def test_a_stale_version_is_refused_here_too(world: World):
    receipt, code, case_id = report(world)
    world.step(WANG, case_id, "ask_more", {"request": "请补充门牌"})
    answer = act(world, receipt, code, "supplement", {"text": "6幢"}, **{"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["code"]) == (412, "stale_version")


def test_what_happens_inside_leaves_no_step(world: World):
    receipt, code, case_id = report(world)
    world.step(WANG, case_id, "accept")
    before = look(world, receipt, code).json()
    world.counter.step(
        case_id,
        "warn",
        inside(TIMEKEEPER),
        clock="dispatch",
        n=1,
        level=0,
        due_at="2026-11-20T05:00:00Z",
        reached_at="2026-11-20T05:00:00Z",
        tell=(),
    )
    after = look(world, receipt, code).json()
    assert (after["steps"], after["updated_at"]) == (before["steps"], before["updated_at"])


def test_a_visitor_who_comes_too_often_has_to_wait(world: World):
    world.throttles.public.burst = 2.0
    answers = [world.get(None, "/matters") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[2].headers["retry-after"]) >= 1


def test_reports_of_one_address_are_limited(world: World):
    world.throttles.reports.burst = 2.0
    answers = [world.post(None, "/public/reports", a_public_report()).status_code for _ in range(3)]
    assert answers == [201, 201, 429]
