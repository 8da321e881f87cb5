"""Verifying a whole database: both kinds, damaged rows, several processes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pysqlite3
import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text

from cases.journal import audit as reading
from cases.journal import verify_store, write_checkpoint
from tests.cases.journal.chains import START, Store
from tests.cases.journal.tables import fill, make_tables

TEXTS = {
    "entry": ("actor", "actor_org", "role", "verb", "from_state", "to_state", "alg", "prev_hash", "digest", "hash"),
    "entry_payload": ("body",),
    "case_file": ("head_hash", "state"),
}
CHANGES = [
    *(
        f"UPDATE {table} SET {column} = {column} || 'x' WHERE {key} = 'c-2'"
        for table, columns in TEXTS.items()
        for column in columns
        for key in ["id" if table == "case_file" else "case_id"]
    ),
    "UPDATE entry SET seq = 9 WHERE case_id = 'c-2' AND seq = 4",
    "UPDATE entry SET case_id = 'c-9' WHERE case_id = 'c-1'",
    "UPDATE entry SET record = prev.record FROM (SELECT record FROM entry WHERE case_id = 'c-1') prev"
    " WHERE case_id = 'c-2' AND seq = 2",
    "UPDATE entry_payload SET seq = 9 WHERE case_id = 'c-2' AND seq = 4",
    "UPDATE entry_payload SET body = NULL WHERE case_id = 'c-1'",
    "UPDATE entry_payload SET body = NULL, salt = NULL WHERE case_id = 'c-1'",
    "UPDATE entry_payload SET tombstone = '依法' WHERE case_id = 'c-1'",
    "UPDATE entry_payload SET tombstone = NULL WHERE tombstone IS NOT NULL",
    "UPDATE entry_payload SET erased_at = NULL WHERE tombstone IS NOT NULL",
    "UPDATE case_file SET version = version - 1 WHERE id = '案-4'",
    "UPDATE case_file SET id = 'c-10' WHERE id = 'c-1'",
    "DELETE FROM entry WHERE case_id = 'c-2' AND seq = 1",
    "DELETE FROM entry WHERE case_id = 'c-2' AND seq = 3",
    "DELETE FROM entry WHERE case_id = 'c-2' AND seq = 4",
    "DELETE FROM entry WHERE case_id = 'c-1'",
    "DELETE FROM entry_payload WHERE case_id = 'c-1'",
    "DELETE FROM case_file WHERE id = 'c-3'",
    "INSERT INTO case_file VALUES ('z', 0, '', '')",
    "INSERT INTO entry_payload VALUES ('c-1', 2, NULL, '{}', NULL, NULL)",
]


def test_an_honest_database_is_whole(engine: Engine) -> None:
    told: list[int] = []
    verdict = verify_store(engine, progress=told.append)
    assert verdict.ok, verdict.problems
    assert (verdict.entries, verdict.cases, verdict.erased) == (13, 4, 1)
    assert told[-1] == 13


def test_every_change_by_a_single_statement_is_found(engine: Engine) -> None:
    """One statement at a time, each undone afterwards: the verifier reads inside the same transaction."""
    with engine.connect() as connection:
        for change in CHANGES:
            assert connection.execute(text(change)).rowcount, change
            assert problems_in(connection), change
            connection.rollback()
        assert not problems_in(connection)


def problems_in(connection: Connection) -> set[str]:
    verdict = reading.verify_connection(connection)
    assert verdict.ok == (not verdict.problems)
    return {trouble.code for trouble in verdict.problems}


def test_a_moved_moment_is_found(engine: Engine) -> None:
    moved = {"sqlite": "'2026-03-02 00:31:00.000008'", "postgresql": "at + interval '1 microsecond'"}
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE entry SET at = {moved[engine.dialect.name]} WHERE case_id = 'c-1'"))
    (trouble,) = verify_store(engine).problems
    assert (trouble.case_id, trouble.seq, trouble.code) == ("c-1", 1, "record_differs")


def test_cut_tails_and_vanished_cases_are_found_by_the_checkpoint(engine: Engine) -> None:
    with engine.begin() as connection:
        write_checkpoint(connection, START)
        for table, key in (("entry", "case_id"), ("entry_payload", "case_id"), ("case_file", "id")):
            connection.execute(text(f"DELETE FROM {table} WHERE {key} = 'c-1'"))
        for table in ("entry", "entry_payload"):
            connection.execute(text(f"DELETE FROM {table} WHERE case_id = 'c-2' AND seq = 4"))
        back = "(SELECT {} FROM entry WHERE case_id = 'c-2' AND seq = 3)"
        new_head = f"version = 3, head_hash = {back.format('hash')}, state = {back.format('to_state')}"
        connection.execute(text(f"UPDATE case_file SET {new_head} WHERE id = 'c-2'"))
    verdict = verify_store(engine)
    assert [(trouble.case_id, trouble.seq, trouble.code) for trouble in verdict.problems] == [
        ("c-1", 1, "checkpoint_missing"),
        ("c-2", 4, "checkpoint_missing"),
    ]


@pytest.fixture
def sqlite(tmp_path: Path) -> Engine:
    """A SQLite file with the driver the product prefers, and begin hooks that would lock out every writer."""
    engine = create_engine(f"sqlite:///{tmp_path / 'store.sqlite'}", module=pysqlite3)

    @event.listens_for(engine, "connect")
    def by_hand(driver: Any, record: object) -> None:
        driver.isolation_level = None
        driver.execute("PRAGMA journal_mode=WAL")

    @event.listens_for(engine, "begin")
    def lock_at_once(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    make_tables(engine)
    return engine


def many_cases() -> Store:
    store = Store()
    for case in range(40):
        store.add_case(f"c-{case:02}", 1 + case % 5, ("sha256", "sm3"))
    return store


def test_several_processes_find_what_one_finds(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = pysqlite3 if database.startswith("sqlite") else psycopg
    engine = create_engine(database, module=module)
    make_tables(engine)
    store = many_cases()
    for place in (0, 50, 119):
        store.entries[place][3] = "李四"
    fill(engine, store)
    alone = verify_store(engine, workers=1)
    monkeypatch.setattr(reading, "WORTH_SHARING", 1)
    told: list[int] = []
    together = verify_store(engine, progress=told.append, workers=2)
    assert together == alone
    assert (together.entries, together.cases, together.found) == (120, 40, 3)
    assert told == sorted(told)
    assert told[-1] == 120
    engine.dispose()


def test_verifying_does_not_lock_writers_out(sqlite: Engine) -> None:
    fill(sqlite, many_cases())
    waiting = create_engine(sqlite.url, module=pysqlite3, connect_args={"timeout": 0})

    def write(checked: int) -> None:
        with waiting.begin() as connection:
            connection.exec_driver_sql("PRAGMA user_version = 7")

    with sqlite.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM entry").scalar_one() == 120
    assert verify_store(sqlite, progress=write).ok
    sqlite.dispose()
    waiting.dispose()


@pytest.mark.parametrize("column", ["actor", "to_state", "hash", "alg"])
def test_text_that_is_no_utf8_any_more_is_a_finding(sqlite: Engine, column: str) -> None:
    fill(sqlite, many_cases())
    with sqlite.begin() as connection:
        connection.execute(
            text(f"UPDATE entry SET {column} = CAST(x'E58A' AS TEXT) WHERE case_id = 'c-07' AND seq = 3")
        )
    verdict = verify_store(sqlite)
    assert {(trouble.case_id, trouble.seq) for trouble in verdict.problems} == {("c-07", 3)}
    assert verdict.entries == 120
    sqlite.dispose()


@pytest.mark.parametrize("value", ["NULL", "1.5", "'x'", "x'00'", "-1"])
def test_values_of_a_wrong_type_are_findings(sqlite: Engine, value: str) -> None:
    store = many_cases()
    fill(sqlite, store)
    for column in ("at", "actor", "seq", "alg", "prev_hash", "digest", "hash", "record"):
        with sqlite.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE kept AS SELECT * FROM entry")
            connection.exec_driver_sql(f"UPDATE entry SET {column} = {value} WHERE case_id = 'c-07' AND seq = 2")
        assert not verify_store(sqlite).ok, column
        with sqlite.begin() as connection:
            connection.exec_driver_sql("DELETE FROM entry")
            connection.exec_driver_sql("INSERT INTO entry SELECT * FROM kept")
            connection.exec_driver_sql("DROP TABLE kept")
    assert verify_store(sqlite).ok
    sqlite.dispose()
