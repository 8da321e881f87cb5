"""Who issues an order of supervision, and whom a rung tells (督办主体): names of the ladder as organisations of a pack.

What does not live here: when a rung is reached (``terms``) and what it does (machines, desk).
"""

from __future__ import annotations

from cases.packs.schema import Pack
from cases.piece import Piece


def issuer_of(named: str, piece: Piece, pack: Pack) -> str | None:
    """The organisation behind a name of the ladder: station head, street, district or leading group."""
    if named == "station_head":
        return piece.station
    if named == "street":
        return piece.street
    return next((o.code for o in pack.organisations.values() if o.kind == named or named in o.duties), None)


def above(issuer: str | None, unit: str, pack: Pack) -> str | None:
    """Who issues an order to this unit: the one that was named, or the organisation above a unit that would supervise
    itself (a street that leads a task); None at the very top."""
    if issuer != unit:
        return issuer
    organisation = pack.organisation(unit)
    return organisation.parent or None if organisation else None


def told_by(named: str, piece: Piece, pack: Pack, owner: str | None) -> str | None:
    """The organisation a rung tells: whose time it is (holder), or one that could also issue an order."""
    return owner if named == "holder" else issuer_of(named, piece, pack)
