"""May this mediation begin, go on, or be handed on (调解的开始、进行和移交): questions over the case and its folder.

Mediation is voluntary: each party is asked for itself, and one clear refusal ends it (人民调解法 3, 17, 23). What does
not live here: agreements and what follows from them (agreement, performance), and counting time.
"""

from __future__ import annotations

from cases.grammar import Question, asks_form, says
from cases.rules import consents
from cases.rules.exclusions import MEDIATION, excluded_matter, named, said
from cases.rules.folder import EMPTY, Folder
from cases.rules.tiers import mediates, next_tier

HELD = "held"


def folder_of(q: Question) -> Folder:
    """The folder of the case; an empty one where none was read."""
    return q.folder or EMPTY


def _why_excluded(q: Question) -> str:
    rows = named(q.pack, MEDIATION, getattr(q.form, "natures", ()) or q.piece.facts.get("natures", ()))
    by_matter = excluded_matter(q.pack, getattr(q.form, "matter", None) or q.piece.matter)
    rows += [by_matter] if by_matter is not None else []
    return f"不得调解:{'、'.join(said(row) for row in rows)}" if rows else ""


@asks_form
@says(_why_excluded)
def may_be_mediated(q: Question) -> bool:
    """不得调解的纠纷:身份关系、只能由专门机关处理的、已立案的刑事案件及目录列明的事项"""
    return not _why_excluded(q)


def both_sides_entered(q: Question) -> bool:
    """还需:登记申请人和被申请人"""
    sides = {party.side for party in folder_of(q).parties}
    return {"applicant", "respondent"} <= sides


def everybody_agreed(q: Question) -> bool:
    """还需:各方当事人分别同意调解(人民调解法第三条、第十七条)"""
    folder = folder_of(q)
    return consents.all_agreed(folder.given, folder.ids)


def nobody_refused(q: Question) -> bool:
    """一方当事人已明确拒绝调解,调解终止(人民调解法第十七条)"""
    folder = folder_of(q)
    return not consents.anyone_refused(folder.given, folder.ids)


def somebody_refused(q: Question) -> bool:
    """没有当事人拒绝调解"""
    return not nobody_refused(q)


def mediator_appointed(q: Question) -> bool:
    """还需:选定调解员并作披露声明(人民调解法第十九条、第二十三条)"""
    return bool(folder_of(q).mediator)


@asks_form
def parties_of_this_case(q: Question) -> bool:
    """只能选择本案的当事人"""
    known = set(folder_of(q).ids)
    return bool(q.form.parties) and set(q.form.parties) <= known


def untold(q: Question) -> list[str]:
    """The parties who have not been told their rights, as a refusal names them."""
    told = q.piece.facts.get("rights_told", {})
    return [party.called for party in folder_of(q).parties if party.id not in told]


def _who_is_untold(q: Question) -> str:
    return f"还需:向{'、'.join(untold(q))}告知权利义务" if untold(q) else ""


@says(_who_is_untold)
def rights_told(q: Question) -> bool:
    """还需:第一次会议前向每一方告知权利义务(权利义务告知书)"""
    return bool(folder_of(q).parties) and not untold(q)


def two_sides_stay(q: Question) -> bool:
    """还需:保留申请人和被申请人各至少一方;写错的请用更正,要换人的先登记正确的一方再撤回"""
    return both_sides_entered(q)


def to_agree_anew(q: Question) -> list[str]:
    """The parties whose consent became void with a correction and who have not agreed since, as a refusal has it."""
    folder, asked = folder_of(q), q.piece.facts.get("asked_again", [])
    answers = consents.standing(folder.given, consents.MEDIATION)
    return [one.called for one in folder.parties if one.id in asked and answers.get(one.id) != "yes"]


def _who_agrees_anew(q: Question) -> str:
    return f"还需:{'、'.join(to_agree_anew(q))}更正后重新同意调解" if to_agree_anew(q) else ""


@says(_who_agrees_anew)
def agreed_anew(q: Question) -> bool:
    """还需:身份更正过的当事人重新同意调解"""
    return not to_agree_anew(q)


@asks_form
def session_known(q: Question) -> bool:
    """还需:已召开的会议,或就地调解的时间和地点"""
    if q.form.meeting:
        return any(one.id == q.form.meeting and one.status == HELD for one in folder_of(q).meetings)
    return bool(q.form.place and q.form.at)


@asks_form
def session_not_noted_yet(q: Question) -> bool:
    """这次会议已经记入"""
    return not q.form.meeting or q.form.meeting not in q.piece.facts.get("sessions", [])


def talks_on_record(q: Question) -> bool:
    """还需:至少一次调解的记录(人民调解法第二十七条)"""
    return bool(q.piece.facts.get("sessions"))


@asks_form
def not_ahead(q: Question) -> bool:
    """时间不能晚于现在"""
    at = getattr(q.form, "at", None) or getattr(q.form, "reached_at", None)
    return at is None or at <= q.now


def extension_agreed(q: Question) -> bool:
    """还需:各方当事人同意延长调解期限(每次延长须分别同意)"""
    folder = folder_of(q)
    since = str(q.piece.facts.get("extended_at", ""))
    fresh = [one for one in folder.given if one.answered_at and one.answered_at.isoformat() > since]
    return consents.all_agreed(fresh, folder.ids, consents.EXTEND)


def handing_over_agreed(q: Question) -> bool:
    """还需:各方当事人同意移交案卷"""
    folder = folder_of(q)
    return consents.all_agreed(folder.given, folder.ids, consents.HAND_OVER)


@asks_form
def another_keeper(q: Question) -> bool:
    """还需:接收的机构,不得为本机构"""
    return q.form.to != q.piece.station and q.pack.organisation(q.form.to) is not None


def a_tier_above(q: Question) -> bool:
    """上面没有可以接收的调解层级"""
    return next_tier(q.pack, q.piece, up=True) is not None


def a_tier_below(q: Question) -> bool:
    """下面没有可以接收的调解层级"""
    return next_tier(q.pack, q.piece, up=False) is not None


def tier_rises(q: Question) -> bool:
    """本级到期不自动上交"""
    tier = q.pack.tiers.get(str(q.piece.facts.get("tier", "")))
    return tier is not None and tier.rises and a_tier_above(q)


# --- a report that becomes a mediation


@asks_form
def reporter_will_be_named(q: Question) -> bool:
    """还需:报告人明确同意向对方公开身份;匿名报告的先补登记身份"""
    return bool(q.form.named) and not q.piece.facts.get("anonymous")


@asks_form
def a_committee_takes_it(q: Question) -> bool:
    """还需:本地有受理的人民调解委员会"""
    if q.form.committee:
        return mediates(q.pack, q.form.committee)
    return bool(q.pack.carriers("mediation", q.piece.street or ""))
