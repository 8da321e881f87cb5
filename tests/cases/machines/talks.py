"""The part of a walk that goes beside a mediation: parties come in, are asked, a mediator is chosen.

What does not live here: the walk itself (``walking``).
"""

from __future__ import annotations

from random import Random
from typing import Any

from cases.desk.mediation.forms import (
    AppointmentForm,
    ConsentRecorded,
    DisclosureForm,
    PartyCorrection,
    PartyWithdrawal,
)
from cases.desk.mediation.hearing import Hearing
from cases.desk.mediation.mediating import appoint, disclose
from cases.desk.mediation.sittings import Sitting, enter_party
from cases.errors import Refusal
from cases.grammar import Actor, Form
from cases.machines import agreement_forms as terms_forms
from cases.machines import mediation_forms
from cases.piece import Piece
from cases.rules.consents import CONFIRM, EXTEND, HAND_OVER, MEDIATION
from tests.builders import COMMUNITY, an_actor
from tests.cases.chamber import COMMITTEE, GRID, Table, a_party, keeper_of
from tests.cases.counter import Counter
from tests.cases.machines.amicable import COURT

MEDIATORS = {"JT-JC-TJ": "M1", "JT-DC-TJ": "M3", GRID: "M5", "JT-TJ": "M6"}


class Talks:
    """What people do beside an open mediation; ``dice`` are those of the walk."""

    def __init__(self, counter: Counter, dice: Random) -> None:
        self.dice = dice
        self.table = Table(counter.office)
        self.table.counter, self.table.clock = counter, counter.clock
        self.table.register()
        self.table.add_tiers()

    def cast(self, piece: Piece) -> list[Actor]:
        """Who works on a case behind the wall."""
        head = an_actor("陶主任", piece.station, "committee_head")
        archivist = an_actor("钱档案", piece.station, "archivist")
        if piece.assignee is not None:
            return [an_actor("丁法官", COURT, "court_clerk")] * 3 + [keeper_of(piece), head]
        party = Actor("party:x", "当事人", None, frozenset({"party"}), frozenset({piece.id}))
        people = [*[keeper_of(piece)] * 5, head, party]
        return people if piece.is_open else [archivist, keeper_of(piece)]

    def begin(self) -> None:
        """A committee takes a dispute up of its own accord."""
        form = mediation_forms.MediationApplication(
            community=COMMUNITY, matter=self.dice.choice(["MS01", "MS02"]), source="主动调解", dispute="楼上渗水"
        )
        keeper = an_actor("柏调解", COMMITTEE, "mediator")
        with self.table.database.writing() as connection:
            desk, office = self.table.counter.desk, self.table.office
            (opened,) = desk.open_many(connection, office.pack_id, "mediation", [form], keeper, self.table.now)
        if isinstance(opened, Refusal):
            raise opened

    def go_on(self, piece: Piece) -> str:
        """One of the things that may be written down now; answers which."""
        if self.dice.random() < 0.1 and self.table.parties(piece.id):
            return self._right(piece)
        with self.table.sitting(piece.id, keeper_of(piece)) as sitting:
            if not sitting.parties():
                enter_party(sitting, a_party(side="applicant", phone="13800001111"))
                enter_party(sitting, a_party(side="respondent", phone="13900002222"))
                return "party"
            if piece.state == "choosing" and self.dice.random() < 0.7:
                self._choose(sitting)
                return "choose"
            self._ask(sitting)
            return "ask"

    def _right(self, piece: Piece) -> str:
        """Somebody was entered wrongly, or should not have been entered at all; refused where it is too late."""
        hearing, verb = Hearing(self.table.counter.desk), self.dice.choice(["correct", "withdraw"])
        try:
            with self.table.sitting(piece.id, keeper_of(piece)) as sitting:
                party = self.dice.choice(sitting.parties())["id"]
                if verb == "correct":
                    phone = f"137{self.dice.randrange(10**8):08d}"
                    hearing.correct(sitting, party, PartyCorrection(reason="登记时写错", phone=phone), None)
                else:
                    hearing.withdraw(sitting, party, PartyWithdrawal(reason="同一人登记了两次"), None)
        except Refusal:
            return f"refused to {verb}"
        return verb

    def _ask(self, sitting: Sitting) -> None:
        what = self.dice.choice([CONFIRM, EXTEND, HAND_OVER])
        if sitting.piece.state == "consenting":
            what = MEDIATION
        answer = "no" if self.dice.random() < 0.04 else "yes"
        hearing = Hearing(self.table.counter.desk)
        for party in sitting.parties():
            said = {"party_id": party["id"], "what": what, "answer": answer, "means": "on_site"}
            hearing.record(sitting, ConsentRecorded.model_validate(said))

    def _choose(self, sitting: Sitting) -> None:
        mediator_id = MEDIATORS[sitting.piece.station or ""]
        disclose(sitting, DisclosureForm(mediator_id=mediator_id, tied=False, statement="无利害关系"))
        appoint(sitting, AppointmentForm(mediator_id=mediator_id, chosen_by="parties"))

    def varied(self, form: type[Form], piece: Piece) -> dict[str, Any]:
        """What a form names of this very case."""
        parties = sorted(self.table.counter.rows("party", case_id=piece.id), key=lambda row: row["ordinal"])
        ids = [row["id"] for row in parties]
        now = self.table.now
        if form is mediation_forms.RightsNotice:
            return {"parties": tuple(ids) or ("nobody",)}
        if form is mediation_forms.Session:
            return {"meeting": "", "place": "调解室", "at": now}
        if form is terms_forms.Signature:
            signed = {one["signer"] for one in piece.facts.get("signatures", [])}
            return {"signer": ([one for one in (*ids, "mediator") if one not in signed] or ["mediator"])[0]}
        if form is terms_forms.Performance:
            return {"complete": self.dice.random() < 0.8}
        return {}
