"""可见范围: what is behind the seal stays there, a canary in every sealed place; who sees a case at all; masks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cases.desk.telling import office_content, reporter_content
from cases.machines.assignment import ASSIGNMENT
from cases.machines.clue import CLUE
from cases.machines.supervision import SUPERVISION
from cases.packs.loader import load_pack
from cases.packs.rows import KINDS
from cases.piece import Piece
from cases.rules.visibility import (
    INNER_CLOCKS,
    INNER_STATES,
    SEALED_CLOCKS,
    SEALED_FACTS,
    SEALED_STATES,
    SEALED_VERBS,
    entry_for,
    facts_for,
    masked_name,
    masked_phone,
    may_see,
    next_due_for,
    public_state,
    spoken,
    state_for,
)
from tests.builders import (
    FIRE,
    HEAD,
    OPERATOR,
    POLICE,
    PROPERTY,
    REPORTER,
    STATION,
    STRANGER,
    a_piece,
    a_task,
    an_actor,
    by_code,
    of_department,
)

PACK = load_pack("jintan")
CANARY = "拘留五日罚款五百"
OUTSIDERS = sorted({*KINDS, ""} - {"police"})

# What an outsider may know of a sealed task. A new state, verb, fact or clock stands in one of the two lists, or the
# tests below fail: nothing is opened by forgetting.
OPEN_STATES = {"dispatched", "signed_for", "return_asked", "return_ruling", "returned", "concluded"}
RETURNING = {"ask_return", "submit_return", "drop_return", "uphold_return", "reject_return"}
OPEN_VERBS = RETURNING | {
    "mark_delivered", "sign_for", "deem_signed", "erase", "rebase", "order_supervision",
}  # fmt: skip
OPEN_FACTS = {
    "ordinal", "round", "reason", "final", "delivered", "receiver", "signed_at", "return_asked", "returns", "ruling",
    "deemed", "grade", "clock", "was_due", "requirement", "replies",
}  # fmt: skip
OPEN_CLOCKS = {"delivery", "sign_for", "verification", "handling", "return_approval", "ruling"}


def a_sealed_task(state: str = "ordered", **facts: Any) -> Piece:
    return a_task(matter="GA07", sealed=True, assignee=POLICE, lead=POLICE, state=state, facts=facts)


def test_everything_an_assignment_has_is_either_open_or_sealed():
    everything = {
        "states": {state.code for state in ASSIGNMENT.states},
        "verbs": set(ASSIGNMENT.verbs),
        "facts": set(ASSIGNMENT.facts.__annotations__) | set(SUPERVISION.facts.__annotations__),
        "clocks": {clock.code for clock in ASSIGNMENT.clocks},
    }
    assert everything["states"] == OPEN_STATES | (SEALED_STATES | {"verifying"})
    assert everything["verbs"] == OPEN_VERBS | SEALED_VERBS
    assert everything["facts"] == OPEN_FACTS | SEALED_FACTS
    assert everything["clocks"] == OPEN_CLOCKS | SEALED_CLOCKS
    for known, sealed in ((OPEN_VERBS, SEALED_VERBS), (OPEN_FACTS, SEALED_FACTS), (OPEN_CLOCKS, SEALED_CLOCKS)):
        assert known.isdisjoint(sealed)


@pytest.mark.parametrize("kind", OUTSIDERS)
def test_no_outsider_hears_how_the_police_dealt_with_it(kind: str):
    facts = dict.fromkeys(SEALED_FACTS, CANARY) | dict.fromkeys(OPEN_FACTS, "公开")
    for state in sorted(OPEN_STATES | SEALED_STATES):
        task = a_sealed_task(state, **facts)
        shown = facts_for(task, kind, PACK)
        assert CANARY not in json.dumps(shown, ensure_ascii=False)
        assert set(shown) - {"result"} == OPEN_FACTS
        assert shown.get("result") == (PACK.words("sealed") if state == "concluded" else None)
        assert state_for(task, kind) in OPEN_STATES | {"verifying"}
    assert len({state_for(a_sealed_task(state), kind) for state in SEALED_STATES}) == 1, "all look alike"


@pytest.mark.parametrize("kind", OUTSIDERS)
def test_no_outsider_reads_a_sealed_line_of_history(kind: str):
    for verb in ASSIGNMENT.verbs:
        line = {
            "seq": 4,
            "at": "2026-11-20",
            "verb": verb,
            "actor": "account:police",
            "from_state": "verifying",
            "to_state": "ordered",
            "payload": {"text": CANARY},
        }
        shown = entry_for(line, a_sealed_task(), kind, PACK)
        if verb in OPEN_VERBS:
            assert shown == line
            continue
        assert (shown["seq"], shown["at"]) == (4, "2026-11-20"), "that something was done may be known"
        assert shown["payload"] == {"text": PACK.words("sealed")}
        assert not {CANARY, verb, "ordered", "verifying", "account:police"} & set(map(str, shown.values()))


@pytest.mark.parametrize("kind", OUTSIDERS)
def test_no_outsider_learns_of_a_sealed_term(kind: str):
    task = a_sealed_task()
    task.clocks = {"rectify": "2026-11-25T23:59:59+08:00"}
    assert next_due_for(task, kind) is None
    task.clocks["handling"] = "2026-12-25T23:59:59+08:00"
    assert str(next_due_for(task, kind)) == "2026-12-25 23:59:59+08:00"


def test_the_police_read_their_own_file():
    task = a_sealed_task(finding=CANARY)
    line = {"verb": "order", "payload": {"text": CANARY}}
    assert facts_for(task, "police", PACK) == {"finding": CANARY}
    assert state_for(task, "police") == "ordered"
    assert entry_for(line, task, "police", PACK) is line


def test_what_is_not_sealed_is_shown_as_it_is():
    task = a_task(state="ordered", facts={"finding": "已核实"})
    assert facts_for(task, "station", PACK) == {"finding": "已核实"}
    assert state_for(task, "station") == "ordered"
    assert facts_for(task, "station", PACK) is not task.facts, "a copy: nobody changes a case by looking at it"


@pytest.mark.parametrize("state", sorted(OPEN_STATES | SEALED_STATES))
def test_a_notice_about_a_sealed_task_carries_no_canary(state: str):
    task = a_sealed_task(state, **dict.fromkeys(SEALED_FACTS, CANARY))
    task.clocks = {"rectify": "2026-11-25T23:59:59+08:00"}
    for org in PACK.organisations.values():
        said = json.dumps(office_content(task, org.code, PACK), ensure_ascii=False, default=str)
        assert CANARY not in said
        if org.kind != "police":
            assert "2026-11-25" not in said
            assert f'"{state}"' not in said or state in OPEN_STATES | {"verifying"}


@pytest.mark.parametrize("state", [state.code for state in CLUE.states])
def test_the_reporter_of_a_sealed_matter_hears_the_one_lawful_sentence(state: str):
    texts = dict.fromkeys(("answer", "decision", "channel", "hand_over", "dissatisfied"), CANARY)
    clue = a_piece(matter="GA07", sealed=True, state=state, is_open=CLUE.state(state).end is False, facts=texts)
    said = reporter_content(clue, PACK)
    assert said["answer"] == PACK.words("sealed")
    allowed = {"decision", "channel"} if state in {"declined", "redirected"} else set()
    assert {name for name, value in said.items() if CANARY in str(value)} == allowed, "not taken on, so not police work"


@pytest.mark.parametrize("state", [state.code for state in CLUE.states])
def test_the_reporter_sees_every_state_in_plain_words_and_no_return_game(state: str):
    clue = a_piece(state=state)
    assert public_state(clue) not in INNER_STATES
    assert spoken(clue, PACK)
    assert "退单" not in spoken(clue, PACK)
    assert spoken(a_task(state="ordered"), PACK) == ""
    assert {"ruling", "return_approval"} == INNER_CLOCKS


# --- who sees a case at all


def test_a_clue_is_seen_by_its_station_its_reporter_and_those_who_supervise():
    clue = a_piece()
    for actor in (OPERATOR, HEAD, REPORTER, by_code(clue.id), an_actor("审", "JT-SH", "auditor")):
        assert may_see(actor, clue)
    assert may_see(an_actor("督", "JT-JC", "supervisor"), clue)
    strangers = [
        an_actor("邻", "JT-DC", "supervisor"),
        an_actor("邻", "JT-DC", "auditor"),
        an_actor("消", FIRE, "supervisor"),
        STRANGER,
        of_department(FIRE),
        by_code("another"),
        an_actor("无", None, "operator"),
        an_actor("员", STATION, "dept_officer"),
        an_actor("管", STATION, "admin"),
        an_actor("无岗", PROPERTY),
    ]
    for actor in strangers:
        assert not may_see(actor, clue), actor


def test_a_task_is_seen_by_its_department_and_its_station_and_not_by_the_reporter():
    task = a_task(reporter_org=PROPERTY)
    for actor in (OPERATOR, HEAD, of_department(FIRE)):
        assert may_see(actor, task)
    for actor in (REPORTER, of_department(POLICE), STRANGER, by_code(task.parent_id or "")):
        assert not may_see(actor, task)


def test_who_has_no_organisation_is_not_of_the_same_one():
    """A case without organisation and an actor without organisation have nothing in common."""
    nobody = an_actor("路人", None, "reporter", "operator", "dept_officer")
    assert not may_see(nobody, a_piece(reporter_org=None, station=None))
    assert not may_see(nobody, a_task(assignee=None))


# --- masks


@pytest.mark.parametrize(
    ("name", "masked"), [("", ""), ("王", "王*"), ("王芳", "王*"), ("欧阳举报", "欧***"), ("A", "A*")]
)
def test_a_name_is_masked_but_for_its_first_sign(name: str, masked: str):
    assert masked_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812341234", "138****1234"),
        ("051988881234", "051****1234"),
        ("12345678", "123****5678"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_masked_in_the_middle(phone: str, masked: str):
    assert masked_phone(phone) == masked
