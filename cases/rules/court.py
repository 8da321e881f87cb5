"""The court's acts on a suit as far as they hang together (法院行为的前后关系): which outcome leads where, and in time.

A court's act is mirrored, never decided here; a guard only keeps a record from contradicting itself. What does not
live here: what the parties and their desk may do (suing).
"""

from __future__ import annotations

from datetime import datetime

from cases.grammar import Question, asks_form
from cases.rules.tiers import mediates

SMALL = "small_claims"
OWED = frozenset({"granted", "partly"})
STANDING = frozenset({"upheld", "changed"})


@asks_form
def a_mediation_body(q: Question) -> bool:
    """还需:机构清单中的调解组织"""
    return mediates(q.pack, q.form.committee)


@asks_form
def told_where(q: Question) -> bool:
    """还需:调解组织、转给调解组织的纠纷情况、委派(委托)调解函编号"""
    if q.form.way != "mediate":
        return True
    return mediates(q.pack, q.form.committee) and len(q.form.dispute) > 1 and len(q.form.document) > 1


@asks_form
def to_mediate(q: Question) -> bool:
    """选定的方式不是调解"""
    return q.form.way == "mediate"


@asks_form
def goes_on(q: Question) -> bool:
    """选定的方式不是继续诉讼"""
    return q.form.way == "go_on"


def was_filed(q: Question) -> bool:
    """本案尚未立案"""
    return bool(q.piece.facts.get("filed_at"))


def not_filed_yet(q: Question) -> bool:
    """本案已经立案"""
    return not was_filed(q)


@asks_form
def both_want_longer(q: Question) -> bool:
    """延长委托调解的期限,须双方当事人都同意(最高人民法院关于人民法院特邀调解的规定第二十七条)"""
    return q.form.clock != "entrusted" or (q.form.plaintiff_agrees and q.form.defendant_agrees)


def may_be_appealed(q: Question) -> bool:
    """适用小额诉讼程序的案件一审终审(民事诉讼法第一百六十五条)"""
    return q.piece.facts.get("procedure") != SMALL


def final_at_once(q: Question) -> bool:
    """不是适用小额诉讼程序的案件,裁判可以上诉"""
    return not may_be_appealed(q)


@asks_form
def something_granted(q: Question) -> bool:
    """裁判没有支持原告的请求"""
    return q.form.outcome in OWED


@asks_form
def nothing_granted(q: Question) -> bool:
    """裁判支持了原告的请求"""
    return not something_granted(q)


def something_owed(q: Question) -> bool:
    """裁判没有支持原告的请求"""
    return q.piece.facts.get("outcome") in OWED


def nothing_owed(q: Question) -> bool:
    """裁判支持了原告的请求"""
    return not something_owed(q)


@asks_form
def stands_granted(q: Question) -> bool:
    """二审不是以支持原告请求的裁判终结"""
    return q.form.result in STANDING and q.form.outcome in OWED


@asks_form
def stands_dismissed(q: Question) -> bool:
    """二审不是以驳回原告请求的裁判终结"""
    return q.form.result in STANDING and q.form.outcome not in OWED


@asks_form
def sent_back(q: Question) -> bool:
    """二审没有发回重审"""
    return q.form.result == "retrial"


@asks_form
def ordered_to_file(q: Question) -> bool:
    """二审没有指令立案"""
    return q.form.result == "file"


@asks_form
def objected_in_time(q: Question) -> bool:
    """债务人应当自收到支付令之日起十五日内提出书面异议(民事诉讼法第二百二十七条)"""
    said = q.piece.clocks.get("order_answer", "")
    return q.form.at <= q.now and (not said or q.form.at <= datetime.fromisoformat(said))


def answer_time_over(q: Question) -> bool:
    """债务人清偿或者提出异议的期限尚未届满(民事诉讼法第二百二十七条)"""
    said = q.piece.clocks.get("order_answer", "")
    return not said or datetime.fromisoformat(said) < q.now


@asks_form
def executed_whole(q: Question) -> bool:
    """没有全部执行到位"""
    return bool(q.form.complete)


@asks_form
def round_ended(q: Question) -> bool:
    """已全部执行到位"""
    return not q.form.complete
