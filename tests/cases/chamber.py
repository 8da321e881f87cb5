"""A mediation on the table: a walled case with its parties and a mediator, for tests of what surrounds it.

The case type here has three states and says nothing about how a mediation goes; the wall and the tables beside it are
what is tried. What does not live here: the real case type of mediation.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pydantic import Field
from sqlalchemy import insert
from typing_extensions import TypedDict

from cases.desk import convening
from cases.desk.desk import Desk
from cases.desk.mediating import appoint, disclose
from cases.desk.mediation_forms import AppointmentForm, DisclosureForm, MeetingPlan, PartyForm
from cases.desk.sittings import Sitting, enter_party
from cases.desk.working import Working
from cases.engine import Engine
from cases.grammar import STAY, Actor, CaseType, Form, Opening, Plain, Question, State, Step
from cases.ids import new_id
from cases.machines.roles import MEDIATOR
from cases.office import Office
from cases.piece import Piece
from cases.rules.booking import Span
from cases.store.sheaf import table
from tests.builders import COMMUNITY, STREET, an_actor
from tests.cases.counter import Counter

COMMITTEE, OTHER_COMMITTEE = "JT-JC-TJ", "JT-DC-TJ"
MEDIATOR_ACTOR = an_actor("柏调解", COMMITTEE, "mediator")
SECRET = b"a key of the tests"
ROOM, COURT_ROOM = "R1", "R2"


class Said(Form):
    """What somebody said in a mediation."""

    text: str = Field(min_length=1)


class TalkFacts(TypedDict, total=False):
    """The facts of the mediation of the tests."""

    said: str
    outcome: str
    performed: str
    description: str
    evidence: list[str]


def _said(q: Question) -> dict[str, Any]:
    return {"said": q.form.text, "description": q.form.text, "evidence": [q.form.text], "summary": q.form.text}


def _agreed(q: Question) -> dict[str, Any]:
    return {"outcome": "agreed"}


TALK = CaseType(
    code="mediation",
    label="人民调解",
    label_en="Mediation",
    states=(
        State("mediating", "P5", "调解中", "Mediating", "station"),
        State("agreed", "P7", "达成协议", "Agreed", "none", end=True),
    ),
    steps=(
        Step(MEDIATOR, "note", "mediating", STAY, Said, sets=_said),
        Step(MEDIATOR, "agree", "mediating", "agreed", Plain, sets=_agreed),
    ),
    clocks=(),
    opening=Opening((MEDIATOR,), ("mediating",), Plain),
    facts=TalkFacts,
    verbs={"note": ("记录", "Note"), "agree": ("达成协议", "Agree")},
    number_mark="TJ",
)


def with_talks(office: Office) -> Office:
    """The office, whose desk also knows the mediation of the tests."""
    desk = Desk(office.database.kind, office.shelf, office.desk.calendar)
    desk.engines = {**desk.engines, "mediation": Engine(TALK)}
    return replace(office, desk=desk)


class Table:
    """A mediation committee at work in an office."""

    def __init__(self, office: Office) -> None:
        self.counter = Counter(office)
        self.office, self.database, self.clock = office, office.database, self.counter.clock

    @property
    def now(self) -> datetime:
        return self.clock.now()

    # --- the register

    def register(self) -> None:
        """Two committees with two mediators each, a room, and one at a shared court."""
        rows: dict[str, list[dict[str, Any]]] = {
            "committee": [
                {"org": org, "tier": "street", "open_cap": 4, "helps": org == OTHER_COMMITTEE, "active": True}
                for org in (COMMITTEE, OTHER_COMMITTEE)
            ],
            "mediator": [
                a_row("M1", "柏调解"), a_row("M2", "安调解"),
                a_row("M3", "高调解", committee=OTHER_COMMITTEE), a_row("M4", "时调解", committee=OTHER_COMMITTEE),
            ],
            "room": [
                {"id": ROOM, "committee": COMMITTEE, "kind": "committee", "name": "第一调解室", "address": "二楼"},
                {"id": COURT_ROOM, "committee": OTHER_COMMITTEE, "kind": "shared_court", "name": "共享法庭"},
            ],
        }  # fmt: skip
        filled = {"committee": {"sample": False}, "mediator": {}, "room": {"seats": 6, "active": True, "sample": False}}
        with self.database.writing() as connection:
            for name, some in rows.items():
                for row in some:
                    connection.execute(insert(table(name)).values(**{**filled[name], **row}))

    # --- cases

    def open(self, parent: str | None = None, **changed: Any) -> str:
        """A mediation kept by the committee; ``parent`` is the report it came from."""
        fields: dict[str, Any] = {
            "id": new_id(),
            "case_type": "mediation",
            "state": "mediating",
            "version": 0,
            "head_hash": "",
            "pack_id": self.office.pack_id,
            "parent_id": parent,
            "station": COMMITTEE,
            "holder": COMMITTEE,
            "community": COMMUNITY,
            "street": STREET,
            "matter": "MS02",
            "severity": 2,
            "found_on": date(2026, 11, 20),
            "opened_at": self.now,
            "updated_at": self.now,
        }
        fields |= changed
        piece = Piece(number=f"TJ-{fields['id']}", **fields)
        working = Working(self.now, "sha256")
        working.open(piece, MEDIATOR_ACTOR, "mediator", {})
        with self.database.writing() as connection:
            self.office.desk.writer.write(connection, working.bind())
        return piece.id

    def closed(self, case_id: str) -> None:
        """The parties agreed; the case is at its end."""
        self.counter.step(case_id, "agree", MEDIATOR_ACTOR)

    @contextmanager
    def sitting(self, case_id: str, actor: Actor = MEDIATOR_ACTOR) -> Iterator[Sitting]:
        """The case on the table, in one transaction."""
        with self.database.writing() as connection:
            piece = self.office.desk.pieces.one(connection, case_id)
            assert piece is not None
            if piece.parent_id:
                piece.parent = self.office.desk.pieces.one(connection, piece.parent_id)
            yield Sitting(connection, piece, actor, self.office.pack, self.now, SECRET)

    def party(self, case_id: str, **changed: Any) -> dict[str, Any]:
        """A party of a case, a person unless said otherwise."""
        with self.sitting(case_id) as sitting:
            return enter_party(sitting, a_party(**changed))

    def appointed(self, case_id: str, mediator_id: str = "M1") -> dict[str, Any]:
        """A mediator who has nothing to disclose, appointed by the committee."""
        with self.sitting(case_id) as sitting:
            disclose(sitting, DisclosureForm(mediator_id=mediator_id, tied=False, statement="无利害关系"))
            return appoint(sitting, AppointmentForm(mediator_id=mediator_id, chosen_by="committee"))

    def ready(self, mediator_id: str = "M1", **changed: Any) -> str:
        """A case with two parties and a mediator."""
        case_id = self.open(**changed)
        n = len(self.counter.rows("party"))
        self.party(case_id, side="applicant", name="甲方某", phone=f"138000{n:05d}")
        self.party(case_id, side="respondent", name="乙方某", phone=f"139000{n:05d}")
        self.appointed(case_id, mediator_id)
        return case_id

    def parties(self, case_id: str) -> list[str]:
        return [row["id"] for row in self.counter.rows("party", case_id=case_id)]


def a_row(mediator_id: str, name: str, **changed: Any) -> dict[str, Any]:
    """A row of the register of mediators."""
    fields: dict[str, Any] = {
        "id": mediator_id,
        "name": name,
        "committee": COMMITTEE,
        "expertise": "MS*",
        "languages": "普通话",
        "areas": STREET,
        "active_from": date(2025, 1, 1),
        "full_time": True,
        "sample": False,
    }
    return fields | changed


def a_party(**changed: Any) -> PartyForm:
    fields: dict[str, Any] = {"side": "applicant", "kind": "person", "name": "陈某某", "phone": "13800001111"}
    return PartyForm(**(fields | changed))


def hours(first: str, last: str, day: int = 23) -> Span:
    """A span of a November day in local time."""
    return Span(*(datetime.fromisoformat(f"2026-11-{day:02d}T{at}:00+08:00") for at in (first, last)))


NINE = hours("09:00", "10:00")


def a_plan(span: Span = NINE, **changed: Any) -> MeetingPlan:
    fields: dict[str, Any] = {"kind": "committee", "room_id": ROOM, "starts": span.starts, "ends": span.ends}
    return MeetingPlan(**(fields | changed))


def online(span: Span = NINE) -> MeetingPlan:
    return a_plan(span, kind="online", room_id=None)


def plan(chamber: Table, case_id: str, form: MeetingPlan | None = None) -> dict[str, Any]:
    with chamber.sitting(case_id) as sitting:
        return convening.plan(sitting, form or a_plan())


def away(chamber: Table, span: Span, mediator_id: str = "M1") -> str:
    with chamber.database.writing() as connection:
        return convening.go_away(connection, mediator_id, span, ("培训", "account:x"), chamber.now)
