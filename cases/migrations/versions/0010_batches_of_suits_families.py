"""batches of suits, families"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

import cases.models


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "suit_family",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("court", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("firm", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("community", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("issue", sa.Text(), nullable=False),
        sa.Column("model_case", sa.Text(), nullable=False),
        sa.Column("document", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("chosen_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("chosen_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("following", sa.Text(), nullable=False),
        sa.Column("decided_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decided_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.CheckConstraint("(decided_at IS NULL) = (following = '')", name="suit_family_decided"),
        sa.ForeignKeyConstraint(
            ["model_case"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("court", "name", name="suit_family_name"),
    )
    with op.batch_alter_table("suit_family", schema=None) as batch_op:
        batch_op.create_index("suit_family_model", ["model_case"], unique=False)

    op.create_table(
        "family_member",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("family_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("joined_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("joined_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("stood_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("followed_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.Column("left_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("left_because", sa.Text(), nullable=False),
        sa.Column("left_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("(left_at IS NULL) = (left_because = '')", name="family_member_left"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["suit_family.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("family_member", schema=None) as batch_op:
        batch_op.create_index("family_member_of", ["family_id", "id"], unique=False)
        batch_op.create_index(
            "family_member_one",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.create_index(
            "family_member_to_follow",
            ["family_id", "id"],
            unique=False,
            sqlite_where=sa.text("followed_at IS NULL AND stood_at IS NOT NULL AND left_at IS NULL AND refused = ''"),
            postgresql_where=sa.text(
                "followed_at IS NULL AND stood_at IS NOT NULL AND left_at IS NULL AND refused = ''"
            ),
        )
        batch_op.create_index(
            "family_member_to_stand",
            ["id"],
            unique=False,
            sqlite_where=sa.text("stood_at IS NULL AND left_at IS NULL AND refused = ''"),
            postgresql_where=sa.text("stood_at IS NULL AND left_at IS NULL AND refused = ''"),
        )

    op.create_table(
        "suit_batch",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("association", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("court", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("opened_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("opened_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("closed_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.Column("closed_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("suits", sa.Integer(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("manifest_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("submitted_at", cases.models.columns.Instant(timezone=True), nullable=True),
        sa.CheckConstraint("submitted_at IS NULL OR closed_at IS NOT NULL", name="suit_batch_in_order"),
        sa.ForeignKeyConstraint(
            ["manifest_id"],
            ["paper.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("association", "number", name="suit_batch_number"),
    )
    with op.batch_alter_table("suit_batch", schema=None) as batch_op:
        batch_op.create_index("suit_batch_court", ["court"], unique=False)

    op.create_table(
        "suit",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("batch_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("suit_no", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("side", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("firm", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("community", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("result", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("screened_at", cases.models.columns.Instant(timezone=True), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.CheckConstraint("result IN ('pass','repair','reject')", name="suit_result"),
        sa.CheckConstraint("side IN ('firm','owner')", name="suit_side"),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["suit_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("case_id"),
    )
    with op.batch_alter_table("suit", schema=None) as batch_op:
        batch_op.create_index("suit_batch_line", ["batch_id", "line"], unique=False)
        batch_op.create_index("suit_kind", ["firm", "community"], unique=False)



def downgrade() -> None:
    with op.batch_alter_table("suit", schema=None) as batch_op:
        batch_op.drop_index("suit_kind")
        batch_op.drop_index("suit_batch_line")

    op.drop_table("suit")
    with op.batch_alter_table("suit_batch", schema=None) as batch_op:
        batch_op.drop_index("suit_batch_court")

    op.drop_table("suit_batch")
    with op.batch_alter_table("family_member", schema=None) as batch_op:
        batch_op.drop_index(
            "family_member_to_stand",
            sqlite_where=sa.text("stood_at IS NULL AND left_at IS NULL AND refused = ''"),
            postgresql_where=sa.text("stood_at IS NULL AND left_at IS NULL AND refused = ''"),
        )
        batch_op.drop_index(
            "family_member_to_follow",
            sqlite_where=sa.text("followed_at IS NULL AND stood_at IS NOT NULL AND left_at IS NULL AND refused = ''"),
            postgresql_where=sa.text(
                "followed_at IS NULL AND stood_at IS NOT NULL AND left_at IS NULL AND refused = ''"
            ),
        )
        batch_op.drop_index(
            "family_member_one", sqlite_where=sa.text("left_at IS NULL"), postgresql_where=sa.text("left_at IS NULL")
        )
        batch_op.drop_index("family_member_of")

    op.drop_table("family_member")
    with op.batch_alter_table("suit_family", schema=None) as batch_op:
        batch_op.drop_index("suit_family_model")

    op.drop_table("suit_family")
