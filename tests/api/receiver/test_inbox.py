"""The inbox: every message has its effect exactly once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.receiver.inbox import Inbox
from cases.errors import Conflict

OWN = "CREATE TABLE IF NOT EXISTS done (what TEXT)"


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    made = Inbox(tmp_path / "in.db", OWN)
    yield made
    made.close()


def note(what: str):
    return lambda connection: connection.execute("INSERT INTO done VALUES (?)", (what,))


def effects(inbox: Inbox) -> list[str]:
    with inbox.writing() as connection:
        return [row[0] for row in connection.execute("SELECT what FROM done")]


def test_a_repetition_is_answered_and_has_no_effect(inbox: Inbox):
    assert inbox.receive("m1", b"{}", "t", note("one"))
    assert not inbox.receive("m1", b"{}", "t", note("two"))
    assert effects(inbox) == ["one"]


def test_the_same_id_with_another_body_is_refused(inbox: Inbox):
    inbox.receive("m1", b"{}", "t", note("one"))
    with pytest.raises(Conflict):
        inbox.receive("m1", b"{ }", "t", note("two"))
    assert effects(inbox) == ["one"]


def test_an_effect_that_fails_leaves_the_door_open(inbox: Inbox):
    def half(connection: sqlite3.Connection) -> None:
        note("half")(connection)
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        inbox.receive("m1", b"{}", "t", half)
    assert effects(inbox) == []
    assert inbox.tally().received == 0
    assert inbox.receive("m1", b"{}", "t", note("whole"))


def test_side_by_side_one_wins(inbox: Inbox):
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda n: inbox.receive("m1", b"{}", "t", note(str(n))), range(16)))
    assert won.count(True) == 1
    assert len(effects(inbox)) == 1


def test_what_was_received_survives_the_process(tmp_path: Path):
    first = Inbox(tmp_path / "in.db", OWN)
    first.receive("m1", b"{}", "t", note("one"))
    first.close()
    again = Inbox(tmp_path / "in.db", OWN)
    assert not again.receive("m1", b"{}", "t", note("two"))
    assert effects(again) == ["one"]
    again.close()


def test_the_log_counts_messages_repetitions_and_strangers(inbox: Inbox):
    assert [inbox.knock("m1", "t", "began"), inbox.knock("m1", "t", "began"), inbox.knock("m2", "t", "x")] == [1, 2, 1]
    inbox.answer("m1", 1, "500 fail")
    inbox.receive("m1", b"{}", "t", note("one"))
    inbox.turn_away("t", "no signature")
    tally = inbox.tally()
    assert (tally.received, tally.repeated, tally.attempts, tally.turned_away, tally.ids) == (1, 1, 3, 1, ("m1",))
