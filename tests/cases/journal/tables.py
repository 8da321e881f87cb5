"""The journal's tables by plain DDL, on both kinds of database, and how honest chains get into them."""

from __future__ import annotations

from sqlalchemy import Engine, text

from tests.cases.journal.chains import Store

DDL = (
    "CREATE TABLE case_file (id TEXT PRIMARY KEY, version INTEGER, head_hash TEXT, state TEXT)",
    "CREATE TABLE entry (case_id TEXT, seq INTEGER, at {moment}, actor TEXT, actor_org TEXT, role TEXT, verb TEXT,"
    " from_state TEXT, to_state TEXT, alg TEXT, prev_hash TEXT, digest TEXT, hash TEXT, record {bytes},"
    " PRIMARY KEY (case_id, seq))",
    "CREATE TABLE entry_payload (case_id TEXT, seq INTEGER, salt {bytes}, body TEXT, erased_at {moment},"
    " tombstone TEXT, PRIMARY KEY (case_id, seq))",
    "CREATE TABLE checkpoint (id {serial} PRIMARY KEY, at {moment}, count INTEGER, entries INTEGER, root TEXT,"
    " previous TEXT, leaves {bytes})",
)
WORDS = {
    "sqlite": {"moment": "TIMESTAMP", "bytes": "BLOB", "serial": "INTEGER"},
    "postgresql": {"moment": "TIMESTAMPTZ", "bytes": "BYTEA", "serial": "SERIAL"},
}


def make_tables(engine: Engine) -> None:
    with engine.begin() as connection:
        for statement in DDL:
            connection.execute(text(statement.format(**WORDS[engine.dialect.name])))


def fill(engine: Engine, store: Store) -> None:
    """Write the store's rows; SQLite keeps a moment as the text it is, PostgreSQL reads it in UTC."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL TIME ZONE 'UTC'"))
        for name, rows in (("entry", store.entries), ("entry_payload", store.payloads), ("case_file", store.heads)):
            numbered = [{f"c{place}": value for place, value in enumerate(row)} for row in rows]
            marks = ", ".join(f":c{place}" for place in range(len(rows[0])))
            connection.execute(text(f"INSERT INTO {name} VALUES ({marks})"), numbered)
