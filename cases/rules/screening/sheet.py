"""A suit on the table (在审): the suit, the day, the pack's ears and years; and what a check answers with.

What does not live here: the checks themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from cases.rules.screening.remarks import Heard, Phrasebook
from cases.rules.screening.suit import Suit


class Found(NamedTuple):
    """One check that a suit does not meet, and the facts its sentence names."""

    code: str
    facts: Mapping[str, str] = {}


@dataclass(frozen=True)
class Sheet:
    """One suit under examination on ``today``; ``years`` is the limitation of claims."""

    suit: Suit
    today: date
    years: int
    book: Phrasebook = field(repr=False)

    def heard(self, signal: str) -> tuple[Heard, ...]:
        """The clauses of the remarks that say it."""
        return self.book.heard(self.suit.notes, signal)

    def notes_say(self, signal: str) -> bool:
        """Whether the remarks say it."""
        return bool(self.heard(signal))

    def notes_say_of_these_fees(self, signal: str) -> bool:
        """Whether the remarks say it in a clause that does not name only years before the period of the suit."""
        start = self.suit.period_from
        return any(not start or not one.years or max(one.years) >= start.year for one in self.heard(signal))

    def cell_says(self, cell: str, signal: str) -> str:
        """The phrase by which a cell says it, or nothing."""
        return next((one.phrase for one in self.book.heard(cell, signal)), "")

    def period(self) -> tuple[date, date] | None:
        """The period when it can be reckoned with."""
        start, end = self.suit.period_from, self.suit.period_to
        return (start, end) if start and end and start <= end else None

    def demand_proven(self) -> bool:
        """Whether a written demand was sent by today and something proves that it arrived."""
        suit = self.suit
        sent = suit.demand_on is not None and suit.demand_on <= self.today
        return sent and bool(suit.demand_proof) and not self.cell_says(suit.demand_proof, "weak_proof")
