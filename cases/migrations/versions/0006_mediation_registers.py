"""committees, mediators, parties, consents, meetings"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import cases.models


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "committee",
        sa.Column("org", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("tier", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("open_cap", sa.Integer(), nullable=False),
        sa.Column("above", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("helps", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.CheckConstraint("tier IN ('grid','community','street','district','court')", name="tier_known"),
        sa.PrimaryKeyConstraint("org"),
    )
    op.create_table(
        "body_contract",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("org", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("signed_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("target_accepted", sa.Integer(), nullable=True),
        sa.Column("target_on_time", sa.Integer(), nullable=True),
        sa.Column("target_success", sa.Integer(), nullable=True),
        sa.Column("target_performance", sa.Integer(), nullable=True),
        sa.Column("most_complaints", sa.Integer(), nullable=True),
        sa.Column("noted_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name="contract_forward"),
        sa.ForeignKeyConstraint(
            ["org"],
            ["committee.org"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    with op.batch_alter_table("body_contract", schema=None) as batch_op:
        batch_op.create_index("contract_org", ["org", "starts_on"], unique=False)

    op.create_table(
        "mediator",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("account_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("committee", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("expertise", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("languages", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("areas", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("active_from", sa.Date(), nullable=False),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("full_time", sa.Boolean(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["committee"],
            ["committee.org"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id"),
    )
    with op.batch_alter_table("mediator", schema=None) as batch_op:
        batch_op.create_index("mediator_committee", ["committee", "id"], unique=False)

    op.create_table(
        "room",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("committee", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('committee','shared_court')", name="room_kind"),
        sa.ForeignKeyConstraint(
            ["committee"],
            ["committee.org"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_committee"), ["committee"], unique=False)

    op.create_table(
        "body_complaint",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("org", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("received_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("decided_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["org"],
            ["committee.org"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("body_complaint", schema=None) as batch_op:
        batch_op.create_index("complaint_org", ["org", "received_at"], unique=False)

    op.create_table(
        "disclosure",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("mediator_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("tied", sa.Boolean(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("declared_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.create_index("disclosure_case", ["case_id", "mediator_id"], unique=False)

    op.create_table(
        "feed_key",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("mediator_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("revoked_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key_hash"),
    )
    with op.batch_alter_table("feed_key", schema=None) as batch_op:
        batch_op.create_index("feed_key_mediator", ["mediator_id"], unique=False)

    op.create_table(
        "mediator_absence",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("mediator_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("starts", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("ends", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("noted_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("starts < ends", name="absence_forward"),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("mediator_absence", schema=None) as batch_op:
        batch_op.create_index("absence_mediator", ["mediator_id", "ends"], unique=False)

    op.create_table(
        "mediator_tie",
        sa.Column("mediator_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("relation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("declared_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('org','person')", name="tie_kind"),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
        ),
        sa.PrimaryKeyConstraint("mediator_id", "kind", "key"),
    )
    op.create_table(
        "party",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("side", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("org", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("identity_masked", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("identity_digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("contact_digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("agent_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("agent_phone", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("agent_digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("agent_authority", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("guardian", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("added_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("added_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('person','org')", name="party_kind"),
        sa.CheckConstraint("side IN ('applicant','respondent','third')", name="party_side"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "ordinal", name="party_ordinal"),
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_party_identity_digest"), ["identity_digest"], unique=False)

    op.create_table(
        "shared_fact",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("toward", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("named_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("named_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("toward IN ('enforcement','mediation')", name="shared_toward"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("case_id", "n"),
    )
    op.create_table(
        "appointment",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("mediator_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("disclosure_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("chosen_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("appointed_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("appointed_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("ended_because", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("objected_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("ended_note", sa.Text(), nullable=False),
        sa.CheckConstraint("chosen_by IN ('parties','committee')", name="appointment_chosen"),
        sa.CheckConstraint("ended_because IN ('','objection','withdrawn','handed_on')", name="appointment_ended"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"],
            ["disclosure.id"],
        ),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
        ),
        sa.ForeignKeyConstraint(
            ["objected_by"],
            ["party.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index("appointment_mediator", ["mediator_id", "appointed_at"], unique=False)
        batch_op.create_index(
            "appointment_one",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "consent",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("party_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("what", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("expires_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("token_digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("answered_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("means", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("answer IS NULL OR answer IN ('yes','no')", name="consent_answer"),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="consent_answered"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["party.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index("consent_case", ["case_id", "party_id", "what"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("room_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("starts", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("ends", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("live_stream", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("minutes_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("minutes_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("planned_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("planned_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("changed_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('committee','visit','online','shared_court')", name="meeting_kind"),
        sa.CheckConstraint("status IN ('planned','held','cancelled')", name="meeting_status"),
        sa.CheckConstraint("starts < ends", name="meeting_forward"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"],
            ["attachment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["room_id"],
            ["room.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "ordinal", name="meeting_ordinal"),
    )
    op.create_table(
        "attendance",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("meeting_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("mediator_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("party_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("invited_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("answered_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("signature_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("signature_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("signed_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("signed_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("released_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.CheckConstraint("answer IS NULL OR answer IN ('yes','no')", name="attendance_answer"),
        sa.CheckConstraint("(mediator_id IS NULL) <> (party_id IS NULL)", name="attendance_one"),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["party.id"],
        ),
        sa.ForeignKeyConstraint(
            ["signature_id"],
            ["attachment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("meeting_id", "mediator_id", name="attendance_mediator"),
        sa.UniqueConstraint("meeting_id", "party_id", name="attendance_party"),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index("attendance_of_mediator", ["mediator_id"], unique=False)

    op.create_table(
        "booking",
        sa.Column("resource", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("slot", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("meeting_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.PrimaryKeyConstraint("resource", "slot"),
    )
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.create_index("booking_meeting", ["meeting_id"], unique=False)

    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.create_index(
            "case_walled",
            ["id"],
            unique=False,
            sqlite_where=sa.text("case_type = 'mediation'"),
            postgresql_where=sa.text("case_type = 'mediation'"),
        )


def downgrade() -> None:
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.drop_index(
            "case_walled",
            sqlite_where=sa.text("case_type = 'mediation'"),
            postgresql_where=sa.text("case_type = 'mediation'"),
        )

    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.drop_index("booking_meeting")

    op.drop_table("booking")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index("attendance_of_mediator")

    op.drop_table("attendance")
    op.drop_table("meeting")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index("consent_case")

    op.drop_table("consent")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(
            "appointment_one", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index("appointment_mediator")

    op.drop_table("appointment")
    op.drop_table("shared_fact")
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_identity_digest"))

    op.drop_table("party")
    op.drop_table("mediator_tie")
    with op.batch_alter_table("mediator_absence", schema=None) as batch_op:
        batch_op.drop_index("absence_mediator")

    op.drop_table("mediator_absence")
    with op.batch_alter_table("feed_key", schema=None) as batch_op:
        batch_op.drop_index("feed_key_mediator")

    op.drop_table("feed_key")
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.drop_index("disclosure_case")

    op.drop_table("disclosure")
    with op.batch_alter_table("body_complaint", schema=None) as batch_op:
        batch_op.drop_index("complaint_org")

    op.drop_table("body_complaint")
    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_room_committee"))

    op.drop_table("room")
    with op.batch_alter_table("mediator", schema=None) as batch_op:
        batch_op.drop_index("mediator_committee")

    op.drop_table("mediator")
    with op.batch_alter_table("body_contract", schema=None) as batch_op:
        batch_op.drop_index("contract_org")

    op.drop_table("body_contract")
    op.drop_table("committee")
