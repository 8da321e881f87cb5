"""parties withdrawn, and consents void since their party was corrected"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import cases.models.columns

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ADDED = (("party", "withdrawn_at"), ("consent", "void_at"))


def upgrade() -> None:
    for table, column in ADDED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column(column, cases.models.columns.Instant(timezone=True), nullable=True))


def downgrade() -> None:
    for table, column in reversed(ADDED):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
