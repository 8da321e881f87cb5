"""Whether a clock may stand still, go on, or be extended (停表与延期), as far as the case itself can say.

The grounds and the longest extension are data of the pack and are judged where the clock is at hand (desk). What does
not live here: the arithmetic of a running limit (``terms``).
"""

from __future__ import annotations

from datetime import datetime

from cases.errors import StillNeeded
from cases.grammar import Question, asks_form, gives_cause, says
from cases.rules.terms import Term, extended


@asks_form
def clock_runs(q: Question) -> bool:
    """还需:写明一个正在运行、没有停表的时限"""
    return bool(q.piece.clocks.get(q.form.clock))


@asks_form
def clock_stands(q: Question) -> bool:
    """还需:写明一个已经停表的时限"""
    return q.piece.clocks.get(q.form.clock) == ""


def _why_not(q: Question) -> str:
    try:
        _extension(q)
    except StillNeeded as refusal:
        return refusal.sentence
    return ""


def _extension(q: Question) -> None:
    """The extension asked for, tried on the limit the pack gives the clock; StillNeeded when it is too much."""
    matter = q.pack.matter(q.piece.matter or "")
    limit = q.pack.clock_limit(q.piece.case_type, q.form.clock, matter, q.piece.emergency)
    if limit is None:
        return
    times = int(dict(q.piece.facts.get("extended", {})).get(q.form.clock, 0))
    term = Term(limit.code, limit.amount, limit.unit, limit.rolls, q.now, 0, times)
    extended(term, q.form.amount, limit.extend)


@asks_form
@says(_why_not)
def within_the_maximum(q: Question) -> bool:
    """延期不得超过依据规定的最长期限和次数"""
    return not _why_not(q)


@asks_form
def asked_in_time(q: Question) -> bool:
    """延期须在期限届满前申请"""
    due = q.piece.clocks.get(q.form.clock, "")
    return not due or datetime.fromisoformat(due) > q.now


def somebody_holds_it(q: Question) -> bool:
    """本件现由报告人掌握或无人经办,没有可督办的单位"""
    holder = q.piece.holder or ""
    return holder != q.piece.reporter_org and q.pack.organisation(holder) is not None


def not_ones_own(q: Question) -> bool:
    """不能督办本单位,请由上级单位签发"""
    return q.piece.holder != q.actor.org


@asks_form
def approver_fits(q: Question) -> bool:
    """站内时限由工作站站长批准,其他期限由部门负责人批准"""
    matter = q.pack.matter(q.piece.matter or "")
    limit = q.pack.clock_limit(q.piece.case_type, q.form.clock, matter, q.piece.emergency)
    if limit is None or q.actor.org is None:
        return True
    return (q.actor.org == q.piece.station) == (limit.family == "station")


@asks_form
def clock_asked_for(q: Question) -> bool:
    """只能就申请的时限批准,延长数不超过申请数"""
    asked = q.piece.facts.get("extension_asked", {})
    return asked.get("clock") == q.form.clock and q.form.amount <= int(asked.get("amount", 0))


def _whose_hand(q: Question) -> str:
    links = "申请和批准都凭链接办理的,两个链接须由工作站不同的人发出"
    return links if q.actor.behind else "延期须由申请人以外的人批准"


@says(_whose_hand)
def second_hand(q: Question) -> bool:
    """延期须由申请人以外的人批准"""
    return q.piece.facts.get("extension_asked", {}).get("by") not in {q.actor.id, q.actor.behind or None}


@gives_cause
def urged(q: Question) -> bool:
    """还没有待答复的催办"""
    return "urge_reply" in q.piece.clocks
