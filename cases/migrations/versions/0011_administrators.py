"""records of administrators, which are never changed or deleted; errands; when an account was last in use"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import cases.models.columns

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

RECORD = "admin_record"


def _text() -> sqlmodel.sql.sqltypes.AutoString:
    return sqlmodel.sql.sqltypes.AutoString()


def _moment() -> cases.models.columns.Instant:
    return cases.models.columns.Instant(timezone=True)


def upgrade() -> None:
    op.add_column("account", sa.Column("seen_at", _moment(), nullable=True))
    op.add_column("account", sa.Column("handed_at", _moment(), nullable=True))
    op.create_table(
        RECORD,
        sa.Column("id", _text(), nullable=False),
        sa.Column("at", _moment(), nullable=False),
        sa.Column("actor", _text(), nullable=False),
        sa.Column("actor_name", _text(), nullable=False),
        sa.Column("deed", _text(), nullable=False),
        sa.Column("subject", _text(), nullable=False),
        sa.Column("subject_name", _text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_admin_record_deed", RECORD, ["deed"])
    op.create_index("ix_admin_record_subject", RECORD, ["subject"])
    op.create_table(
        "errand",
        sa.Column("id", _text(), nullable=False),
        sa.Column("kind", _text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("actor", _text(), nullable=False),
        sa.Column("actor_name", _text(), nullable=False),
        sa.Column("began_at", _moment(), nullable=False),
        sa.Column("heard_at", _moment(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("failed", sa.Text(), nullable=False),
        sa.Column("ended_at", _moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_errand_kind", "errand", ["kind"])
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {RECORD}_no_{deed.lower()} BEFORE {deed} ON {RECORD} "
                f"BEGIN SELECT RAISE(ABORT, '{RECORD} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {RECORD}_stays BEFORE UPDATE OR DELETE ON {RECORD} "
        "FOR EACH ROW EXECUTE FUNCTION chained_rows_stay()"
    )
    op.execute(
        f"CREATE TRIGGER {RECORD}_not_emptied BEFORE TRUNCATE ON {RECORD} "
        "FOR EACH STATEMENT EXECUTE FUNCTION chained_rows_stay()"
    )


def downgrade() -> None:
    op.drop_table("errand")
    op.drop_table(RECORD)
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_column("handed_at")
        batch_op.drop_column("seen_at")
