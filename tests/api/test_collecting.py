"""What stays is looked through once; what nobody needs any more goes when a lot has been set apart."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest

from api.collecting import OLDEST, Rounds, leave, settle

STOP = {"generation": OLDEST}
FOR_EVER = sys.maxsize


class Ring:
    """Something only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = list(gc.callbacks)
    yield
    gc.callbacks[:] = before
    gc.unfreeze()
    gc.collect()


def test_what_survives_a_whole_round_is_not_looked_through_again():
    gc.callbacks[:] = []
    ring = Ring()
    seen = weakref.ref(ring)
    apart = gc.get_freeze_count()
    Rounds(FOR_EVER)("stop", STOP)
    assert gc.get_freeze_count() > apart
    del ring
    gc.collect()
    assert seen() is not None


@pytest.mark.parametrize(("phase", "generation"), [("start", OLDEST), ("stop", 0), ("stop", 1)])
def test_a_small_round_sets_nothing_apart(phase: str, generation: int):
    gc.callbacks[:] = []
    gc.unfreeze()
    Rounds(FOR_EVER)(phase, {"generation": generation})
    assert gc.get_freeze_count() == 0


def test_when_a_lot_was_set_apart_everything_is_looked_through_once():
    gc.callbacks[:] = []
    rounds, ring = Rounds(grown=1_000), Ring()
    seen = weakref.ref(ring)
    rounds("stop", STOP)
    del ring
    many = [Ring() for _ in range(5_000)]
    rounds("stop", STOP)
    assert gc.get_freeze_count() == 0, "the next whole round goes through all of it"
    gc.collect()
    assert seen() is None
    rounds("stop", STOP)
    assert gc.get_freeze_count() >= len(many)
    rounds("stop", STOP)
    assert gc.get_freeze_count() >= len(many), "it counts from the last look at everything"


def test_the_collector_is_told_once_however_many_apps_begin():
    gc.callbacks[:] = []
    settle()
    settle()
    assert len(gc.callbacks) == 1
    assert gc.get_freeze_count() > 0
    leave()
    assert not gc.callbacks
