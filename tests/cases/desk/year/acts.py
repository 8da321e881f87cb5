"""What somebody means to do (打算): one act, and the small choices all of them are made of.

What does not live here: which acts belong to which state (``clue_habits``, ``task_habits``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from cases.piece import Piece
from tests.cases.desk.year.town import Town

PUBLIC = ("", "reporter")
"""Reporters without an organisation act with the codes of their reports."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act meant for a moment: by whom (organisation and role), which verb, with what filled in.

    ``along`` is a second step filled in at the same sitting, so that both are taken in one batch.
    """

    at: datetime
    who: tuple[str, str]
    verb: str
    filled: Mapping[str, Any] = field(default_factory=dict)
    along: Act | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody sitting down over a case: the case, now, the town, dice of their own."""

    piece: Piece
    now: datetime
    town: Town
    dice: Random

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def act(self, org: str | None, role: str, verb: str, /, *, pace: float = 1.0, **filled: Any) -> list[Act]:
        """An act after the delay of the organisation, ``pace`` times as long; nothing if it never gets round to it."""
        delay = self.town.delay(org or "reporter", self.dice)
        if delay is None:
            return []
        haste = 0.05 if self.piece.emergency else 1.0
        return [Act(self.at(delay * pace * haste), (org or "", role), verb, filled)]

    def then(self, low: float, high: float, org: str | None, role: str, verb: str, /, **filled: Any) -> list[Act]:
        """An act some hours from now, whoever it is."""
        return [Act(self.at(timedelta(hours=self.dice.uniform(low, high))), (org or "", role), verb, filled)]

    def at(self, delay: timedelta) -> datetime:
        """So much later; on most days in office hours, whatever the holidays."""
        moment = (self.now + delay).replace(microsecond=0)
        if self.chance(0.15) or self.piece.emergency:
            return moment
        if moment.weekday() > 4:
            moment += timedelta(days=7 - moment.weekday())
        hour = moment.hour if 9 <= moment.hour < 17 else self.dice.randrange(9, 17)
        return max(moment.replace(hour=hour), self.now)
