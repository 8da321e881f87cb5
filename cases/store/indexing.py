"""Building the index of words again (重建检索索引): what should stand there is compared with what does, batch by batch.

Every batch is a transaction of its own, so the office goes on working meanwhile, and whoever breaks off begins again
without harm. What does not live here: what the words of a case are (rules).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from cases.rules.words import words_of
from cases.store.database import Database
from cases.store.pieces import piece_of
from cases.store.sheaf import table
from cases.store.shelf import Shelf

BATCH = 2_000


@dataclass(slots=True)
class Reindexed:
    """How many cases were looked at, and the words of how many had to be written."""

    cases: int = 0
    written: int = 0


def reindex(
    database: Database, shelf: Shelf, batch: int = BATCH, advance: Callable[[int], object] = lambda _: None
) -> Reindexed:
    """Compare the words of every case with the index and write those that differ or are missing; then let the index
    put itself in order."""
    done, after = Reindexed(), ""
    while True:
        with database.writing() as connection:
            ids = _batch(connection, shelf, after, batch, done)
        if not ids:
            break
        after = ids[-1]
        advance(len(ids))
    with database.writing() as connection:
        if database.kind == "sqlite":
            connection.exec_driver_sql("INSERT INTO case_words_index(case_words_index) VALUES ('rebuild')")
            connection.exec_driver_sql("INSERT INTO case_words_index(case_words_index) VALUES ('optimize')")
    return done


def _batch(connection: Connection, shelf: Shelf, after: str, many: int, done: Reindexed) -> list[str]:
    case, words = table("case_file"), table("case_words")
    question = select(case).where(case.c.id > after).order_by(case.c.id).limit(many).with_for_update()
    pieces = [piece_of(tuple(row)) for row in connection.execute(question)]
    ids = [piece.id for piece in pieces]
    standing = dict(
        connection.execute(select(words.c.case_id, words.c.words).where(words.c.case_id.in_(ids))).tuples().all()
    )
    for piece in pieces:
        wanted = words_of(piece, shelf.pack(connection, piece.pack_id))
        if piece.id not in standing:
            connection.execute(insert(words).values(case_id=piece.id, words=wanted))
        elif _set(standing[piece.id]) != _set(wanted):
            connection.execute(update(words).where(words.c.case_id == piece.id).values(words=wanted))
        else:
            continue
        done.written += 1
    done.cases += len(pieces)
    return ids


def _set(words: str) -> frozenset[str]:
    """The words, however the database writes them."""
    return frozenset(word.strip("'") for word in words.split())
