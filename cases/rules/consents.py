"""Consents (同意) as pure questions: who agreed, who refused, who has not answered yet.

Each party is asked for itself and about one thing; the newest answer counts, silence never does. Mediation is
voluntary and ends with one party's clear refusal (人民调解法 3, 17); whether it is public the parties decide (23).
What does not live here: links and rows (store, desk).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

MEDIATION, LIVE_STREAM, NAMED, ELECTRONIC = "mediation", "live_stream", "named_to_other", "electronic_service"
EXTEND, HAND_OVER, CONFIRM = "extend_term", "hand_over", "joint_confirmation"
SHARE, ATTEND = "share_fact:", "attend:"

QUESTIONS = {
    MEDIATION: "是否同意由人民调解委员会调解这起纠纷",
    LIVE_STREAM: "是否同意网络直播这起纠纷的调解会议(不同意不影响调解)",
    NAMED: "是否同意将您的姓名告知对方当事人",
    ELECTRONIC: "是否同意以电子方式送达文书",
    EXTEND: "是否同意延长调解期限",
    HAND_OVER: "是否同意将本件连同案卷移交另一种调解(人民、行政、司法调解)办理",
    CONFIRM: "是否同意与对方共同向人民法院申请司法确认调解协议",
    SHARE: "是否同意将下列事实提供给对方机关(只限这一项)",
    ATTEND: "是否参加这次调解会议",
}
"""What a party is asked, by what it is about; the last two are followed by a number or a meeting."""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer of one party: "yes", "no", or None while it is awaited."""

    party_id: str
    what: str
    answer: str | None
    answered_at: datetime | None = None


def question_of(what: str) -> str | None:
    """The sentence a party is asked, or None for something nobody asks."""
    for head in (SHARE, ATTEND):
        if what.startswith(head) and len(what) > len(head):
            return QUESTIONS[head]
    return QUESTIONS.get(what) if not what.endswith(":") else None


def standing(given: Iterable[Given], what: str) -> dict[str, str]:
    """The answer of each party that counts: the newest."""
    newest: dict[str, Given] = {}
    for one in given:
        if one.what != what or one.answer is None or one.answered_at is None:
            continue
        known = newest.get(one.party_id)
        if known is None or known.answered_at is None or known.answered_at <= one.answered_at:
            newest[one.party_id] = one
    return {party: one.answer for party, one in newest.items() if one.answer}


def all_agreed(given: Iterable[Given], parties: Sequence[str], what: str = MEDIATION) -> bool:
    """还需:各方当事人均已明确同意"""
    answers = standing(given, what)
    return bool(parties) and all(answers.get(party) == "yes" for party in parties)


def anyone_refused(given: Iterable[Given], parties: Sequence[str], what: str = MEDIATION) -> bool:
    """一方当事人已明确拒绝"""
    answers = standing(given, what)
    return any(answers.get(party) == "no" for party in parties)


def waiting_for(given: Iterable[Given], parties: Sequence[str], what: str = MEDIATION) -> tuple[str, ...]:
    """The parties whose answer is still awaited, in order."""
    answers = standing(given, what)
    return tuple(party for party in parties if party not in answers)


def may_stream(given: Iterable[Given], parties: Sequence[str]) -> bool:
    """还需:每一方当事人单独同意直播"""
    return all_agreed(given, parties, LIVE_STREAM)


def shared(given: Iterable[Given], parties: Sequence[str], n: int) -> bool:
    """Whether every party agreed to share the fact of this number."""
    return all_agreed(given, parties, f"{SHARE}{n}")
