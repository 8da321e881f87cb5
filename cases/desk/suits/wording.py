"""How a screened row of a batch file reads as the form of a suit (诉状), and as the sheet its desk keeps.

What does not live here: reading and screening the file, opening the case (filing).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from cases.engine import read_form
from cases.machines.suit_forms import SuitFiling
from cases.packs.schema import Pack
from cases.rules.screening import OF_A_FIRM, Finding, Result, Screened, Suit

FEN = 100
LONGEST_REASON = 1900
_ROOM = re.compile(r"(\d+)-(\d+)-(\w+)")
_GRAVEST = (Result.REJECT, Result.REPAIR)


def filing_of(one: Screened, pack: Pack, batch: str, pay_within: int) -> SuitFiling:
    """The form of a screened row; Malformed names each field that does not fit.

    ``pay_within`` is how many days the firms' demand letters gave, which the file does not say.
    """
    return read_form(SuitFiling, _filled(one, pack, batch, pay_within))


def _filled(one: Screened, pack: Pack, batch: str, pay_within: int) -> dict[str, Any]:
    suit = one.suit
    building, room = _place(suit.room)
    claims = [] if suit.by_firm else [suit.notes]
    if suit.by_firm and suit.period_from and suit.period_to:
        claims = [f"支付{suit.period_from}至{suit.period_to}的物业费{said_amount(suit)}元"]
    return {
        "plaintiff": _person(pack, suit.claimant_kind, suit.claimant),
        "defendant": {
            **_person(pack, "owner" if suit.by_firm else "firm", suit.defendant),
            "phone": suit.phone or "",
            "address": suit.address,
        },
        "community": suit.community,
        "building": building,
        "room": room,
        "claims": [claim for claim in claims if claim],
        "amount": said_amount(suit),
        "period_from": suit.period_from,
        "period_to": suit.period_to,
        "suit_no": suit.number,
        "demand": _demand(suit, pay_within),
        "screening": screening_of(one),
        "batch": batch,
    }


def _person(pack: Pack, kind: str, name: str) -> dict[str, Any]:
    organisation = pack.organisation_named(name) if kind != "owner" else None
    return {"kind": kind, "org": organisation.code if organisation else None, "name": name}


def _place(room: str) -> tuple[str, str]:
    """Building and room of a flat written as 14-1-201."""
    found = _ROOM.fullmatch(room)
    return (f"{found[1]}幢{found[2]}单元", found[3]) if found else ("", room)


def _demand(suit: Suit, pay_within: int) -> dict[str, Any] | None:
    if not suit.by_firm or suit.demand_on is None or len(suit.demand_proof) < 2:
        return None
    return {
        "document": f"催缴函({suit.number or suit.row})",
        "served_on": suit.demand_on,
        "proof": suit.demand_proof,
        "pay_by": suit.demand_on + timedelta(days=pay_within),
    }


def said_amount(suit: Suit) -> str:
    """The sum as the form takes it; nothing for one that is not certain or not owed."""
    certain = suit.amount is not None and suit.amount > 0 and not suit.amount_about
    return f"{suit.amount:.2f}" if certain else ""


def fen_of(suit: Suit) -> int | None:
    """The sum in fen, as far as it is certain."""
    said = said_amount(suit)
    return int(said.replace(".", "")) if said else None


def screening_of(one: Screened) -> dict[str, Any]:
    """The answer of the screening as the form of the desk: every item with its finding."""
    items = [
        {"item": item, "finding": _finding(one.suit, item, found), "reason": _reason(found)}
        for item, found in one.checklist().items()
    ]
    return {"result": str(one.result), "items": items, "reasons": [reason[:LONGEST_REASON] for reason in one.reasons]}


def _finding(suit: Suit, item: str, found: tuple[Finding, ...]) -> str:
    if not suit.by_firm and item in OF_A_FIRM:
        return "not_asked"
    weights = {finding.weight for finding in found}
    return next((str(result) for result in _GRAVEST if result in weights), "pass")


def _reason(found: tuple[Finding, ...]) -> str:
    return ";".join(finding.sentence for finding in found)[:LONGEST_REASON]


def number_of(suit: Suit) -> str:
    """What a suit is known by when its file comes again: its number, or what it says."""
    return suit.number or f"sha256:{fingerprint(suit)}"


def fingerprint(suit: Suit) -> str:
    """A digest of what a suit says, wherever it stood in a file."""
    said: Mapping[str, Any] = {name: value for name, value in asdict(suit).items() if name != "row"}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()
