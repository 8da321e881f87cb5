"""The roll (调解员名册): committees and mediators with their load, absences, ties, calendar feeds, appraisals.

Feed keys are random and kept as hashes only. What does not live here: HTTP (routes), figures and rankings (rules).
"""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from api.calendars import calendar_of
from api.house import House
from api.identity import digest
from api.mailroom import require
from api.shapes import rows
from cases.desk.mediation.convening import go_away
from cases.desk.mediation.enrolling import declare_tie
from cases.desk.mediation.forms import AbsenceForm, ComplaintDecided, ComplaintForm, ContractForm, TieForm
from cases.desk.views import Reader, View
from cases.errors import Malformed, NotAllowed, NotFound
from cases.rules.appraisal import Targets, appraise
from cases.rules.area import OVERSIGHT_ROLES, oversees
from cases.rules.booking import checked_absence
from cases.rules.wall import MEDIATORS
from cases.store import appointments, bodies, feeds, meetings, registers

KEY_MARK = "hf_"
KEY_BYTES = 32
PAST = timedelta(days=90)
"""How long meetings that are over stay in a calendar feed."""

SUPERVISORS = frozenset({"supervisor"})
NOT_THERE = "这个调解委员会不在您的辖区"
TARGETS = {"target_accepted": "accepted", "target_on_time": "on_time", "target_success": "success"} | {
    "target_performance": "performance",
    "most_complaints": "most_complaints",
}


class Roll:
    """The register for callers who are known, and a calendar for whoever has its key."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.office = house.office

    @property
    def now(self) -> datetime:
        """The office's present moment."""
        return self.office.clock.now()

    def committees(self) -> View:
        """Every committee with its tier."""
        with self.office.database.reading() as connection:
            found = registers.committees(connection)
        return rows([{**row, "name": self._name(org)} for org, row in found.items()])

    def mediators(self, asked: registers.Searched) -> View:
        """The mediators that fit, each with what they carry now."""
        with self.office.database.reading() as connection:
            found = registers.found(connection, asked)
            loads = appointments.loads(connection, self.now)
        return rows([self._shown(row, loads.get(row["id"], appointments.Load())) for row in found])

    def _name(self, org: str) -> str:
        organisation = self.office.pack.organisation(org)
        return organisation.name if organisation else org

    def _shown(self, row: dict[str, Any], load: appointments.Load) -> View:
        kept = ("id", "name", "committee", "active_from", "active_to", "full_time", "sample")
        view: View = {name: row[name] for name in kept}
        for name in ("expertise", "languages", "areas"):
            view[name] = list(registers.split(row[name]))
        return {**view, "committee_name": self._name(row["committee"]), "load": asdict(load)}

    # --- absences and ties

    def absences(self, reader: Reader, mediator_id: str) -> View:
        """The absences of a mediator of the caller's committee that are not over."""
        with self.office.database.reading() as connection:
            self._colleague(connection, reader, mediator_id)
            return rows(registers.absences_of(connection, mediator_id, self.now))

    def go_away(self, reader: Reader, mediator_id: str, form: AbsenceForm) -> View:
        """Note an absence."""
        span = checked_absence(form.starts, form.ends)
        with self.office.database.writing() as connection:
            self._colleague(connection, reader, mediator_id)
            noted = (form.reason, reader.actor.id)
            made = go_away(connection, mediator_id, span, noted, self.now)
        return {"id": made, "starts": span.starts, "ends": span.ends}

    def come_back(self, reader: Reader, mediator_id: str, absence_id: str) -> View:
        """Take an absence back."""
        with self.office.database.writing() as connection:
            self._colleague(connection, reader, mediator_id)
            registers.drop_absence(connection, mediator_id, absence_id)
        return {"id": absence_id}

    def declare(self, reader: Reader, mediator_id: str, form: TieForm) -> View:
        """Note a declared tie."""
        with self.office.database.writing() as connection:
            self._colleague(connection, reader, mediator_id)
            declare_tie(connection, mediator_id, form, self.office.secret, self.now)
        return {"kind": form.kind, "relation": form.relation}

    def _colleague(self, connection: Connection, reader: Reader, mediator_id: str) -> dict[str, Any]:
        row = registers.mediator(connection, mediator_id)
        if reader.actor.org != row["committee"] or not reader.actor.roles & MEDIATORS:
            raise NotAllowed("只有同一调解委员会可以办理")
        return row

    # --- calendar feeds

    def feed_keys(self, reader: Reader, mediator_id: str) -> View:
        """The keys of a mediator's calendar, without the keys themselves."""
        with self.office.database.reading() as connection:
            self._owner(connection, reader, mediator_id)
            return rows(feeds.feed_keys_of(connection, mediator_id))

    def issue_feed_key(self, reader: Reader, mediator_id: str) -> View:
        """Make a key for a mediator's calendar; it is told once, in this answer."""
        key = KEY_MARK + secrets.token_urlsafe(KEY_BYTES)
        with self.office.database.writing() as connection:
            self._owner(connection, reader, mediator_id)
            made = feeds.add_feed_key(connection, mediator_id, digest(key), reader.actor.id, self.now)
        return {"id": made, "key": key, "path": f"/api/v1/mediators/{mediator_id}/calendar.ics?key={key}"}

    def revoke_feed_key(self, reader: Reader, mediator_id: str, key_id: str) -> View:
        """Make a key worthless."""
        with self.office.database.writing() as connection:
            self._owner(connection, reader, mediator_id)
            feeds.revoke_feed_key(connection, mediator_id, key_id, self.now)
        return {"id": key_id}

    def _owner(self, connection: Connection, reader: Reader, mediator_id: str) -> None:
        """A mediator with an account keeps their own keys; for one without, the committee does."""
        row = self._colleague(connection, reader, mediator_id)
        if row["account_id"] not in {None, reader.actor.id}:
            raise NotAllowed("只有本人可以管理自己的日历订阅")

    def calendar(self, mediator_id: str, key: str) -> bytes:
        """A mediator's calendar; NotFound alike for a wrong key, a revoked one, and nobody of this id."""
        with self.office.database.reading() as connection:
            if not feeds.opens(connection, mediator_id, digest(key)):
                raise NotFound("没有这个日历,或订阅密钥不正确")
            row = registers.mediator(connection, mediator_id)
            return calendar_of(row["name"], meetings.diary(connection, mediator_id, self.now - PAST))

    # --- hired bodies

    def add_contract(self, reader: Reader, form: ContractForm) -> View:
        """Keep a contract with a hired body: for those who supervise mediation."""
        org = require(reader, SUPERVISORS, "只有督办岗可以登记受聘机构合同")
        if form.ends_on < form.starts_on:
            raise Malformed("合同期限不正确", {"ends_on": "不早于开始日期"})
        self._supervised(reader, form.org)
        with self.office.database.writing() as connection:
            return bodies.add_contract(connection, {**form.model_dump(), "signed_by": org}, self.now)

    def complain(self, reader: Reader, form: ComplaintForm) -> View:
        """Note a complaint against a body."""
        require(reader, SUPERVISORS, "只有督办岗可以登记对调解机构的投诉")
        with self.office.database.writing() as connection:
            if form.org not in registers.committees(connection):
                raise Malformed("没有这个调解委员会", {"org": "请从登记簿中选择"})
            self._supervised(reader, form.org)
            piece = self.office.desk.pieces.one(connection, form.case_id) if form.case_id else None
            if form.case_id and not self.house.may_know(connection, piece, reader):
                raise Malformed("没有这件案件", {"case_id": "可留空"})
            made = bodies.add_complaint(connection, form.org, form.case_id or None, form.about, self.now)
        return {"id": made}

    def decide(self, reader: Reader, complaint_id: str, form: ComplaintDecided) -> View:
        """Say whether a complaint was upheld."""
        require(reader, SUPERVISORS, "只有督办岗可以认定投诉")
        with self.office.database.writing() as connection:
            org = bodies.complained_of(connection, complaint_id)
            if org is not None:
                self._supervised(reader, org)
            bodies.decide_complaint(connection, complaint_id, form.upheld, self.now)
        return {"id": complaint_id, "upheld": form.upheld}

    def _supervised(self, reader: Reader, org: str) -> None:
        """Only those whose area a committee lies in sign its contract and judge it."""
        if not oversees(reader.actor, org):
            raise NotAllowed(NOT_THERE)

    def appraisals(self, reader: Reader, year: int, org: str | None) -> View:
        """The appraisal of every contract of a year: for those who supervise those of their area; a committee sees its
        own."""
        own = require(reader, OVERSIGHT_ROLES | MEDIATORS, "您的岗位不能查看考核")
        if not reader.actor.roles & OVERSIGHT_ROLES:
            org = own
        with self.office.database.reading() as connection:
            every = bodies.contracts(connection, org, year)
            known = [one for one in every if one["org"] == own or oversees(reader.actor, one["org"])]
            return rows([self._appraised(connection, one, year) for one in known])

    def _appraised(self, connection: Connection, contract: dict[str, Any], year: int) -> View:
        span = bodies.within(contract, year)
        targets = Targets(**{name: contract[column] for column, name in TARGETS.items()})
        cases = bodies.tried(connection, contract["org"], span, self.now)
        figures = appraise(cases, bodies.upheld(connection, contract["org"], span), targets)
        kept = ("org", "body", "number", "starts_on", "ends_on")
        view: View = {name: contract[name] for name in kept}
        return {**view, "name": self._name(contract["org"]), "year": year, "figures": [asdict(one) for one in figures]}
