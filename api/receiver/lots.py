"""Chance that repeats itself (抽签): the same things drawn for give the same lot in every run.

What does not live here: what is drawn for (``mood``, ``clerk``, ``court_script``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

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
