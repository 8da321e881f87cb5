"""When handling is complete, when a report may be closed, joined, reopened or archived (reference 4a C60-C90, C81).

What does not live here: the periods themselves (limits of the pack).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cases.grammar import Question, asks_form, reads_children
from cases.piece import Piece
from cases.ports import BEIJING
from cases.rules.place import names_a_spot

MOST_REWORKS = 2
CONTACT_TRIES = 2
ANSWERED = frozenset({"fed_back", "confirming", "dissatisfied"})
"""States in which the answer has gone out: a report that joins now would never hear of it."""


@reads_children
def every_task_answered(q: Question) -> bool:
    """还需:各承办部门的任务全部办结"""
    tasks = [c for c in q.piece.children or () if c.duty is not None]
    return any(t.state == "concluded" and this_round(q, t) for t in tasks) and all(not t.is_open for t in tasks)


def this_round(q: Question, task: Piece) -> bool:
    """Whether the task was opened in the present round of handling; a reopened report starts a new round."""
    return int(task.facts.get("round", 0)) == int(q.piece.facts.get("rework", 0))


@asks_form
def same_place_matter_day(q: Question) -> bool:
    """只有地点、事项、发现日期都相同且主案尚未答复的报告才能并案"""
    master, piece = q.other, q.piece
    if master is None or master.id == piece.id or master.case_type != piece.case_type:
        return False
    if not master.is_open or master.state in ANSWERED:
        return False
    same = (master.place, master.matter, master.found_on) == (piece.place, piece.matter, piece.found_on)
    return same and names_a_spot(piece.place or "") and piece.matter is not None


@reads_children
def leads_no_others(q: Question) -> bool:
    """已有其他报告并入本件,请将另一件并入本件"""
    return all(c.case_type != q.piece.case_type for c in q.piece.children or ())


@asks_form
def seal_speaks(q: Question) -> bool:
    """依法封存的事项由系统统一答复,不得另写内容"""
    return not q.piece.sealed or not q.form.text


def two_contact_tries(q: Question) -> bool:
    """还需:两次联系报告人的记录"""
    return int(q.piece.facts.get("contact_tries", 0)) >= CONTACT_TRIES


def time_to_answer(q: Question) -> bool:
    """还需:最后一次联系报告人之后已留出答复时间"""
    gap, last = q.pack.limit("ST-CONTACT-GAP"), q.piece.facts.get("contacted_at")
    if gap is None or not last:
        return True
    return q.now >= datetime.fromisoformat(last) + timedelta(days=gap.amount)


@asks_form
def reporter_reached(q: Question) -> bool:
    """已联系上报告人"""
    return bool(q.form.reached)


@asks_form
def reporter_not_reached(q: Question) -> bool:
    """未联系上报告人"""
    return not q.form.reached


def second_person(q: Question) -> bool:
    """解释结案须由反馈人以外的第二人决定"""
    return q.piece.facts.get("fed_back_by", "") != q.actor.id


def reworks_left(q: Question) -> bool:
    """重办已满两次,须由站长提请上级督办"""
    return int(q.piece.facts.get("rework", 0)) < MOST_REWORKS


def asked_only_once(q: Question) -> bool:
    """补正材料应当一次告知,不得重复要求"""
    return not q.piece.facts.get("asked_more")


@asks_form
def two_officers(q: Question) -> bool:
    """还需:两名以上执法人员(行政处罚法第四十二条)"""
    return len({name for name in q.form.officers if name}) >= MOST_REWORKS or not _enforces(q)


def _enforces(q: Question) -> bool:
    organisation = q.pack.organisation(q.piece.assignee or "")
    return organisation is None or organisation.kind not in {"mediation", "gas", "grid"}


@asks_form
def term_ahead(q: Question) -> bool:
    """改正期限应在今天之后、一年以内"""
    today: date = q.now.astimezone(BEIJING).date()
    return today < q.form.complete_by <= today + timedelta(days=366)


def order_left(q: Question) -> bool:
    """限期改正只能延展一次"""
    return int(q.piece.facts.get("orders", 0)) < MOST_REWORKS


def pack_deems_signed(q: Question) -> bool:
    """本地区包没有规定到期未签收视为签收"""
    return q.pack.deems_signed


def not_delivered_yet(q: Question) -> bool:
    """该任务已经送达"""
    return not q.piece.facts.get("delivered")
