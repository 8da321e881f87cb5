"""What a suit knows for a document (诉讼文书预填): both sides by name, what is owed, the checklist as it was found.

Names are read for whoever may make such documents for the suit, and for nobody else. What does not live here: which
document asks for what (packs) and making it (``papers``).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.visibility import is_suit
from cases.store.parties import parties_of

Row = dict[str, Any]
KINDS = {"person": "自然人", "org": "法人或者其他组织"}
FINDINGS = {"pass": "通过", "repair": "补正", "reject": "不通过", "not_asked": "不适用"}
RESULTS = {"pass": "通过", "repair": "补正", "reject": "不予提交"}


def suit_papers(connection: Connection, piece: Piece, pack: Pack) -> Row:
    """Facts by the names documents ask for; empty for a case that is no suit."""
    if not is_suit(piece):
        return {}
    parties = parties_of(connection, piece.id)
    plaintiffs = [_person(one) for one in parties if one["side"] == "applicant"]
    defendants = [_person(one) for one in parties if one["side"] == "respondent"]
    facts = piece.facts
    result = str(facts.get("result", ""))
    reasons = ";".join(facts.get("reasons", []))
    court = pack.organisation(piece.assignee or "")
    return {
        "plaintiffs": plaintiffs,
        "defendants": defendants,
        "plaintiff": "、".join(one["name"] for one in plaintiffs),
        "defendant": "、".join(one["name"] for one in defendants),
        "checks": [_check(one, pack) for one in facts.get("screening", {}).get("items", [])],
        "result": RESULTS.get(result),
        "reasons": reasons if result == "reject" else None,
        "repair": reasons if result == "repair" else None,
        "advice": _advice(facts.get("advised", [])),
        "period": _period(facts),
        "premises": _premises(piece, pack),
        "court": court.name if court else None,
    }


def _person(party: Row) -> Row:
    known = {"name": party["name"], "address": party["address"], "phone": party["phone"]}
    return {"kind": KINDS[party["kind"]], **{name: value for name, value in known.items() if value}}


def _check(one: Row, pack: Pack) -> Row:
    row = {"item": pack.words(f"screening.{one['item']}"), "finding": FINDINGS[one["finding"]]}
    return {**row, "reason": one["reason"]} if one["reason"] else row


def _advice(told: list[Row]) -> str | None:
    """What was told to both sides; each sentence once."""
    return ";".join(dict.fromkeys(one["words"] for one in told)) or None


def _period(facts: Row) -> str | None:
    first, last = facts.get("period_from"), facts.get("period_to")
    return f"{first}至{last}" if first and last else None


def _premises(piece: Piece, pack: Pack) -> str | None:
    community = pack.communities.get(piece.community or "")
    parts = (community.name if community else "", piece.facts.get("building", ""), piece.facts.get("room", ""))
    return "".join(parts) or None
