"""A willing suit: facts, clocks and filled forms for which every guard of its table holds, and how to spoil each.

What does not live here: the other case types (amicable, willing), and the questions themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cases.grammar import Form, Guard, Question
from cases.machines import court_forms as court
from cases.machines import suit_forms as suit
from cases.packs.screening import ITEMS
from cases.rules import court as acts
from cases.rules import suing
from tests.builders import FRIDAY
from tests.cases.machines.amicable import COMMITTEE, COURT, TOMORROW, Spoiler, fact, form_with

YESTERDAY = (FRIDAY - timedelta(days=1)).isoformat()
PAPER = {"document": "文书1号"}
DEMAND = {"document": "催1号", "served_on": "2026-11-20", "proof": "邮寄回执", "pay_by": "2026-12-10"}
REFERRING = {"committee": COMMITTEE, "dispute": "拖欠物业费", "document": "委派1号"}


def items(**findings: str) -> tuple[dict[str, str], ...]:
    """The whole checklist, in order but for these items."""
    return tuple({"item": one, "finding": findings.get(one, "pass"), "reason": "核对"} for one in ITEMS)


FILLED: Mapping[type[Form], Mapping[str, Any]] = {
    suit.Demand: DEMAND,
    suit.Screening: {"result": "pass", "items": items()},
    suit.Mending: {"words": "已补交备案合同"},
    suit.Advice: {"side": "defendant", "words": "可以申请调解"},
    suit.Family: {"family": "FX-1"},
    suit.Submission: {"court": COURT, "batch": "B1", "manifest": "批1号"},
    suit.Wish: {},
    suit.OrderApplication: {"court": COURT, "no_other_debts": True, "can_be_served": True},
    suit.Lodged: {"unperformed": "物业费2400元"},
    suit.Paid: {"on": "2026-11-20", "complete": True, "proof": "收据"},
    suit.Appeal: {"side": "plaintiff", "at": FRIDAY},
    court.CourtReceipt: {"receipt": "收1号"},
    court.CourtPaper: PAPER,
    court.Referring: REFERRING,
    court.FilingDecision: {"number": "(2026)民初1号", "procedure": "summary", "at": FRIDAY},
    court.FilingRefusal: {**PAPER, "words": "不属于受案范围", "served_at": FRIDAY},
    court.ModelChoice: {**PAPER, "family": "FX-1"},
    court.Waiting: {"family": "FX-1", "model": "(2026)民初1号"},
    court.Following: {**REFERRING, "way": "mediate", "result": "支持八成"},
    court.Service: {"at": FRIDAY, "manner": "邮寄"},
    court.Answer: {"at": FRIDAY},
    court.CourtHearing: {"at": FRIDAY, "place": "第一法庭"},
    court.Conversion: {**PAPER, "procedure": "ordinary"},
    court.LongerTrial: {"clock": "term", "amount": 1, "reason": "需要鉴定"},
    court.Judgment: {**PAPER, "kind": "judgment", "outcome": "granted", "served_at": FRIDAY},
    court.MediationPaper: {**PAPER, "signed_at": FRIDAY},
    court.SecondRuling: {**PAPER, "result": "upheld", "outcome": "granted", "at": FRIDAY},
    court.Effective: PAPER,
    court.PaymentOrder: {**PAPER, "served_at": FRIDAY},
    court.OrderObjection: {"at": FRIDAY - timedelta(days=2)},
    court.ExecutionResult: {**PAPER, "complete": True},
}
"""A valid form for every step of a suit."""

FACTS: Mapping[str, Mapping[str, Any]] = {
    "litigation": {
        "plaintiff_kind": "firm",
        "pay_by": "2026-11-10",
        "advised": [{"side": "plaintiff"}, {"side": "defendant"}],
        "filed_at": "2026-11-02T09:00:00+08:00",
        "procedure": "summary",
        "outcome": "granted",
        "ruling_kind": "judgment",
        "execution_ended": "2028-12-01T23:59:59+08:00",
    }
}
CLOCKS: Mapping[str, Mapping[str, str]] = {
    "litigation": {
        "term": TOMORROW, "entrusted": TOMORROW, "appeal": TOMORROW, "execution": TOMORROW,
        "order_answer": YESTERDAY, "enforcement": YESTERDAY,
    }
}  # fmt: skip


def _by_the_defendant(question: Question, filled: dict[str, Any]) -> None:
    """Somebody who holds the code of the other side."""
    question.actor = replace(question.actor, id="party:p2", org=None, own_cases=frozenset({question.piece.id}))


def _for_the_other_side(question: Question, filled: dict[str, Any]) -> None:
    _by_the_defendant(question, filled)


def _clock(**clocks: str) -> Spoiler:
    def spoil(question: Question, filled: dict[str, Any]) -> None:
        question.piece.clocks = {**question.piece.clocks, **clocks}

    return spoil


def _unreasoned(question: Question, filled: dict[str, Any]) -> None:
    filled.update(result="repair", items=tuple({**one, "reason": ""} for one in items(fee="repair")))


SPOILERS: Mapping[Guard, Spoiler] = {
    suing.plaintiff_acts: _by_the_defendant,
    suing.demanded_first: fact(pay_by="2026-11-30"),
    suing.demand_gives_time: form_with(pay_by="2026-11-20"),
    suing.every_item_judged: form_with(items=items()[1:]),
    suing.findings_reasoned: _unreasoned,
    suing.verdict_follows: form_with(items=items(fee="reject")),
    suing.passes: form_with(result="repair", items=items(fee="repair")),
    suing.needs_repair: form_with(result="pass"),
    suing.is_rejected: form_with(result="pass"),
    suing.both_sides_advised: fact(advised=[{"side": "plaintiff"}]),
    suing.order_fits: form_with(no_other_debts=False),
    suing.own_side_only: _for_the_other_side,
    suing.appeal_in_time: _clock(appeal=YESTERDAY),
    suing.idle_long_enough: _clock(enforcement=TOMORROW),
    suing.all_paid: form_with(complete=False),
    suing.part_paid: form_with(complete=True),
    suing.paid_not_ahead: form_with(on="2026-11-21"),
    acts.a_mediation_body: form_with(committee=COURT),
    acts.told_where: form_with(committee=""),
    acts.to_mediate: form_with(way="go_on"),
    acts.goes_on: form_with(way="mediate"),
    acts.was_filed: fact(filed_at=""),
    acts.not_filed_yet: fact(filed_at="2026-11-02T09:00:00+08:00"),
    acts.both_want_longer: form_with(clock="entrusted", plaintiff_agrees=True),
    acts.may_be_appealed: fact(procedure="small_claims"),
    acts.final_at_once: fact(procedure="summary"),
    acts.something_granted: form_with(outcome="dismissed"),
    acts.nothing_granted: form_with(outcome="partly"),
    acts.something_owed: fact(outcome="dismissed"),
    acts.nothing_owed: fact(outcome="partly"),
    acts.stands_granted: form_with(outcome="dismissed"),
    acts.stands_dismissed: form_with(outcome="granted"),
    acts.sent_back: form_with(result="upheld"),
    acts.ordered_to_file: form_with(result="upheld"),
    acts.objected_in_time: form_with(at=FRIDAY),
    acts.answer_time_over: _clock(order_answer=TOMORROW),
    acts.executed_whole: form_with(complete=False),
    acts.round_ended: form_with(complete=True),
}
"""How to make each of those guards fail while all others hold."""
