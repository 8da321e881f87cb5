"""The tables (SQLModel), one class each; nothing but columns, keys and checks.

Every moment is stored in UTC with microseconds. Bodies that are hashed or signed are stored as exact bytes or text,
never as a JSON type that may reorder keys. What does not live here: queries (store) and meaning (grammar, machines).
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, DateTime, Dialect, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class Instant(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database on both kinds; a naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def moment(*, nullable: bool = False, **kwargs: Any) -> Any:
    """A column holding a moment."""
    return Field(default=None, sa_column=Column(Instant(), nullable=nullable, **kwargs))


def prose(*, nullable: bool = False, default: str | None = "") -> Any:
    """A column holding free text."""
    return Field(default=default, sa_column=Column(Text(), nullable=nullable))


def exact(*, nullable: bool = False) -> Any:
    """A column holding bytes exactly as they were hashed or sent."""
    return Field(default=None, sa_column=Column(LargeBinary(), nullable=nullable))


def case_key(*, primary: bool = False, nullable: bool = False) -> Any:
    """A reference to a case."""
    return Field(
        default=None,
        sa_column=Column(Text(), ForeignKey("case_file.id"), primary_key=primary, nullable=nullable and not primary),
    )


class PackVersion(SQLModel, table=True):
    """地区包版本: an immutable published version of a pack; running cases keep theirs."""

    __tablename__ = "pack_version"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    version: str
    digest: str = Field(unique=True)
    document: str = prose()
    published_at: datetime = moment()


class CaseFile(SQLModel, table=True):
    """案件: everything that has a state, a holder and a deadline."""

    __tablename__ = "case_file"
    __table_args__ = (
        Index(
            "case_lane", "lane", "id", sqlite_where=text("lane IS NOT NULL"), postgresql_where=text("lane IS NOT NULL")
        ),
        Index("case_parent", "parent_id"),
        Index("case_station_queue", "station", "case_type", "state", "id"),
        Index("case_assignee_queue", "assignee", "state", "id"),
        Index("case_reporter_queue", "reporter_org", "id"),
        Index("case_place", "place", "matter", "found_on"),
        Index("case_due", "next_due", "id", sqlite_where=text("is_open"), postgresql_where=text("is_open")),
    )
    id: str = Field(primary_key=True)
    number: str = Field(unique=True)
    case_type: str
    state: str
    version: int
    head_hash: str
    pack_id: int = Field(foreign_key="pack_version.id")
    parent_id: str | None = case_key(nullable=True)
    station: str | None = None
    assignee: str | None = None
    duty: str | None = None
    lead: str | None = None
    holder: str | None = Field(default=None, index=True)
    reporter_org: str | None = None
    community: str | None = None
    street: str | None = None
    place: str | None = None
    matter: str | None = None
    severity: int = 0
    emergency: bool = False
    sealed: bool = False
    lane: str | None = None
    summary: str = prose()
    found_on: date | None = None
    opened_at: datetime = moment()
    updated_at: datetime = moment()
    closed_at: datetime | None = moment(nullable=True)
    is_open: bool = True
    next_due: datetime | None = moment(nullable=True)
    level: int = 0
    facts: str = prose(default="{}")
    clocks: str = prose(default="[]")


class Entry(SQLModel, table=True):
    """办理记录: one append-only, hash-chained line of a case's history."""

    __tablename__ = "entry"
    case_id: str = case_key(primary=True)
    seq: int = Field(primary_key=True)
    at: datetime = moment()
    actor: str
    actor_org: str = ""
    role: str
    verb: str
    from_state: str
    to_state: str
    alg: str
    prev_hash: str
    digest: str
    hash: str
    record: bytes = exact()


class EntryPayload(SQLModel, table=True):
    """办理内容: what was filled in; lawfully erasable, leaving a tombstone."""

    __tablename__ = "entry_payload"
    case_id: str = case_key(primary=True)
    seq: int = Field(primary_key=True)
    salt: bytes | None = exact(nullable=True)
    body: str | None = prose(nullable=True, default=None)
    erased_at: datetime | None = moment(nullable=True)
    tombstone: str | None = None


class Deadline(SQLModel, table=True):
    """时限: one running or stopped clock of a case, with what it was computed from."""

    __tablename__ = "deadline"
    __table_args__ = (
        Index(
            "deadline_next",
            "next_at",
            "id",
            sqlite_where=text("stopped_at IS NULL AND next_at IS NOT NULL"),
            postgresql_where=text("stopped_at IS NULL AND next_at IS NOT NULL"),
        ),
        Index("deadline_case", "case_id", "code"),
    )
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    code: str
    limit_code: str
    amount: int
    unit: str
    started_at: datetime = moment()
    due_at: datetime = moment()
    next_at: datetime | None = moment(nullable=True)
    rung: int = 0
    stopped_at: datetime | None = moment(nullable=True)
    provisional: bool = False
    basis: str = prose()
    pack_id: int
    calendar: str = ""


class Notice(SQLModel, table=True):
    """待发通知: one message to one recipient, written in the step's transaction, exact bytes.

    ``shelved`` (放入收件箱) lies in the inbox of an organisation without a receiving address and is delivered when seen.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index(
            "notice_due",
            "recipient",
            "next_at",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "notice_lane",
            "recipient",
            "case_id",
            "seq",
            sqlite_where=text("state IN ('waiting','sending','parked')"),
            postgresql_where=text("state IN ('waiting','sending','parked')"),
        ),
        Index(
            "notice_lease",
            "lease_until",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index(
            "notice_shelf",
            "recipient",
            "id",
            sqlite_where=text("state = 'shelved'"),
            postgresql_where=text("state = 'shelved'"),
        ),
        Index("notice_recipient", "recipient", "id"),
        Index("notice_case", "case_id", "seq"),
        CheckConstraint(
            "state IN ('waiting','sending','shelved','delivered','parked','skipped')", name="notice_state"
        ),
        CheckConstraint("state <> 'delivered' OR delivered_at IS NOT NULL", name="notice_delivered"),
        CheckConstraint("(state = 'sending') = (lease_token IS NOT NULL)", name="notice_leased"),
    )
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    seq: int
    recipient: str
    event: str
    body: bytes = exact()
    on_arrival: str | None = None
    state: str = "waiting"
    channel: str | None = None
    attempt: int = 0
    created_at: datetime = moment()
    next_at: datetime = moment()
    lease_until: datetime | None = moment(nullable=True)
    lease_token: str | None = None
    delivered_at: datetime | None = moment(nullable=True)
    seen_at: datetime | None = moment(nullable=True)
    last_error: str = prose()


class Attempt(SQLModel, table=True):
    """投递记录: one try at delivering a notice."""

    __tablename__ = "attempt"
    notice_id: str = Field(primary_key=True, foreign_key="notice.id")
    n: int = Field(primary_key=True)
    lease_token: str = Field(primary_key=True)
    at: datetime = moment()
    channel: str
    status: int | None = None
    milliseconds: int = 0
    outcome: str
    detail: str = prose()


class Endpoint(SQLModel, table=True):
    """接收地址: where an organisation receives its webhooks."""

    __tablename__ = "endpoint"
    org: str = Field(primary_key=True)
    url: str
    secret: str
    networks: str = ""
    active: bool = True
    created_at: datetime = moment()


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


class DissuasionRecord(SQLModel, table=True):
    """劝阻记录."""

    __tablename__ = "dissuasion"
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    at: datetime = moment()
    by: str
    words: str = prose()
    response: str = prose()
    medium: str = ""
    witness: str = ""
    recorded_by: str = ""
    recorded_at: datetime = moment()
    __table_args__ = (Index("dissuasion_case", "case_id"),)


class Attachment(SQLModel, table=True):
    """附件: a file belonging to a case, addressed by its content."""

    __tablename__ = "attachment"
    __table_args__ = (Index("attachment_case", "case_id"),)
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    name: str
    media_type: str
    size: int
    sha256: str
    added_by: str
    added_org: str | None = None
    added_at: datetime = moment()


class ForeignReference(SQLModel, table=True):
    """来件编号: the number another system gave a report; unique, so that nothing is taken in twice."""

    __tablename__ = "foreign_reference"
    system: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    case_id: str = case_key()
    fingerprint: str = ""


class Serial(SQLModel, table=True):
    """流水号: gap-free, per organ, kind and year."""

    __tablename__ = "serial"
    series: str = Field(primary_key=True)
    last: int = 0


class Account(SQLModel, table=True):
    """账号."""

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


class IdempotencyRecord(SQLModel, table=True):
    """幂等键: the stored answer to a request that may be repeated."""

    __tablename__ = "idempotency"
    principal: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    route: str
    fingerprint: str
    status: int
    body: bytes = exact()
    created_at: datetime = moment()


class Refused(SQLModel, table=True):
    """拒绝访问记录: an access or step that was refused, for the auditor."""

    __tablename__ = "refused"
    id: str = Field(primary_key=True)
    at: datetime = moment()
    actor: str
    kind: str
    what: str = prose()


class CheckpointRow(SQLModel, table=True):
    """检查点: the Merkle root over the heads of all chains at a moment."""

    __tablename__ = "checkpoint"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = moment()
    count: int
    entries: int
    root: str
    previous: str = ""
    leaves: bytes = exact()


class SimulatedTime(SQLModel, table=True):
    """模拟时间: only in demonstrations; one row, the simulated moment at a real one."""

    __tablename__ = "simulated_time"
    id: int = Field(default=1, primary_key=True)
    real: datetime = moment()
    simulated: datetime = moment()


class IdentityView(SQLModel, table=True):
    """查看报告人身份记录: who looked at a reporter's identity, when and why."""

    __tablename__ = "identity_view"
    __table_args__ = (Index("identity_view_case", "case_id"),)
    id: str = Field(primary_key=True)
    case_id: str = case_key()
    actor: str
    reason: str = prose()
    at: datetime = moment()


CHAINED = ("entry", "checkpoint")
"""Tables whose rows the database itself refuses to change or delete."""
