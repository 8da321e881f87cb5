"""How a step is decided: which row, which clocks, what is set, and that a shared machine serves many threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pydantic import ConfigDict, ValidationError
from typing_extensions import TypedDict

from cases.engine import COLUMNS, Engine, Outcome, holder_of, sentence, stands
from cases.errors import Malformed, StillNeeded
from cases.grammar import STAY, CaseType, Clock, Form, Opening, Plain, Question, Role, State, Step, says
from cases.machines.clue import CLUE
from cases.machines.roles import DEPT_OFFICER, OPERATOR, REPORTER, ROUTER, inside
from cases.models import CaseFile
from tests.builders import FIRE, FRIDAY, PROPERTY, STATION, a_piece, a_task, an_actor, by_code
from tests.cases.machines.willing import PACK

CLERK = Role("clerk", "办事员", "Clerk")
JUDGE = Role("judge", "裁决人", "Judge")


class Words(Form):
    amount: int = 0


class Facts(TypedDict, total=False):
    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    amount: int
    tried: int


def is_small(question: Question) -> bool:
    """还需:数额不大"""
    return question.form.amount < 10


@says(lambda question: f"还需:数额达到100,现为{question.form.amount}")
def is_great(question: Question) -> bool:
    """还需:数额达到100"""
    return question.form.amount >= 100


def is_signed(question: Question) -> bool:
    """还需:签名"""
    return question.piece.facts.get("tried", 0) > 0


def amount(question: Question) -> dict[str, Any]:
    return {"amount": question.form.amount, "severity": 2, "lane": "route"}


SMALL = CaseType(
    code="small",
    label="小案",
    label_en="Small case",
    states=(
        State("new", "", "新", "New", "station"),
        State("held", "", "扣留", "Held", "reporter"),
        State("done", "", "完成", "Done", "none", end=True),
    ),
    steps=(
        Step(CLERK, "weigh", "new", "done", Words, (is_small,), ("tell:reporter",), amount),
        Step(CLERK, "weigh", "new", "held", Words, (is_great, is_signed), (), amount),
        Step(JUDGE, "weigh", "new", "done", Words, (), ("tell:reporter",)),
        Step(CLERK, "note", ("new", "held"), STAY),
        Step(CLERK, "release", "held", "new"),
        Step(CLERK, "misplace", "new", STAY, sets=lambda _: {"no_such_fact": 1}),
        Step(CLERK, "mistype", "new", STAY, sets=lambda _: {"amount": "many"}),
    ),
    clocks=(
        Clock("whole", ("new", "held")),
        Clock("here", ("new",), until=("note",)),
        Clock("after_note", ("new", "held"), after=("note",)),
        Clock("holding", ("held",)),
    ),
    opening=Opening((CLERK,), ("new",), Plain),
    facts=Facts,
    verbs={v: (v, v) for v in ("weigh", "note", "release", "misplace", "mistype")},
    number_mark="XX",
)
ENGINE = Engine(SMALL)


def ask(state: str = "new", role: Role = CLERK, **changed: Any) -> Question:
    piece = a_piece(case_type="small", state=state, **changed)
    return Question(piece, an_actor("某人", STATION, role.code), FRIDAY, PACK)


def test_the_row_whose_guards_hold_decides_the_target():
    assert ENGINE.decide("weigh", ask(), {"amount": 1}).to_state == "done"
    assert ENGINE.decide("weigh", ask(facts={"tried": 1}), {"amount": 500}).to_state == "held"
    assert ENGINE.decide("weigh", ask(role=JUDGE), {"amount": 50}).to_state == "done"


def test_where_no_row_holds_the_shortest_way_out_is_named():
    with pytest.raises(StillNeeded) as refused:
        ENGINE.decide("weigh", ask(), {"amount": 50})
    assert refused.value.missing == ("还需:数额不大",)
    with pytest.raises(StillNeeded) as refused:
        ENGINE.decide("weigh", ask(), {"amount": 500})
    assert refused.value.missing == ("还需:数额不大",)


def test_a_guard_may_word_its_sentence_for_the_case_at_hand():
    question = ask()
    question.form = Words(amount=5)
    assert sentence(is_great, question) == "还需:数额达到100,现为5"
    assert sentence(is_small, question) == "还需:数额不大"


def test_what_a_step_sets_goes_to_columns_or_to_facts():
    piece = ENGINE.decide("weigh", ask(facts={"tried": 3}), {"amount": 1}).piece
    assert (piece.severity, piece.lane) == (2, "route")
    assert piece.facts == {"tried": 3, "amount": 1}
    assert {"state", "version", "head_hash", "facts", "clocks"}.isdisjoint(COLUMNS), "never set by a step"
    assert set(CaseFile.model_fields) >= COLUMNS


@pytest.mark.parametrize("verb", ["misplace", "mistype"])
def test_a_fact_the_case_type_does_not_know_is_an_error_of_the_table(verb: str):
    with pytest.raises(ValidationError):
        ENGINE.decide(verb, ask(), None)


def test_a_form_of_the_right_class_is_taken_as_it_is_and_anything_else_is_read():
    words = Words(amount=1)
    assert ENGINE.decide("weigh", ask(), words).form is words
    with pytest.raises(Malformed) as refused:
        ENGINE.decide("weigh", ask(), {"amount": "lots", "more": 1})
    assert set(refused.value.fields) == {"amount", "more"}


# --- clocks


def turned(outcome: Outcome) -> tuple[list[str], list[str]]:
    return [c.code for c in outcome.turns.stops], [c.code for c in outcome.turns.starts]


def test_a_case_opens_with_the_clocks_of_its_first_state():
    piece = a_piece(case_type="small", state="new")
    assert [clock.code for clock in ENGINE.opened(piece)] == ["whole", "here"]
    assert piece.clocks == {"whole": "", "here": ""}
    assert (piece.holder, piece.is_open) == (STATION, True)


def test_a_clock_runs_on_through_its_states_and_stops_where_they_end():
    running = {"whole": "w", "here": "h"}
    outcome = ENGINE.decide("weigh", ask(facts={"tried": 1}, clocks=running), {"amount": 500})
    assert turned(outcome) == (["here"], ["holding"])
    assert outcome.piece.clocks == {"whole": "w", "holding": ""}
    assert (outcome.piece.holder, outcome.piece.is_open) == (PROPERTY, True)
    outcome = ENGINE.decide("release", ask("held", clocks={"whole": "w", "holding": "o"}), None)
    assert turned(outcome) == (["holding"], ["here"])
    outcome = ENGINE.decide("weigh", ask(clocks=running), {"amount": 1})
    assert {c.code for c in outcome.turns.stops} == {"whole", "here"}
    assert (outcome.piece.clocks, outcome.piece.is_open, outcome.piece.holder) == ({}, False, None)


def test_a_verb_may_stop_one_clock_and_start_another_without_a_change_of_state():
    outcome = ENGINE.decide("note", ask(clocks={"whole": "w", "here": "h"}), None)
    assert turned(outcome) == (["here"], ["after_note"])
    again = ENGINE.decide("note", Question(outcome.piece, ask().actor, FRIDAY, PACK), None)
    assert turned(again) == ([], []), "a running clock is not started twice"


# --- who stands where


def test_a_role_binds_to_the_organisation_of_the_case():
    piece, task = a_piece(), a_task()
    assert stands(OPERATOR, an_actor("王", STATION, "operator"), piece)
    assert not stands(OPERATOR, an_actor("王", "JT-DC-ZD", "operator"), piece)
    assert not stands(OPERATOR, an_actor("王", None, "operator"), piece)
    assert not stands(OPERATOR, an_actor("王", STATION, "station_head"), piece)
    assert stands(DEPT_OFFICER, an_actor("张", FIRE, "dept_officer"), task)
    assert not stands(DEPT_OFFICER, an_actor("张", None, "dept_officer"), a_task(assignee=None))
    assert stands(ROUTER, inside(ROUTER), piece)
    assert not stands(ROUTER, inside(OPERATOR), piece)


def test_a_reporter_is_known_by_organisation_or_by_the_code_of_that_very_report():
    piece = a_piece()
    assert stands(REPORTER, an_actor("马", PROPERTY, "reporter"), piece)
    assert not stands(REPORTER, an_actor("马", "JT-WY04", "reporter"), piece)
    assert stands(REPORTER, by_code(piece.id), piece)
    assert not stands(REPORTER, by_code("another"), piece)
    nobody = a_piece(reporter_org=None)
    assert not stands(REPORTER, an_actor("路人", None, "reporter"), nobody)
    assert stands(REPORTER, by_code(nobody.id), nobody)


def test_the_holder_is_an_organisation_or_the_reporter_or_nobody():
    piece = a_piece(lead=FIRE, assignee="JT-CG")
    found = {who: holder_of(piece, who) for who in ("station", "assignee", "departments", "reporter", "none")}
    assert found == {
        "station": STATION,
        "assignee": "JT-CG",
        "departments": FIRE,
        "reporter": PROPERTY,
        "none": None,
    }
    assert holder_of(a_piece(reporter_org=None), "reporter") == "reporter"
    assert holder_of(piece, "receiver") == STATION
    assert holder_of(a_piece(assignee="JT-CG", facts={"delivered": "2026-11-21T01:00:00+00:00"}), "receiver") == "JT-CG"
    assert {state.holder for state in CLUE.states} <= set(found)


def test_one_machine_serves_many_threads():
    def decide(n: int) -> tuple[str, int]:
        outcome = ENGINE.decide("weigh", ask(facts={"tried": 1}), {"amount": n * 100})
        return outcome.to_state, outcome.piece.facts["amount"]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(decide, range(400)))
    assert found == [("held" if n else "done", n * 100) for n in range(400)]
