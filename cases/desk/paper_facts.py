"""What a case already knows for a document (文书预填): offered, never forced; whatever does not fit is left out.

What does not live here: making the document (``papers``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cases.grammar import Actor
from cases.packs.paper_rows import Field
from cases.packs.schema import Organisation, Pack, Paper
from cases.papers.facts import fits
from cases.piece import Piece
from cases.ports import BEIJING
from cases.store.papers import Kept

MEDIATION = "mediation"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A case with all that is known about it: the case above it, its pack, its documents so far, who asks and when;
    ``beside`` is what tables beside the case know, by the names of facts."""

    piece: Piece
    parent: Piece | None
    pack: Pack
    kept: Sequence[Kept]
    actor: Actor
    now: datetime
    beside: Mapping[str, Any] = field(default_factory=dict)

    def for_paper(self, paper: Paper) -> dict[str, Any]:
        """The facts the case knows for this document, each only if the document can say it."""
        named = self._named()
        found: dict[str, Any] = {}
        for one in paper.fields:
            value = _narrowed(one, self._value(one.prefill, named)) if one.prefill else None
            if one.sealed and self.piece.sealed:
                value = self.pack.words("sealed")
            if fits(paper, one.name, value):
                found[one.name] = value
        return found

    def sealed_over(self, paper: Paper, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The facts with the one sentence the law allows where the case is sealed, whatever was filled in."""
        if not self.piece.sealed:
            return dict(facts)
        return {**facts, **{one.name: self.pack.words("sealed") for one in paper.fields if one.sealed}}

    def _value(self, name: str, named: Mapping[str, Any]) -> Any:
        kind, _, rest = name.partition(".")
        if kind == "facts" and rest:
            return self.beside.get(rest) or self.piece.facts.get(rest)
        if kind == "parent" and rest and self.parent is not None:
            return getattr(self.parent, rest, None)
        if kind == "due" and rest:
            return self.piece.clocks.get(rest)
        if kind == "number" and rest:
            numbers = [one.number for one in self.kept if one.code == rest and one.voided_at is None]
            return numbers[-1] if numbers else None
        return named.get(name)

    def _named(self) -> dict[str, Any]:
        piece, pack = self.piece, self.pack
        community = pack.communities.get(piece.community or "")
        matter = pack.matter(piece.matter or "")
        station = pack.organisation(piece.station or "")
        assignee = pack.organisation(piece.assignee or "")
        firm = pack.organisation((community.property_org if community else None) or "")
        committee = self._committee()
        clock = f"clock.{piece.facts.get('clock', '')}"
        opened = piece.opened_at.astimezone(BEIJING) if piece.opened_at else None
        return {
            "case_number": piece.number,
            "summary": piece.summary,
            "community_name": community.name if community else None,
            "matter_name": matter.name if matter else None,
            "station_name": station.name if station else None,
            "station_phone": station.phone if station else None,
            "assignee_name": assignee.name if assignee else None,
            "property_name": firm.name if firm else None,
            "committee_name": committee.name if committee else None,
            "committee_phone": committee.phone if committee else None,
            "clock_name": pack.wording[clock].zh if clock in pack.wording else None,
            "actor_name": self.actor.name,
            "opened_at": opened.isoformat() if opened else None,
            "opened_on": opened.date().isoformat() if opened else None,
            "today": self.now.astimezone(BEIJING).date().isoformat(),
        }

    def _committee(self) -> Organisation | None:
        """The mediation committee: the one the case lies with, else the asker's own."""
        codes = (self.piece.assignee, self.piece.station, self.actor.org)
        found = (self.pack.organisation(code or "") for code in codes)
        return next((one for one in found if one is not None and one.kind == MEDIATION), None)


def _narrowed(one: Field, value: Any) -> Any:
    """Rows of the case as rows of the document: only the columns it has. A whole number names a choice by its place."""
    if one.kind == "choice" and isinstance(value, int) and 0 < value <= len(one.choices):
        return one.choices[value - 1]
    if one.kind != "rows" or not isinstance(value, list):
        return value
    wanted = {column.name for column in one.columns}
    return [{name: row[name] for name in row if name in wanted} if isinstance(row, dict) else row for row in value]
