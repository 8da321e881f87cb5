"""clocks stand still, are extended and counted again; who held a case since when"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import cases.models


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
RUNNING = sa.text("stopped_at IS NULL AND next_at IS NOT NULL")
OPEN_ENDED = sa.text("provisional AND stopped_at IS NULL")
ADDED = (
    ("rolls", sa.Boolean(), sa.true()),
    ("extra", sa.Integer(), "0"),
    ("extensions", sa.Integer(), "0"),
    ("stood", sa.Text(), "[]"),
    ("ground", TEXT(), ""),
    ("hours", TEXT(), ""),
)


def _moment() -> sa.types.TypeEngine:
    return cases.models.columns.Instant(timezone=True)


def _without_indexes() -> None:
    op.drop_index("deadline_next", table_name="deadline")
    op.drop_index("deadline_case", table_name="deadline")


def _with_indexes() -> None:
    op.create_index("deadline_case", "deadline", ["case_id", "code"], unique=False)
    op.create_index(
        "deadline_next", "deadline", ["next_at", "id"], unique=False, sqlite_where=RUNNING, postgresql_where=RUNNING
    )


def _provisional_index() -> None:
    op.create_index(
        "deadline_provisional", "deadline", ["id"], unique=False, sqlite_where=OPEN_ENDED, postgresql_where=OPEN_ENDED
    )


def upgrade() -> None:
    _without_indexes()
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        for name, kind, default in ADDED:
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=default))
        batch_op.add_column(sa.Column("stands_since", _moment(), nullable=True))
        batch_op.add_column(sa.Column("stands_until", _moment(), nullable=True))
        batch_op.drop_column("basis")
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        for name, kind, _ in ADDED:
            batch_op.alter_column(name, existing_type=kind, server_default=None)
    _with_indexes()
    _provisional_index()
    op.create_table(
        "deadline_change",
        sa.Column("id", TEXT(), nullable=False),
        sa.Column("deadline_id", TEXT(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("at", _moment(), nullable=False),
        sa.Column("kind", TEXT(), nullable=False),
        sa.Column("actor", TEXT(), nullable=False),
        sa.Column("ground", TEXT(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("unit", TEXT(), nullable=False),
        sa.Column("due_before", _moment(), nullable=False),
        sa.Column("due_after", _moment(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("calendar", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("deadline_change_of", "deadline_change", ["deadline_id", "at", "id"], unique=False)
    op.create_index("deadline_change_case", "deadline_change", ["case_id"], unique=False)
    op.create_table(
        "holding",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("holder", TEXT(), nullable=True),
        sa.Column("at", _moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        sa.PrimaryKeyConstraint("case_id", "seq"),
    )
    op.create_index("holding_holder", "holding", ["holder", "at"], unique=False)


def downgrade() -> None:
    op.drop_index("holding_holder", table_name="holding")
    op.drop_table("holding")
    op.drop_index("deadline_change_case", table_name="deadline_change")
    op.drop_index("deadline_change_of", table_name="deadline_change")
    op.drop_table("deadline_change")
    op.drop_index("deadline_provisional", table_name="deadline")
    _without_indexes()
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.add_column(sa.Column("basis", sa.Text(), nullable=False, server_default=""))
        for name in ("stands_until", "stands_since", *(name for name, _, _ in ADDED)):
            batch_op.drop_column(name)
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.alter_column("basis", existing_type=sa.Text(), server_default=None)
    _with_indexes()
