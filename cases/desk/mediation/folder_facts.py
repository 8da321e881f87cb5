"""What a mediation's folder knows for a document (卷内登记预填): parties by name, who mediates, the agreement's items.

Only whoever keeps the file makes such documents, so names are read for nobody else. What does not live here: which
document asks for what (packs) and making it (``papers``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cases.grammar import Actor
from cases.piece import Piece
from cases.ports import BEIJING
from cases.rules.agreement import MEDIATOR, SEAL
from cases.rules.wall import MEDIATION, behind_wall, keeps
from cases.store.appointments import appointments_of
from cases.store.parties import parties_of

Row = dict[str, Any]


def folder_facts(connection: Connection, piece: Piece, actor: Actor) -> dict[str, Any]:
    """Facts by the names documents ask for; empty for a case without a folder, or for somebody who does not keep it."""
    if not behind_wall(piece) or not keeps(actor, piece):
        return {}
    case_id = piece.id if piece.case_type == MEDIATION else piece.parent_id or ""
    parties = parties_of(connection, case_id)
    mediators = [one["name"] for one in appointments_of(connection, case_id) if one["ended_at"] is None]
    facts = piece.facts
    effective = facts.get("effective_at", "")
    return {
        "parties": [_person(one) for one in parties],
        "applicants": [_person(one) for one in parties if one["side"] == "applicant"],
        "respondents": [_person(one) for one in parties if one["side"] == "respondent"],
        "mediator": mediators[0] if mediators else None,
        "terms": [_term(item, parties) for item in facts.get("plan", [])],
        # The committee's seal has a place of its own on the document.
        "signatures": [
            _signature(one, parties, mediators) for one in facts.get("signatures", []) if one["signer"] != SEAL
        ],
        "effective_on": datetime.fromisoformat(effective).astimezone(BEIJING).date().isoformat() if effective else None,
        "request": facts.get("requests"),
    }


def _person(party: Row) -> Row:
    known = {"name": party["name"], "address": party["address"], "phone": party["phone"], "agent": party["agent_name"]}
    return {name: value for name, value in known.items() if value}


def _term(item: Row, parties: Sequence[Row]) -> Row:
    """An item of performance with its parties by name, without what a document has no column for."""
    names = {party["ordinal"]: party["name"] for party in parties}
    kept = {name: item[name] for name in ("kind", "content", "amount", "due", "manner") if item.get(name)}
    return {"obligor": names.get(item["obligor"], ""), "obligee": names.get(item["obligee"], ""), **kept}


def _signature(one: Row, parties: Sequence[Row], mediators: Sequence[str]) -> Row:
    names = {party["id"]: party["name"] for party in parties}
    name = mediators[0] if one["signer"] == MEDIATOR and mediators else names.get(one["signer"], "")
    return {"name": name, "signed_at": one["at"], "manner": one["manner"]}
