# pyright: reportAssignmentType=false
"""The people of a mediation (调解当事人): parties, their consents, who mediates, what was disclosed. Tables only.

Identity is kept apart from the case, as a reporter's is. What does not live here: when they meet (meetings).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from cases.models.columns import case_key, moment, prose


class Party(SQLModel, table=True):
    """当事人: one party of a case. Of identity numbers only the mask and keyed digests are kept.

    ``code_hash`` is of the query code by which the party follows the case without an account. A party that was
    ``withdrawn_at`` some moment had been entered by mistake: its place stays taken, whoever it was is emptied.
    ``contact_digest`` is of name and telephone together, ``agent_digest`` of the agent's; they recognise a person
    across cases without telling who it is.
    """

    __tablename__ = "party"
    __table_args__ = (
        UniqueConstraint("case_id", "ordinal", name="party_ordinal"),
        CheckConstraint("side IN ('applicant','respondent','third')", name="party_side"),
        CheckConstraint("kind IN ('person','org')", name="party_kind"),
    )
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    ordinal: int
    side: str
    kind: str
    org: str | None = None
    name: str = ""
    identity_masked: str = ""
    identity_digest: str = Field(default="", index=True)
    phone: str = ""
    contact_digest: str = ""
    address: str = ""
    agent_name: str = ""
    agent_phone: str = ""
    agent_digest: str = ""
    agent_authority: str = ""
    guardian: str = ""
    language: str = ""
    code_hash: str = ""
    added_by: str = ""
    added_at: datetime = moment()
    withdrawn_at: datetime | None = moment(nullable=True)


class Consent(SQLModel, table=True):
    """同意: one question to one party and its answer; the newest answer to a question counts.

    ``what`` is mediation, live_stream, named_to_other, electronic_service, ``share_fact:3`` or ``attend:<meeting>``.
    ``token_digest`` is of the one-time link and bound to this row and this party. What is ``void_at`` some moment was
    put to, or given under, an identity that has been corrected since: it stays on record and counts for nothing.
    """

    __tablename__ = "consent"
    __table_args__ = (
        Index("consent_case", "case_id", "party_id", "what"),
        CheckConstraint("answer IS NULL OR answer IN ('yes','no')", name="consent_answer"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="consent_answered"),
    )
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    party_id: str = Field(foreign_key="party.id")
    what: str
    asked_by: str = ""
    asked_at: datetime = moment()
    expires_at: datetime | None = moment(nullable=True)
    token_digest: str = ""
    answer: str | None = None
    answered_at: datetime | None = moment(nullable=True)
    means: str = ""
    recorded_by: str = ""
    void_at: datetime | None = moment(nullable=True)


class SharedFact(SQLModel, table=True):
    """共享事实: one fact named for sharing across the wall; open to the other side once every party agreed to it."""

    __tablename__ = "shared_fact"
    __table_args__ = (CheckConstraint("toward IN ('enforcement','mediation')", name="shared_toward"),)
    case_id: str = case_key(primary=True)
    n: int = Field(primary_key=True)
    toward: str
    wording: str = prose()
    named_by: str = ""
    named_at: datetime = moment()


class Disclosure(SQLModel, table=True):
    """披露声明: what a mediator declared about their ties to the parties before being appointed."""

    __tablename__ = "disclosure"
    __table_args__ = (Index("disclosure_case", "case_id", "mediator_id"),)
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    mediator_id: str = Field(foreign_key="mediator.id")
    tied: bool = False
    statement: str = prose()
    declared_at: datetime = moment()


class Appointment(SQLModel, table=True):
    """选定调解员: who mediates a case, chosen by whom, until when and why no longer. One at a time."""

    __tablename__ = "appointment"
    __table_args__ = (
        Index(
            "appointment_one",
            "case_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("appointment_mediator", "mediator_id", "appointed_at"),
        CheckConstraint("chosen_by IN ('parties','committee')", name="appointment_chosen"),
        CheckConstraint("ended_because IN ('','objection','withdrawn','handed_on')", name="appointment_ended"),
    )
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    mediator_id: str = Field(foreign_key="mediator.id")
    disclosure_id: str = Field(foreign_key="disclosure.id")
    chosen_by: str
    appointed_by: str = ""
    appointed_at: datetime = moment()
    ended_at: datetime | None = moment(nullable=True)
    ended_because: str = ""
    objected_by: str | None = Field(default=None, foreign_key="party.id")
    ended_note: str = prose()
