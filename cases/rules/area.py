"""Whose files those who supervise or audit have in sight (辖区): the organisations under their own in the pack's tree.

A street's supervisor sees what the street's stations and committees keep, the district's everything. An auditor's
office stands beside the offices it audits, so its area is that of the street or district it belongs to. What does not
live here: what is shown of a case in the area (visibility, wall), and the area as a condition (store).
"""

from __future__ import annotations

from dataclasses import replace

from cases.grammar import EVERYWHERE, Actor
from cases.packs.schema import Organisation, Pack

AUDITOR, SUPERVISOR = "auditor", "supervisor"
OVERSIGHT_ROLES = frozenset({AUDITOR, SUPERVISOR})

LEVELS = frozenset({"street", "district"})
"""Kinds of organisations that have a street or a district under them."""

DESKS = frozenset({"station", "mediation"})
"""Kinds of organisations that keep files; hardly any other does."""


def placed(actor: Actor, pack: Pack) -> Actor:
    """The actor with the area they supervise or audit by the tree of this pack, and the desks in it; anybody else as
    they are."""
    if not actor.roles & OVERSIGHT_ROLES:
        return actor
    area = area_of(actor, pack)
    desks = (one for one in area - EVERYWHERE if pack.organisations[one].kind in DESKS)
    return replace(actor, area=area, desks=frozenset(desks))


def area_of(actor: Actor, pack: Pack) -> frozenset[str]:
    """The organisations whose files the actor has in sight; nobody's where the pack does not know their own."""
    own = pack.organisation(actor.org or "")
    if own is None or not actor.roles & OVERSIGHT_ROLES:
        return frozenset()
    roots = {own.code} if SUPERVISOR in actor.roles else set[str]()
    roots |= {_level_of(own, pack).code} if AUDITOR in actor.roles else set[str]()
    if any(_is_top(pack.organisations[root]) for root in roots):
        return EVERYWHERE
    return frozenset(code for code, one in pack.organisations.items() if roots & set(_upwards(one, pack)))


def oversees(actor: Actor, org: str | None) -> bool:
    """Whether what this organisation keeps lies in the area the actor supervises or audits."""
    return bool(actor.roles & OVERSIGHT_ROLES) and (actor.area == EVERYWHERE or org in actor.area)


def _is_top(one: Organisation) -> bool:
    """Whether a pack's whole area is theirs: a firm that stands in nobody's line is not above everybody."""
    return one.kind in LEVELS and not one.parent


def _level_of(own: Organisation, pack: Pack) -> Organisation:
    """The street or district an organisation belongs to; the organisation itself, if it is one."""
    above = [pack.organisations[code] for code in _upwards(own, pack)]
    return next((one for one in above if one.kind in LEVELS), above[-1])


def _upwards(one: Organisation, pack: Pack) -> list[str]:
    """An organisation and all above it, the nearest first."""
    found: list[str] = []
    here: Organisation | None = one
    while here is not None and here.code not in found:
        found.append(here.code)
        here = pack.organisation(here.parent or "")
    return found
