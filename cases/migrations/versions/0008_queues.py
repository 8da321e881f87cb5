"""what a queue is sorted and searched by"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import cases.models


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OPEN, WARNED = "is_open", "is_open AND warned <> ''"
SEALED = "is_open AND sealed AND assignee IS NOT NULL"
INDEXES = (
    ("case_state_due", ("case_type", "state", "next_due", "id"), OPEN),
    ("case_station_due", ("station", "next_due", "id"), OPEN),
    ("case_station_state_due", ("station", "case_type", "state", "next_due", "id"), OPEN),
    ("case_assignee_due", ("assignee", "next_due", "id"), "is_open AND assignee IS NOT NULL"),
    ("case_assignee_state_due", ("assignee", "state", "next_due", "id"), "is_open AND assignee IS NOT NULL"),
    ("case_reporter_due", ("reporter_org", "told_due", "id"), "is_open AND reporter_org IS NOT NULL"),
    ("case_warned", ("next_due", "id"), WARNED),
    ("case_station_warned", ("station", "next_due", "id"), WARNED),
    ("case_assignee_warned", ("assignee", "next_due", "id"), f"{WARNED} AND assignee IS NOT NULL"),
    ("case_sealed_due", ("told_due", "id"), SEALED),
    ("case_station_sealed_due", ("station", "told_due", "id"), SEALED),
    ("case_holder_due", ("holder", "next_due", "id"), "holder IS NOT NULL"),
)


def upgrade() -> None:
    op.add_column("case_file", sa.Column("told_due", cases.models.columns.Instant(timezone=True), nullable=True))
    op.add_column("case_file", sa.Column("warned", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.drop_index("ix_case_file_holder", table_name="case_file")
    for name, columns, rows in INDEXES:
        op.create_index(name, "case_file", columns, sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))


def downgrade() -> None:
    for name, _, _ in reversed(INDEXES):
        op.drop_index(name, table_name="case_file")
    op.create_index("ix_case_file_holder", "case_file", ["holder"], unique=False)
    op.drop_column("case_file", "warned")
    op.drop_column("case_file", "told_due")
