"""Every square of state x verb x role: it leads where the table says, or is refused with its kind and a sentence."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from cases.engine import Engine, Outcome, sentence
from cases.errors import Malformed, NotAllowed, NotNow, Refusal, StillNeeded, UnknownVerb
from cases.grammar import STAY, Question, Role, Step
from cases.machines import CASE_TYPES
from cases.machines.roles import ROLES, inside
from cases.registration import register
from tests.cases.machines.willing import FILLED, SPOILERS, outsider, willing

ENGINES = register(CASE_TYPES)
CHINESE = re.compile(r"[一-鿿]")
SQUARES = [
    pytest.param(engine, state.code, role, id=f"{engine.case_type.code}-{state.code}-{role.code}-{role.binds}")
    for engine in ENGINES.values()
    for state in engine.case_type.states
    for role in dict.fromkeys([*ROLES.values(), *(r for step in engine.case_type.steps for r in step.roles)])
]
STEPS = [
    pytest.param(engine, step, source, id=f"{engine.case_type.code}-{step.does}-{source}")
    for engine in ENGINES.values()
    for step in engine.case_type.steps
    for source in step.sources
]

GUARDED = [
    pytest.param(engine, step, source, id=f"{engine.case_type.code}-{step.does}-{source}")
    for engine in ENGINES.values()
    for step in engine.case_type.steps
    for source in step.sources
    if step.needs
]


def filled(step: Step) -> dict[str, Any]:
    return dict(FILLED[step.form])


def rows_of(engine: Engine, state: str, verb: str) -> list[Step]:
    """Read from the table itself, not from the engine's index of it."""
    return [step for step in engine.case_type.steps if step.does == verb and state in step.sources]


def refusal(engine: Engine, verb: str, question: Question, form: Any = None) -> Refusal:
    """The refusal of a step, after a look whether it left the case as it was."""
    before = copy.deepcopy(question.piece)
    with pytest.raises(Refusal) as caught:
        engine.decide(verb, question, form)
    assert question.piece == before
    assert CHINESE.search(caught.value.sentence)
    return caught.value


def check_taken(engine: Engine, step: Step, state: str, outcome: Outcome) -> None:
    target = state if step.to == STAY else step.to
    piece = outcome.piece
    assert (outcome.step, outcome.from_state, outcome.to_state, piece.state) == (step, state, target, target)
    assert [effect.kind for effect in outcome.effects] == [name.split(":")[0].rstrip("?") for name in step.then]
    assert piece.is_open is not engine.case_type.state(target).end
    for code in piece.clocks:
        if code in engine.clocks:
            assert target in (*engine.clocks[code].during, *engine.clocks[code].stands)
    holder = {"station": piece.station, "assignee": piece.assignee, "departments": piece.lead, "none": None}
    holder["receiver"] = piece.assignee if piece.facts.get("delivered") else piece.station
    assert piece.holder == holder.get(engine.case_type.state(target).holder, piece.reporter_org)


@pytest.mark.parametrize(("engine", "state", "role"), SQUARES)
def test_every_square_leads_where_the_table_says_or_is_refused(engine: Engine, state: str, role: Role):
    for verb in engine.case_type.verbs:
        rows = rows_of(engine, state, verb)
        allowed = [step for step in rows if role in step.roles]
        question = willing(engine, state, role)
        if not rows:
            assert type(refusal(engine, verb, question)) is NotNow
        elif not allowed:
            assert type(refusal(engine, verb, question, filled(rows[0]))) is NotAllowed
        else:
            outcome = engine.decide(verb, question, filled(allowed[0]))
            assert outcome.role == role
            check_taken(engine, allowed[0], state, outcome)


@pytest.mark.parametrize(("engine", "state", "role"), SQUARES)
def test_the_list_of_actions_agrees_with_the_decision(engine: Engine, state: str, role: Role):
    question = willing(engine, state, role)
    offered = {action.verb: action for action in engine.actions(question)}
    if role.inside:
        assert offered == {}, "the system's own hands are not offered as buttons"
        return
    expected = {s.does for s in engine.case_type.steps if state in s.sources and role in s.roles}
    assert set(offered) == expected
    for verb, action in offered.items():
        assert action.still_needed == ()
        assert (action.label, action.label_en) == engine.case_type.verbs[verb]
        engine.decide(verb, willing(engine, state, role), dict(FILLED[action.form]))
        if role.binds is not None:
            strange = willing(engine, state, role)
            strange.actor = outsider(role)
            assert engine.actions(strange) == []
            assert type(refusal(engine, verb, strange, dict(FILLED[action.form]))) is NotAllowed


@pytest.mark.parametrize(("engine", "step", "source"), GUARDED)
def test_every_guard_refuses_with_its_sentence(engine: Engine, step: Step, source: str):
    for guard in step.needs:
        role = step.roles[0]
        question, form = willing(engine, source, role), filled(step)
        SPOILERS[guard](question, form)
        rows = engine.by_verb[step.does][source]
        if not all(guard in row.needs for row in rows):
            taken = engine.decide(step.does, question, form)
            assert taken.step is not step, "where the outcome decides the target, another row takes it"
            continue
        refused = refusal(engine, step.does, question, form)
        assert isinstance(refused, StillNeeded)
        question.form = step.form.model_validate(form)
        assert refused.missing == (sentence(guard, question),)
        offered = {action.verb: action for action in engine.actions(question)}
        if getattr(guard, "gives_cause", False):
            assert step.does not in offered, "what has no cause yet is no button"
        elif not role.inside and not getattr(guard, "asks_form", False):
            assert offered[step.does].still_needed == refused.missing


@pytest.mark.parametrize(("engine", "step", "source"), STEPS)
def test_a_form_with_a_stray_or_a_missing_field_is_refused(engine: Engine, step: Step, source: str):
    role = step.roles[0]
    stray = refusal(engine, step.does, willing(engine, source, role), filled(step) | {"so_not_a_field": "x"})
    assert isinstance(stray, Malformed)
    assert list(stray.fields) == ["so_not_a_field"]
    for name, field in step.form.model_fields.items():
        if field.is_required():
            form = {key: value for key, value in filled(step).items() if key != name}
            short = refusal(engine, step.does, willing(engine, source, role), form)
            assert isinstance(short, Malformed)
            assert list(short.fields) == [name]


@pytest.mark.parametrize("engine", ENGINES.values(), ids=list(ENGINES))
def test_a_verb_nobody_wrote_is_refused_as_unknown(engine: Engine):
    role = next(r for r in ROLES.values() if not r.inside)
    for state in engine.states:
        refused = refusal(engine, "abolish", willing(engine, state, role))
        assert isinstance(refused, UnknownVerb)


@pytest.mark.parametrize("engine", ENGINES.values(), ids=list(ENGINES))
def test_somebody_without_any_role_may_do_nothing(engine: Engine):
    for step in engine.case_type.steps:
        question = willing(engine, step.sources[0], step.roles[0])
        question.actor = outsider(ROLES["reporter"])
        assert engine.actions(question) == []
        assert type(refusal(engine, step.does, question, filled(step))) is NotAllowed


def test_the_willing_case_knows_every_form_and_every_guard():
    steps = [step for engine in ENGINES.values() for step in engine.case_type.steps]
    assert set(FILLED) == {step.form for step in steps}
    assert set(SPOILERS) == {guard for step in steps for guard in step.needs}
    assert all(CHINESE.search(guard.__doc__ or "") for guard in SPOILERS)


def test_every_label_is_said_in_both_languages():
    for engine in ENGINES.values():
        for zh, en in [*engine.case_type.verbs.values(), *((s.label, s.label_en) for s in engine.case_type.states)]:
            assert CHINESE.search(zh)
            assert en
            assert not CHINESE.search(en)


def test_every_open_state_can_be_left_by_a_person_or_along_with_another_case():
    for engine in ENGINES.values():
        for state in engine.case_type.states:
            ways = [s for s in engine.case_type.steps if state.code in s.sources and s.to != STAY]
            people = [s.does for s in ways if any(not r.inside or r.code == "carried" for r in s.roles)]
            assert people or state.end, f"{engine.case_type.code}.{state.code}"


def test_the_system_in_one_role_does_not_stand_in_another():
    for engine in ENGINES.values():
        for step in engine.case_type.steps:
            if any(role.inside for role in step.roles):
                continue
            question = willing(engine, step.sources[0], step.roles[0])
            question.actor = inside(ROLES["timekeeper"])
            assert type(refusal(engine, step.does, question, filled(step))) is NotAllowed
