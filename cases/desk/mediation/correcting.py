"""Putting a party's entry right, and taking one back (更正、撤回当事人): what changes beside the case, what is void.

The history learns which parts changed, masked, and why; never who the party was or is. What does not live here: the
step that writes it into the case (hearing, machines), and what a correction voids (rules).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cases.desk.mediation.convening import key_of, named
from cases.desk.mediation.forms import PartyCorrection, PartyWithdrawal
from cases.desk.mediation.sittings import Row, Sitting
from cases.errors import Malformed, NotAllowed, NotNow
from cases.machines.mediation import BEFORE, UNDER_WAY
from cases.machines.mediation_forms import PartyCorrected, PartyWithdrawn
from cases.rules.agreement import nobody_signed
from cases.rules.consents import ATTEND, MEDIATION, standing
from cases.rules.corrections import PARTS, PERSON, is_void, touches_identity
from cases.rules.persons import checked_identity, digest_of, masked_number
from cases.rules.talks import two_sides_stay
from cases.rules.visibility import masked_name, masked_phone
from cases.store import appointments, meetings
from cases.store.changes import PARTY_IDENTITY
from cases.store.parties import change_party, consents_of, given_in, make_void

KEEP = frozenset({"mediator", "committee_head"})
NOBODYS = "只有受理这起纠纷的调解员和调解委员会主任可以更正或撤回当事人"
OVER = "调解已经签订协议、终止或结束,当事人不能再更正或撤回"
SIGNED = (nobody_signed.__doc__ or "").strip()
SIDES = (two_sides_stay.__doc__ or "").strip()
ANSWERED = "这一方已经答复、到会或签名,不能撤回;写错的请用更正,不愿调解的记录其答复"
PROMISED = "协议草案写有这一方的履行事项,不能撤回;请先退回再议,改好协议"
NOTHING = "没有要更正的内容:填写的与登记的相同"
UNNAMED = "理由会写进办理经过,不要写姓名、号码和地址"
AGENT = ("agent_name", "agent_phone", "agent_authority")
NUMBERS = re.compile(r"\d{6,}")
LONGEST_SHOWN = 8
"""Signs of an organisation's name, a language: what is nobody's secret is shown as it is, and no longer than this."""


@dataclass(frozen=True, slots=True)
class Righted:
    """What was done to an entry, as the case is told of it, and the entry as it stands now."""

    heard: PartyCorrected | PartyWithdrawn
    party: Row


def correct(sitting: Sitting, party_id: str, form: PartyCorrection) -> Righted:
    """Put an entry right. NotNow once somebody signed or it is over; Malformed when nothing would change, the reason
    names somebody, or an identity number cannot be one; Conflict when the right person is taken at a meeting then."""
    _at_hand(sitting)
    before = sitting.party(party_id)
    number = checked_identity(form.identity_number or "", form.kind or before["kind"])
    values = _filled(sitting, before, form, number)
    after = {**before, **values}
    changed = [part for part in PARTS if before[_column(part)] != after[_column(part)]]
    if not changed:
        raise Malformed(NOTHING, {"reason": "请写明要更正的内容"})
    _names_nobody(form.reason, before, after, number)
    change_party(sitting.connection, party_id, values)
    consents, links, asked = _void(sitting, party_id, changed)
    _keep_places(sitting, before, after, again=bool(PERSON & set(changed)))
    heard = PartyCorrected(
        party=before["ordinal"],
        changed=tuple(PARTS[part] for part in changed),
        masked=tuple(f"{_shown(before, part)} → {_shown(after, part)}" for part in changed),
        reason=form.reason,
        void_consents=consents,
        void_links=links,
        ask_again=asked,
    )
    return Righted(heard, after)


def withdraw(sitting: Sitting, party_id: str, form: PartyWithdrawal) -> Righted:
    """Take an entry back that was made by mistake: whoever it was is forgotten, the place stays taken. NotNow once that
    party has answered, somebody signed, or it is over."""
    _at_hand(sitting)
    before = sitting.party(party_id)
    in_the_way = _why_not_withdrawn(sitting, before)
    if in_the_way:
        raise NotNow(in_the_way[0])
    _names_nobody(form.reason, before, before, "")
    open_links = [one["id"] for one in _standing(sitting, party_id)]
    make_void(sitting.connection, open_links, sitting.now)
    for planned, one in _invitations(sitting, party_id):
        meetings.let_go(sitting.connection, planned["id"], one["id"], key_of(before), sitting.now)
    emptied = {**dict.fromkeys((*PARTY_IDENTITY, "language"), ""), "org": None, "withdrawn_at": sitting.now}
    change_party(sitting.connection, party_id, emptied)
    masked = (PARTS["side"], _shown(before, "side")), (PARTS["name"], _shown(before, "name"))
    heard = PartyWithdrawn(
        party=before["ordinal"],
        masked=tuple(f"{part}:{value}" for part, value in masked),
        reason=form.reason,
        void_links=len(open_links),
    )
    return Righted(heard, {**before, **emptied})


def in_the_way(sitting: Sitting, one: Row) -> dict[str, list[str]]:
    """What stands in the way of putting this entry right, and of taking it back, in sentences."""
    closed = _why_not(sitting)
    if closed:
        return {"correct": [closed], "withdraw": [closed]}
    return {"correct": [], "withdraw": [*_why_not_withdrawn(sitting, one), *_why_needed(sitting, one)]}


# --- what must hold


def _at_hand(sitting: Sitting) -> None:
    """The case is one of this committee's, and an entry may still be touched."""
    sitting.at_home()
    if not sitting.actor.roles & KEEP:
        raise NotAllowed(NOBODYS)
    closed = _why_not(sitting)
    if closed:
        raise NotNow(closed)


def _why_not(sitting: Sitting) -> str:
    piece = sitting.piece
    if piece.state not in {*BEFORE, *UNDER_WAY}:
        return OVER
    return SIGNED if piece.facts.get("signatures") else ""


def _why_needed(sitting: Sitting, one: Row) -> Iterable[str]:
    others = {other["side"] for other in sitting.parties() if other["id"] != one["id"]}
    if sitting.piece.state in UNDER_WAY and not {"applicant", "respondent"} <= others:
        yield SIDES


def _why_not_withdrawn(sitting: Sitting, one: Row) -> list[str]:
    found = [ANSWERED] if _has_answered(sitting, one["id"]) else []
    drafted = sitting.piece.facts.get("plan", ()) if sitting.piece.state == "agreeing" else ()
    if any(one["ordinal"] in {item["obligor"], item["obligee"]} for item in drafted):
        found.append(PROMISED)
    return found


def _has_answered(sitting: Sitting, party_id: str) -> bool:
    """Whether the party ever said yes or no, came, signed, or asked for another mediator."""
    connection, case_id = sitting.connection, sitting.piece.id
    if any(one["answer"] for one in consents_of(connection, case_id) if one["party_id"] == party_id):
        return True
    planned = [one["id"] for one in meetings.meetings_of(connection, case_id)]
    invited = [one for one in meetings.attending(connection, planned) if one["party_id"] == party_id]
    if any(one["answer"] or one["attended"] or one["signed_at"] for one in invited):
        return True
    return any(one["objected_by"] == party_id for one in appointments.appointments_of(connection, case_id))


def _names_nobody(reason: str, before: Row, after: Row, number: str) -> None:
    """A reason is read by everybody who reads the history."""
    people = [one[column] for one in (before, after) for column in ("name", "agent_name", "guardian", "address")
              if column != "name" or one["kind"] == "person"]  # fmt: skip
    secrets = [word for word in (*people, number) if len(word) > 1]
    if NUMBERS.search(reason) or any(word in reason for word in secrets):
        raise Malformed(UNNAMED, {"reason": UNNAMED})


# --- the entry


def _column(part: str) -> str:
    return "identity_digest" if part == "identity_number" else part


def _filled(sitting: Sitting, before: Row, form: PartyCorrection, number: str) -> Row:
    """The columns as they shall stand, digests counted anew."""
    given = form.model_dump(exclude={"reason", "clear", "identity_number"}, exclude_none=True)
    gone = {column for part in form.clear for column in (AGENT if part == "agent" else (part,))}
    both = sorted(gone & ({*given} | ({"identity_number"} if number else set())))
    if both:
        raise Malformed("同一项不能既填写又清空", {both[0]: "请只选一样"})
    if form.org is not None and sitting.pack.organisation(form.org) is None:
        raise Malformed("没有这个单位", {"org": "请从机构清单中选择,不在清单中的留空"})
    values: Row = {**given, **{column: None if column == "org" else "" for column in gone - {"identity_number"}}}
    known = {**before, **values}
    if known["kind"] != before["kind"] and before["identity_digest"] and not (number or "identity_number" in gone):
        raise Malformed("个人和单位的证件号码不同", {"identity_number": "请重新填写,或选择清空"})
    if number or "identity_number" in gone:
        values |= {"identity_masked": masked_number(number), "identity_digest": digest_of(sitting.secret, number)}
    values["contact_digest"] = digest_of(sitting.secret, known["name"], known["phone"])
    values["agent_digest"] = digest_of(sitting.secret, known["agent_name"], known["agent_phone"])
    changed = [part for part in PARTS if {**before, **values}[_column(part)] != before[_column(part)]]
    return {**values, "code_hash": ""} if touches_identity(changed) else values


def _shown(one: Row, part: str) -> str:
    """A part as the history may keep it."""
    if part == "identity_number":
        return one["identity_masked"] or "未登记"
    value = one[part] or ""
    if not value:
        return "未登记"
    if part in {"phone", "agent_phone"}:
        return masked_phone(value)
    if part in {"agent_name", "guardian"} or (part == "name" and one["kind"] == "person"):
        return masked_name(value)
    if part == "address":
        return "已登记"
    return _WORDS.get(value, value[:LONGEST_SHOWN])


_WORDS: Mapping[str, str] = {
    "applicant": "申请人", "respondent": "被申请人", "third": "第三人", "person": "个人", "org": "单位",
    "general": "一般授权", "special": "特别授权",
}  # fmt: skip


# --- what is void with it


def _standing(sitting: Sitting, party_id: str) -> list[Row]:
    """What the party was asked, with or without an answer, that still counts."""
    asked = consents_of(sitting.connection, sitting.piece.id)
    return [one for one in asked if one["party_id"] == party_id and one["void_at"] is None]


def _void(sitting: Sitting, party_id: str, changed: list[str]) -> tuple[int, int, bool]:
    """Void what the correction takes its ground from: how many answers, how many open links, and whether the party had
    agreed to the mediation itself."""
    agreed = standing(given_in(sitting.connection, sitting.piece.id), MEDIATION).get(party_id) == "yes"
    gone = [one for one in _standing(sitting, party_id) if is_void(changed, one["answer"], one["means"])]
    make_void(sitting.connection, [one["id"] for one in gone], sitting.now)
    still = standing(given_in(sitting.connection, sitting.piece.id), MEDIATION).get(party_id) == "yes"
    for one in gone:
        if one["answer"] and one["what"].startswith(ATTEND):
            _not_answered(sitting, party_id, one["what"].removeprefix(ATTEND))
    answers = sum(1 for one in gone if one["answer"])
    return answers, len(gone) - answers, agreed and not still


def _not_answered(sitting: Sitting, party_id: str, meeting_id: str) -> None:
    for planned, one in _invitations(sitting, party_id):
        if planned["id"] == meeting_id:
            _ask_again(sitting, one)


def _ask_again(sitting: Sitting, one: Row) -> None:
    fresh: Row = {"answer": None, "answered_at": None}
    meetings.change_attendance(sitting.connection, one["id"], fresh)


def _keep_places(sitting: Sitting, before: Row, after: Row, *, again: bool) -> None:
    """The planned meetings are the right person's: their time is taken, and whether they come is asked anew."""
    keys = key_of(before), key_of(after)
    for planned, one in _invitations(sitting, before["id"]):
        if keys[0] != keys[1]:
            meetings.book_for(sitting.connection, planned, keys, named(after))
        if again and one["answer"]:
            _ask_again(sitting, one)


def _invitations(sitting: Sitting, party_id: str) -> Iterable[tuple[dict[str, Any], Row]]:
    """The planned meetings the party is invited to, with the invitation."""
    for planned in meetings.meetings_of(sitting.connection, sitting.piece.id):
        if planned["status"] == meetings.PLANNED:
            for one in meetings.attending(sitting.connection, [planned["id"]]):
                if one["party_id"] == party_id and one["released_at"] is None:
                    yield planned, one
