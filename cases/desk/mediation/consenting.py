"""Asking parties for consent (征求同意): by a one-time link bound to the party, or written down on the spot.

A link is worth something only together with what its own party knows; a used, expired or somebody else's link is one
and the same refusal. What does not live here: what consents add up to (rules), sending a link.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from cases.desk.mediation.forms import ConsentAsked, ConsentRecorded, LinkAnswer
from cases.desk.mediation.sittings import Row, Sitting
from cases.errors import Conflict, Malformed, NotFound
from cases.ids import new_id
from cases.rules.consents import ATTEND, SHARE, question_of
from cases.rules.persons import tail_of
from cases.store import meetings
from cases.store.parties import add_consent, answer_once, consent, facts_named, party

TOKEN_BYTES = 24
WRONG = "链接无效、已经使用或已过期,请联系调解委员会"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to a party; the token is told once and never kept."""

    consent_id: str
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that was opened: the question, and the party it was put to."""

    consent: Row
    party: Row


def link_digest(consent_id: str, party_id: str, token: str) -> str:
    """What is kept of a link: bound to its question and its party, so that it opens nobody else's."""
    return hashlib.sha256(f"{consent_id}:{party_id}:{token}".encode("utf-8", "surrogatepass")).hexdigest()


def ask(sitting: Sitting, form: ConsentAsked) -> Asked:
    """Put a question to a party by link. Malformed for a question nobody asks, or a party without anything on file by
    which they could be told from the other side."""
    sitting.at_work()
    sitting = sitting.held()
    asked = sitting.party(form.party_id)
    _check_question(sitting, form.what)
    if len(tail_of(asked["identity_masked"], asked["phone"])) < 4:
        raise Malformed("当事人没有登记证件号码或电话,不能用链接答复", {"party_id": "请先登记,或当面记录"})
    consent_id, token = new_id(), secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = sitting.now + timedelta(days=form.days)
    row = _row(sitting, form.party_id, form.what)
    digest = link_digest(consent_id, form.party_id, token)
    add_consent(sitting.connection, {**row, "id": consent_id, "token_digest": digest, "expires_at": expires_at})
    return Asked(consent_id, token, expires_at)


def record(sitting: Sitting, form: ConsentRecorded) -> Row:
    """Write down what a party said on the spot, on the telephone or in writing."""
    sitting.at_work()
    sitting.party(form.party_id)
    _check_question(sitting, form.what)
    row = _row(sitting, form.party_id, form.what)
    given = {"answer": form.answer, "answered_at": sitting.now, "means": form.means, "recorded_by": sitting.actor.id}
    made = add_consent(sitting.connection, {**row, **given})
    _note_attendance(sitting.connection, made["what"], made["party_id"], form.answer, sitting.now)
    return made


def _row(sitting: Sitting, party_id: str, what: str) -> Row:
    common = {"case_id": sitting.piece.id, "party_id": party_id, "what": what}
    blank = {"token_digest": "", "means": "", "recorded_by": ""}
    return {**common, **blank, "asked_by": sitting.actor.id, "asked_at": sitting.now}


def _check_question(sitting: Sitting, what: str) -> None:
    """The question exists, and so does the fact or the meeting it is about, in this case."""
    wrong = Malformed("没有这个征求事项", {"what": "请从征求事项中选择"})
    if question_of(what) is None:
        raise wrong
    if what.startswith(SHARE):
        numbers = {str(one["n"]) for one in facts_named(sitting.connection, sitting.piece.id)}
        if what.removeprefix(SHARE) not in numbers:
            raise wrong
    if what.startswith(ATTEND):
        planned = meetings.meeting(sitting.connection, what.removeprefix(ATTEND))
        if planned is None or planned["case_id"] != sitting.piece.id or planned["status"] != meetings.PLANNED:
            raise wrong


def open_link(connection: Connection, consent_id: str, token: str, now: datetime) -> Opened:
    """The question a link leads to; NotFound unless link and question belong together and the link is still good."""
    row = consent(connection, consent_id)
    party_id = row["party_id"] if row else ""
    kept = row["token_digest"] if row else ""
    right = hmac.compare_digest(kept, link_digest(consent_id, party_id, token))
    expires_at = row["expires_at"] if row else None
    if row is None or not right or expires_at is None or now >= expires_at:
        raise NotFound(WRONG)
    asked = party(connection, party_id)
    if asked is None:
        raise NotFound(WRONG)
    return Opened(row, asked)


def answer_by_link(connection: Connection, opened: Opened, form: LinkAnswer, now: datetime) -> None:
    """Take a party's own answer. NotFound when whoever answers does not know what the party knows: it is somebody
    else's link. Conflict when it was answered a moment ago."""
    known = tail_of(opened.party["identity_masked"], opened.party["phone"]).upper()
    if not hmac.compare_digest(known.encode(), form.tail.upper().encode()):
        raise NotFound("这不是发给您的链接,或后四位不正确")
    row = opened.consent
    if not answer_once(connection, row["id"], form.answer, "link", now):
        raise Conflict("已经答复过,要改变请联系调解委员会")
    _note_attendance(connection, row["what"], row["party_id"], form.answer, now)


def _note_attendance(connection: Connection, what: str, party_id: str, answer: str, now: datetime) -> None:
    """An answer about a meeting is also the answer to its invitation."""
    if not what.startswith(ATTEND):
        return
    for one in meetings.attending(connection, [what.removeprefix(ATTEND)]):
        if one["party_id"] == party_id:
            meetings.change_attendance(connection, one["id"], {"answer": answer, "answered_at": now})


def told_to_party(connection: Connection, opened: Opened) -> Row:
    """What the page of a link says: the question with what it is about. Nothing of any other party."""
    what = opened.consent["what"]
    view: Row = {"question": question_of(what), "what": what.partition(":")[0]}
    if what.startswith(SHARE):
        named = facts_named(connection, opened.consent["case_id"])
        view["fact"] = next(one["wording"] for one in named if f"{SHARE}{one['n']}" == what)
    if what.startswith(ATTEND):
        planned = meetings.meeting(connection, what.removeprefix(ATTEND))
        if planned is not None:
            view["meeting"] = {name: planned[name] for name in ("starts", "ends", "kind", "status", "live_stream")}
    return {**view, "expires_at": opened.consent["expires_at"]}
