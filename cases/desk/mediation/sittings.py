"""A sitting (办理场合): one walled case on the table with whoever works on it, and what all its use cases ask first.

Parties and the facts named for sharing are entered here. What does not live here: consents (consenting), the mediator
(mediating), meetings (convening), and any change of the case's state (desk).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cases.desk.mediation.forms import FactNamed, PartyForm
from cases.errors import Malformed, NotAllowed, NotNow
from cases.grammar import Actor
from cases.packs.schema import Pack
from cases.piece import Piece
from cases.rules.consents import shared
from cases.rules.persons import checked_identity, digest_of, masked_number
from cases.rules.visibility import masked_name, masked_phone
from cases.rules.wall import INSIDE, MEDIATION, ORIGIN, behind_wall, keeps, side_of
from cases.store.history import note_identity_view, reporters_of
from cases.store.parties import add_party, facts_named, given_in, name_fact, parties_of
from cases.store.pieces import Pieces

Row = dict[str, Any]
MOST_PARTIES = 200
FIRST = 1
"""The version of a case that was only just opened."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """The case, who works on it, under which pack, when; ``secret`` is the installation's key for digests."""

    connection: Connection
    piece: Piece
    actor: Actor
    pack: Pack
    now: datetime
    secret: bytes

    def at_home(self) -> None:
        """Only the committee that keeps the file works on it; NotAllowed for anybody else."""
        if self.piece.case_type != MEDIATION:
            raise NotNow("这不是调解案件")
        if not keeps(self.actor, self.piece):
            raise NotAllowed("只有受理这起纠纷的调解委员会可以办理")

    def at_work(self) -> None:
        """As ``at_home``, and the mediation still goes on; NotNow otherwise."""
        self.at_home()
        if not self.piece.is_open:
            raise NotNow("这起纠纷的调解已经结束")

    def held(self) -> Sitting:
        """The same sitting, the case read anew and held until this transaction ends: of what is written beside a case
        and a party's withdrawal at the same moment, one sees the other. Overtaken when two wait for each other."""
        (now,) = Pieces(self.connection.dialect.name).many(self.connection, [self.piece.id], lock=True)
        return replace(self, piece=replace(now, parent=self.piece.parent))

    def parties(self) -> list[Row]:
        """The parties of the case, in order."""
        return parties_of(self.connection, self.piece.id)

    def party(self, party_id: str) -> Row:
        """One party of this very case; Malformed for anybody else's."""
        for one in self.parties():
            if one["id"] == party_id:
                return one
        raise Malformed("这不是本案的当事人", {"party_id": "请从本案当事人中选择"})


def enter_party(sitting: Sitting, form: PartyForm) -> Row:
    """Enter a party; identity numbers are kept as mask and keyed digest only."""
    sitting.at_work()
    return _enter(sitting, form)


def enter_founding_party(sitting: Sitting, form: PartyForm) -> Row:
    """Enter a party together with the application itself, by whoever files it; NotAllowed later."""
    if sitting.piece.version != FIRST:
        raise NotAllowed("只有受理这起纠纷的调解委员会可以登记当事人")
    return _enter(sitting, form)


def enter_reporter(sitting: Sitting) -> Row:
    """Enter whoever reported the clue this mediation came from; they agreed to be named, or it would not have come.

    That their identity was looked at, and why, is written down with the report. NotNow when there is no such report.
    """
    sitting.at_work()
    parent = sitting.piece.parent_id
    known = (
        reporters_of(sitting.connection, [parent]).get(parent) if parent and sitting.piece.facts.get("named") else None
    )
    if parent is None or known is None or not (known["org"] or known["name"]):
        raise NotNow("本案不是由报告转来的,或报告人没有同意公开身份")
    note_identity_view(sitting.connection, parent, sitting.actor.id, "转调解登记当事人", sitting.now)
    organisation = sitting.pack.organisation(known["org"] or "")
    form = PartyForm(
        side="applicant",
        kind="org" if organisation else "person",
        org=known["org"] if organisation else None,
        name=organisation.name if organisation else known["name"],
        phone=known["phone"],
    )
    return _enter(sitting, form)


def _enter(sitting: Sitting, form: PartyForm) -> Row:
    if len(sitting.parties()) >= MOST_PARTIES:
        raise NotNow(f"一件纠纷最多登记 {MOST_PARTIES} 方当事人")
    if form.org is not None and sitting.pack.organisation(form.org) is None:
        raise Malformed("没有这个单位", {"org": "请从机构清单中选择,不在清单中的留空"})
    return add_party(sitting.connection, sitting.piece.id, party_values(form, sitting.secret, sitting))


def party_values(form: PartyForm, secret: bytes, noted: Sitting) -> Row:
    """The columns of a party; Malformed for an identity number that cannot be one."""
    number = checked_identity(form.identity_number, form.kind)
    kept = form.model_dump(exclude={"identity_number"})
    return {
        **kept,
        "identity_masked": masked_number(number),
        "identity_digest": digest_of(secret, number),
        "contact_digest": digest_of(secret, form.name, form.phone),
        "agent_digest": digest_of(secret, form.agent_name, form.agent_phone),
        "code_hash": "",
        "added_by": noted.actor.id,
        "added_at": noted.now,
    }


def shown_party(one: Row) -> Row:
    """A party as the committee sees it in a list: masked, without digests."""
    kept = ("id", "ordinal", "side", "kind", "org", "agent_authority", "language", "identity_masked", "added_at")
    view: Row = {name: one[name] for name in kept}
    for name in ("name", "agent_name", "guardian"):
        view[name] = one[name] if name == "name" and one["kind"] == "org" else masked_name(one[name])
    for name in ("phone", "agent_phone"):
        view[name] = masked_phone(one[name])
    return {**view, "has_address": bool(one["address"])}


def whole_party(sitting: Sitting, party_id: str, reason: str) -> Row:
    """A party in full, for whoever keeps the file; that it was looked at, and why, is written down. An identity number
    is not kept and so not shown."""
    sitting.at_home()
    one = sitting.party(party_id)
    looked = f"第{one['ordinal']}方当事人:{reason}"
    note_identity_view(sitting.connection, sitting.piece.id, sitting.actor.id, looked, sitting.now)
    kept = ("id", "ordinal", "name", "phone", "address", "agent_name", "agent_phone", "guardian", "identity_masked")
    return {name: one[name] for name in kept}


def name_for_sharing(sitting: Sitting, form: FactNamed) -> Row:
    """Name a fact for the other side: the committee for enforcement, the station of the report for the mediators.

    It stays on this side until every party has agreed to this very fact. NotAllowed for anybody else.
    """
    side = side_of(sitting.actor, sitting.piece) if behind_wall(sitting.piece) else None
    if side not in {INSIDE, ORIGIN}:
        raise NotAllowed("只有受理的调解委员会和原工作站可以提出共享事实")
    if not sitting.piece.is_open:
        raise NotNow("这起纠纷的调解已经结束")
    toward = "enforcement" if side == INSIDE else "mediation"
    named = (sitting.actor.id, sitting.now)
    return name_fact(sitting.connection, sitting.piece.id, toward, form.wording, named)


def facts_for_side(connection: Connection, piece: Piece, side: str | None) -> list[Row]:
    """The facts named for sharing, as one side may know them: its own, and those every party agreed to share."""
    own = {INSIDE: "enforcement", ORIGIN: "mediation"}.get(side or "")
    if own is None:
        return []
    parties = [one["id"] for one in parties_of(connection, piece.id)]
    given = given_in(connection, piece.id)
    found: list[Row] = []
    for one in facts_named(connection, piece.id):
        agreed = shared(given, parties, one["n"])
        if agreed or one["toward"] == own:
            kept = {name: one[name] for name in ("n", "toward", "wording", "named_at")}
            found.append({**kept, "shared": agreed})
    return found
