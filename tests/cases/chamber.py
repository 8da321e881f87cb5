"""A mediation on the table: a case in the midst of it with its parties and a mediator, for tests of what surrounds it.

The case is written down as if it had come that far; how it gets there is tried elsewhere. What does not live here: the
course of a mediation (``tests.cases.mediations``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert

from cases.desk.mediation import convening
from cases.desk.mediation.forms import AppointmentForm, DisclosureForm, MeetingPlan, PartyForm
from cases.desk.mediation.mediating import appoint, disclose
from cases.desk.mediation.sittings import Sitting, enter_party
from cases.desk.working import Working
from cases.grammar import Actor
from cases.ids import new_id
from cases.office import Office
from cases.piece import Piece
from cases.rules.booking import Span
from cases.store.sheaf import table
from tests.builders import COMMUNITY, STREET, an_actor
from tests.cases.counter import Counter

COMMITTEE, OTHER_COMMITTEE = "JT-JC-TJ", "JT-DC-TJ"
GRID, DISTRICT = "JT-JW-JL", "JT-TJ"
MEDIATOR_ACTOR = an_actor("柏调解", COMMITTEE, "mediator")
SECRET = b"a key of the tests"
ROOM, COURT_ROOM = "R1", "R2"


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
        self._keep(
            {
                "committee": [
                    {"org": org, "tier": "street", "helps": org == OTHER_COMMITTEE}
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
            }
        )  # fmt: skip

    def add_tiers(self) -> None:
        """A body in the grid below and a district committee above, with a mediator each."""
        self._keep(
            {
                "committee": [{"org": GRID, "tier": "grid"}, {"org": DISTRICT, "tier": "district"}],
                "mediator": [a_row("M5", "魏网格", committee=GRID), a_row("M6", "区调解", committee=DISTRICT)],
            }
        )

    def _keep(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        filled = {
            "committee": {"open_cap": 4, "helps": False, "active": True, "sample": False},
            "mediator": {},
            "room": {"seats": 6, "active": True, "sample": False},
        }
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
        with self.database.writing() as connection:
            working = Working(self.now, "sha256", self.office.desk.words(connection))
            working.open(piece, MEDIATOR_ACTOR, "mediator", {})
            self.office.desk.writer.write(connection, working.bind())
        return piece.id

    def closed(self, case_id: str) -> None:
        """It came to nothing, the other routes were told; the case is at its end."""
        self.counter.step(case_id, "fail", MEDIATOR_ACTOR, ground="调解不成", words="分歧过大")
        self.counter.step(case_id, "route", MEDIATOR_ACTOR, routes=("向人民法院提起诉讼",))

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
        told = {"parties": self.parties(case_id), "how": "当面", "at": self.now}
        self.counter.step(case_id, "tell_rights", keeper_of(self.counter.piece(case_id)), **told)
        return case_id

    def parties(self, case_id: str) -> list[str]:
        return [row["id"] for row in self.counter.rows("party", case_id=case_id)]


def keeper_of(piece: Piece) -> Actor:
    """A mediator of the committee that keeps the case."""
    return an_actor("柏调解", piece.station, "mediator")


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
