"""the first tables"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import cases.models


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("login", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("org", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("roles", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("password_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("created_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login"),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_org"), ["org"], unique=False)

    op.create_table(
        "api_key",
        sa.Column("prefix", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("org", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("roles", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("scopes", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("expires_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("used_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("revoked_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("prefix"),
    )
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_key_org"), ["org"], unique=False)

    op.create_table(
        "checkpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("root", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("previous", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("leaves", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("previous"),
    )
    op.create_table(
        "endpoint",
        sa.Column("org", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("secret", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("networks", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("org"),
    )
    op.create_table(
        "idempotency",
        sa.Column("principal", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("route", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("principal", "key"),
    )
    op.create_table(
        "pack_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("published_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    with op.batch_alter_table("pack_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pack_version_name"), ["name"], unique=False)

    op.create_table(
        "refused",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("actor", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "serial",
        sa.Column("series", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series"),
    )
    op.create_table(
        "simulated_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("real", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("simulated", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "case_file",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("station", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("assignee", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("duty", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("lead", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("holder", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("reporter_org", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("community", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("street", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("matter", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("lane", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("opened_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("updated_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("closed_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("next_due", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("clocks", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pack_id"],
            ["pack_version.id"],
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.create_index("case_assignee_pages", ["assignee", "id"], unique=False)
        batch_op.create_index("case_assignee_queue", ["assignee", "state", "id"], unique=False)
        batch_op.create_index(
            "case_due",
            ["next_due", "id"],
            unique=False,
            sqlite_where=sa.text("is_open"),
            postgresql_where=sa.text("is_open"),
        )
        batch_op.create_index(
            "case_lane",
            ["lane", "id"],
            unique=False,
            sqlite_where=sa.text("lane IS NOT NULL"),
            postgresql_where=sa.text("lane IS NOT NULL"),
        )
        batch_op.create_index("case_parent", ["parent_id"], unique=False)
        batch_op.create_index("case_place", ["place", "matter", "found_on"], unique=False)
        batch_op.create_index("case_reporter_queue", ["reporter_org", "id"], unique=False)
        batch_op.create_index("case_station_pages", ["station", "id"], unique=False)
        batch_op.create_index("case_station_queue", ["station", "case_type", "state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_file_holder"), ["holder"], unique=False)

    op.create_table(
        "session",
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("account_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("seen_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("expires_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("added_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("added_org", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("added_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index("attachment_case", ["case_id"], unique=False)

    op.create_table(
        "deadline",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("limit_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("started_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("due_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("next_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("stopped_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("calendar", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index("deadline_case", ["case_id", "code"], unique=False)
        batch_op.create_index(
            "deadline_next",
            ["next_at", "id"],
            unique=False,
            sqlite_where=sa.text("stopped_at IS NULL AND next_at IS NOT NULL"),
            postgresql_where=sa.text("stopped_at IS NULL AND next_at IS NOT NULL"),
        )

    op.create_table(
        "dissuasion",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("medium", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("witness", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recorded_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("dissuasion", schema=None) as batch_op:
        batch_op.create_index("dissuasion_case", ["case_id"], unique=False)

    op.create_table(
        "entry",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("actor", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("actor_org", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("verb", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("from_state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("to_state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("alg", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("prev_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("case_id", "seq"),
    )
    op.create_table(
        "entry_payload",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("erased_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("tombstone", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("case_id", "seq"),
    )
    op.create_table(
        "foreign_reference",
        sa.Column("system", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("system", "number"),
    )
    op.create_table(
        "identity_view",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("actor", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("identity_view", schema=None) as batch_op:
        batch_op.create_index("identity_view_case", ["case_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("recipient", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("event", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("on_arrival", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("created_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("next_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("lease_until", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("lease_token", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("delivered_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("seen_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.CheckConstraint("(state = 'sending') = (lease_token IS NOT NULL)", name="notice_leased"),
        sa.CheckConstraint("state <> 'delivered' OR delivered_at IS NOT NULL", name="notice_delivered"),
        sa.CheckConstraint(
            "state IN ('waiting','sending','shelved','delivered','parked','skipped')", name="notice_state"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("notice_case", ["case_id", "seq"], unique=False)
        batch_op.create_index(
            "notice_due",
            ["recipient", "next_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "notice_lane",
            ["recipient", "case_id", "seq"],
            unique=False,
            sqlite_where=sa.text("state IN ('waiting','sending','parked')"),
            postgresql_where=sa.text("state IN ('waiting','sending','parked')"),
        )
        batch_op.create_index(
            "notice_lease",
            ["lease_until"],
            unique=False,
            sqlite_where=sa.text("state = 'sending'"),
            postgresql_where=sa.text("state = 'sending'"),
        )
        batch_op.create_index("notice_recipient", ["recipient", "id"], unique=False)
        batch_op.create_index(
            "notice_shelf",
            ["recipient", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'shelved'"),
            postgresql_where=sa.text("state = 'shelved'"),
        )

    op.create_table(
        "reporter",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("org", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("secrecy", sa.Boolean(), nullable=False),
        sa.Column("code_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("case_id"),
    )
    with op.batch_alter_table("reporter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reporter_org"), ["org"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("notice_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("lease_token", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notice.id"],
        ),
        sa.PrimaryKeyConstraint("notice_id", "n", "lease_token"),
    )


def downgrade() -> None:
    op.drop_table("attempt")
    with op.batch_alter_table("reporter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reporter_org"))

    op.drop_table("reporter")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(
            "notice_shelf", sqlite_where=sa.text("state = 'shelved'"), postgresql_where=sa.text("state = 'shelved'")
        )
        batch_op.drop_index("notice_recipient")
        batch_op.drop_index(
            "notice_lease", sqlite_where=sa.text("state = 'sending'"), postgresql_where=sa.text("state = 'sending'")
        )
        batch_op.drop_index(
            "notice_lane",
            sqlite_where=sa.text("state IN ('waiting','sending','parked')"),
            postgresql_where=sa.text("state IN ('waiting','sending','parked')"),
        )
        batch_op.drop_index(
            "notice_due", sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'")
        )
        batch_op.drop_index("notice_case")

    op.drop_table("notice")
    with op.batch_alter_table("identity_view", schema=None) as batch_op:
        batch_op.drop_index("identity_view_case")

    op.drop_table("identity_view")
    op.drop_table("foreign_reference")
    op.drop_table("entry_payload")
    op.drop_table("entry")
    with op.batch_alter_table("dissuasion", schema=None) as batch_op:
        batch_op.drop_index("dissuasion_case")

    op.drop_table("dissuasion")
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.drop_index(
            "deadline_next",
            sqlite_where=sa.text("stopped_at IS NULL AND next_at IS NOT NULL"),
            postgresql_where=sa.text("stopped_at IS NULL AND next_at IS NOT NULL"),
        )
        batch_op.drop_index("deadline_case")

    op.drop_table("deadline")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index("attachment_case")

    op.drop_table("attachment")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_account_id"))

    op.drop_table("session")
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_file_holder"))
        batch_op.drop_index("case_station_queue")
        batch_op.drop_index("case_station_pages")
        batch_op.drop_index("case_reporter_queue")
        batch_op.drop_index("case_place")
        batch_op.drop_index("case_parent")
        batch_op.drop_index(
            "case_lane", sqlite_where=sa.text("lane IS NOT NULL"), postgresql_where=sa.text("lane IS NOT NULL")
        )
        batch_op.drop_index("case_due", sqlite_where=sa.text("is_open"), postgresql_where=sa.text("is_open"))
        batch_op.drop_index("case_assignee_queue")
        batch_op.drop_index("case_assignee_pages")

    op.drop_table("case_file")
    op.drop_table("simulated_time")
    op.drop_table("serial")
    op.drop_table("refused")
    with op.batch_alter_table("pack_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pack_version_name"))

    op.drop_table("pack_version")
    op.drop_table("idempotency")
    op.drop_table("endpoint")
    op.drop_table("checkpoint")
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_key_org"))

    op.drop_table("api_key")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_org"))

    op.drop_table("account")
