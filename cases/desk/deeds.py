"""What a decided step brings about (办理效果): its entry, its clocks, notices, children, and the cases carried along.

Everything goes into the working set's sheaf; nothing is sent and nothing committed here. What does not live here: the
door itself (desk), deciding (engine), and what each effect's rows look like (telling, timing, adjusting, opening).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Protocol

from sqlalchemy import Connection

from cases.desk.adjusting import Adjusting
from cases.desk.erasing import erase
from cases.desk.mediation.referring import bring_parties
from cases.desk.mediation.releasing import release_mediator
from cases.desk.opening import Setting, open_child, plain_payload, record_dissuasion
from cases.desk.telling import tell
from cases.desk.timing import Timing, running, time_step
from cases.desk.working import Working
from cases.engine import Engine, Outcome
from cases.errors import NotNow, StillNeeded
from cases.grammar import Actor, Effect, Plain, Question
from cases.machines.clue_forms import Dissuasion
from cases.machines.roles import CARRIED, inside
from cases.piece import Piece
from cases.rules.calendar import Calendar
from cases.rules.fitting import misfits
from cases.rules.folder import Folder
from cases.rules.visibility import is_suit
from cases.store.families import leave as leave_family
from cases.store.shelf import Shelf

BY_LINK = "by_link"
"""Under this name an entry keeps what a holder of a link gave as their name."""


class House(Protocol):
    """What the effects need of the desk they belong to."""

    engines: Mapping[str, Engine]
    shelf: Shelf

    @property
    def calendar(self) -> Calendar: ...

    def folder(self, connection: Connection, piece: Piece) -> Folder | None: ...


class Deeds:
    """办理效果. Shared by all threads; holds no case."""

    def __init__(self, house: House) -> None:
        self.house = house

    def write_down(self, connection: Connection, working: Working, outcome: Outcome, question: Question) -> None:
        """The entry of a decided step, its clocks, and its effects one after the other."""
        piece, actor = outcome.piece, question.actor
        working.write_down(outcome, actor, plain_payload({**outcome.form.model_dump(mode="json"), **_named(actor)}))
        timing = self._timing(connection, working, piece)
        time_step(timing, outcome)
        turns = outcome.turns
        if turns.stands or turns.goes_on or outcome.reclassed:
            Adjusting(timing, self.house.engines[piece.case_type], piece, actor.id).by_turn(outcome)
        self._record(working, outcome, actor)
        for effect in outcome.effects:
            self._bring_about(connection, working, outcome, effect, question)

    def _timing(self, connection: Connection, working: Working, piece: Piece) -> Timing:
        pack = self.house.shelf.pack(connection, piece.pack_id)
        return Timing(
            working.sheaf, pack, self.house.calendar, working.now, lambda case_id: running(connection, working, case_id)
        )

    def _record(self, working: Working, outcome: Outcome, actor: Actor) -> None:
        """Dissuasions have a table of their own, whichever form they came with."""
        form = outcome.form
        record = form if isinstance(form, Dissuasion) else getattr(form, "dissuasion", None)
        if isinstance(record, Dissuasion):
            record_dissuasion(working, outcome.piece, record, actor)

    def _bring_about(
        self, connection: Connection, working: Working, outcome: Outcome, effect: Effect, question: Question
    ) -> None:
        piece = outcome.piece
        if effect.kind == "release":
            working.later.append(_release(outcome, effect, question))
        elif effect.kind == "tell":
            pack = self.house.shelf.pack(connection, piece.pack_id)
            tell(working.sheaf, effect, outcome, pack, working.now, question.folder)
        elif effect.kind == "open":
            self._open_children(connection, working, piece, effect.arg, question)
        elif effect.kind == "erase":
            erase(working.sheaf, effect, outcome, working.now)
        elif effect.kind == "clock":
            if effect.arg == "rebase":
                self._renew_pack(connection, piece)
            timing, engine = self._timing(connection, working, piece), self.house.engines[piece.case_type]
            Adjusting(timing, engine, piece, question.actor.id, question.carrier).by_effect(effect.arg, outcome)
        else:
            for relative in self._able(effect, piece):
                self._carry(connection, working, relative, outcome, effect)

    def _able(self, effect: Effect, piece: Piece) -> list[Piece]:
        """The relatives whose case type has the verb at all."""
        return [one for one in _relatives(effect, piece) if effect.arg in self.house.engines[one.case_type].by_verb]

    def _renew_pack(self, connection: Connection, piece: Piece) -> None:
        """The case goes on under the newest version of its pack, if it fits there; StillNeeded says what does not."""
        before = self.house.shelf.pack(connection, piece.pack_id)
        pack_id, newest = self.house.shelf.newest(connection, before.name)
        if pack_id == piece.pack_id:
            raise NotNow("本件已适用最新的地区包")
        reasons = misfits(piece, self.house.engines[piece.case_type].case_type, newest, before)
        if reasons:
            raise StillNeeded(tuple(reasons))
        piece.pack_id = pack_id

    def _carry(self, connection: Connection, working: Working, piece: Piece, outcome: Outcome, effect: Effect) -> None:
        """Take a step that another case's step carries along; one that asks the same form gets the same answers."""
        engine = self.house.engines[piece.case_type]
        pack = self.house.shelf.pack(connection, piece.pack_id)
        question = Question(piece, inside(CARRIED), working.now, pack, carrier=outcome.piece)
        question.folder = self.house.folder(connection, piece)
        rows = engine.by_verb.get(effect.arg, {}).get(piece.state)
        same = rows and rows[0].form is not Plain and isinstance(outcome.form, rows[0].form)
        mark = working.mark(kin(piece)) if effect.optional and same else None
        try:
            carried = engine.decide(effect.arg, question, outcome.form if same else None)
            self.write_down(connection, working, carried, question)
        except (NotNow, StillNeeded):
            if not effect.optional:
                raise
            if mark is not None:
                working.back_to(mark)

    def _open_children(
        self, connection: Connection, working: Working, parent: Piece, case_type: str, question: Question
    ) -> None:
        engine = self.house.engines[case_type]
        shared = question.folder if engine.case_type.folder == "parent" else None
        pack = self.house.shelf.pack(connection, parent.pack_id)
        setting = Setting(pack, parent.pack_id, self.house.calendar, shared)
        born = engine.case_type.opening.born
        for birth in born(question) if born else ():
            child = open_child(working, engine, setting, parent, birth, question.actor)
            if is_suit(parent) and engine.case_type.folder == "own":
                deed = partial(bring_parties, suit_id=parent.id, case_id=child.id, now=working.now)
                working.later.append(deed)


def _release(outcome: Outcome, effect: Effect, question: Question) -> Callable[[Connection], None]:
    """What the case lets go of once its own rows stand: whoever mediates it, or the family it stands in."""
    if effect.arg == "family":
        why = getattr(outcome.form, "words", "") or outcome.step.does
        return partial(leave_family, case_id=outcome.piece.id, why=why, by=question.actor.id, now=question.now)
    return partial(release_mediator, case_id=outcome.piece.id, now=question.now)


def _named(actor: Actor) -> dict[str, str]:
    """Who acted, where nothing but the entry could say so."""
    return {BY_LINK: actor.name} if actor.confined else {}


def _relatives(effect: Effect, piece: Piece) -> list[Piece]:
    """The cases an effect carries along."""
    if effect.kind == "parent":
        return [piece.parent] if piece.parent is not None else []
    followers = effect.kind == "followers"
    return [c for c in piece.children or () if (c.case_type == piece.case_type) == followers]


def kin(piece: Piece) -> Iterable[Piece]:
    """The cases a step of this one may touch: itself, its parent, their children."""
    kin = [piece, *(piece.children or ())]
    if piece.parent is not None:
        kin += [piece.parent, *(piece.parent.children or ())]
    return {p.id: p for p in kin}.values()
