"""What happens beside a mediation is heard in its file (记入案卷): answers of parties, a mediator gone, a meeting held,
an entry of a party put right or taken back.

An answer, and its consequence for the case, are one transaction: one clear refusal ends the mediation at once
(人民调解法 17). What does not live here: asking (consenting), meetings (convening), what follows (machines).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cases.desk.desk import Desk, Order, Taken
from cases.desk.mediation import consenting, convening, correcting, mediating
from cases.desk.mediation.correcting import Righted
from cases.desk.mediation.forms import (
    ConsentRecorded,
    LinkAnswer,
    MeetingHeld,
    Objection,
    PartyCorrection,
    PartyWithdrawal,
)
from cases.desk.mediation.sittings import Sitting
from cases.errors import NotNow, Refusal, StillNeeded
from cases.grammar import Form
from cases.machines.mediation_forms import Heard, Session
from cases.machines.roles import REGISTRAR, by_hand_of, inside
from cases.rules.consents import MEDIATION
from cases.store.parties import party

Row = dict[str, Any]


class Hearing:
    """Brings what is written beside a case to the case itself. Shared by all threads."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def record(self, sitting: Sitting, form: ConsentRecorded) -> Row:
        """Write down what a party said, and what follows from it."""
        self._hold(sitting.connection, sitting.piece.id)
        made = consenting.record(sitting, form)
        self._hear(sitting.connection, made, form.answer, sitting.now)
        return made

    def answer(self, connection: Connection, opened: consenting.Opened, form: LinkAnswer, now: datetime) -> None:
        """Take a party's own answer by link, and what follows from it."""
        self._hold(connection, opened.consent["case_id"])
        consenting.answer_by_link(connection, opened, form, now)
        self._hear(connection, {**opened.consent, "means": "link"}, form.answer, now)

    def object_to(self, sitting: Sitting, form: Objection) -> Row:
        """A party wants another mediator: the present one is released, and one is chosen again."""
        self._hold(sitting.connection, sitting.piece.id)
        ended = mediating.object_to(sitting, form)
        self._take(sitting.connection, sitting.piece.id, "lose_mediator", None, sitting.now)
        return ended

    def hold(self, sitting: Sitting, meeting_id: str, form: MeetingHeld) -> Row:
        """A meeting was held; refused as a whole where the case does not allow it, as before the rights were told."""
        held = convening.hold(sitting, meeting_id, form)
        order = Order(sitting.piece.id, "meet", Session(meeting=meeting_id))
        self.desk.take_step(sitting.connection, order, sitting.actor, sitting.now)
        return held

    def correct(
        self, sitting: Sitting, party_id: str, form: PartyCorrection, version: int | None
    ) -> tuple[Righted, Taken]:
        """Put a party's entry right, on the version that was seen; what was agreed under another identity is void."""
        self._hold(sitting.connection, sitting.piece.id)
        return self._right(sitting, "correct_party", correcting.correct(sitting, party_id, form), version)

    def withdraw(
        self, sitting: Sitting, party_id: str, form: PartyWithdrawal, version: int | None
    ) -> tuple[Righted, Taken]:
        """Take a party's entry back, on the version that was seen; refused where the case needs both sides."""
        self._hold(sitting.connection, sitting.piece.id)
        return self._right(sitting, "withdraw_party", correcting.withdraw(sitting, party_id, form), version)

    def _right(self, sitting: Sitting, verb: str, done: Righted, version: int | None) -> tuple[Righted, Taken]:
        """The history names whoever did it; a case that does not allow it is left as it was, entry and all."""
        order = Order(sitting.piece.id, verb, done.heard, version)
        actor = by_hand_of(sitting.actor, REGISTRAR)
        return done, self.desk.take_step(sitting.connection, order, actor, sitting.now)

    def _hold(self, connection: Connection, case_id: str) -> None:
        """Hold the case before anything is written beside it: of two answers at once, one sees the other's. A row that
        refers to the case would let both take part of its lock and then wait for each other."""
        self.desk.pieces.many(connection, [case_id], lock=True)

    def _hear(self, connection: Connection, consent: Row, answer: str, now: datetime) -> None:
        """One answer becomes a line of the history; the last agreement, or a refusal, moves the case."""
        who = party(connection, consent["party_id"])
        if consent["what"] != MEDIATION or who is None:
            return
        heard = Heard(party=who["ordinal"], what=consent["what"], answer=answer, means=consent["means"])  # type: ignore[arg-type]
        self._take(connection, consent["case_id"], "hear", heard, now)

    def _take(self, connection: Connection, case_id: str, verb: str, form: Form | None, now: datetime) -> None:
        """Take a step of the house's own, if the case is where it matters."""
        taken = self.desk.take_steps(connection, [Order(case_id, verb, form)], inside(REGISTRAR), now)[0]
        if isinstance(taken, Refusal) and not isinstance(taken, NotNow | StillNeeded):
            raise taken
