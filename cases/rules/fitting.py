"""Whether an open case can go on under another pack (适用新版地区包): everything it names must still be there.

What does not live here: moving the case (desk) and comparing whole packs (desk, back-test).
"""

from __future__ import annotations

from cases.errors import NoCompetence
from cases.grammar import Actor, CaseType, Question
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.dispatching import route_of

NOBODY = Actor("system:check", "", None, frozenset())


def misfits(piece: Piece, case_type: CaseType, pack: Pack) -> list[str]:
    """The sentences that say why the case would be left without a lawful next step; empty when it fits."""
    found = [f"新版地区包没有事项{piece.matter}"] if piece.matter and pack.matter(piece.matter) is None else []
    for code in dict.fromkeys((piece.station, piece.assignee, piece.lead)):
        if code and pack.organisation(code) is None:
            found.append(f"新版地区包没有机构{code}")
    if piece.community and piece.community not in pack.communities:
        found.append(f"新版地区包没有小区{piece.community}")
    found += _without_clock(piece, case_type, pack)
    return found or _without_route(piece, pack)


def _without_clock(piece: Piece, case_type: CaseType, pack: Pack) -> list[str]:
    """A running clock of the case has no limit in the pack: nobody would ever be reminded."""
    matter = pack.matter(piece.matter or "")
    given = {clock.code for clock in case_type.clocks if clock.given}
    return [
        f"新版地区包没有时限{code}"
        for code in piece.clocks
        if code not in given and pack.clock_limit(piece.case_type, code, matter, piece.emergency) is None
    ]


def _without_route(piece: Piece, pack: Pack) -> list[str]:
    """A report that waits for its departments finds none in the pack."""
    if piece.lane != "route":
        return []
    try:
        route_of(Question(piece, NOBODY, piece.updated_at or piece.opened_at, pack))  # pyright: ignore[reportArgumentType]
    except NoCompetence as refusal:
        return [refusal.sentence]
    return []
