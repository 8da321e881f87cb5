"""A broken table is refused before a case can be lost in it: one deliberate fault for each kind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from typing_extensions import TypedDict

from cases.engine import Engine
from cases.grammar import STAY, CaseType, Clock, Opening, Plain, Question, Role, State, Step
from cases.machines import CASE_TYPES
from cases.registration import faults, register

CLERK = Role("clerk", "办事员", "Clerk")


class Nothing(TypedDict, total=False):
    pass


STATES = (
    State("new", "", "新", "New", "station"),
    State("waiting", "", "等待", "Waiting", "reporter", no_clock_because="由报告人掌握"),
    State("done", "", "完成", "Done", "none", end=True),
)
STEPS = (
    Step(CLERK, "wait", "new", "waiting"),
    Step(CLERK, "resume", "waiting", "new"),
    Step(CLERK, "finish", ("new", "waiting"), "done", then=("tell:reporter",)),
    Step(CLERK, "note", "new", STAY),
)
SOUND = CaseType(
    code="small",
    label="小案",
    label_en="Small case",
    states=STATES,
    steps=STEPS,
    clocks=(Clock("finishing", ("new",), lapse="finish"),),
    opening=Opening((CLERK,), ("new",), Plain),
    facts=Nothing,
    verbs={v: (v, v) for v in ("wait", "resume", "finish", "note")},
    number_mark="XX",
)


def with_step(*steps: Step, **changed: Any) -> CaseType:
    verbs = {**SOUND.verbs, **{step.does: (step.does, step.does) for step in steps}}
    return replace(SOUND, steps=(*STEPS, *steps), **({"verbs": verbs} | changed))


def with_state(state: State) -> CaseType:
    return replace(SOUND, states=(*STATES, state))


def no_words(question: Question) -> bool:
    return question.form is not None


BROKEN = [
    (with_state(State("new", "", "新", "New", "station")), "state new is defined twice"),
    (with_step(Step(CLERK, "lose", "new", "nowhere")), "step lose names unknown state nowhere"),
    (with_step(Step(CLERK, "find", "nowhere", "new")), "step find names unknown state nowhere"),
    (with_step(Step((), "orphan", "new", STAY)), "step orphan has no role"),
    (with_step(Step(CLERK, "mumble", "new", STAY), verbs=SOUND.verbs), "verb mumble has no label"),
    (with_step(Step(CLERK, "guarded", "new", STAY, needs=(no_words,))), "step guarded: guard no_words has no sentence"),
    (with_step(Step(CLERK, "shout", "new", STAY, then=("shout:all",))), "step shout: unknown effect 'shout:all'"),
    (with_step(Step(CLERK, "breed", "new", STAY, then=("open:child",))), "step breed opens unknown case type child"),
    (with_step(Step(CLERK, "lift", "new", STAY, then=("parent:lifted",))), "step lift carries unknown verb lifted"),
    (with_step(Step(CLERK, "push", "new", STAY, then=("children:p",))), "step push carries unknown verb p"),
    (with_step(Step(CLERK, "pull", "new", STAY, then=("followers:q",))), "step pull carries unknown verb q"),
    (
        with_step(Step(CLERK, "send", "new", STAY, then=("tell:station+got",))),
        "step send is acknowledged by unknown verb got",
    ),
    (with_state(State("island", "", "孤岛", "Island", "station", end=True)), "state island cannot be reached"),
    (
        replace(with_step(Step(CLERK, "sink", "new", "pit")), states=(*STATES, replace(STATES[1], code="pit"))),
        "state pit cannot reach an end",
    ),
    (
        replace(SOUND, states=(STATES[0], replace(STATES[1], no_clock_because=""), STATES[2])),
        "state waiting has no clock and does not say why",
    ),
    (replace(SOUND, clocks=(replace(SOUND.clocks[0], lapse="vanish"),)), "clock finishing names unknown verb vanish"),
    (replace(SOUND, clocks=(replace(SOUND.clocks[0], after=("begin",)),)), "clock finishing names unknown verb begin"),
    (replace(SOUND, clocks=(replace(SOUND.clocks[0], until=("stop",)),)), "clock finishing names unknown verb stop"),
    (with_step(Step(CLERK, "bury", "new", "done")), "step bury ends the case in silence"),
    (
        replace(SOUND, clocks=(*SOUND.clocks, Clock("idle", ("never",)))),
        "clock idle runs in unknown state never",
    ),
    (
        with_step(Step(CLERK, "spawn", "new", STAY, then=("open:small",))),
        "step spawn opens case type small, which is not opened by a step",
    ),
    (with_step(Step(CLERK, "tick", "new", STAY, then=("clock:wind",))), "step tick: unknown effect 'clock:wind'"),
    (replace(SOUND, verbs={**SOUND.verbs, "dream": ("梦", "Dream")}), "verb dream has a label and no step"),
    (
        replace(SOUND, clocks=(replace(SOUND.clocks[0], stands=("waiting",)),)),
        "clock finishing stands still without a ground, or has a ground and never stands",
    ),
    (
        replace(SOUND, clocks=(replace(SOUND.clocks[0], stands=("new",), ground="appraisal"),)),
        "clock finishing both runs and stands in state new",
    ),
    (
        replace(SOUND, clocks=(replace(SOUND.clocks[0], runs_on="moon"),)),
        "clock finishing runs on unknown moon",
    ),
    (
        replace(SOUND, clocks=(*SOUND.clocks, Clock("late", ("waiting",), lapse="note"))),
        "clock late lapses by note, which state waiting does not know",
    ),
    (
        replace(SOUND, opening=replace(SOUND.opening, states=("new", "before"))),
        "cases are opened in unknown state before",
    ),
]


@pytest.mark.parametrize(("broken", "complaint"), BROKEN, ids=[complaint for _, complaint in BROKEN])
def test_each_fault_is_found_and_named(broken: CaseType, complaint: str):
    assert faults(SOUND, {"small": SOUND}) == [], "the table that is spoiled must be sound"
    found = faults(broken, {"small": broken})
    assert found == [complaint]
    with pytest.raises(ValueError, match="cannot be registered") as refused:
        register([broken])
    assert f"small: {complaint}" in str(refused.value)


def test_all_faults_are_listed_at_once():
    broken = replace(with_step(Step(CLERK, "bury", "new", "done")), clocks=())
    assert set(faults(broken, {"small": broken})) == {
        "step bury ends the case in silence",
        "state new has no clock and does not say why",
    }


def test_one_broken_table_keeps_out_all():
    with pytest.raises(ValueError, match="small"):
        register([*CASE_TYPES, with_step(Step(CLERK, "bury", "new", "done"))])


def test_an_end_that_only_another_end_leads_to_needs_no_second_word():
    shelved = replace(
        with_step(Step(CLERK, "shelve", "done", "shelf")),
        states=(*STATES, State("shelf", "", "归档", "Shelved", "none", end=True)),
    )
    assert faults(shelved, {"small": shelved}) == []


def test_the_tables_of_the_house_are_sound():
    engines = register(CASE_TYPES)
    assert {code: type(engine) for code, engine in engines.items()} == {t.code: Engine for t in CASE_TYPES}
