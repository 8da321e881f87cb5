"""Whether an open case can go on under another pack (适用新版地区包): everything it names must still be there.

What does not live here: moving the case (desk) and comparing its deadlines and routes (``backtest``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from cases.errors import NoCompetence
from cases.grammar import CaseType
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.ports import BEIJING
from cases.rules.competence import competent
from cases.rules.oversight import issuer_of, told_by
from cases.rules.terms import limit_for

BEFORE_DISPATCH = frozenset({"reported", "incomplete", "accepted", "reopened"})
"""States of a report that is still to be given to a department."""


def misfits(piece: Piece, case_type: CaseType, pack: Pack, before: Pack | None = None) -> list[str]:
    """The sentences that say why the case would be left without a lawful next step; empty when it fits.

    What was already missing in the pack it is under (``before``) is not held against the new one: no department for
    its matter, nobody to issue an order.
    """
    found = [f"新版地区包没有事项{piece.matter}"] if piece.matter and pack.matter(piece.matter) is None else []
    for code in dict.fromkeys((piece.station, piece.assignee, piece.lead)):
        if code and pack.organisation(code) is None:
            found.append(f"新版地区包没有机构{code}")
    if piece.community and piece.community not in pack.communities:
        found.append(f"新版地区包没有小区{piece.community}")
    found += _without_clock(piece, case_type, pack)
    known = set(_without_ladder(piece, before)) if before else set[str]()
    found += [said for said in _without_ladder(piece, pack) if said not in known]
    if found or (before is not None and _without_route(piece, before)):
        return found
    return _without_route(piece, pack)


def lead_of(piece: Piece, pack: Pack) -> tuple[str | None, str]:
    """The department that would lead the case under a pack, or the sentence that says why there is none."""
    found_on = piece.found_on
    moment = piece.updated_at or piece.opened_at
    if found_on is None and moment is not None:
        found_on = moment.astimezone(BEIJING).date()
    excluded = frozenset(piece.facts.get("excluded", []))
    return _lead(pack, piece.matter or "", piece.street or "", found_on or date.min, excluded)


@lru_cache(maxsize=8192)
def _lead(pack: Pack, matter: str, street: str, on: date, excluded: frozenset[str]) -> tuple[str | None, str]:
    """A back-test asks the same of thousands of cases."""
    try:
        return competent(pack, matter, street, on, excluded).lead, ""
    except NoCompetence as refusal:
        return None, refusal.sentence


def _without_clock(piece: Piece, case_type: CaseType, pack: Pack) -> list[str]:
    """A running clock of the case has no limit in the pack: nobody would ever be reminded."""
    counted = (clock for clock in case_type.clocks if not clock.given and clock.code in piece.clocks)
    return [f"新版地区包没有时限{clock.code}" for clock in counted if limit_for(pack, piece, clock) is None]


def _without_ladder(piece: Piece, pack: Pack) -> Iterator[str]:
    """A rung of a running clock that would reach nobody, or an order of supervision that nobody could issue."""
    for code in piece.clocks:
        for rung in pack.rungs(piece.case_type, code, piece.matter or "", piece.severity, piece.emergency):
            where = f"时限{code}第{rung.n}级"
            if rung.deed == "supervise" and pack.organisation(issuer_of(rung.issuer, piece, pack) or "") is None:
                yield f"新版地区包没有可签发督办单的机构({where}:{rung.issuer})"
            if rung.tell and not any(told_by(name, piece, pack, piece.holder) for name in rung.tell):
                yield f"新版地区包没有可告知的机构({where}:{'、'.join(rung.tell)})"


def _without_route(piece: Piece, pack: Pack) -> list[str]:
    """A report that is still to be given to a department finds none in the pack."""
    waiting = piece.lane == "route" or (piece.assignee is None and piece.state in BEFORE_DISPATCH and piece.matter)
    if not waiting:
        return []
    lead, why_not = lead_of(piece, pack)
    return [] if lead else [why_not]
