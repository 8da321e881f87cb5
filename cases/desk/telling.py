"""Writing notices (通知): to whom a step speaks and in which words. Thin by default, sealed by law where it must be.

A notice is addressed to an organisation or to "reporter"; how it travels is found out when it is sent. What does not
live here: sending (the delivery flow) and what a caller may read (rules of visibility).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.engine import Outcome
from cases.grammar import Effect
from cases.ids import new_id
from cases.machines.clock_steps import Rung
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.folder import Folder
from cases.rules.oversight import told_by
from cases.rules.visibility import is_suit, may_hear_of, next_due_for, public_state, spoken, state_for
from cases.rules.wall import behind_wall
from cases.store.sheaf import Sheaf

REPORTER = "reporter"


PARTY = "party:"
"""How the address of a party without an organisation begins; its id follows."""


def party_addresses(folder: Folder | None, side: str = "") -> tuple[str, ...]:
    """Where the parties of a folder (of one side) are told: an organisation in its own name, a person by its id."""
    parties = folder.parties if folder else ()
    return tuple(dict.fromkeys(one.org or f"{PARTY}{one.id}" for one in parties if side in {"", one.side}))


def addressees(who: str, outcome: Outcome, pack: Pack) -> tuple[str, ...]:
    """The recipients an effect names, but for the parties of a mediation: organisation codes, or "reporter" for a
    person."""
    piece = outcome.piece
    if who == "named":
        owner = getattr(outcome.form, "owner", "") or piece.holder
        found = (told_by(name, piece, pack, owner) for name in outcome.form.tell)  # type: ignore[attr-defined]
        return tuple(dict.fromkeys(org for org in found if org))
    if who == REPORTER:
        return (piece.reporter_org or REPORTER,)
    if who == "parties":
        return tuple(dict.fromkeys(org for org in (piece.assignee, piece.station) if org))
    held = {"station": piece.station, "assignee": piece.assignee, "lead": piece.lead, "holder": piece.holder}
    code = held.get(who)
    return (code,) if code else ()


def tell(
    sheaf: Sheaf, effect: Effect, outcome: Outcome, pack: Pack, now: datetime, folder: Folder | None = None
) -> None:
    """Write a notice for each recipient of the effect; the parties of a mediation are those of its folder."""
    event, rung = f"{outcome.piece.case_type}.{outcome.step.does}", rung_of(outcome)
    if effect.arg == REPORTER and is_suit(outcome.piece) and outcome.piece.reporter_org is None:
        for recipient in party_addresses(folder, "applicant"):
            write_notice(sheaf, outcome.piece, Letter(recipient, event, rung=rung, to_party=True), pack, now)
    elif effect.arg != "parties" or folder is None:
        for recipient in addressees(effect.arg, outcome, pack):
            write_notice(sheaf, outcome.piece, Letter(recipient, event, effect.on_arrival, rung), pack, now)
    if effect.arg == "parties" or (effect.arg == "named" and "parties" in outcome.form.tell):  # type: ignore[attr-defined]
        for recipient in party_addresses(folder):
            write_notice(sheaf, outcome.piece, Letter(recipient, event, rung=rung, to_party=True), pack, now)


@dataclass(frozen=True, slots=True)
class Letter:
    """To whom a notice goes, of which event, the verb its arrival takes, the rung of a ladder it is about, and whether
    it speaks to a party of a mediation."""

    recipient: str
    event: str
    on_arrival: str | None = None
    rung: Mapping[str, Any] | None = None
    to_party: bool = False


def rung_of(outcome: Outcome) -> Mapping[str, Any] | None:
    """What a reminder says of its clock: when it was due and when this rung was reached, however late it is told."""
    form = outcome.form
    if not isinstance(form, Rung):
        return None
    told = form.model_dump(mode="json", include={"clock", "n", "level", "due_at", "reached_at"})
    return {"deed": outcome.step.does, **told}


def write_notice(sheaf: Sheaf, piece: Piece, letter: Letter, pack: Pack, now: datetime) -> None:
    """One notice about what has just been done to a case."""
    recipient, event, on_arrival = letter.recipient, letter.event, letter.on_arrival
    walled = behind_wall(piece)
    ours = recipient in {REPORTER, piece.reporter_org}
    personal = ours and piece.assignee is None and not walled and not is_suit(piece)
    content = reporter_content(piece, pack) if personal else office_content(piece, recipient, pack)
    if letter.to_party or (ours and is_suit(piece)):
        content = party_content(piece, pack)
    if letter.rung and not personal and may_hear_of(piece, letter.rung["clock"], kind_of(pack, recipient)):
        content["deadline"] = letter.rung
    body = {"type": event, "timestamp": now.isoformat(), "data": content}
    sheaf.insert(
        "notice",
        id=new_id(),
        case_id=piece.id,
        seq=piece.version,
        recipient=recipient,
        event=event,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(),
        on_arrival=on_arrival,
        state="waiting",
        attempt=0,
        created_at=now,
        next_at=now,
        last_error="",
    )


def kind_of(pack: Pack, recipient: str) -> str:
    """The kind of organisation a recipient is; empty for a person."""
    organisation = pack.organisation(recipient)
    return organisation.kind if organisation else ""


def reporter_content(piece: Piece, pack: Pack) -> dict[str, Any]:
    """What the reporter is told: receipt number, step and answer in plain words."""
    return {
        "receipt": piece.number,
        "case_id": piece.id,
        "version": piece.version,
        "state": public_state(piece),
        "words": spoken(piece, pack),
        "answer": piece.facts.get("answer", "") if not piece.sealed else _sealed_answer(piece, pack),
        "request": piece.facts.get("asked_more", "") if piece.state == "incomplete" else "",
        "delay": piece.facts.get("delay", "") if piece.is_open else "",
        "decision": piece.facts.get("decision", "") if _may_be_told(piece) else "",
        "channel": piece.facts.get("channel", "") if _may_be_told(piece) else "",
    }


def party_content(piece: Piece, pack: Pack) -> dict[str, Any]:
    """What a party of a mediation is told: number, step in plain words, and the other routes where it came to nothing.
    No name, no term of the agreement, nothing that was said."""
    return {
        "receipt": piece.number,
        "case_id": piece.id,
        "case_type": piece.case_type,
        "version": piece.version,
        "state": piece.state,
        "words": pack.words(f"{piece.case_type}.{piece.state}"),
        "answer": pack.words("mediation.routes") if piece.state in NO_AGREEMENT else "",
        "request": "",
    }


NO_AGREEMENT = frozenset({"failed", "terminated", "declined", "routed", "defaulted"})
"""States of a mediation in which the parties are told the other routes (人民调解法 26)."""


def _may_be_told(piece: Piece) -> bool:
    """Whether the station's decision is the reporter's to know: why not taken on, always; else unless sealed."""
    return not piece.is_open and (not piece.sealed or piece.state in {"declined", "redirected"})


def _sealed_answer(piece: Piece, pack: Pack) -> str:
    return pack.words("sealed") if piece.facts.get("answer") else ""


def office_content(piece: Piece, recipient: str, pack: Pack) -> dict[str, Any]:
    """What an organisation is told: identifiers, matter, place by name, the next due moment; the rest is read."""
    kind = kind_of(pack, recipient)
    due = next_due_for(piece, kind)
    community = pack.communities.get(piece.community or "")
    matter = pack.matter(piece.matter or "")
    return {
        "case_id": piece.id,
        "number": piece.number,
        "case_type": piece.case_type,
        "version": piece.version,
        "state": state_for(piece, kind),
        "duty": piece.duty,
        "matter": piece.matter,
        "matter_name": matter.name if matter else None,
        "severity": piece.severity,
        "emergency": piece.emergency,
        "community": community.name if community else None,
        "level": piece.level,
        "next_due": due.isoformat() if due else None,
        "links": {"case": f"/api/v1/cases/{piece.id}"},
    }
