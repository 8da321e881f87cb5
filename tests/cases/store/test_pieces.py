"""A case is read as it was written: its fields in the order of its row, its moments as they were."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone

from cases.piece import Piece
from cases.store.pieces import row_of
from cases.store.sheaf import sqlite_moment, sqlite_value
from tests.builders import FRIDAY, a_piece

PARIS = timezone(timedelta(hours=1))


def test_the_fields_of_a_piece_stand_in_the_order_of_its_row():
    row = row_of(a_piece())
    assert [one.name for one in fields(Piece)][: len(row)] == list(row)


def test_a_moment_of_sqlite_is_read_back_as_it_was():
    for moment in (FRIDAY, FRIDAY.astimezone(PARIS) + timedelta(microseconds=7), datetime(2026, 2, 28, 16, tzinfo=UTC)):
        back = sqlite_moment(sqlite_value(moment))
        assert (back, back.tzinfo) == (moment, UTC)
