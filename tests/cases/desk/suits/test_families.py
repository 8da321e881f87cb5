"""A family of 416: one model, 415 that wait; some leave, the others follow; a fan-out cut off goes on where it was."""

from __future__ import annotations

from typing import Any

import pytest

from cases.desk.suits.families import choose, decide, depart, lead_along
from cases.desk.suits.forms import Departure, FamilyChoice
from cases.errors import Conflict, Malformed, NotAllowed, NotFound, NotNow, StillNeeded
from cases.machines.court_forms import Following
from tests.builders import an_actor
from tests.cases.suits import (
    CLAIMANT,
    CLERK,
    COMMITTEE,
    COURT,
    DESK,
    FIRM,
    Association,
    a_judgment,
)

HOUSEHOLDS = 416
OUT = Departure(words="业主要求单独审理")


def chosen(model: str, **changed: Any) -> FamilyChoice:
    fields: dict[str, Any] = {"name": "合悦新城物业费", "model_case": model, "issue": "服务标准", "document": "示范1号"}
    return FamilyChoice(**(fields | changed))


def going_on() -> Following:
    return Following(way="go_on", result="支持物业费本金")


def mediated() -> Following:
    return Following(
        way="mediate", result="支持物业费本金", committee=COMMITTEE, dispute="物业费,参照示范判决", document="委派1号"
    )


class Killed(Exception):
    """The process died."""


def pick(association: Association, form: FamilyChoice, actor: Any = CLERK) -> dict[str, Any]:
    with association.counter.database.writing() as connection:
        return choose(association.court(connection, actor), form)


def say(association: Association, family_id: str, form: Following, actor: Any = CLERK) -> None:
    with association.counter.database.writing() as connection:
        decide(association.court(connection, actor), family_id, form)


def go(association: Association, family_id: str, case_id: str, actor: Any) -> None:
    with association.counter.database.writing() as connection:
        depart(association.court(connection, actor), family_id, case_id, OUT)


def cut_off(association: Association, after: int, many: int) -> None:
    """The fan-out dies with its batch taken but not committed, after some batches that were."""
    for _ in range(after):
        with association.counter.database.writing() as connection:
            lead_along(association.counter.desk, connection, association.counter.now, many)
    with pytest.raises(Killed):
        _killed_at_the_end(association, many)


def _killed_at_the_end(association: Association, many: int) -> None:
    with association.counter.database.writing() as connection:
        lead_along(association.counter.desk, connection, association.counter.now, many)
        raise Killed


def states(association: Association, ids: list[str]) -> dict[str, int]:
    with association.counter.database.reading() as connection:
        found = association.counter.desk.pieces.many(connection, ids)
    return {state: sum(one.state == state for one in found) for state in {one.state for one in found}}


def test_416_households(association: Association):
    counter, now = association.counter, association.counter.now
    ids = association.at_court(HOUSEHOLDS)
    model, siblings = ids[0], ids[1:]
    family = pick(association, chosen(model))
    members = counter.rows("family_member", family_id=family["id"])
    assert len(members) == len(siblings) == 415
    assert counter.piece(model).state == "model"

    cut_off(association, 1, 150)
    assert states(association, siblings)["waiting"] == 150
    led = association.lead(150)
    assert (len(led.waiting), led.refused) == (265, [])
    assert states(association, siblings) == {"waiting": 415}
    waits = counter.rows("entry", verb="wait")
    assert sorted(row["case_id"] for row in waits) == sorted(siblings), "each began to wait once"
    assert {row["actor"] for row in waits} == {CLERK.id}

    go(association, family["id"], siblings[0], CLAIMANT)
    assert counter.piece(siblings[0]).state == "filed"
    counter.step(siblings[1], "leave_family", CLERK, words="被告要求单独审理")
    gone = {row["case_id"]: row for row in counter.rows("family_member") if row["left_at"]}
    assert {gone[one]["left_because"] for one in siblings[:2]} == {OUT.words, "被告要求单独审理"}

    with pytest.raises(NotNow, match="没有生效"):
        say(association, family["id"], going_on())
    association.all("open_trial", [model], {"at": now, "place": "第一法庭"})
    association.all("judge", [model], lambda n: a_judgment(n, now))
    say(association, family["id"], going_on())
    cut_off(association, 1, 200)
    led = association.lead(200)
    assert (len(led.followed), led.refused) == (213, [])
    assert states(association, siblings) == {"trial": 413, "filed": 2}
    assert sorted(row["case_id"] for row in counter.rows("entry", verb="follow")) == sorted(siblings[2:])
    assert not association.lead().total
    with pytest.raises(Conflict):
        say(association, family["id"], going_on())
    assert counter.whole()


def test_what_the_others_do_is_mediated_and_one_that_cannot_is_named(association: Association):
    counter, now = association.counter, association.counter.now
    ids = association.at_court(4)
    family = pick(association, chosen(ids[0], siblings=tuple(ids[1:])))
    go(association, family["id"], ids[3], CLAIMANT)  # before it waits: nothing to undo in its own history
    assert "leave_family" not in counter.verbs(ids[3])
    association.all("open_trial", ids[1:2], {"at": now, "place": "第一法庭"})  # its trial began meanwhile
    led = association.lead()
    assert (len(led.waiting), led.refused) == (1, [counter.piece(ids[1]).number])
    assert counter.rows("family_member", case_id=ids[1])[0]["refused"]
    association.all("open_trial", [ids[0]], {"at": now, "place": "第一法庭"})
    association.all("judge", [ids[0]], lambda n: a_judgment(n, now))
    with pytest.raises(StillNeeded):
        say(association, family["id"], Following(way="mediate", result="支持物业费本金"))
    say(association, family["id"], mediated())
    led = association.lead()
    assert (led.followed, led.refused) == ([counter.piece(ids[2]).number], []), [
        row["refused"] for row in counter.rows("family_member")
    ]
    assert counter.piece(ids[2]).state == "entrusted"
    (child,) = counter.children(ids[2])
    assert (child.case_type, child.station) == ("mediation", COMMITTEE)


def test_who_may_choose_and_who_may_not(association: Association):
    counter = association.counter
    ids = association.at_court(3)
    others = association.at_court(1, community="池上居", number="别处")
    with pytest.raises(NotAllowed):
        pick(association, chosen(ids[0]), DESK)
    with pytest.raises(NotFound):
        pick(association, chosen(ids[0]), an_actor("外法官", "CZ-SF", "court_clerk"))
    with pytest.raises(Malformed) as refused:
        pick(association, chosen(ids[0], siblings=(ids[1], others[0])))
    assert counter.piece(others[0]).number in refused.value.fields["siblings"]
    family = pick(association, chosen(ids[0]))
    assert {row["case_id"] for row in counter.rows("family_member")} == set(ids[1:])
    with pytest.raises(NotNow):
        pick(association, chosen(others[0], name="别处"))
    with pytest.raises(Malformed, match="另一组"):
        pick(association, chosen(others[0], name="跨小区", community_only=False, siblings=(ids[1],)))
    go(association, family["id"], ids[1], CLAIMANT)
    with pytest.raises(Conflict, match="同名"):
        pick(association, chosen(others[0], community_only=False, siblings=(ids[1],)))
    pick(association, chosen(others[0], name="跨小区", community_only=False, siblings=(ids[1],)))
    for stranger in (an_actor("旁人", "CZ-WY2", "reporter"), DESK):
        with pytest.raises(NotFound):
            go(association, family["id"], ids[1], stranger)
    assert CLAIMANT.org == FIRM
    assert CLERK.org == COURT
