"""Registering a case type checks it (登记检查): a broken table is refused before any case can be lost in it.

What does not live here: the machines themselves, and the check of packs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cases.engine import Engine
from cases.grammar import STAY, CaseType, Clock, Step, read_effect


def register(case_types: Iterable[CaseType]) -> Mapping[str, Engine]:
    """Check every case type, also against the others, and build its engine. ValueError lists all that is wrong."""
    types = {case_type.code: case_type for case_type in case_types}
    problems = [f"{code}: {problem}" for code, t in types.items() for problem in faults(t, types)]
    if problems:
        raise ValueError("case types cannot be registered:\n" + "\n".join(problems))
    return {code: Engine(case_type) for code, case_type in types.items()}


def faults(case_type: CaseType, types: Mapping[str, CaseType]) -> list[str]:
    """All that is wrong with a case type, in sentences; empty when it may be registered."""
    return [
        *_words(case_type, types),
        *_reach(case_type),
        *_clocks(case_type),
        *_silence(case_type),
    ]


def _words(case_type: CaseType, types: Mapping[str, CaseType]) -> list[str]:
    codes = {state.code for state in case_type.states}
    found = [f"state {c} is defined twice" for c in codes if [s.code for s in case_type.states].count(c) > 1]
    taken = {step.does for step in case_type.steps}
    for step in case_type.steps:
        for state in (*step.sources, *(() if step.to == STAY else (step.to,))):
            if state not in codes:
                found.append(f"step {step.does} names unknown state {state}")
        if not step.roles:
            found.append(f"step {step.does} has no role")
        if step.does not in case_type.verbs:
            found.append(f"verb {step.does} has no label")
        found += [f"step {step.does}: guard {g.__name__} has no sentence" for g in step.needs if not g.__doc__]
        found += _carried(step, case_type, types)
        step.form.model_json_schema()
    found += [f"verb {verb} has a label and no step" for verb in case_type.verbs if verb not in taken]
    return found + [f"cases are opened in unknown state {c}" for c in case_type.opening.states if c not in codes]


def _carried(step: Step, case_type: CaseType, types: Mapping[str, CaseType]) -> list[str]:
    found: list[str] = []
    own = {s.does for s in case_type.steps}
    every = {s.does for t in types.values() for s in t.steps}
    for name in step.then:
        try:
            effect = read_effect(name)
        except ValueError as error:
            found.append(f"step {step.does}: {error}")
            continue
        if effect.kind == "open" and effect.arg not in types:
            found.append(f"step {step.does} opens unknown case type {effect.arg}")
        elif effect.kind == "open" and types[effect.arg].opening.born is None:
            found.append(f"step {step.does} opens case type {effect.arg}, which is not opened by a step")
        if effect.kind in {"parent", "children"} and effect.arg not in every:
            found.append(f"step {step.does} carries unknown verb {effect.arg}")
        if effect.kind == "followers" and effect.arg not in own:
            found.append(f"step {step.does} carries unknown verb {effect.arg}")
        if effect.on_arrival and effect.on_arrival not in own:
            found.append(f"step {step.does} is acknowledged by unknown verb {effect.on_arrival}")
    return found


def _reach(case_type: CaseType) -> list[str]:
    forward: dict[str, set[str]] = {s.code: set() for s in case_type.states}
    for step in case_type.steps:
        for source in step.sources:
            if step.to != STAY and source in forward:
                forward[source].add(step.to)
    reached = _closure(set(case_type.opening.states), forward)
    backward: dict[str, set[str]] = {code: set() for code in forward}
    for source, targets in forward.items():
        for target in targets:
            backward.setdefault(target, set()).add(source)
    ending = _closure({s.code for s in case_type.states if s.end}, backward)
    return [f"state {c} cannot be reached" for c in forward if c not in reached] + [
        f"state {c} cannot reach an end" for c in forward if c not in ending
    ]


def _closure(start: set[str], edges: Mapping[str, set[str]]) -> set[str]:
    seen, todo = set(start), list(start)
    while todo:
        for target in edges.get(todo.pop(), ()):
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return seen


def _clocks(case_type: CaseType) -> list[str]:
    timed = {code for clock in case_type.clocks for code in clock.during}
    verbs = {step.does for step in case_type.steps}
    found = [
        f"state {s.code} has no clock and does not say why"
        for s in case_type.states
        if not s.end and s.code not in timed and not s.no_clock_because
    ]
    for clock in case_type.clocks:
        for verb in (*clock.after, *clock.until, *clock.again, *((clock.lapse,) if clock.lapse else ())):
            if verb not in verbs:
                found.append(f"clock {clock.code} names unknown verb {verb}")
        found += _running(clock, case_type)
    return found


def _running(clock: Clock, case_type: CaseType) -> list[str]:
    """A clock runs in states that exist, and where it takes a step of its own, the table has that step."""
    codes = {state.code for state in case_type.states}
    lapses = {source for step in case_type.steps if step.does == clock.lapse for source in step.sources}
    found = [f"clock {clock.code} runs in unknown state {c}" for c in (*clock.during, *clock.stands) if c not in codes]
    if bool(clock.stands) != bool(clock.ground):
        found.append(f"clock {clock.code} stands still without a ground, or has a ground and never stands")
    if clock.runs_on not in {None, "station", "assignee"}:
        found.append(f"clock {clock.code} runs on unknown {clock.runs_on}")
    found += [f"clock {clock.code} both runs and stands in state {c}" for c in clock.stands if c in clock.during]
    if lapses:
        found += [
            f"clock {clock.code} lapses by {clock.lapse}, which state {c} does not know"
            for c in clock.during
            if c in codes and c not in lapses
        ]
    return found


def _silence(case_type: CaseType) -> list[str]:
    ends = {s.code for s in case_type.states if s.end}
    told = ("tell:reporter", "tell:parties", "parent:", "parent?:")
    return [
        f"step {step.does} ends the case in silence"
        for step in case_type.steps
        if step.to in ends
        and any(source not in ends for source in step.sources)
        and not any(name.startswith(told) for name in step.then)
    ]
