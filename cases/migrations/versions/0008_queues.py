"""what a queue is sorted and searched by"""

from __future__ import annotations

import json
from datetime import datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import cases.models
from cases.rules import words


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
    ("case_assignee_sealed_due", ("assignee", "told_due", "id"), SEALED),
    ("case_walled", ("id", "parent_id"), "case_type = 'mediation' AND parent_id IS NOT NULL"),
    ("case_community_matter", ("community", "matter", "id"), "community IS NOT NULL AND matter IS NOT NULL"),
    ("case_holder_due", ("holder", "next_due", "id"), "holder IS NOT NULL"),
)


INNER_CLOCKS = {"ruling", "return_approval"}
SEALED_CLOCKS = {"rectify", "recheck", "result", "extension", "urge_reply"}
WALLED_TYPES = {"mediation", "confirmation"}
BATCH = 2_000


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.add_column("case_file", sa.Column("told_due", cases.models.columns.Instant(timezone=True), nullable=True))
    op.add_column("case_file", sa.Column("warned", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.create_table(
        "case_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("words", sa.Text() if sqlite else postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id"),
    )
    if sqlite:
        for statement in INDEX_OF_WORDS:
            op.execute(statement)
    _fill_dues()
    _fill_words()
    if not sqlite:
        op.create_index("case_words_words", "case_words", ["words"], postgresql_using="gin")
    op.drop_index("ix_case_file_holder", table_name="case_file")
    op.drop_index("case_walled", table_name="case_file")
    for name, columns, rows in INDEXES:
        op.create_index(name, "case_file", columns, sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))


# The index holds no text of its own; what it must forget when a row changes it is told by the row.
INDEX_OF_WORDS = (
    """CREATE VIRTUAL TABLE case_words_index USING fts5(
        words, content='case_words', content_rowid='id', tokenize='ascii', detail='none')""",
    """CREATE TRIGGER case_words_added AFTER INSERT ON case_words BEGIN
        INSERT INTO case_words_index(rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER case_words_gone AFTER DELETE ON case_words BEGIN
        INSERT INTO case_words_index(case_words_index, rowid, words) VALUES ('delete', old.id, old.words); END""",
    """CREATE TRIGGER case_words_changed AFTER UPDATE OF words ON case_words BEGIN
        INSERT INTO case_words_index(case_words_index, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO case_words_index(rowid, words) VALUES (new.id, new.words); END""",
)


def _fill_dues() -> None:
    """The due moment for whoever stands outside, and the clocks that have reminded already."""
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE case_file SET told_due = next_due WHERE next_due IS NOT NULL"))
    joined = "group_concat('|' || code || '|', '')"
    if connection.dialect.name == "postgresql":
        joined = "string_agg('|' || code || '|', '' ORDER BY started_at, id)"
    running = "stopped_at IS NULL AND rung > 0 AND stands_since IS NULL"
    connection.execute(
        sa.text(
            f"UPDATE case_file SET warned = (SELECT {joined} FROM deadline WHERE case_id = case_file.id AND {running}) "
            f"WHERE id IN (SELECT case_id FROM deadline WHERE {running})"
        )
    )
    case = sa.table("case_file", *(sa.column(n) for n in ("id", "clocks", "duty", "assignee", "sealed", "is_open")))
    told = sa.table("case_file", sa.column("id"), sa.column("told_due", cases.models.columns.Instant(timezone=True)))
    differing = sa.or_(sa.and_(case.c.sealed, case.c.assignee.is_not(None)), case.c.clocks.contains("r"))
    rows = connection.execute(sa.select(case).where(case.c.is_open, differing)).all()
    for row in rows:
        unsaid = set() if row.duty is not None else set(INNER_CLOCKS)
        if row.sealed and row.assignee is not None:
            unsaid |= SEALED_CLOCKS
        clocks = json.loads(row.clocks)
        if unsaid & set(clocks):
            due = min((datetime.fromisoformat(d) for c, d in clocks.items() if d and c not in unsaid), default=None)
            connection.execute(sa.update(told).where(told.c.id == row.id).values(told_due=due))


def _fill_words() -> None:
    """What every case is found by, in batches."""
    connection = op.get_bind()
    packs = connection.execute(sa.text("SELECT id, document FROM pack_version")).all()
    named = {row.id: _names(json.loads(row.document)) for row in packs}
    columns = ("id", "number", "case_type", "summary", "community", "matter", "station", "assignee", "reporter_org")
    case = sa.table("case_file", *(sa.column(n) for n in (*columns, "pack_id", "facts")))
    written = sa.table("case_words", sa.column("case_id"), sa.column("words", cases.models.columns.Words()))
    after = ""
    while rows := connection.execute(
        sa.select(case).where(case.c.id > after).order_by(case.c.id).limit(BATCH)
    ).all():
        after = rows[-1].id
        found = [{"case_id": row.id, "words": _words(row, named.get(row.pack_id, {}))} for row in rows]
        connection.execute(sa.insert(written), found)


def _names(document: dict) -> dict[tuple[str, str], str]:
    return {
        (kind, code): one["name"] for kind in ("communities", "matters") for code, one in document.get(kind, {}).items()
    }


def _words(row: sa.Row, names: dict[tuple[str, str], str]) -> str:
    facts, walled = json.loads(row.facts), row.case_type in WALLED_TYPES
    orgs = [("station", row.station), ("assignee", row.assignee)]
    if walled or row.assignee is None:
        orgs.append(("reporter", row.reporter_org))
    return words.written(
        number=row.number,
        texts=(
            row.summary,
            names.get(("communities", row.community), ""),
            str(facts.get("building", "")),
            str(facts.get("room", "")),
            names.get(("matters", row.matter), ""),
        ),
        scopes=[words.scope(kind, org, walled=walled) for kind, org in orgs if org],
        walled=walled,
    )


def downgrade() -> None:
    for name, _, _ in reversed(INDEXES):
        op.drop_index(name, table_name="case_file")
    op.create_index("ix_case_file_holder", "case_file", ["holder"], unique=False)
    mediated = sa.text("case_type = 'mediation'")
    op.create_index("case_walled", "case_file", ["id"], sqlite_where=mediated, postgresql_where=mediated)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE case_words_index")
    op.drop_table("case_words")
    op.drop_column("case_file", "warned")
    op.drop_column("case_file", "told_due")
