"""Questions that share a connection and a moment."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from cases.office import Office
from cases.store.database import held_together
from tests.builders import FRIDAY
from tests.cases.store.queue_rows import many_cases


def test_questions_inside_share_one_connection(office: Office):
    database = office.database
    with database.together():
        with database.reading() as one, database.reading() as other:
            assert one is other
        with database.together(), database.reading() as inner:
            assert inner is one
        with database.reading() as still:
            assert still is one
    with database.reading() as after:
        assert after is not one


def test_another_thread_has_a_connection_of_its_own(office: Office):
    seen: list[bool] = []
    with office.database.together(), office.database.reading() as ours:

        def look() -> None:
            with office.database.reading() as theirs:
                seen.append(theirs is ours)

        other = threading.Thread(target=look)
        other.start()
        other.join()
    assert seen == [False]


def test_nothing_is_written_inside(office: Office):
    with office.database.together(), pytest.raises(RuntimeError), office.database.writing():
        raise AssertionError("unreachable")
    with office.database.writing() as connection:
        connection.execute(text("SELECT 1"))


def test_a_case_is_read_once_inside_and_anew_outside(office: Office):
    (piece,) = many_cases(office, FRIDAY, 1)
    pieces = office.desk.pieces
    with office.database.together(), office.database.reading() as connection:
        first = pieces.one(connection, piece.id)
        assert first is not None
        assert pieces.one(connection, piece.id) is first
        assert pieces.one(connection, "0" * 32) is None
    with office.database.reading() as connection:
        again = pieces.one(connection, piece.id)
    assert again is not None
    assert again is not first


def test_a_long_answer_is_read_bit_by_bit_where_no_transaction_is_open(office: Office):
    many_cases(office, FRIDAY, 5)
    with office.database.reading() as connection, held_together(connection):
        options = {"yield_per": 2}
        found = list(connection.execute(text("SELECT id FROM case_file"), execution_options=options))
    assert len(found) == 5


@pytest.mark.only_on("postgresql")
def test_plans_are_made_once_only_as_long_as_a_page_asks_for_it(office: Office):
    def mode() -> str:
        with office.database.reading() as connection:
            return connection.execute(text("SHOW plan_cache_mode")).scalar_one()

    with office.database.together(steady=True):
        assert mode() == "force_generic_plan"
        with office.database.together(steady=True):
            pass
        assert mode() == "force_generic_plan", "the outer page is not done yet"
    assert mode() == "auto"
    page = office.database.together(steady=True)
    with pytest.raises(ProgrammingError), page, office.database.reading() as connection:
        connection.execute(text("SELECT nothing_there"))
    assert mode() == "auto"


@pytest.mark.only_on("postgresql")
def test_a_page_whose_connection_is_lost_says_so_and_leaves_nothing_behind(office: Office):
    page = office.database.together(steady=True)
    with pytest.raises(OperationalError, match="terminat"), page, office.database.reading() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    for steady, mode in ((False, "auto"), (True, "force_generic_plan")):
        with office.database.together(steady=steady), office.database.reading() as connection:
            assert connection.execute(text("SHOW plan_cache_mode")).scalar_one() == mode
