"""May an agreement be brought before a court, confirmed, executed, revoked (司法确认): windows, joint wish, grounds.

Both parties apply together within the window of the pack's limit (民诉法 205; 人民调解法 33); the grounds on which a
court declines are rows of the pack (民诉法解释 355, 358). What does not live here: the court's decision, only its word.
"""

from __future__ import annotations

from datetime import datetime

from cases.grammar import Question, asks_form, says
from cases.packs.rows import Limit
from cases.ports import BEIJING
from cases.rules import consents
from cases.rules.exclusions import FILING, RULING, named
from cases.rules.talks import folder_of

WINDOW, EXECUTION = "CONFIRM-APPLY", "EXEC-APPLY"
"""Codes of the limits in the pack."""

MATERIALS = {
    "application": "司法确认申请书",
    "agreement": "调解协议",
    "mediation_proof": "调解组织主持调解的证明",
    "identity": "身份证明或主体资格证明",
    "service_address": "送达地址和联系方式",
}
"""What a court asks for, by the field of the form; papers about property only where property is concerned."""


def _source(limit: Limit | None) -> str:
    return f"({limit.law}第{limit.article}条)" if limit and limit.law else ""


def window_ends(q: Question) -> datetime | None:
    """When the window ends: as its clock stands, or as it stood when it lapsed."""
    said = q.piece.clocks.get("window") or q.piece.facts.get("window_ended", "")
    return datetime.fromisoformat(said) if said else None


def _too_late(q: Question) -> str:
    ends, limit = window_ends(q), q.pack.limit(WINDOW)
    name = limit.name if limit else "申请司法确认"
    until = f",已于{ends.astimezone(BEIJING):%Y年%m月%d日}届满" if ends else ""
    return f"已过{name}的期限{until}{_source(limit)}"


@says(_too_late)
def window_open(q: Question) -> bool:
    """申请司法确认的期限已过(民事诉讼法第二百零五条)"""
    ends = window_ends(q)
    return ends is not None and q.now <= ends


def both_apply(q: Question) -> bool:
    """还需:双方当事人共同申请(人民调解法第三十三条)"""
    folder = folder_of(q)
    return consents.all_agreed(folder.given, folder.ids, consents.CONFIRM)


def agreement_in_writing(q: Question) -> bool:
    """还需:书面调解协议;口头协议先补成书面"""
    return not q.piece.facts.get("oral") or bool(q.piece.facts.get("in_writing"))


def _what_is_missing(q: Question) -> str:
    found = [name for field, name in MATERIALS.items() if not getattr(q.form, field)]
    if q.form.concerns_property and not q.form.property_papers:
        found.append("财产权利证明")
    return f"还需:{'、'.join(found)}" if found else ""


@asks_form
@says(_what_is_missing)
def materials_whole(q: Question) -> bool:
    """还需:申请书、协议、调解组织证明、身份证明、送达地址;涉及财产的有财产权利证明"""
    return not _what_is_missing(q)


@asks_form
def a_court(q: Question) -> bool:
    """还需:机构清单中的人民法院"""
    organisation = q.pack.organisation(q.form.court)
    return organisation is not None and organisation.kind == "court"


@asks_form
def filing_ground_named(q: Question) -> bool:
    """还需:不予受理的事由(从清单中选择)"""
    return bool(named(q.pack, FILING, q.form.grounds))


@asks_form
def ruling_ground_named(q: Question) -> bool:
    """还需:驳回申请的事由(从清单中选择)"""
    return bool(named(q.pack, RULING, q.form.grounds))


def default_noted(q: Question) -> bool:
    """还需:一方未按协议履行的记录"""
    return bool(q.piece.facts.get("default_on"))


def execution_ends(q: Question) -> datetime | None:
    """When the time to apply for execution ends: as its clock stands, or as it stood when it lapsed."""
    said = q.piece.clocks.get("execution") or q.piece.facts.get("execution_ended", "")
    return datetime.fromisoformat(said) if said else None


def _execution_too_late(q: Question) -> str:
    limit = q.pack.limit(EXECUTION)
    return f"已过{limit.name if limit else '申请执行'}的期限{_source(limit)}"


@says(_execution_too_late)
def execution_in_time(q: Question) -> bool:
    """申请执行的期限已过(民事诉讼法第二百五十条)"""
    ends = execution_ends(q)
    return ends is not None and q.now <= ends


@asks_form
def days_in_order(q: Question) -> bool:
    """知道之日不晚于申请之日,申请之日不晚于今天"""
    return q.form.known_on <= q.form.applied_on <= q.now.astimezone(BEIJING).date()


@asks_form
def executed_whole(q: Question) -> bool:
    """没有全部执行到位"""
    return bool(q.form.complete)


@asks_form
def executed_in_part(q: Question) -> bool:
    """已全部执行到位"""
    return not q.form.complete
