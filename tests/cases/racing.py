"""Two at the same counter at the same moment: each has read before either writes.

What does not live here: who ought to win.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

from sqlalchemy import Connection

from cases.errors import Refusal
from cases.store.sheaf import Sheaf, Writer
from tests.cases.counter import Counter


class Slow(Writer):
    """A writer that waits until another has read as well; if nobody comes, nobody could have read meanwhile."""

    def __init__(self, kind: str, barrier: Barrier) -> None:
        super().__init__(kind)
        self.barrier = barrier

    def write(self, connection: Connection, sheaf: Sheaf) -> None:
        with suppress(BrokenBarrierError):
            self.barrier.wait()
        super().write(connection, sheaf)


def at_once(counter: Counter, *deeds: Callable[[], Any]) -> list[Any]:
    """Run the deeds at the same time, each reading before any has written; answers what came of each."""
    usual, found = counter.desk.writer, dict[int, Any]()
    counter.desk.writer = Slow(counter.database.kind, Barrier(len(deeds), timeout=0.4))

    def run(n: int, deed: Callable[[], Any]) -> None:
        try:
            found[n] = deed()
        except Refusal as refusal:
            found[n] = refusal

    threads = [Thread(target=run, args=one) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counter.desk.writer = usual
    return [found[n] for n in range(len(deeds))]
