"""The rounds of Python's collector (内存回收): what stays is looked through once, not at every round.

A server that has worked for a while holds a million objects of questions put into words. A whole round through them
holds up a request for half a second and finds nothing. So what survives a whole round is set apart; when a lot has been
set apart, among it what nobody needs any more, one round goes through all of it again. What does not live here: what is
kept (the questions of the store).
"""

from __future__ import annotations

import gc
import sys
from typing import Any

OLDEST = 2
GROWN = 2_000_000
"""So many blocks of memory more than after the last look at everything, and everything is looked at again."""


def settle() -> None:
    """Set apart what is there when the work begins (code, pack, routes), and from now on what survives a round."""
    leave()
    gc.collect()
    gc.freeze()
    gc.callbacks.append(Rounds())


def leave() -> None:
    """Let the collector go its rounds as it does by itself; what was set apart stays so."""
    gc.callbacks[:] = [one for one in gc.callbacks if not isinstance(one, Rounds)]


class Rounds:
    """Sets apart what survives a whole round, until by so many blocks of memory more are in use (``grown``). What is
    larger than 512 bytes is in no block, and does not count."""

    def __init__(self, grown: int = GROWN) -> None:
        self._grown, self._looked_at, self._everything = grown, sys.getallocatedblocks(), False

    def __call__(self, phase: str, info: dict[str, Any]) -> None:
        """What the collector tells at the beginning and at the end of each round."""
        if phase != "stop" or info["generation"] != OLDEST:
            return
        gc.freeze()
        in_use = sys.getallocatedblocks()
        if self._everything:
            self._looked_at, self._everything = in_use, False
        elif in_use > self._looked_at + self._grown:
            gc.unfreeze()
            self._everything = True
