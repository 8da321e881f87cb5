"""The tiers of mediation (调解层级): which committee keeps a dispute at a tier, and which tier lies above or below.

Tiers and their order are rows of the pack. What does not live here: how long a tier may take (limits of the pack).
"""

from __future__ import annotations

from cases.packs.mediation import Tier
from cases.packs.schema import Pack
from cases.piece import Piece


def in_order(pack: Pack) -> list[Tier]:
    """The tiers of a pack, the lowest first."""
    return sorted(pack.tiers.values(), key=lambda tier: tier.rank)


def tier_of(pack: Pack, org: str | None) -> Tier | None:
    """The tier an organisation mediates at: the lowest whose duty it carries, or None."""
    organisation = pack.organisation(org or "")
    duties = organisation.duties if organisation else ()
    return next((tier for tier in in_order(pack) if tier.duty and tier.duty in duties), None)


def mediates(pack: Pack, org: str | None) -> bool:
    """Whether an organisation is a mediation committee, or carries mediation at one of the tiers."""
    organisation = pack.organisation(org or "")
    return organisation is not None and (organisation.kind == "mediation" or tier_of(pack, org) is not None)


def keeper_at(pack: Pack, tier: Tier, piece: Piece) -> str | None:
    """Who keeps the dispute at a tier: the body of its community or street with the tier's duty; at a tier without a
    body of its own, whoever keeps it now."""
    if not tier.duty:
        return piece.station
    found = [one.code for one in pack.carriers(tier.duty, piece.street or "")]
    community = pack.communities.get(piece.community or "")
    if community is not None and community.grid_org in found:
        return community.grid_org
    return found[0] if len(found) == 1 else None


def next_tier(pack: Pack, piece: Piece, *, up: bool) -> tuple[Tier, str] | None:
    """The nearest tier above (or below) at which somebody could keep the dispute, with who it would be."""
    present = pack.tiers.get(str(piece.facts.get("tier", "")))
    if present is None:
        return None
    rows = [t for t in in_order(pack) if (t.rank > present.rank if up else t.rank < present.rank)]
    for tier in rows if up else reversed(rows):
        keeper = keeper_at(pack, tier, piece)
        if keeper is not None:
            return tier, keeper
    return None
