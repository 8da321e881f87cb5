"""The chamber (调解工作台): what a caller may do around one mediation, each as one transaction and one answer.

Parties, consents, facts named for sharing, the mediator. What does not live here: meetings (convention), the register
(roll), HTTP (routes), any rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from api.house import WORDS, House
from api.shapes import encode, rows
from cases.desk.desk import Taken
from cases.desk.mediation import consenting, mediating
from cases.desk.mediation.correcting import Righted, in_the_way
from cases.desk.mediation.forms import (
    AppointmentForm,
    ConsentAsked,
    ConsentRecorded,
    DisclosureForm,
    FactNamed,
    LinkAnswer,
    Objection,
    PartyCorrection,
    PartyForm,
    PartyWithdrawal,
)
from cases.desk.mediation.hearing import Hearing
from cases.desk.mediation.sittings import (
    Sitting,
    enter_party,
    enter_reporter,
    facts_for_side,
    name_for_sharing,
    shown_party,
    whole_party,
)
from cases.desk.party_codes import issue_code
from cases.desk.views import Reader, View, find
from cases.errors import NotFound
from cases.rules.mediators import Points, read_points
from cases.rules.visibility import masked_name
from cases.rules.wall import behind_wall, side_of
from cases.store import appointments
from cases.store.idempotency import Answer, Once
from cases.store.parties import consents_of

Done = tuple[Righted, Taken]


@dataclass(frozen=True, slots=True)
class PartyAt:
    """Which party of which case, on which version that was seen."""

    case: str
    party: str
    version: int | None


class Chamber:
    """Everything around one mediation but its meetings."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.office = house.office
        self.hearing = Hearing(house.office.desk)

    @cached_property
    def points(self) -> Points:
        """What each ground of a proposal is worth."""
        return read_points(WORDS / "mediator_points.csv")

    def sit(self, connection: Connection, reader: Reader, case_id: str) -> Sitting:
        """The case on the table; NotFound for whoever may not know of it."""
        piece = find(connection, self.office.desk.pieces, case_id, reader)
        pack = self.office.desk.shelf.pack(connection, piece.pack_id)
        return Sitting(connection, piece, reader.actor, pack, self.office.clock.now(), self.office.secret)

    @contextmanager
    def reading(self, reader: Reader, case_id: str) -> Iterator[Sitting]:
        """A sitting that changes nothing."""
        with self.office.database.reading() as connection:
            yield self.sit(connection, reader, case_id)

    @contextmanager
    def writing(self, reader: Reader, case_id: str) -> Iterator[Sitting]:
        """A sitting in one transaction."""
        with self.office.database.writing() as connection:
            yield self.sit(connection, reader, case_id)

    # --- parties and shared facts

    def parties(self, reader: Reader, case_id: str) -> View:
        """The parties, masked, with what stands in the way of correcting and withdrawing each: for the committee
        alone."""
        with self.reading(reader, case_id) as sitting:
            sitting.at_home()
            return rows([{**shown_party(one), "still_needed": in_the_way(sitting, one)} for one in sitting.parties()])

    def add_party(self, reader: Reader, case_id: str, form: PartyForm) -> View:
        """Enter a party."""
        with self.writing(reader, case_id) as sitting:
            return shown_party(enter_party(sitting, form))

    def add_reporter(self, reader: Reader, case_id: str) -> View:
        """Enter the reporter of the clue as a party."""
        with self.writing(reader, case_id) as sitting:
            return shown_party(enter_reporter(sitting))

    def correct(self, reader: Reader, at: PartyAt, form: PartyCorrection, once: Once) -> Answer:
        """Put a party's entry right; what was agreed under another identity is void."""
        return self._righted(
            reader, at, once, lambda sitting: self.hearing.correct(sitting, at.party, form, at.version)
        )

    def withdraw(self, reader: Reader, at: PartyAt, form: PartyWithdrawal, once: Once) -> Answer:
        """Take a party's entry back that was made by mistake."""
        return self._righted(
            reader, at, once, lambda sitting: self.hearing.withdraw(sitting, at.party, form, at.version)
        )

    def _righted(self, reader: Reader, at: PartyAt, once: Once, deed: Callable[[Sitting], Done]) -> Answer:
        def do() -> Answer:
            with self.writing(reader, at.case) as sitting:
                known = once.stored(sitting.connection)
                if known is not None:
                    return known
                done, taken = deed(sitting)
                conflict = mediating.present_conflict(sitting)
                answer = Answer(200, encode(_righted(done, taken, conflict)))
                once.keep_now(sitting.connection, answer, sitting.now)
            return answer

        return once.settle(self.office.database, do)

    def issue_code(self, reader: Reader, case_id: str, party_id: str) -> View:
        """A query code for a party; told once, in this answer."""
        with self.writing(reader, case_id) as sitting:
            sitting.at_home()
            party = sitting.party(party_id)
            return {"party_id": party["id"], "code": issue_code(sitting.connection, party["id"])}

    def identity(self, reader: Reader, case_id: str, party_id: str, reason: str) -> View:
        """A party in full, for a reason that is written down."""
        with self.writing(reader, case_id) as sitting:
            return whole_party(sitting, party_id, reason)

    def facts(self, reader: Reader, case_id: str) -> View:
        """The facts named for sharing, as the caller's side may know them."""
        with self.reading(reader, case_id) as sitting:
            piece = sitting.piece
            side = side_of(reader.actor, piece) if behind_wall(piece) else None
            return rows(facts_for_side(sitting.connection, piece, side))

    def name_fact(self, reader: Reader, case_id: str, form: FactNamed) -> View:
        """Name a fact for sharing with the other side."""
        with self.writing(reader, case_id) as sitting:
            made = name_for_sharing(sitting, form)
        return {name: made[name] for name in ("n", "toward", "wording")}

    # --- consents

    def consents(self, reader: Reader, case_id: str) -> View:
        """What the parties were asked and what they answered."""
        with self.reading(reader, case_id) as sitting:
            sitting.at_home()
            return rows(consents_of(sitting.connection, sitting.piece.id))

    def ask(self, reader: Reader, case_id: str, form: ConsentAsked) -> View:
        """Ask a party by link; the token is told once, in this answer."""
        with self.writing(reader, case_id) as sitting:
            made = consenting.ask(sitting, form)
        path = f"/api/v1/public/consents/{made.consent_id}"
        page = f"/consent/{made.consent_id}#{made.token}"
        return {"id": made.consent_id, "path": path, "page": page, "token": made.token, "expires_at": made.expires_at}

    def record(self, reader: Reader, case_id: str, form: ConsentRecorded) -> View:
        """Write down what a party said."""
        with self.writing(reader, case_id) as sitting:
            made = self.hearing.record(sitting, form)
        return {name: made[name] for name in ("id", "party_id", "what", "answer", "answered_at", "means")}

    def look(self, consent_id: str, token: str, client: str) -> View:
        """The question behind a link, for its party, who came from this address."""
        with self.office.database.reading() as connection:
            opened = self._opened(connection, consent_id, token, client)
            return self._told(connection, opened)

    def answer(self, consent_id: str, token: str, form: LinkAnswer, client: str) -> View:
        """A party's own answer; the link is used up."""
        tails, known_by = self.house.throttles.tails, consent_id[:64]
        with self.office.database.writing() as connection:
            opened = self._opened(connection, consent_id, token, client)
            if tails.left(known_by) < 1:
                tails.refuse()
            try:
                self.hearing.answer(connection, opened, form, self.office.clock.now())
            except NotFound:
                tails.take(known_by)
                raise
            return {**self._told(connection, opened), "answer": form.answer}

    def _opened(self, connection: Connection, consent_id: str, token: str, client: str) -> consenting.Opened:
        codes, known_by = self.house.throttles.codes, consent_id[:64]
        codes.demand(known_by, client)
        try:
            return consenting.open_link(connection, consent_id, token, self.office.clock.now())
        except NotFound:
            codes.wrong(known_by, client)
            raise

    def _told(self, connection: Connection, opened: consenting.Opened) -> View:
        piece = self.office.desk.pieces.one(connection, opened.consent["case_id"])
        number = piece.number if piece else ""
        keeper = self.office.pack.organisation(piece.station or "") if piece else None
        told = consenting.told_to_party(connection, opened)
        named = masked_name(opened.party["name"])
        return {"number": number, "committee": keeper.name if keeper else "", "party": named, **told}

    # --- the mediator

    def proposal(self, reader: Reader, case_id: str, wide: bool) -> View:
        """Who could mediate, ranked with reasons; who could not, and why; who mediates, and did so before."""
        with self.reading(reader, case_id) as sitting:
            found = mediating.proposal_for(sitting, self.points, wide=wide)
            known = appointments.appointments_of(sitting.connection, sitting.piece.id)
        ranked = [
            {
                "id": one.id,
                "name": one.name,
                "committee": one.committee,
                "score": one.score,
                "reasons": list(one.reasons),
            }
            for one in found.ranked
        ]
        excluded = [{"id": one.id, "name": one.name, "why": one.why} for one in found.excluded]
        return rows(ranked, excluded=excluded, appointments=[_appointed(one) for one in known])

    def disclose(self, reader: Reader, case_id: str, form: DisclosureForm) -> View:
        """Write a mediator's disclosure down."""
        with self.writing(reader, case_id) as sitting:
            return {"id": mediating.disclose(sitting, form), "mediator_id": form.mediator_id, "tied": form.tied}

    def appoint(self, reader: Reader, case_id: str, form: AppointmentForm) -> View:
        """Appoint a mediator."""
        with self.writing(reader, case_id) as sitting:
            return _appointed(mediating.appoint(sitting, form))

    def object_to(self, reader: Reader, case_id: str, form: Objection) -> View:
        """A party's objection: the mediator is released."""
        with self.writing(reader, case_id) as sitting:
            return _appointed(self.hearing.object_to(sitting, form))


def _righted(done: Righted, taken: Taken, conflict: str) -> View:
    """What became of an entry: which parts changed, what is void, and whether the mediator may go on."""
    told: View = {"verb": taken.verb, "state": taken.state, "version": taken.version, "mediator_conflict": conflict}
    heard = done.heard.model_dump(mode="json", exclude={"reason"})
    return {**told, "party_id": done.party["id"], **heard, "withdrawn": done.party["withdrawn_at"] is not None}


def _appointed(one: dict[str, Any]) -> View:
    kept = ("id", "mediator_id", "name", "chosen_by", "appointed_at", "ended_at", "ended_because", "statement")
    return {name: one[name] for name in kept if name in one}
