"""indexes of what waits carry the rungs reached, those of tasks the kind, those of mediations the matter; and what has
ended is found by its state"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OPEN = "is_open"
TASKS = "is_open AND assignee IS NOT NULL"
REFERRED = "case_type = 'mediation' AND parent_id IS NOT NULL"

ENDED = "case_ended"
BEFORE = (
    ("case_due", ("next_due", "id"), OPEN),
    ("case_station_due", ("station", "next_due", "id"), OPEN),
    ("case_assignee_due", ("assignee", "next_due", "id"), TASKS),
    ("case_assignee_state_due", ("assignee", "state", "next_due", "id"), TASKS),
    ("case_walled", ("id", "parent_id"), REFERRED),
)
AFTER = (
    ("case_due", ("next_due", "id", "warned"), OPEN),
    ("case_station_due", ("station", "next_due", "id", "warned"), OPEN),
    ("case_assignee_due", ("assignee", "next_due", "id", "warned"), TASKS),
    ("case_assignee_state_due", ("assignee", "case_type", "state", "next_due", "id"), TASKS),
    ("case_walled", ("id", "parent_id", "matter"), REFERRED),
)


def _replace(made: tuple[tuple[str, tuple[str, ...], str], ...]) -> None:
    for name, columns, rows in made:
        op.drop_index(name, "case_file")
        where = sa.text(rows)
        op.create_index(name, "case_file", list(columns), sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    _replace(AFTER)
    where = sa.text("NOT is_open")
    op.create_index(ENDED, "case_file", ["case_type", "state", "id"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_index(ENDED, "case_file")
    _replace(BEFORE)
