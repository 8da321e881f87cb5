"""Errands (长任务): what takes longer than a page may, done in a thread of this process, told in a row as it goes.

Whoever asks for the row sees how far it is, from any process and after a reload; one whose process went away is silent
for a while and counts as broken off. What does not live here: the rows (store) and what is done.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from cases.errors import Conflict, Refusal
from cases.ports import Clock
from cases.store import errands
from cases.store.database import Database
from cases.store.errands import Progress
from cases.store.records import By

log = logging.getLogger(__name__)

Hear = Callable[[int, int], None]
"""Is told how much is done, of how much."""

Work = Callable[[Hear], Mapping[str, Any]]
"""Does the errand and answers what came of it, as can be written in JSON."""

BROKEN = "系统出错,未能做完,详见系统日志"


class Errands:
    """The errands of one process. One of a kind at a time, in all processes together."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._threads: list[threading.Thread] = []

    def begin(self, kind: str, what: Mapping[str, Any], by: By, work: Work) -> str:
        """Begin an errand and answer its id; Conflict while another of its kind is at work."""
        now = self._clock.now()
        with self._database.writing() as connection:
            if any(one.running(now) for one in errands.newest(connection, kind)):
                raise Conflict("上一个同类任务还没有做完,请稍后再试")
            errand_id = errands.begin(connection, kind, what, by, now)
        thread = threading.Thread(target=self._do, args=(errand_id, work), name=f"errand-{kind}", daemon=True)
        self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        thread.start()
        return errand_id

    def rest(self) -> None:
        """Wait until every errand of this process is done."""
        for thread in self._threads:
            thread.join()

    def one(self, errand_id: str) -> Progress:
        """How an errand stands; NotFound for an unknown id."""
        with self._database.reading() as connection:
            return errands.errand(connection, errand_id)

    def newest(self, kind: str) -> Progress | None:
        """The newest errand of a kind."""
        with self._database.reading() as connection:
            return next(iter(errands.newest(connection, kind)), None)

    def _do(self, errand_id: str, work: Work) -> None:
        found: Mapping[str, Any] = {}
        failed = ""
        try:
            found = work(partial(self._hear, errand_id))
        except Refusal as refusal:
            failed = refusal.sentence
        except Exception:
            log.exception("errand %s broke", errand_id)
            failed = BROKEN
        with self._database.writing() as connection:
            errands.end(connection, errand_id, self._clock.now(), found, failed)

    def _hear(self, errand_id: str, done: int, total: int) -> None:
        with self._database.writing() as connection:
            errands.hear(connection, errand_id, done, total, self._clock.now())
