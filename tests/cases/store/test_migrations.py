"""The schema: up, down and up again; the migrations make what the models say; chained rows cannot be changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, inspect, select, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel

from cases.desk.task_links import LinkWish, issue
from cases.desk.timing import note_next_due
from cases.journal import write_checkpoint
from cases.models import CHAINED
from cases.packs.loader import load_pack
from cases.rules.words import words_of
from cases.store.database import Database, migrate
from cases.store.pieces import row_of
from cases.store.records import By, Deed, note
from cases.store.sheaf import table
from tests.builders import FRIDAY, OPERATOR, POLICE, a_piece, a_task
from tests.cases.counter import Counter
from tests.cases.rules.coming_year import take_in_2027

BOOKKEEPING = "alembic_version"


@pytest.fixture
def bare(database: str) -> Iterator[Database]:
    """A database without tables."""
    made = Database(database, durable=False)
    yield made
    made.close()


def tables(database: Database) -> set[str]:
    found = set(inspect(database.engine).get_table_names()) - {BOOKKEEPING}
    return {name for name in found if not of_the_index(name)}


def of_the_index(name: str) -> bool:
    """SQLite keeps its full-text index in tables of its own."""
    return name.startswith("case_words_index")


def compared(kind: str) -> dict[str, Any]:
    """What is compared: all but the full-text index, which each kind of database keeps in its own way."""

    def ours(_: object, name: str, what: str, *__: object) -> bool:
        return not (of_the_index(name) if what == "table" else kind == "sqlite" and name == "case_words_words")

    return {"compare_type": True, "compare_server_default": True, "include_object": ours}


def indexes(database: Database) -> set[tuple[str, str]]:
    look = inspect(database.engine)
    return {(name, str(index["name"])) for name in look.get_table_names() for index in look.get_indexes(name)}


def test_up_down_up(bare: Database):
    assert tables(bare) == set()
    migrate(bare)
    first = (tables(bare), indexes(bare))
    assert first[0] == set(SQLModel.metadata.tables)
    migrate(bare)
    assert (tables(bare), indexes(bare)) == first, "going up twice changes nothing"
    migrate(bare, "base")
    assert tables(bare) == set()
    migrate(bare)
    assert (tables(bare), indexes(bare)) == first


def test_the_migrations_make_what_the_models_say(bare: Database):
    migrate(bare)
    with bare.reading() as connection:
        context = MigrationContext.configure(connection, opts=compared(bare.kind))
        assert compare_metadata(context, SQLModel.metadata) == []


def test_every_foreign_key_of_the_models_stands_in_the_database(bare: Database):
    migrate(bare)
    look = inspect(bare.engine)
    for name, model in SQLModel.metadata.tables.items():
        found = {(tuple(k["constrained_columns"]), k["referred_table"]) for k in look.get_foreign_keys(name)}
        assert found == {((k.parent.name,), k.column.table.name) for k in model.foreign_keys}, name


@pytest.mark.parametrize("name", CHAINED)
@pytest.mark.parametrize("deed", ["UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_chained_rows_are_never_changed(counter: Counter, name: str, deed: str):
    case_id = counter.open().case_id
    counter.step(case_id, "accept", OPERATOR)
    with counter.database.writing() as connection:
        write_checkpoint(connection, counter.now)
        take_in_2027(counter.desk.almanac, connection)
        note(connection, By("a", "何系统"), Deed("account.lock", "b", "王操作"), counter.now)
        issue(connection, a_task(id=case_id), OPERATOR, LinkWish(), counter.now)
    before = counter.rows(name)
    assert before
    if deed.startswith("TRUNCATE") and counter.database.kind == "sqlite":
        deed = "DELETE FROM {}"
    change = {
        "entry": "verb = 'close'", "checkpoint": "count = 0", "calendar_year": "days = '[]'",
        "admin_record": "said = ''", "task_link_use": "deed = ''",
    }[name]  # fmt: skip
    with pytest.raises(DatabaseError, match="append-only"), counter.database.writing() as connection:
        connection.execute(text(deed.format(name, change)))
    assert counter.rows(name) == before


def test_a_row_of_no_case_is_refused(counter: Counter):
    with pytest.raises(DatabaseError, match=r"(?i)foreign key"), counter.database.writing() as connection:
        connection.execute(
            insert(table("identity_view")).values(id="x", case_id="none", actor="", reason="", at=FRIDAY)
        )


def test_the_queue_of_cases_that_stood_before_it_is_filled(bare: Database):
    """Due moments for whoever stands outside, clocks that reminded already, and words, as a step would write them."""
    migrate(bare, "0007")
    pack = load_pack("jintan")
    soon, late = (FRIDAY + timedelta(days=3)).isoformat(), (FRIDAY + timedelta(days=9)).isoformat()
    clue = a_piece(state="return_ruling", summary="三楼飞线", clocks={"ruling": soon, "handling": late})
    clue.facts = {"building": "6幢", "room": "302"}
    task = a_task(state="ordered", assignee=POLICE, sealed=True, clocks={"rectify": soon})
    talk = a_piece(id="7a1c", number="TJ-1", case_type="mediation", station="JT-JC-TJ", summary="漏水")
    pieces = [clue, task, talk]
    for piece in pieces:
        note_next_due(piece)
    fresh = ("told_due", "warned")
    with bare.writing() as connection:
        document = json.dumps(pack.document(), ensure_ascii=False)
        published = {"name": "jintan", "version": "1", "digest": pack.digest, "document": document}
        connection.execute(insert(table("pack_version")).values(id=1, published_at=FRIDAY, **published))
        for piece in pieces:
            row = {name: value for name, value in row_of(piece).items() if name not in fresh}
            connection.execute(insert(table("case_file")).values(**row))
        for n, (code, changed) in enumerate({"handling": {"rung": 1}, "ruling": {"rung": 0}}.items()):
            connection.execute(insert(table("deadline")).values(**a_deadline(str(n), clue.id, code, **changed)))
    migrate(bare)
    case, words = table("case_file").c, table("case_words").c
    with bare.reading() as connection:
        for piece in pieces:
            row = connection.execute(select(case.next_due, case.told_due).where(case.id == piece.id)).one()
            assert tuple(row) == (piece.next_due, piece.told_due), piece.case_type
            kept = connection.execute(select(words.words).where(words.case_id == piece.id)).scalar_one()
            assert {word.strip("'") for word in kept.split()} == set(words_of(piece, pack).split())
        warned = dict(connection.execute(select(case.id, case.warned)).tuples().all())
    assert warned == {clue.id: "|handling|", task.id: "", talk.id: ""}
    assert (clue.told_due, task.told_due) == (datetime.fromisoformat(late), None)


def a_deadline(deadline_id: str, case_id: str, code: str, **changed: Any) -> dict[str, Any]:
    fields = {
        "id": deadline_id, "case_id": case_id, "code": code, "limit_code": "x", "amount": 3, "unit": "wd",
        "rolls": True, "extra": 0, "extensions": 0, "started_at": FRIDAY, "due_at": FRIDAY, "next_at": None, "rung": 0,
        "stopped_at": None, "stood": "[]", "ground": "", "provisional": False, "hours": "", "pack_id": 1,
        "calendar": "",
    }  # fmt: skip
    return fields | changed
