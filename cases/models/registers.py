# pyright: reportAssignmentType=false
"""The register of mediation (调解登记簿): committees, mediators and their ties, absences, contracts, feed keys.

Tables only. What does not live here: the people of a single case (mediation) and when they meet (meetings).
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from cases.models.columns import case_key, moment, prose


class Committee(SQLModel, table=True):
    """人民调解委员会: an organisation of kind mediation in the pack, its tier and its house rules.

    ``open_cap`` is how many open cases one full-time mediator may hold; ``above`` is the committee a case is handed up
    to; ``helps`` says that its mediators may be proposed to other committees.
    """

    __tablename__ = "committee"
    __table_args__ = (CheckConstraint("tier IN ('grid','community','street','district','court')", name="tier_known"),)
    org: str = Field(primary_key=True)
    tier: str
    open_cap: int
    above: str | None = None
    helps: bool = False
    active: bool = True
    sample: bool = False


class Mediator(SQLModel, table=True):
    """人民调解员. ``expertise`` are patterns of matters, ``languages`` and ``areas`` codes, each separated by ``;``.

    The last day of service is inclusive; None is open.
    """

    __tablename__ = "mediator"
    __table_args__ = (Index("mediator_committee", "committee", "id"),)
    id: str = Field(primary_key=True)
    account_id: str | None = Field(default=None, foreign_key="account.id", unique=True)
    name: str
    committee: str = Field(foreign_key="committee.org")
    expertise: str = ""
    languages: str = ""
    areas: str = ""
    active_from: date
    active_to: date | None = None
    full_time: bool = True
    sample: bool = False


class MediatorTie(SQLModel, table=True):
    """利害关系申报: an organisation or a person a mediator has declared to be tied to; persons as digests only."""

    __tablename__ = "mediator_tie"
    __table_args__ = (CheckConstraint("kind IN ('org','person')", name="tie_kind"),)
    mediator_id: str = Field(primary_key=True, foreign_key="mediator.id")
    kind: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    relation: str = ""
    declared_at: datetime = moment()


class MediatorAbsence(SQLModel, table=True):
    """请假: from one moment to another, over nights and days if need be."""

    __tablename__ = "mediator_absence"
    __table_args__ = (
        Index("absence_mediator", "mediator_id", "ends"),
        CheckConstraint("starts < ends", name="absence_forward"),
    )
    id: str = Field(primary_key=True)
    mediator_id: str = Field(foreign_key="mediator.id")
    starts: datetime = moment()
    ends: datetime = moment()
    reason: str = prose()
    noted_by: str = ""
    noted_at: datetime = moment()


class FeedKey(SQLModel, table=True):
    """日历订阅密钥: the secret in the address of a mediator's calendar; only its hash is kept."""

    __tablename__ = "feed_key"
    __table_args__ = (Index("feed_key_mediator", "mediator_id"),)
    id: str = Field(primary_key=True)
    mediator_id: str = Field(foreign_key="mediator.id")
    key_hash: str = Field(unique=True)
    created_by: str = ""
    created_at: datetime = moment()
    revoked_at: datetime | None = moment(nullable=True)


class BodyContract(SQLModel, table=True):
    """受聘机构合同: a professional body hired to mediate for a committee, its term and what it promised.

    Targets are whole per cent but ``target_accepted`` and ``most_complaints``, which are counts; None promises nothing.
    """

    __tablename__ = "body_contract"
    __table_args__ = (
        Index("contract_org", "org", "starts_on"),
        CheckConstraint("starts_on <= ends_on", name="contract_forward"),
    )
    id: str = Field(primary_key=True)
    org: str = Field(foreign_key="committee.org")
    body: str
    number: str = Field(unique=True)
    signed_by: str
    starts_on: date
    ends_on: date
    target_accepted: int | None = None
    target_on_time: int | None = None
    target_success: int | None = None
    target_performance: int | None = None
    most_complaints: int | None = None
    noted_at: datetime = moment()


class BodyComplaint(SQLModel, table=True):
    """对调解机构的投诉: what was complained of, and whether it was upheld (None: not yet decided)."""

    __tablename__ = "body_complaint"
    __table_args__ = (Index("complaint_org", "org", "received_at"),)
    id: str = Field(primary_key=True)
    org: str = Field(foreign_key="committee.org")
    case_id: str | None = case_key(nullable=True)
    received_at: datetime = moment()
    about: str = prose()
    upheld: bool | None = None
    decided_at: datetime | None = moment(nullable=True)
