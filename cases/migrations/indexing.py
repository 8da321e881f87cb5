"""Indexes of cases made and replaced (索引). What does not live here: which ones (the revisions)."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


def create(name: str, columns: Sequence[str], rows: str = "") -> None:
    """Make an index of cases over these columns, of the rows of this condition, or of all."""
    where = sa.text(rows) if rows else None
    op.create_index(name, "case_file", list(columns), sqlite_where=where, postgresql_where=where)


def drop(name: str) -> None:
    """Drop an index of cases."""
    op.drop_index(name, "case_file")


def replace(name: str, columns: Sequence[str], rows: str = "") -> None:
    """Make an index of cases anew with other columns."""
    drop(name)
    create(name, columns, rows)
