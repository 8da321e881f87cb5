# pyright: reportAssignmentType=false
"""People (人员): reporters kept apart from their cases, accounts, sessions, keys, refusals, what administrators did.
Tables only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from cases.models.columns import case_key, moment, prose


class Reporter(SQLModel, table=True):
    """报告人: identity, kept apart from the case; never in a department's view."""

    __tablename__ = "reporter"
    case_id: str = case_key(primary=True)
    org: str | None = Field(default=None, index=True)
    name: str = ""
    phone: str = ""
    anonymous: bool = False
    secrecy: bool = False
    code_hash: str = ""
    created_at: datetime = moment()


class IdentityView(SQLModel, table=True):
    """查看报告人身份记录: who looked at the identity of a reporter or a party, when and why."""

    __tablename__ = "identity_view"
    __table_args__ = (Index("identity_view_case", "case_id"),)
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    actor: str
    reason: str = prose()
    at: datetime = moment()


class Account(SQLModel, table=True):
    """账号. ``seen_at`` is when it was last in use, ``handed_at`` when somebody else gave it its present password."""

    __tablename__ = "account"
    id: str = Field(primary_key=True)
    login: str = Field(unique=True)
    name: str
    org: str = Field(index=True)
    roles: str = ""
    password_hash: str = ""
    active: bool = True
    failures: int = 0
    locked_until: datetime | None = moment(nullable=True)
    created_at: datetime = moment()
    seen_at: datetime | None = moment(nullable=True)
    handed_at: datetime | None = moment(nullable=True)


class Session(SQLModel, table=True):
    """登录会话: kept on the server, so that logging out is final."""

    __tablename__ = "session"
    token_hash: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    created_at: datetime = moment()
    seen_at: datetime = moment()
    expires_at: datetime = moment()


class ApiKey(SQLModel, table=True):
    """接口密钥: a department's key; only its hash is kept."""

    __tablename__ = "api_key"
    prefix: str = Field(primary_key=True)
    key_hash: str
    org: str = Field(index=True)
    name: str = ""
    roles: str = ""
    scopes: str = ""
    created_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = moment(nullable=True)
    revoked_at: datetime | None = moment(nullable=True)


class Refused(SQLModel, table=True):
    """拒绝访问记录: an access or step that was refused, for the auditor."""

    __tablename__ = "refused"
    id: str = Field(primary_key=True)
    at: datetime = moment()
    actor: str
    kind: str
    what: str = prose()


class AdminRecord(SQLModel, table=True):
    """管理记录: what an administrator changed, about whom or what, and why. ``said`` is JSON: each value before and
    after. Never changed or deleted."""

    __tablename__ = "admin_record"
    id: str = Field(primary_key=True)
    at: datetime = moment()
    actor: str
    actor_name: str
    deed: str = Field(index=True)
    subject: str = Field(index=True)
    subject_name: str
    said: str = prose()
    reason: str = prose()


class Errand(SQLModel, table=True):
    """长任务: something that takes a while: how far it is, and what came of it (JSON). Without an end and not heard of
    for a while it was broken off."""

    __tablename__ = "errand"
    id: str = Field(primary_key=True)
    kind: str = Field(index=True)
    what: str = prose()
    actor: str
    actor_name: str
    began_at: datetime = moment()
    heard_at: datetime = moment()
    done: int = 0
    total: int = 0
    found: str = prose()
    failed: str = prose()
    ended_at: datetime | None = moment(nullable=True)
