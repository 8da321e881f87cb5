"""What a receiver does with its tasks (承办规矩), as data: which messages wake its clerk, who answers what comes next.

A bureau works the same whoever sits in it; what differs stands in one ``Clerk``. What does not live here: the clerks
themselves (``clerk``, ``court``) and the asking (``bureau``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.receiver.roster import Department

Case = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """A step to take."""

    verb: str
    form: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Clerk:
    """One kind of clerk. The three questions are pure: who they work for, a case as the API shows it, the time."""

    waking: frozenset[str]
    """Messages that bring a task, or bring it back; all others are only kept."""

    fresh: frozenset[str]
    """States in which a task just read may be put off to its first turn."""

    waiting: frozenset[str]
    """States in which others act: the task rests until a message wakes it."""

    refusals: int
    """How many refusals in a row before a task is left to a person."""

    first_turn: Callable[[Department, Case, datetime], datetime]
    next_turn: Callable[[Department, Case, datetime], datetime | None]
    deed_for: Callable[[Department, Case, datetime], Deed | None]
