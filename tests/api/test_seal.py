"""What the police did with a sealed matter is read by nobody else, whichever way they ask (治安管理处罚法 136)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cases.desk.desk import Order
from tests.api.world import CANARY, World
from tests.builders import POLICE
from tests.people import CAST, LI, MA, QIAN, WANG, WU, ZHENG, Someone

SEALED_WORDS = "已由公安依法处理"
OTHERS = [one for one in CAST if one is not QIAN]
PNG = b"\x89PNG\r\n\x1a\n" + CANARY.encode()


def everything(world: World, who: Someone, clue: str, task: str) -> Iterator[tuple[str, str]]:
    """All that this person can read about a clue and its task, and what the API says to every step they try."""
    for case_id in (clue, task):
        for tail in ("", "/entries", "/deadlines", "/holdings", "/attachments"):
            yield f"GET {case_id}{tail}", world.get(who, f"/cases/{case_id}{tail}").text
    for verb in world.office.desk.engines["assignment"].by_verb:
        yield f"POST {verb}", world.step(who, task, verb, {}).text
    orders = [{"case_id": task, "verb": verb} for verb in ("uphold_return", "recheck", "order")]
    yield "POST /steps", world.post(who, "/steps", {"orders": orders}).text
    for path in ("/cases?schemas=true", f"/cases?parent={clue}", f"/cases?text={CANARY}", "/inbox", "/deliveries"):
        yield path, world.get(who, path).text


@pytest.mark.parametrize("who", OTHERS, ids=lambda one: one.login)
def test_the_result_is_read_by_nobody_but_the_police(world: World, who: Someone):
    clue, task = world.sealed_result()
    assert CANARY in world.get(QIAN, f"/cases/{task}").text, "the canary is there to be found"
    assert CANARY in world.get(QIAN, f"/cases/{task}/entries").text
    assert world.step(WANG, clue, "feed_back").status_code == 200
    world.counter.deliver()
    for place, text in everything(world, who, clue, task):
        assert CANARY not in text, place


def test_the_reporter_with_the_code_reads_the_sentence_the_law_allows(world: World):
    answer = world.post(None, "/public/reports", _public())
    receipt, code = answer.json()["receipt"], answer.json()["code"]
    clue = world.get(WANG, f"/cases?text={receipt}").json()["items"][0]["id"]
    assert world.step(WANG, clue, "accept").status_code == 200
    task = _walk(world, clue, "report_result")
    assert world.step(WANG, clue, "feed_back", {"text": "随口多说的话"}).status_code == 409
    assert world.step(WANG, clue, "feed_back").status_code == 200
    world.counter.deliver()
    text = world.get(None, f"/public/reports/{receipt}", headers={"Huiyin-Query-Code": code}).text
    assert SEALED_WORDS in text
    assert not any(said in text for said in (CANARY, "随口多说的话"))
    assert world.get(WANG, f"/cases/{clue}").json()["facts"]["results"][0]["text"] == SEALED_WORDS
    assert world.get(LI, f"/cases/{task}").json()["facts"]["result"] == SEALED_WORDS


@pytest.mark.parametrize("last", ["find_nothing", "correct_on_spot", "order", "recheck", "interview"])
def test_how_far_the_police_have_come_is_not_told_either(world: World, last: str):
    """Every state between verifying and concluded looks the same: in views, lists, filters, lights and refusals."""
    clue = world.accepted(matter="GA01", description="楼上扔下酒瓶")
    task = _walk(world, clue, last)
    real = world.get(QIAN, f"/cases/{task}").json()
    assert real["state"] != "verifying"
    assert world.get(QIAN, f"/cases?state={real['state']}").json()["items"]
    world.clock.ahead(days=20)
    world.counter.sweep()
    for who in (LI, ZHENG):
        view = world.get(who, f"/cases/{task}").json()
        assert (view["state"], view["state_label"], view["next_due"], view["light"]) == (
            "verifying",
            "核查中",
            None,
            "none",
        )
        seen = world.get(who, "/cases?type=assignment&state=verifying").json()["items"]
        assert [one["id"] for one in seen] == [task]
        assert world.get(who, f"/cases?type=assignment&state={real['state']}").json()["items"] == []
        assert world.get(who, "/cases?type=assignment&overdue=true").json()["items"] == []
        codes = {line["code"] for line in world.get(who, f"/cases/{task}/deadlines").json()["items"]}
        assert not codes & {"rectify", "recheck", "result"}
        for place, text in everything(world, who, clue, task):
            assert CANARY not in text, place
            asked = place.removeprefix("POST ")
            named = "不能" + world.office.desk.engines["assignment"].case_type.verbs.get(asked, ("",))[0]
            assert real["state_label"] not in text.replace(named, ""), (
                f"{place}: only the asker's own word may be there"
            )


def test_a_refusal_does_not_name_the_sealed_state(world: World):
    clue = world.accepted(matter="GA01")
    task = _walk(world, clue, "order")
    answer = world.step(LI, task, "uphold_return", {"reason": "看看"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_now")
    assert not any(name in answer.text for name in ("责令", "ordered"))
    assert "责令" in world.step(QIAN, task, "verify", {"officers": ["甲", "乙"]}).text, "the police are told"


def test_files_of_the_police_stay_with_the_police(world: World):
    clue = world.accepted(matter="GA01")
    task = _walk(world, clue, "order")
    file = world.ask(QIAN, "POST", f"/cases/{task}/attachments", files={"file": (f"{CANARY}.png", PNG, "image/png")})
    assert file.status_code == 201
    for who in OTHERS:
        assert world.get(who, f"/attachments/{file.json()['id']}").status_code == 404, who.name
        assert CANARY not in world.get(who, f"/cases/{task}/attachments").text
    assert world.get(QIAN, f"/attachments/{file.json()['id']}").content == PNG


def test_notices_to_others_do_not_tell_the_term_of_a_sealed_order(world: World):
    clue = world.accepted(matter="GA01")
    _walk(world, clue, "order")
    world.clock.ahead(days=20)
    world.counter.sweep()
    for who in (LI, WU, MA):
        for notice in world.get(who, "/inbox").json()["items"]:
            if notice["event"].startswith("assignment."):
                assert notice["body"]["data"]["state"] in {"dispatched", "signed_for", "verifying", "concluded"}
                assert notice["body"]["data"]["next_due"] is None


def _public() -> dict[str, Any]:
    return {"community": "锦澜花苑", "found_at": "2026-11-20T06:00:00+08:00", "matter": "GA01", "description": "扔酒瓶"}


def _walk(world: World, clue: str, last: str) -> str:
    """Dispatch to the police and let them go on to ``last``, the canary in whatever they write."""
    assert world.step(WANG, clue, "dispatch", {"lead": POLICE, "reason": "公安主办"}).status_code == 200
    world.counter.deliver()
    task = world.task_of(clue, POLICE)
    order = {"text": CANARY, "article": CANARY, "complete_by": "2026-11-30"}
    ways: dict[str, list[tuple[str, dict[str, Any]]]] = {
        "find_nothing": [("find_nothing", {"text": CANARY})],
        "correct_on_spot": [("correct_on_spot", {"text": CANARY, "after_photo": CANARY})],
        "order": [("order", order)],
        "recheck": [("order", order), ("recheck", {"text": CANARY, "done": True})],
        "interview": [("interview", {"object": CANARY, "text": CANARY})],
        "report_result": [("find_nothing", {"text": CANARY}), ("report_result", {"measure": CANARY, "text": CANARY})],
    }
    for verb, body in [("sign_for", {}), ("verify", {"officers": ["甲", "乙"]}), *ways[last]]:
        with world.office.database.stepping() as connection:
            order_ = Order(task.id, verb, body)
            world.office.desk.take_step(connection, order_, QIAN.actor(), world.clock.now())
    return task.id
