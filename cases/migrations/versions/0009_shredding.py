"""files of erased content that must go"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import cases.models.columns

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shredding",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("done_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("shredding", schema=None) as batch_op:
        batch_op.create_index("shredding_case", ["case_id"], unique=False)


def downgrade() -> None:
    op.drop_table("shredding")
