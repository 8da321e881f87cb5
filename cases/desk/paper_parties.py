"""Documents and the parties on them (文书与当事人): which parties a document bears, and whether one changed since.

A document stays as it was made; that a party on it was corrected or withdrawn later is told from the history, beside
it. What does not live here: making a document (papers), and what a correction means (rules).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from cases.papers.numerals import said_day
from cases.papers.sheet import Filled
from cases.piece import Piece
from cases.ports import BEIJING
from cases.rules.corrections import borne_by, outdates
from cases.rules.wall import MEDIATION
from cases.store.history import entries_of
from cases.store.papers import Kept
from cases.store.parties import parties_of

CORRECTED, WITHDRAWN = "correct_party", "withdraw_party"
SAID = {
    CORRECTED: (
        "当事人信息已于{day}更正,本文书按更正前出具",
        "A party's details were corrected on {day}; this document was issued before that",
    ),
    WITHDRAWN: (
        "有当事人的登记已于{day}撤回,本文书按撤回前出具",
        "A party's entry was withdrawn on {day}; this document was issued before that",
    ),
}
"""What is said beside a document, in Chinese and English."""


@dataclass(frozen=True, slots=True)
class PartyChange:
    """A party was corrected, in the parts the history names, or withdrawn (``parts`` is None)."""

    seq: int
    at: datetime
    party: int
    parts: tuple[str, ...] | None

    @property
    def verb(self) -> str:
        """Which step it was."""
        return WITHDRAWN if self.parts is None else CORRECTED

    @property
    def said(self) -> tuple[str, str]:
        """What is said of it beside a document, in Chinese and English."""
        day = self.at.astimezone(BEIJING).date()
        chinese, english = SAID[self.verb]
        return chinese.format(day=said_day(day)), english.format(day=f"{day.day} {day:%B} {day.year}")


def bears(connection: Connection, piece: Piece, filled: Filled) -> str:
    """Which parties of a mediation the document names and which of their parts stand on it: JSON, by ordinal; never a
    name."""
    parties = parties_of(connection, piece.id) if piece.case_type == MEDIATION else []
    return json.dumps(borne_by(filled.words, parties), separators=(",", ":"))


def party_changes(connection: Connection, piece: Piece) -> list[PartyChange]:
    """What was put right of the parties of a mediation, in order; what was erased lawfully is not told."""
    if piece.case_type != MEDIATION:
        return []
    found: list[PartyChange] = []
    for entry in entries_of(connection, piece.id, (CORRECTED, WITHDRAWN)):
        said = entry["payload"]
        if "party" in said:
            parts = tuple(said["changed"]) if entry["verb"] == CORRECTED else None
            found.append(PartyChange(entry["seq"], entry["at"], said["party"], parts))
    return found


def outdated_by(kept: Kept, changes: Sequence[PartyChange]) -> PartyChange | None:
    """The last change since the document was made that touches what stands on it, or None.

    A document made before it was written down whom it bears is taken to bear the names of all."""
    borne: Mapping[str, list[str]] | None = None if kept.bears is None else json.loads(kept.bears)
    for change in reversed(changes):
        since = change.at > kept.made_at if kept.case_version is None else change.seq > kept.case_version
        parts = ["name"] if borne is None else borne.get(str(change.party), [])
        if since and parts and (change.parts is None or outdates(change.parts, parts)):
            return change
    return None
