"""A step tried in memory says what the door would say, and changes nothing."""

from __future__ import annotations

import pytest

from cases.desk.desk import Order
from cases.desk.rehearsing import rehearse
from cases.errors import Malformed, NotAllowed, NotNow, StillNeeded
from cases.grammar import Actor
from tests.builders import an_actor
from tests.cases.chamber import MEDIATOR_ACTOR, Table

TEXTS = {"findings": "漏水", "issues": "谁来修", "responsibility": "被申请人", "content": ["修好"]}
PAID = {"obligor": 2, "obligee": 1, "kind": "给付金钱", "content": "修理费", "due": "2026-12-10", "manner": "转账"}


def tried(chamber: Table, case_id: str, verb: str, actor: Actor = MEDIATOR_ACTOR, /, **filled: object) -> None:
    with chamber.database.reading() as connection:
        piece = chamber.office.desk.pieces.one(connection, case_id)
        assert piece is not None
        rehearse(chamber.office.desk, connection, piece, Order(case_id, verb, filled), actor, chamber.now)


def test_what_stands_in_the_way_is_said_and_nothing_is_written(chamber: Table):
    case_id = chamber.ready()
    with pytest.raises(Malformed) as wrong:
        tried(chamber, case_id, "draft", findings="漏水")
    assert set(wrong.value.fields) == {"issues", "responsibility", "content"}
    with pytest.raises(StillNeeded, match="至少一次调解的记录") as missing:
        tried(chamber, case_id, "draft", **TEXTS, terms=[PAID])
    assert any("第1项的金额" in one for one in missing.value.missing)
    with pytest.raises(NotNow):
        tried(chamber, case_id, "seal", at=chamber.now)
    with pytest.raises(NotAllowed):
        tried(chamber, case_id, "draft", an_actor("外人", "JT-DC-TJ", "mediator"), **TEXTS)
    before = (chamber.counter.piece(case_id).version, len(chamber.counter.rows("entry", case_id=case_id)))
    chamber.counter.step(case_id, "meet", MEDIATOR_ACTOR, place="门口", at=chamber.now)
    tried(chamber, case_id, "draft", **TEXTS, terms=[{**PAID, "amount": "600"}])
    piece = chamber.counter.piece(case_id)
    assert (piece.state, piece.version, "content" in piece.facts) == ("mediating", before[0] + 1, False)
    assert len(chamber.counter.rows("entry", case_id=case_id)) == before[1] + 1
