"""May a suit go to a court (起诉前): whose step it is, the written demand, the screening, advice to both sides.

The desk that screens decides nothing about the right to sue; it says what a court would ask for. What does not live
here: the court's acts (court), the checks of a batch file (screening).
"""

from __future__ import annotations

from datetime import date, datetime

from cases.grammar import Question, asks_form, says
from cases.packs.screening import ITEMS
from cases.ports import BEIJING
from cases.rules.talks import folder_of

PARTY_ACTOR = "party:"
APPLICANT = "applicant"
SIDES = ("plaintiff", "defendant")
ORDER = ("reject", "repair", "pass")
"""Findings, the gravest first."""


def plaintiff_acts(q: Question) -> bool:
    """只有原告,或者受理诉状为其办理的机构,可以办理"""
    if q.actor.org is not None and q.actor.org in {q.piece.reporter_org, q.piece.station}:
        return True
    party = folder_of(q).party(q.actor.id.removeprefix(PARTY_ACTOR))
    return party is not None and party.side == APPLICANT


def _today(q: Question) -> date:
    return q.now.astimezone(BEIJING).date()


def _demand_lacks(q: Question) -> str:
    if q.piece.facts.get("plaintiff_kind") != "firm":
        return ""
    pay_by = q.piece.facts.get("pay_by", "")
    if not pay_by:
        return "还需:书面催告及送达凭证,并给业主合理的付款期限(民法典第九百四十四条第二款)"
    if date.fromisoformat(pay_by) >= _today(q):
        return f"催告的付款期限至{pay_by},期限届满仍不支付的方可起诉(民法典第九百四十四条第二款)"
    return ""


@says(_demand_lacks)
def demanded_first(q: Question) -> bool:
    """还需:书面催告,合理期限已届满(民法典第九百四十四条第二款)"""
    return not _demand_lacks(q)


@asks_form
def demand_gives_time(q: Question) -> bool:
    """催告应当已经送达,并给出送达之后的付款期限(民法典第九百四十四条第二款)"""
    return q.form.served_on <= _today(q) and q.form.served_on < q.form.pay_by


@asks_form
def every_item_judged(q: Question) -> bool:
    """还需:逐项写明各审查要点的结论"""
    return sorted(one.item for one in q.form.items) == sorted(ITEMS)


@asks_form
def findings_reasoned(q: Question) -> bool:
    """还需:写明不通过和补正各项的理由"""
    return all(one.reason for one in q.form.items if one.finding in {"repair", "reject"})


def _worst(q: Question) -> str:
    findings = {one.finding for one in q.form.items}
    return next((one for one in ORDER if one in findings), "pass")


@asks_form
def verdict_follows(q: Question) -> bool:
    """筛查结论应当与各审查要点一致:有不通过的不予提交,有补正的补正,否则通过"""
    return q.form.result == _worst(q)


@asks_form
def passes(q: Question) -> bool:
    """筛查结论不是通过"""
    return q.form.result == "pass"


@asks_form
def needs_repair(q: Question) -> bool:
    """筛查结论不是补正"""
    return q.form.result == "repair"


@asks_form
def is_rejected(q: Question) -> bool:
    """筛查结论不是不予提交"""
    return q.form.result == "reject"


def _nobody_advised(q: Question) -> str:
    told = {one["side"] for one in q.piece.facts.get("advised", [])}
    lacking = [name for side, name in zip(SIDES, ("原告", "被告"), strict=True) if side not in told]
    return f"还需:对{'、'.join(lacking)}的法律提示" if lacking else ""


@says(_nobody_advised)
def both_sides_advised(q: Question) -> bool:
    """还需:对双方的法律提示"""
    return not _nobody_advised(q)


@asks_form
def order_fits(q: Question) -> bool:
    """申请支付令,双方应当没有其他债务纠纷,且支付令能够送达债务人(民事诉讼法第二百二十五条)"""
    return bool(q.form.no_other_debts and q.form.can_be_served)


@asks_form
def own_side_only(q: Question) -> bool:
    """当事人只能以自己一方的名义上诉"""
    if q.actor.org is not None and q.actor.org == q.piece.assignee:
        return True
    return (q.form.side == "plaintiff") == plaintiff_acts(q)


def _appeal_due(q: Question) -> datetime | None:
    said = q.piece.clocks.get("appeal")
    return datetime.fromisoformat(said) if said else None


@asks_form
def appeal_in_time(q: Question) -> bool:
    """上诉期限已过,或者上诉时间晚于现在(民事诉讼法第一百七十一条)"""
    ends = _appeal_due(q)
    return q.form.at <= q.now and (ends is None or q.form.at <= ends)


def idle_long_enough(q: Question) -> bool:
    """自法院收到申请执行书之日起超过六个月未执行的,方可向上一级人民法院申请执行(民事诉讼法第二百三十七条)"""
    said = q.piece.clocks.get("enforcement", "")
    return bool(said) and datetime.fromisoformat(said) < q.now


@asks_form
def all_paid(q: Question) -> bool:
    """还没有全部履行"""
    return bool(q.form.complete)


@asks_form
def part_paid(q: Question) -> bool:
    """已经全部履行"""
    return not q.form.complete


@asks_form
def paid_not_ahead(q: Question) -> bool:
    """履行日期不能晚于今天"""
    return q.form.on <= _today(q)
