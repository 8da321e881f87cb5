"""Chance that repeats itself: the same seed and the same message give the same mishap in every run.

What does not live here: what a mishap looks like at the door (``department``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal, TypeVar

from api.receiver.roster import Behaviour

Mishap = Literal["none", "fail", "hang"]
Choice = TypeVar("Choice")


def share(*parts: object) -> float:
    """A number from 0 to below 1, evenly spread over whatever is handed in, and always the same for the same."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).digest()
    return int.from_bytes(digest[:7], "big") / 2**56


def weighted(choices: Sequence[tuple[Choice, int]], *parts: object) -> Choice:
    """One of the choices, by weight."""
    point = share(*parts) * sum(weight for _, weight in choices)
    for choice, weight in choices:
        point -= weight
        if point < 0:
            return choice
    return choices[-1][0]


def mishap(behaviour: Behaviour, seed: str, message_id: str, attempt: int) -> Mishap:
    """What goes wrong with an attempt: a message may fail once or twice, or hang once, and then goes through."""
    if share(seed, "fail", message_id) < behaviour.fails:
        return "fail" if attempt <= 1 + (share(seed, "twice", message_id) < 0.3) else "none"
    if share(seed, "hang", message_id) < behaviour.hangs:
        return "hang" if attempt == 1 else "none"
    return "none"
