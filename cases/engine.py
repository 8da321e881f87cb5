"""Decides a step: facts in, Outcome out. Pure; wraps one shared `transitions` machine per case type.

What does not live here: reading and writing (store, desk), and what effects mean (desk).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from transitions import EventData, Machine

from cases.errors import Malformed, NotAllowed, NotNow, StillNeeded, UnknownVerb
from cases.faults import fields_of
from cases.grammar import STAY, Actor, CaseType, Clock, Effect, Form, Question, Role, Step, read_effect
from cases.piece import Piece

COLUMNS = frozenset(
    {"station", "assignee", "duty", "lead", "matter", "severity", "emergency", "sealed", "lane", "level", "parent_id"}
    | {"summary", "community", "street", "place", "found_on"}
)
"""Columns of a case a step may set; any other name it sets is a fact of the case type."""


Filled = TypeVar("Filled", bound=Form)


@dataclass(frozen=True, slots=True)
class Turns:
    """What a step means for the clocks of the case: which start, stop, stand still, go on."""

    starts: tuple[Clock, ...] = ()
    stops: tuple[Clock, ...] = ()
    stands: tuple[Clock, ...] = ()
    goes_on: tuple[Clock, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decided step means; the piece already stands in its new state. ``reclassed``: the step changed the matter
    or the urgency, on which the limits of the running clocks depend."""

    piece: Piece
    step: Step
    role: Role
    form: Form
    from_state: str
    to_state: str
    effects: tuple[Effect, ...]
    turns: Turns
    reclassed: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the caller may do now: the verb, its form, and what is still needed before it can be done."""

    verb: str
    label: str
    label_en: str
    form: type[Form]
    still_needed: tuple[str, ...]


def stands(role: Role, actor: Actor, piece: Piece) -> bool:
    """Whether the actor may act in this role on this case."""
    if role.code not in actor.roles or (actor.confined and piece.id not in actor.own_cases):
        return False
    if role.binds is None:
        return True
    if role.binds == "reporter":
        return piece.id in actor.own_cases or (actor.org is not None and actor.org == piece.reporter_org)
    return actor.org is not None and actor.org == getattr(piece, role.binds)


def sentence(guard: Any, question: Question) -> str:
    """What the guard still needs, as shown to the officer: its own wording for this case, else its docstring."""
    wording = getattr(guard, "says", None)
    return wording(question) if wording else (guard.__doc__ or guard.__name__).strip()


class Engine:
    """The machine of one case type (状态机). Built once, shared by all cases and threads; holds no case."""

    def __init__(self, case_type: CaseType) -> None:
        self.case_type = case_type
        self.by_verb: dict[str, dict[str, list[Step]]] = {}
        self.effects: dict[int, tuple[Effect, ...]] = {}
        self.states = {state.code: state for state in case_type.states}
        self.lapses = {clock.code: clock.lapse for clock in case_type.clocks if clock.lapse}
        self.clocks = {clock.code: clock for clock in case_type.clocks}
        self.looks_down = any(map(_looks_down, case_type.steps))
        self._entered = {s: tuple(c for c in case_type.clocks if s in c.during) for s in self.states}
        self._facts: TypeAdapter[dict[str, Any]] = TypeAdapter(case_type.facts)
        self.machine = Machine(
            model=None,
            states=[state.code for state in case_type.states],
            initial=case_type.opening.states[0],
            auto_transitions=False,
            send_event=True,
            queued=False,
        )
        for step in case_type.steps:
            self._add(step)
        self._open_to_people = {state: tuple(self._from(state)) for state in self.states}

    def _from(self, state: str) -> Iterator[tuple[Step, tuple[Role, ...]]]:
        """The rows that lead on from a state and that a person may take, with who; verbs in the order of the table."""
        for by_state in self.by_verb.values():
            for step in by_state.get(state, ()):
                people = tuple(role for role in step.roles if not role.inside)
                if people:
                    yield step, people

    def _add(self, step: Step) -> None:
        self.effects[id(step)] = tuple(read_effect(name) for name in step.then)
        for source in step.sources:
            self.by_verb.setdefault(step.does, {}).setdefault(source, []).append(step)
            self.machine.add_transition(
                step.does, source, None if step.to == STAY else step.to, conditions=[partial(_weigh, step)]
            )

    def rows(self, piece: Piece, verb: str) -> list[Step]:
        """The rows of the table for this verb in the case's state; UnknownVerb or NotNow if there are none."""
        by_state = self.by_verb.get(verb)
        if by_state is None:
            raise UnknownVerb(f"没有“{verb}”这个动作", verb=verb)
        rows = by_state.get(piece.state)
        if not rows:
            raise NotNow(f"当前状态“{self.states[piece.state].label}”不能{self.label(verb)}", state=piece.state)
        return rows

    def label(self, verb: str) -> str:
        return self.case_type.verbs[verb][0]

    def decide(self, verb: str, question: Question, filled: dict[str, Any] | Form | None) -> Outcome:
        """Take the step in memory: role, form, guards, machine. The piece moves only if all of them agree.

        Raises UnknownVerb, NotNow, NotAllowed, Malformed or StillNeeded; the piece is then untouched.
        """
        piece = question.piece
        rows = [s for s in self.rows(piece, verb) if any(stands(r, question.actor, piece) for r in s.roles)]
        if not rows:
            raise NotAllowed(f"您的岗位不能{self.label(verb)}", verb=verb)
        question.form = read_form(rows[0].form, filled)
        question.chosen, question.missing = None, []
        before, class_before = piece.state, (piece.matter, piece.emergency)
        self.machine.events[verb].trigger(piece, question=question)
        step = _chosen(question)
        if step is None:
            raise StillNeeded(min(question.missing, key=len), verb=verb)
        if step.sets is not None:
            self._set(piece, dict(step.sets(question)))
        role = next(r for r in step.roles if stands(r, question.actor, piece) or r.code in question.actor.roles)
        turns = self._turn(piece, before, verb)
        reclassed = class_before != (piece.matter, piece.emergency)
        return Outcome(piece, step, role, question.form, before, piece.state, self.effects[id(step)], turns, reclassed)

    def opened(self, piece: Piece) -> tuple[Clock, ...]:
        """The clocks that start when a case is opened in its present state."""
        starts = tuple(c for c in self._entered[piece.state] if not c.after)
        piece.clocks = {c.code: "" for c in starts}
        self._hold(piece)
        return starts

    def actions(self, question: Question) -> list[Action]:
        """What the actor may do now, with the sentences of the guards that can be judged without a form."""
        piece, found = question.piece, dict[str, Action]()
        for step, people in self._open_to_people[piece.state]:
            if not any(stands(role, question.actor, piece) for role in people):
                continue
            failed = [g for g in step.needs if not getattr(g, "asks_form", False) and not g(question)]
            if any(getattr(guard, "gives_cause", False) for guard in failed):
                continue
            missing, verb = tuple(sentence(guard, question) for guard in failed), step.does
            if verb not in found or len(missing) < len(found[verb].still_needed):
                found[verb] = Action(verb, *self.case_type.verbs[verb], step.form, missing)
        return list(found.values())

    def _set(self, piece: Piece, patch: dict[str, Any]) -> None:
        facts = dict(piece.facts)
        for name, value in patch.items():
            if name in COLUMNS:
                setattr(piece, name, value)
            else:
                facts[name] = value
        if facts != piece.facts:
            piece.facts = self.read_facts(facts)

    def read_facts(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Check the facts of a case against what its type knows; pydantic's ValidationError for anything else."""
        return self._facts.validate_python(facts, strict=True)

    def _turn(self, piece: Piece, before: str, verb: str) -> Turns:
        running, after = piece.clocks, piece.state
        held = [self.clocks[code] for code in running if code in self.clocks]
        stops = tuple(
            c for c in held if verb in (*c.until, *c.again) or (after not in c.during and after not in c.stands)
        )
        still = tuple(c for c in held if c not in stops and after in c.stands and before not in c.stands)
        goes_on = tuple(c for c in held if c not in stops and after not in c.stands and before in c.stands)
        starts = tuple(
            c
            for c in self._entered[piece.state]
            if verb not in c.until and (verb in c.again or (c.code not in running and _begins(c, verb, before)))
        )
        if starts or stops:
            gone = {c.code for c in stops}
            piece.clocks = {c: d for c, d in piece.clocks.items() if c not in gone} | {c.code: "" for c in starts}
        self._hold(piece)
        return Turns(starts, stops, still, goes_on)

    def _hold(self, piece: Piece) -> None:
        state = self.states[piece.state]
        piece.holder = holder_of(piece, state.holder)
        piece.is_open = not state.end


def _begins(clock: Clock, verb: str, before: str) -> bool:
    """Whether a clock that does not run starts with this verb out of this state."""
    return verb in clock.after if clock.after else before not in clock.during


def _looks_down(step: Step) -> bool:
    """Whether the step reads, carries or opens children."""
    kinds = {read_effect(name).kind for name in step.then}
    return bool(kinds & {"open", "children", "followers"}) or any(
        getattr(guard, "reads_children", False) for guard in step.needs
    )


def holder_of(piece: Piece, holder: str) -> str | None:
    """The organisation code in whose hands the case is; "reporter" stands for a reporter without organisation."""
    if holder == "station":
        return piece.station
    if holder == "assignee":
        return piece.assignee
    if holder == "receiver":
        return piece.assignee if piece.facts.get("delivered") else piece.station
    if holder == "departments":
        return piece.lead
    if holder == "reporter":
        return piece.reporter_org or "reporter"
    return None


def owner_of(piece: Piece, clock: Clock) -> str | None:
    """Whose time a clock of this case is: the organisation it runs on, else whoever holds the case."""
    return holder_of(piece, clock.runs_on) if clock.runs_on else piece.holder


def _chosen(question: Question) -> Step | None:
    """The row the machine's conditions picked while it was triggered."""
    return question.chosen


def _weigh(step: Step, event: EventData) -> bool:
    question: Question = event.kwargs["question"]
    if not any(stands(role, question.actor, question.piece) for role in step.roles):
        return False
    missing = tuple(sentence(guard, question) for guard in step.needs if not guard(question))
    if missing:
        question.missing.append(missing)
        return False
    question.chosen = step
    return True


def read_form(form: type[Filled], filled: dict[str, Any] | BaseModel | None) -> Filled:
    """Validate what was filled in; Malformed names each field."""
    if isinstance(filled, form):
        return filled
    try:
        return form.model_validate({} if filled is None else filled)
    except ValidationError as error:
        raise Malformed("填写的内容不完整或不正确", fields_of(error.errors())) from error
