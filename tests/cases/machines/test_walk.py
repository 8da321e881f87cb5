"""Random walks through a whole office: it never leaves the board, and both databases tell the same story."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cases.office import open_office, prepare
from tests import databases
from tests.cases.conftest import settings_for
from tests.cases.counter import Counter
from tests.cases.invariants import breaches
from tests.cases.machines.walking import Walk, leaks, told

MOVES = 60


def walked(counter: Counter, seed: int, moves: int, *, watched: bool = True, suits: float = 0.2) -> Walk:
    """Walk, and after every move look whether everything still holds."""
    walk = Walk(counter, seed, suits)
    for n in range(moves):
        walk.go()
        if watched or n == moves - 1:
            assert breaches(counter) == [], f"seed {seed}, move {n}"
            assert leaks(counter) == [], f"seed {seed}, move {n}"
    return walk


@pytest.mark.parametrize("seed", [1, 2])
def test_a_walk_at_random_never_leaves_the_board(counter: Counter, seed: int):
    walk = walked(counter, seed, MOVES)
    assert sum(walk.done.values()) > MOVES / 3, "a walk that gets nowhere shows nothing"
    assert walk.refused, "nobody was ever refused: nothing was tried"


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100, 160))
def test_long_walks_never_leave_the_board(counter: Counter, seed: int):
    walked(counter, seed, 400, watched=False)


@pytest.fixture
def both(tmp_path: Path) -> Iterator[list[Counter]]:
    """An office on each kind of database."""
    made = [databases.fresh_database(kind, tmp_path) for kind in databases.KINDS]
    offices = []
    for url in made:
        prepare(settings_for(url))
        offices.append(open_office(settings_for(url)))
    yield [Counter(office) for office in offices]
    for office, url in zip(offices, made, strict=True):
        office.close()
        databases.discard(url)


@pytest.mark.skipif(len(databases.available()) < 2, reason="PostgreSQL was not found")
@pytest.mark.parametrize("seed", [11, 12])
def test_both_databases_tell_the_same_story(both: list[Counter], seed: int):
    one, other = (walked(counter, seed, MOVES, watched=False) for counter in both)
    assert (one.done, one.refused) == (other.done, other.refused)
    for mine, theirs in zip(*map(told, both), strict=True):
        assert mine == theirs


@pytest.mark.parametrize(("suits", "moves"), [(0.0, 1200), (1.0, 300)], ids=["office", "court"])
def test_a_walk_goes_nearly_everywhere(counter: Counter, suits: float, moves: int):
    """A longer walk takes most verbs of its tables; else the walks above would show little."""
    walk = walked(counter, 7, moves, watched=False, suits=suits)
    types = [engine.case_type for engine in counter.desk.engines.values()]
    verbs = {verb for one in types if (one.code == "litigation") == bool(suits) for verb in one.verbs}
    missed = verbs - {row["verb"] for row in counter.rows("entry")}
    assert len(missed) <= len(verbs) / 2, sorted(missed)
    assert len(walk.refused) >= 3
