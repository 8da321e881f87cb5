"""Who may see what of a case (可见范围): organisation scope, sealed records, masked identity (reference 2.2, 10).

Records of public-security offences are sealed by law (治安管理处罚法 136): outside the police everybody sees that the
police have dealt with it, and nothing else. What does not live here: the queries that apply the scope (store), and the
words themselves (packs); what mediation and enforcement may know of each other (wall).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cases.grammar import Actor
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.area import oversees
from cases.rules.wall import before_court, behind_wall, shut_out, side_of

POLICE = "police"
SEALED_STATES = frozenset(
    {"verifying", "no_violation", "corrected", "ordered", "recheck", "interviewed", "extension_asked"}
)
"""States of a sealed task that would tell how the police dealt with it; outsiders see them as one."""

SHOWN_AS = "verifying"
"""How a sealed task in any of the sealed states is shown."""

SEALED_FACTS = frozenset(
    {"finding", "outcome", "measure", "result", "before_photo", "after_photo", "orders", "complete_by", "recheck_done"}
    | {"officers", "overdue", "extension_asked", "extended", "delay", "reply", "verdict"}
)
SEALED_VERBS = frozenset(
    {"verify", "find_nothing", "correct_on_spot", "order", "recheck", "interview", "report_result"}
    | {"warn", "overdue", "escalate", "supervise", "recount", "pause_clock", "resume_clock"}
    | {"ask_extension", "grant_extension", "refuse_extension", "urge", "answer_urge"}
)
SEALED_CLOCKS = frozenset({"rectify", "recheck", "result", "extension", "urge_reply"})
SUIT = "litigation"
"""A suit's plaintiff goes on seeing it once a court has it, and the court sees no other case outside the wall."""

INNER_STATES = frozenset({"return_asked", "return_ruling"})
"""States of a clue that the reporter does not get to know: the return game stays inside the office."""

INNER_CLOCKS = frozenset({"ruling", "return_approval"})

CARRIED_ACTOR = "system:carried"
"""Who stands behind a step that a task's step carried to its report."""

CARRIED_VERBS = frozenset({"pause_clock", "resume_clock", "extend_clock"})
"""Steps a sealed task carries to its report with the words the police wrote into the form."""


def behind_seal(piece: Piece, kind: str) -> bool:
    """Whether what this task holds is sealed for an organisation of this kind."""
    return piece.sealed and piece.assignee is not None and kind != POLICE


def state_for(piece: Piece, kind: str) -> str:
    """The state as an organisation of this kind may know it."""
    return SHOWN_AS if behind_seal(piece, kind) and piece.state in SEALED_STATES else piece.state


def facts_for(piece: Piece, kind: str, pack: Pack) -> dict[str, Any]:
    """The facts as an organisation of this kind may know them."""
    if not behind_seal(piece, kind):
        hidden = {"extended"} if _sealed_report(piece) and kind != POLICE else set[str]()
        return {name: value for name, value in piece.facts.items() if name not in hidden}
    kept = {name: value for name, value in piece.facts.items() if name not in SEALED_FACTS}
    if piece.state == "concluded":
        kept["result"] = pack.words("sealed")
    return kept


def next_due_for(piece: Piece, kind: str) -> datetime | None:
    """The nearest due moment as an organisation of this kind may know it: a sealed term would tell of an order."""
    if not behind_seal(piece, kind):
        return piece.next_due
    return min(
        (datetime.fromisoformat(d) for c, d in piece.clocks.items() if d and c not in SEALED_CLOCKS), default=None
    )


def told_due(piece: Piece) -> datetime | None:
    """The nearest due moment as whoever is furthest outside may know it: of a report the reporter, of a sealed task
    everybody but the police."""
    unsaid = frozenset[str]() if piece.duty is not None else INNER_CLOCKS
    if behind_seal(piece, ""):
        unsaid |= SEALED_CLOCKS
    return min((datetime.fromisoformat(d) for c, d in piece.clocks.items() if d and c not in unsaid), default=None)


def may_hear_of(piece: Piece, clock: str, kind: str) -> bool:
    """Whether an organisation of this kind may be told about a clock of the case."""
    return clock not in SEALED_CLOCKS or not behind_seal(piece, kind)


def changes_sealed(piece: Piece, kind: str, actors: Iterable[str]) -> bool:
    """Whether what moved a clock (who, on what ground, why) is sealed for an organisation of this kind: on a sealed
    task always, on its report where the task carried it there."""
    if behind_seal(piece, kind):
        return True
    return _sealed_report(piece) and kind != POLICE and CARRIED_ACTOR in actors


def _sealed_report(piece: Piece) -> bool:
    return piece.sealed and piece.assignee is None


def entry_for(entry: dict[str, Any], piece: Piece, kind: str, pack: Pack) -> dict[str, Any]:
    """One line of history as an organisation of this kind may know it."""
    carried = entry["verb"] in CARRIED_VERBS and changes_sealed(piece, kind, (entry["actor"],))
    if not carried and (not behind_seal(piece, kind) or entry["verb"] not in SEALED_VERBS):
        return entry
    return {
        **entry,
        "verb": "sealed",
        "from_state": "sealed",
        "to_state": "sealed",
        "actor": "",
        "payload": {"text": pack.words("sealed")},
    }


def public_state(piece: Piece) -> str:
    """The state as the reporter knows it: the department's return game inside the office stays inside."""
    return "dispatched" if piece.state in INNER_STATES else piece.state


def spoken(piece: Piece, pack: Pack) -> str:
    """The step the report has reached, in plain words."""
    return pack.words(f"clue.{public_state(piece)}") if piece.assignee is None else ""


def may_see(actor: Actor, piece: Piece) -> bool:
    """Whether the case exists at all for this actor: the station it belongs to, the department it was dispatched to,
    whoever reported it, and those who audit or supervise its area. Mediation has its own answer (wall)."""
    if behind_wall(piece):
        return side_of(actor, piece) is not None
    if piece.id in actor.own_cases or oversees(actor, piece.station):
        return True
    if actor.confined:
        return False
    if actor.org is None or actor.roles <= {"admin"}:
        return False
    if shut_out(actor):
        return is_suit(piece) and before_court(actor, piece)
    own = piece.assignee is None or is_suit(piece)
    if actor.org in {piece.assignee, piece.reporter_org if own else None}:
        return True
    return actor.org == piece.station and bool(actor.roles & {"operator", "station_head", "archivist"})


def is_suit(piece: Piece) -> bool:
    """Whether the case is a suit."""
    return piece.case_type == SUIT


def suit_facts(piece: Piece, *, plaintiff: bool) -> dict[str, Any]:
    """The facts of a suit outside the desk that keeps it: of the advice given, a plaintiff gets its own, the court
    none."""
    told = [one for one in piece.facts.get("advised", []) if plaintiff and one["side"] == "plaintiff"]
    return {**piece.facts, "advised": told} if "advised" in piece.facts else dict(piece.facts)


def masked_name(name: str) -> str:
    """A name as everybody but the entitled sees it: the family name and stars."""
    return name[:1] + "*" * max(1, len(name) - 1) if name else ""


def masked_phone(phone: str) -> str:
    """A telephone number as everybody but the entitled sees it: 138****1234."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "*" * len(phone)
