"""Steps over the API: versions, repeated requests, batches."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import func, select

from cases.store.sheaf import table
from tests.api.world import World, a_report
from tests.builders import FIRE
from tests.people import HE, LI, MA, SUN, WANG, WU, ZHANG


def count(world: World, name: str) -> int:
    with world.office.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table(name))).scalar_one()


def test_a_step_moves_the_case_and_answers_with_its_new_view(world: World):
    case_id = world.report()["id"]
    answer = world.step(WANG, case_id, "accept", {"note": "已核"}, version='"1"')
    assert answer.status_code == 200
    assert answer.json()["taken"] == {"verb": "accept", "from_state": "reported", "state": "accepted", "version": 2}
    assert answer.json()["case"] == world.get(WANG, f"/cases/{case_id}").json()


def test_what_a_dispatch_opened_is_in_its_answer(world: World):
    case_id = world.accepted()
    answer = world.step(WANG, case_id, "dispatch", {"lead": FIRE})
    assert [child["assignee"] for child in answer.json()["case"]["children"]] == [FIRE]
    assert answer.json()["case"] == world.get(WANG, f"/cases/{case_id}").json()


@pytest.mark.parametrize("version", ["1", '"1"', 'W/"1"', "*", " * "])
def test_versions_as_people_write_them(shared: World, version: str):
    assert shared.step(WANG, shared.report()["id"], "accept", version=version).status_code == 200


@pytest.mark.parametrize("version", ["", "abc", "-1", '"1', "1e9", "9" * 12, "*1"])
def test_a_version_that_is_none_changes_nothing(shared: World, version: str):
    case_id = shared.report()["id"]
    answer = shared.step(WANG, case_id, "accept", version=version)
    assert answer.status_code in {422, 412}
    assert shared.get(WANG, f"/cases/{case_id}").json()["version"] == 1


def test_a_step_without_a_version_is_asked_for_one(world: World):
    answer = world.post(WANG, f"/cases/{world.report()['id']}/steps/accept")
    assert (answer.status_code, answer.json()["code"]) == (428, "precondition_required")


def test_a_stale_version_is_refused(world: World):
    case_id = world.accepted()
    answer = world.step(WANG, case_id, "dispatch", {"lead": FIRE}, version='"1"')
    assert (answer.status_code, answer.json()["code"]) == (412, "stale_version")


@pytest.mark.parametrize(
    ("who", "verb", "body", "expected"),
    [
        (WANG, "fly", {}, (404, "unknown_verb")),
        (WANG, "feed_back", {}, (409, "not_now")),
        (WANG, "lapse", {}, (409, "not_now")),
        (WANG, "collect", {}, (409, "not_now")),
        (WANG, "warn", {}, (403, "not_allowed")),
        (MA, "accept", {}, (403, "not_allowed")),
        (WU, "accept", {}, (403, "not_allowed")),
        (SUN, "accept", {}, (404, "not_found")),
        (HE, "accept", {}, (404, "not_found")),
        (WANG, "accept", {"matter": "XF01", "sealed": True}, (422, "malformed")),
        (WANG, "accept", {"matter": 7}, (422, "malformed")),
        (WANG, "classify", {"matter": "none"}, (409, "still_needed")),
        (WANG, "merge", {"master": "nowhere"}, (404, "not_found")),
    ],
)
def test_refusals_say_why(shared: World, who: Any, verb: str, body: Any, expected: tuple[int, str]):
    case_id = shared.report()["id"]
    answer = shared.step(who, case_id, verb, body)
    assert (answer.status_code, answer.json()["code"]) == expected
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["trace_id"] == answer.headers["x-trace-id"]
    assert not answer.json()["title"].isascii()
    assert shared.get(WANG, f"/cases/{case_id}").json()["version"] == 1


def test_what_is_still_needed_is_listed(world: World):
    case_id = world.report(dissuasion=None)["id"]
    answer = world.step(WANG, case_id, "accept")
    assert answer.json()["code"] == "still_needed"
    assert "劝阻记录" in answer.json()["missing"][0]


def test_a_repeated_request_is_carried_out_once_and_answered_alike(world: World):
    case_id = world.report()["id"]
    first, again = (world.step(WANG, case_id, "accept", version='"1"', **{"Idempotency-Key": "k-1"}) for _ in range(2))
    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    assert count(world, "entry") == 2


def test_one_key_for_two_requests_is_refused(world: World):
    case_id, other = world.report()["id"], world.report()["id"]
    key = {"Idempotency-Key": "k-1"}
    world.step(WANG, case_id, "accept", **key)
    for answer in (
        world.step(WANG, case_id, "accept", {"note": "x"}, **key),
        world.step(WANG, other, "accept", **key),
        world.step(WANG, case_id, "accept", version='"1"', **key),
    ):
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_mismatch")
    assert world.step(LI, other, "accept", **key).status_code == 200, "a key belongs to who uses it"


def test_a_refused_request_may_be_repeated_with_its_key(world: World):
    case_id = world.accepted()
    key = {"Idempotency-Key": "k-1"}
    early = world.step(WANG, case_id, "feed_back", {"text": "好了"}, **key)
    assert early.status_code == 409
    world.counter.step(case_id, "dispatch", LI.actor(), lead=FIRE)
    world.counter.deliver()
    world.counter.answer_all(case_id)
    assert world.step(WANG, case_id, "feed_back", {"text": "好了"}, **key).status_code == 200


def test_a_repeated_report_opens_one_case_and_tells_the_code_once(world: World):
    first, again = (world.post(MA, "/cases", a_report(), headers={"Idempotency-Key": "k-1"}) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json() | {"code": ""} == again.json()
    with world.office.database.reading() as connection:
        kept = bytes(connection.execute(select(table("idempotency").c.body)).scalar_one())
    assert first.json()["code"].encode() not in kept
    assert count(world, "case_file") == 1


@pytest.mark.parametrize("body", ["record_dissuasion", "accept"])
def test_twins_at_the_same_moment_get_one_effect_and_one_answer(world: World, body: str):
    """``record_dissuasion`` may be taken any number of times: only the key keeps its twins from counting twice."""
    case_id = world.report()["id"]
    form = {"at": "2026-11-20T07:00:00+08:00", "by": "保安", "words": "请停"} if body == "record_dissuasion" else {}
    answers: list[Response] = []
    ready = threading.Barrier(6)

    def ask() -> None:
        ready.wait()
        answers.append(world.step(WANG, case_id, body, form, **{"Idempotency-Key": "twin"}))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {200}, [a.text for a in answers]
    assert len({answer.content for answer in answers}) == 1
    assert count(world, "entry") == 2
    assert count(world, "idempotency") == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 201])
def test_a_key_is_short_and_visible(shared: World, key: str):
    case_id = shared.report()["id"]
    headers = {"If-Match": "*", "Idempotency-Key": key.encode()}
    answer = shared.post(WANG, f"/cases/{case_id}/steps/accept", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


def test_a_batch_answers_each_order_for_itself(world: World):
    good, done, stale = world.report()["id"], world.accepted(), world.accepted()
    orders = [
        {"case_id": good, "verb": "accept"},
        {"case_id": done, "verb": "accept"},
        {"case_id": stale, "verb": "dispatch", "form": {"lead": FIRE}, "version": 1},
        {"case_id": "none", "verb": "accept"},
        {"case_id": done, "verb": "dispatch", "form": {"lead": "none"}, "version": 2},
        {"case_id": done, "verb": "dispatch", "form": {"lead": FIRE, "more": 1}},
        {"case_id": done, "verb": "dispatch", "form": {"lead": FIRE}, "version": 2},
    ]
    items = world.post(WANG, "/steps", {"orders": orders}).json()["items"]
    assert items[0] == {"case_id": good, "ok": True, "state": "accepted", "version": 2}
    assert [item.get("problem", {}).get("code") for item in items] == [
        None, "not_now", "stale_version", "not_found", "still_needed", "malformed", None,
    ]  # fmt: skip
    assert items[5]["problem"]["fields"] == {"more": "没有这一项"}
    assert world.get(WANG, f"/cases/{done}").json()["state"] == "dispatched"


@pytest.mark.parametrize("orders", [[], [{}], [{"case_id": "x", "verb": "y"}] * 201, "x", [{"case_id": 1, "verb": 2}]])
def test_a_batch_has_one_to_two_hundred_orders(shared: World, orders: Any):
    assert shared.post(WANG, "/steps", {"orders": orders}).status_code == 422


def test_the_lead_of_a_department_carries_the_clue_along(world: World):
    clue = world.counter.dispatched(lead=FIRE)
    task = world.task_of(clue, FIRE)
    assert world.step(ZHANG, task.id, "sign_for", {"receiver": "张"}).status_code == 200
    assert world.get(WANG, f"/cases/{clue}").json()["state"] == "signed_for"


def test_the_stored_answer_lies_in_the_same_write_as_the_step(world: World, monkeypatch: pytest.MonkeyPatch):
    """The lights go out right after the write: on SQLite nothing happened, on PostgreSQL all of it did. Never half."""
    case_id = world.report()["id"]
    write = world.office.desk.writer.write

    def fail(connection: Any, sheaf: Any) -> None:
        assert json.loads(sheaf.inserts["idempotency"][0]["body"])["taken"]["state"] == "accepted"
        write(connection, sheaf)
        raise ConnectionError("the lights went out")

    monkeypatch.setattr(world.office.desk.writer, "write", fail)
    assert world.step(WANG, case_id, "accept", **{"Idempotency-Key": "k"}).status_code == 500
    monkeypatch.undo()
    assert count(world, "entry") - 1 == count(world, "idempotency")
    assert world.step(WANG, case_id, "accept", **{"Idempotency-Key": "k"}).status_code == 200
    assert (count(world, "entry"), count(world, "idempotency")) == (2, 1)
