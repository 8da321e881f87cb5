"""Opening, listing and reading cases: who may, what they get to see, and how lists are walked."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from cases.rules.visibility import may_see
from cases.store.queue.asked import Asked
from cases.store.queue.paging import listed
from cases.store.queues import read_cursor, write_cursor
from cases.store.sheaf import table
from tests.api.world import World, a_report
from tests.builders import FIRE, PROPERTY, STATION, URBAN
from tests.people import CAST, FENG, HE, LI, MA, SUN, WANG, WU, ZHANG, ZHAO, ZHENG, ZHOU, Someone


def ids(world: World, who: Someone, query: str = "") -> list[str]:
    answer = world.get(who, f"/cases{query}")
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["items"]]


def test_an_organisation_reports_in_its_own_name(world: World):
    view = world.report(MA)
    assert len(view["code"]) == 12
    assert (view["state"], view["station"]) == ("reported", STATION)
    assert view["facts"]["source"] == "property", "the kind of the organisation, if it does not say"
    assert "code" not in world.get(MA, f"/cases/{view['id']}").json(), "told once"
    wrong = world.post(MA, "/cases", a_report() | {"reporter_org": "JT-WY04"})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["reporter_org"])


def test_a_desk_takes_reports_for_its_own_station_and_says_for_whom(world: World):
    view = world.report(WANG, reporter_org=PROPERTY)
    assert ids(world, MA) == [view["id"]]
    foreign = world.post(SUN, "/cases", a_report())
    assert (foreign.status_code, foreign.json()["code"]) == (403, "not_allowed")
    assert world.post(WANG, "/cases", a_report(reporter_org="NOBODY")).status_code == 422


def test_a_foreign_number_is_taken_in_once(world: World):
    world.report(MA, external_id="A-1")
    again = world.post(MA, "/cases", a_report(external_id="A-1"))
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    world.report(FENG, external_id="A-1")
    assert len(ids(world, MA)) == 1, "the refused report left nothing behind"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"community": "没有的小区"}, "community"),
        ({"matter": "ZZ99"}, "matter"),
        ({"found_at": "2030-01-01T00:00:00+08:00"}, "found_at"),
        ({"found_at": "0001-01-01T00:00:00+14:00"}, "found_at"),
        ({"found_at": "9999-12-31T23:59:59-12:00"}, "found_at"),
        ({"description": "长" * 20001}, "description"),
        ({"lng": 181}, "lng"),
        ({"state": "closed"}, "state"),
        ({"dissuasion": {"at": "x", "by": "", "words": "话"}}, "dissuasion.at"),
    ],
)
def test_what_is_wrong_with_a_report_is_said_by_field_in_chinese(shared: World, changed: dict[str, Any], field: str):
    answer = shared.post(MA, "/cases", a_report() | changed)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
    assert field in answer.json()["fields"]
    assert not any(sentence.isascii() for sentence in answer.json()["fields"].values())


def test_a_time_without_a_zone_is_local_time(world: World):
    view = world.report(MA, found_at="2026-11-20T06:00:00")
    assert view["facts"]["found_at"] == "2026-11-20T06:00:00+08:00"


def test_lists_show_each_caller_their_own(world: World):
    clue = world.accepted()
    assert world.step(WANG, clue, "dispatch", {"lead": FIRE, "assists": [URBAN]}).status_code == 200
    fire, urban = world.task_of(clue, FIRE).id, world.task_of(clue, URBAN).id
    every = sorted([clue, fire, urban], reverse=True)
    expected = {WANG: every, LI: every, WU: every, ZHENG: every, MA: [clue], ZHANG: [fire], ZHAO: [fire], ZHOU: [urban]}
    for who in CAST:
        assert ids(world, who) == expected.get(who, []), who.name


def test_a_list_holds_exactly_what_its_reader_may_see(world: World):
    """The scope in SQL and the rule in Python are the same answer."""
    for changed in ({}, {"matter": "CG01"}, {"matter": "GA01"}):
        world.counter.dispatched(lead=FIRE, assists=(URBAN,), **changed)
    with world.office.database.reading() as connection:
        case_ids = [row.id for row in connection.execute(select(table("case_file").c.id))]
        pieces = world.office.desk.pieces.many(connection, case_ids)
        for who in CAST:
            actor = who.actor()
            seen, _ = listed(connection, actor, "", Asked(limit=200), world.clock.now())
            assert {p.id for p in seen} == {p.id for p in pieces if may_see(actor, p)}, who.name
    assert len(pieces) == 9


def test_filters(world: World):
    accepted, fresh = world.accepted(), world.report(description="电梯里_推电瓶车100%")["id"]
    number = world.get(WANG, f"/cases/{fresh}").json()["number"]
    for query, expected in {
        "?state=accepted": [accepted],
        "?state=reported": [fresh],
        "?type=assignment": [],
        f"?holder={STATION}": [fresh, accepted],
        "?community=JT-C01": [fresh, accepted],
        "?community=JT-C02": [],
        "?matter=XF01": [fresh, accepted],
        "?text=100%25": [fresh],
        "?text=_推": [fresh],
        "?text=%25": [fresh],
        f"?text={number}": [fresh],
        "?overdue=true": [],
        "?limit=1": [fresh],
    }.items():
        assert ids(world, WANG, query) == expected, query
    world.clock.ahead(days=30)
    assert ids(world, WANG, "?overdue=true") == [fresh, accepted]


def test_children_are_found_by_their_parent(world: World):
    clue = world.counter.dispatched(lead=FIRE, assists=(URBAN,))
    assert len(ids(world, WANG, f"?parent={clue}")) == 2
    view = world.get(WANG, f"/cases/{clue}").json()
    assert {(child["assignee"], child["duty"], child["state"]) for child in view["children"]} == {
        (FIRE, "lead", "dispatched"),
        (URBAN, "assist", "dispatched"),
    }


def test_pages_follow_each_other_without_gap_or_repetition(world: World):
    made = [world.report()["id"] for _ in range(7)]
    seen: list[list[str]] = []
    query: str | None = "?limit=3"
    while query:
        page = world.get(WANG, f"/cases{query}").json()
        seen.append([one["id"] for one in page["items"]])
        query = f"?limit=3&cursor={page['next']}" if page["next"] else None
    assert [len(page) for page in seen] == [3, 3, 1]
    assert [one for page in seen for one in page] == made[::-1]


@pytest.mark.parametrize("cursor", ["x", "%%%", "AAAA", "好", "a" * 64, "AAAAAAAAAAAAAAAAAAAAAA=="])
def test_a_cursor_we_did_not_write_is_refused_or_harmless(shared: World, cursor: str):
    answer = shared.ask(WANG, "GET", "/cases", params={"cursor": cursor})
    assert answer.status_code in {200, 422}
    assert read_cursor(write_cursor("01a200d64ad57540b6ec0b13688e528f")) == "01a200d64ad57540b6ec0b13688e528f"


@pytest.mark.parametrize(
    "query", ["?limit=0", "?limit=201", "?limit=x", "?overdue=maybe", "?unknown=1", "?state=" + "x" * 65]
)
def test_filters_are_checked(shared: World, query: str):
    assert shared.get(WANG, f"/cases{query}").status_code == 422


def test_lists_leave_forms_out_unless_asked(world: World):
    world.report()
    (plain,) = world.get(WANG, "/cases").json()["items"]
    (full,) = world.get(WANG, "/cases?schemas=true").json()["items"]
    assert "schema" not in plain["actions"][0]
    assert full["actions"][0]["schema"]["type"] == "object"


def test_a_department_finds_the_place_but_never_the_reporter(world: World):
    task = world.task_of(world.counter.dispatched(lead=FIRE), FIRE)
    answer = world.get(ZHANG, f"/cases/{task.id}")
    view = answer.json()
    assert view["report"]["room"] == "302"
    assert "reporter" not in view
    for page in ("", "/entries", "/deadlines", "/attachments"):
        text = world.get(ZHANG, f"/cases/{task.id}{page}").text
        assert not any(secret in text for secret in ("欧阳举报", "13812345678", "5678", "欧*"))


def test_the_desk_sees_the_reporter_masked_and_in_full_for_a_reason(world: World):
    case_id = world.report()["id"]
    view = world.get(WANG, f"/cases/{case_id}").json()
    assert (view["reporter"]["name"], view["reporter"]["phone"]) == ("欧***", "138****5678")
    assert world.post(WANG, f"/cases/{case_id}/reporter", {"reason": ""}).status_code == 422
    full = world.post(WANG, f"/cases/{case_id}/reporter", {"reason": "电话核实地址"}).json()
    assert (full["name"], full["phone"]) == ("欧阳举报", "13812345678")
    assert "code_hash" not in full
    with world.office.database.reading() as connection:
        rows = connection.execute(select(table("identity_view"))).all()
    assert [(row.case_id, row.reason) for row in rows] == [(case_id, "电话核实地址")]
    for who, status in {MA: 403, WU: 403, ZHENG: 403, SUN: 404, ZHANG: 404, HE: 404}.items():
        assert world.post(who, f"/cases/{case_id}/reporter", {"reason": "好奇看一看"}).status_code == status
    assert "reporter" not in world.get(ZHENG, f"/cases/{case_id}").json()


def test_a_foreign_case_is_answered_exactly_as_none(world: World):
    case_id = world.report()["id"]
    for method, tail in [
        ("GET", ""), ("GET", "/entries"), ("GET", "/deadlines"), ("GET", "/attachments"),
        ("POST", "/steps/accept"), ("POST", "/reporter"),
    ]:  # fmt: skip
        answers: list[Any] = []
        for asked in (case_id, "01a200d64ad57540b6ec0b13688e5280", "rubbish"):
            more: dict[str, Any] = {"headers": {"If-Match": '"7"'}}
            if method == "POST":
                more["json"] = {"reason": "好奇看一看"} if tail == "/reporter" else {}
            answer = world.ask(SUN, method, f"/cases/{asked}{tail}", **more)
            body = {k: v for k, v in answer.json().items() if k != "trace_id"}
            answers.append((answer.status_code, body, sorted(answer.headers)))
        assert answers[0] == answers[1] == answers[2]
        assert answers[0][0] == 404


def test_refused_looks_are_written_down_for_the_auditor(world: World):
    case_id = world.report()["id"]
    world.get(SUN, f"/cases/{case_id}")
    world.get(SUN, "/cases/none")
    world.post(HE, "/cases", a_report())
    refused = table("refused")
    with world.office.database.reading() as connection:
        rows = connection.execute(select(refused.c.kind, refused.c.what).order_by(refused.c.id)).all()
    assert [row.kind for row in rows] == ["not_found", "not_found", "not_allowed"]
    assert case_id in rows[0].what


def test_the_reporting_organisation_does_not_see_the_return_game(world: World):
    clue = world.counter.dispatched(lead=FIRE)
    task = world.task_of(clue, FIRE)
    ask = {"ground": "不属管辖", "article": "消防法 3", "proposed": URBAN}
    assert world.step(ZHANG, task.id, "ask_return", ask).status_code == 200
    assert world.step(ZHAO, task.id, "submit_return", {"opinion": "机密意见"}).status_code == 200
    assert world.get(WANG, f"/cases/{clue}").json()["state"] == "return_ruling"
    view = world.get(MA, f"/cases/{clue}")
    assert (view.json()["state"], view.json()["state_label"]) == ("dispatched", "已派遣")
    assert ids(world, MA, "?state=dispatched") == [clue]
    assert ids(world, MA, "?state=return_ruling") == []
    entries = world.get(MA, f"/cases/{clue}/entries")
    assert [line["verb"] for line in entries.json()["items"]] == ["open", "accept", "dispatch"]
    refusal = world.step(MA, clue, "confirm", {})
    assert refusal.json()["code"] == "not_now"
    for text in (view.text, entries.text, refusal.text, world.get(MA, f"/cases/{clue}/deadlines").text):
        assert not any(secret in text for secret in ("退单", "return_", "机密"))


def test_a_clock_close_to_its_end_shows_a_yellow_light_and_then_a_red_one(world: World):
    case_id = world.report()["id"]
    light = lambda: world.get(WANG, f"/cases/{case_id}").json()["light"]  # noqa: E731
    assert light() == "green"
    world.clock.at = world.clock.at.replace(day=23, hour=20)
    world.counter.sweep()
    assert light() == "yellow"
    world.clock.at = world.clock.at.replace(day=24, hour=9)
    assert light() == "red"
    (line,) = world.get(WANG, f"/cases/{case_id}/deadlines").json()["items"]
    assert (line["light"], line["code"], line["rung"] > 0) == ("red", "acceptance", True)
    assert any("2026-11-21" in why for why in line["why"])


def test_an_etag_is_the_version(world: World):
    case_id = world.accepted()
    answer = world.get(WANG, f"/cases/{case_id}")
    assert answer.headers["etag"] == f'"{answer.json()["version"]}"'
