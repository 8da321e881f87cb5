"""并案: only the same place, matter and day; every reporter whose report joined another has the answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.errors import NotFound, NotNow, Refusal, StillNeeded
from tests.builders import FRIDAY, HEAD, OPERATOR, OTHER_PROPERTY, REPORTER
from tests.cases.counter import Counter
from tests.cases.invariants import breaches
from tests.cases.racing import at_once


def merged(counter: Counter, into: str, **fields: Any) -> str:
    """Another neighbour's report of the same thing, merged by the number of the master."""
    opened = counter.open(reporter_org=OTHER_PROPERTY, **fields)
    counter.step(opened.case_id, "merge", OPERATOR, master=counter.piece(into).number)
    return opened.case_id


def test_a_merged_report_rests_under_its_master(counter: Counter):
    master = counter.open().case_id
    follower = merged(counter, master)
    piece = counter.piece(follower)
    assert (piece.state, piece.parent_id, piece.is_open, piece.clocks) == ("merged", master, False, {})
    assert piece.facts["master"] == counter.piece(master).number
    assert counter.notices(follower)[-1]["said"]["words"] == counter.pack.words("clue.merged")
    assert breaches(counter) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"room": "303"},
        {"building": "7幢"},
        {"matter": "XF02"},
        {"found_at": FRIDAY - timedelta(days=1)},
        {"matter": None},
    ],
    ids=["room", "building", "matter", "day", "no matter"],
)
def test_another_place_matter_or_day_is_not_merged(counter: Counter, changed: dict[str, Any]):
    master = counter.open().case_id
    other = counter.open(**changed).case_id
    with pytest.raises(StillNeeded, match="都相同"):
        counter.step(other, "merge", OPERATOR, master=master)
    assert counter.piece(other).state == "reported"


def test_the_same_place_written_otherwise_is_the_same_place(counter: Counter):
    master = counter.open(building="6幢", room="302").case_id
    assert counter.piece(merged(counter, master, building="6号楼", room="302室")).state == "merged"


def test_a_report_cannot_join_itself_nor_what_is_not_there_nor_another_stations(counter: Counter):
    opened = counter.open()
    with pytest.raises(StillNeeded):
        counter.step(opened.case_id, "merge", OPERATOR, master=opened.number)
    with pytest.raises(NotFound, match="主案"):
        counter.step(opened.case_id, "merge", OPERATOR, master="320413JT-JC-XS-20261120-0099")
    elsewhere = counter.open(community="望洮家园")
    with pytest.raises(NotFound, match="主案"):
        counter.step(opened.case_id, "merge", OPERATOR, master=elsewhere.number)
    assert breaches(counter) == []


def test_followers_are_answered_with_their_master(counter: Counter):
    master = counter.open().case_id
    followers = [merged(counter, master) for _ in range(3)]
    counter.step(master, "accept", OPERATOR)
    counter.step(master, "dispatch", OPERATOR, lead="JT-XF")
    counter.answer_all(master)
    counter.step(master, "feed_back", OPERATOR, text="飞线已拆除")
    for follower in followers:
        assert counter.verbs(follower)[-1] == "answer"
        said = counter.notices(follower)[-1]
        assert (said["recipient"], said["said"]["answer"]) == (OTHER_PROPERTY, "飞线已拆除")
    assert breaches(counter) == []


@pytest.mark.parametrize(
    ("verb", "form"),
    [("decline", {"reason": "不属本站范围", "channel": "12345"}), ("redirect", {"channel": "110", "reason": "警情"})],
)
def test_followers_of_a_refused_master_are_told_why(counter: Counter, verb: str, form: dict[str, str]):
    master = counter.open().case_id
    follower = merged(counter, master)
    counter.step(master, verb, OPERATOR, **form)
    assert counter.notices(follower)[-1]["said"]["answer"] == form["reason"]
    assert breaches(counter) == []


def test_a_master_has_no_master(counter: Counter):
    """Followers of a follower would be reached by no answer."""
    first, second = counter.open().case_id, counter.open().case_id
    merged(counter, first)
    with pytest.raises(StillNeeded, match="并入本件"):
        counter.step(first, "merge", OPERATOR, master=second)
    assert counter.step(second, "merge", OPERATOR, master=first).state == "merged"


@pytest.mark.parametrize("state", ["fed_back", "confirming", "dissatisfied"])
def test_nobody_joins_a_report_that_has_been_answered(counter: Counter, state: str):
    """The answer has gone out; who joins now would never hear of it."""
    master = counter.handled()
    counter.step(master, "feed_back", OPERATOR)
    if state != "fed_back":
        counter.deliver()
    if state == "dissatisfied":
        counter.step(master, "not_solved", REPORTER, reason="没有拆")
    assert counter.piece(master).state == state
    late = counter.open().case_id
    with pytest.raises(StillNeeded, match="尚未答复"):
        counter.step(late, "merge", OPERATOR, master=master)


def test_nobody_joins_a_report_that_has_ended(counter: Counter):
    master = counter.open().case_id
    counter.step(master, "decline", OPERATOR, reason="不属受理范围")
    late = counter.open().case_id
    with pytest.raises(StillNeeded):
        counter.step(late, "merge", OPERATOR, master=master)


def test_who_joins_while_the_master_is_being_refused_is_told_or_stays_out(counter: Counter):
    master, late = counter.open().case_id, counter.open().case_id
    found = at_once(
        counter,
        lambda: counter.step(late, "merge", OPERATOR, master=master),
        lambda: counter.step(master, "decline", HEAD, reason="不属受理范围"),
    )
    assert not all(isinstance(one, Refusal) for one in found)
    assert breaches(counter) == []


def test_two_reports_cannot_join_each_other(counter: Counter):
    one, other = counter.open().case_id, counter.open().case_id
    found = at_once(
        counter,
        lambda: counter.step(one, "merge", OPERATOR, master=other),
        lambda: counter.step(other, "merge", HEAD, master=one),
    )
    assert sum(isinstance(done, Refusal) for done in found) == 1
    assert sorted(counter.piece(case_id).state for case_id in (one, other)) == ["merged", "reported"]


def test_a_merged_report_is_out_of_its_reporters_hands(counter: Counter):
    follower = merged(counter, counter.open().case_id)
    for verb, form in (("confirm", {}), ("not_solved", {"reason": "x"}), ("reopen", {"reason": "x"})):
        with pytest.raises((NotNow, NotFound)):
            counter.step(follower, verb, REPORTER, **form)
