"""Views that are full (满格视图): what held more than anybody counts a moment ago is not counted again for a minute.

A figure that reads 1000+ says the same a minute later for nearly every view, and is the dearest to find out; every
other figure is counted each time. In memory, one process each. What does not live here: counting (store).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from cases.grammar import Actor
from cases.store.queue.asked import COUNTED, Tally

STILL = timedelta(minutes=1)
"""For so long a view counts as full after it was."""

MOST = 5_000
"""So many full views are remembered, the latest."""

Asker = tuple[Actor, str]
"""What somebody may see: the actor without a name but with their organisation, and its kind."""

FULL = Tally(COUNTED, more=True)


def asker_of(actor: Actor, kind: str) -> Asker:
    """What an actor may see; ``kind`` is the kind of their organisation."""
    return replace(actor, id="", name="", behind=""), kind


class Brimming:
    """Which views were full for whom, and when. Shared by all threads."""

    def __init__(self) -> None:
        self._at: OrderedDict[tuple[Asker, str], datetime] = OrderedDict()
        self._lock = threading.Lock()

    def full(self, asker: Asker, views: Iterable[str], now: datetime) -> set[str]:
        """Those of the views that were full a moment ago."""
        with self._lock:
            known = {view: self._at.get((asker, view)) for view in views}
        return {view for view, at in known.items() if at is not None and at <= now < at + STILL}

    def note(self, asker: Asker, found: Mapping[str, Tally], now: datetime) -> None:
        """Remember which of these are full."""
        with self._lock:
            for view in (view for view, tally in found.items() if tally.more):
                self._at[asker, view] = now
                self._at.move_to_end((asker, view))
            while len(self._at) > MOST:
                self._at.popitem(last=False)
