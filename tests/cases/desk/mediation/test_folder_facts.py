"""What a mediation's folder offers to a document: to whoever keeps the file, and to nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from cases.desk.mediation.folder_facts import folder_facts
from cases.grammar import Actor
from cases.office import Office
from tests.builders import OPERATOR, an_actor
from tests.cases.chamber import COMMITTEE, MEDIATOR_ACTOR, OTHER_COMMITTEE, Table

PLAN = [
    {
        "n": 1, "obligor": 2, "obligee": 1, "kind": "给付金钱", "content": "赔偿", "amount": "600",
        "due": "2026-12-10", "manner": "转账", "done_on": "2026-12-01", "paid": [],
    }
]  # fmt: skip


@pytest.fixture
def chamber(office: Office) -> Table:
    made = Table(office)
    made.register()
    return made


def known(chamber: Table, case_id: str, actor: Actor = MEDIATOR_ACTOR) -> dict[str, Any]:
    with chamber.database.reading() as connection:
        return folder_facts(connection, chamber.counter.piece(case_id), actor)


def test_parties_mediator_and_items_are_named_for_the_keeper(chamber: Table):
    case_id = chamber.ready(facts={"plan": PLAN, "effective_at": "2026-11-20T23:30:00+00:00", "requests": "赔偿600元"})
    found = known(chamber, case_id)
    assert [one["name"] for one in found["parties"]] == ["甲方某", "乙方某"]
    assert ([one["name"] for one in found["applicants"]], found["mediator"]) == (["甲方某"], "柏调解")
    assert found["terms"] == [
        {"obligor": "乙方某", "obligee": "甲方某", "kind": "给付金钱", "content": "赔偿", "amount": "600",
         "due": "2026-12-10", "manner": "转账"}
    ]  # fmt: skip
    assert (found["effective_on"], found["request"]) == ("2026-11-21", "赔偿600元"), "the day in Beijing"


@pytest.mark.parametrize(
    "actor",
    [
        OPERATOR,
        an_actor("高", OTHER_COMMITTEE, "mediator"),
        an_actor("督", "JT", "supervisor"),
        an_actor("某", COMMITTEE, "operator"),
    ],
)
def test_nobody_else_learns_a_name(chamber: Table, actor: Actor):
    assert known(chamber, chamber.ready(), actor) == {}


def test_another_kind_of_case_has_no_folder(chamber: Table):
    assert known(chamber, chamber.counter.open().case_id) == {}
