"""The folder of a case (卷内登记): what tables beside the case hold of it, as guards may look at it.

Parties, what they answered, who mediates and which meetings there were; no names, no words. What does not live here:
reading it (store) and what it means for a step (mediation, agreement, confirmation).
"""

from __future__ import annotations

from dataclasses import dataclass

from cases.rules.consents import Given

SIDES = {"applicant": "申请人", "respondent": "被申请人", "third": "第三人"}


@dataclass(frozen=True, slots=True)
class PartyLine:
    """当事人: one party without its name; ``org`` is its code, "" for a person or a body the pack does not know."""

    id: str
    ordinal: int
    side: str
    org: str = ""

    @property
    def called(self) -> str:
        """How a refusal names the party: by its place, not by its name."""
        return f"第{self.ordinal}方当事人({SIDES.get(self.side, self.side)})"


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """调解会议: whether it was held, and whether its minutes are kept."""

    id: str
    status: str
    minutes: bool = False


@dataclass(frozen=True, slots=True)
class Folder:
    """卷内登记. ``mediator`` is "" while nobody is appointed."""

    parties: tuple[PartyLine, ...] = ()
    given: tuple[Given, ...] = ()
    mediator: str = ""
    meetings: tuple[MeetingLine, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The parties by id, in order."""
        return tuple(party.id for party in self.parties)

    def party(self, key: str) -> PartyLine | None:
        """A party by id, or None."""
        return next((party for party in self.parties if party.id == key), None)

    def party_at(self, ordinal: int) -> PartyLine | None:
        """A party by its place, or None."""
        return next((party for party in self.parties if party.ordinal == ordinal), None)


EMPTY = Folder()
