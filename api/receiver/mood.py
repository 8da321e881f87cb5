"""Mishaps (差错): the same seed and the same message give the same mishap in every run.

What does not live here: drawing lots (``lots``), what a mishap looks like at the door (``bureau``, ``windows``).
"""

from __future__ import annotations

from typing import Literal

from api.receiver.lots import share
from api.receiver.roster import Behaviour

Mishap = Literal["none", "fail", "hang"]


def mishap(behaviour: Behaviour, seed: str, message_id: str, attempt: int) -> Mishap:
    """What goes wrong with an attempt: a message may fail once or twice, or hang once, and then goes through."""
    if share(seed, "fail", message_id) < behaviour.fails:
        return "fail" if attempt <= 1 + (share(seed, "twice", message_id) < 0.3) else "none"
    if share(seed, "hang", message_id) < behaviour.hangs:
        return "hang" if attempt == 1 else "none"
    return "none"
