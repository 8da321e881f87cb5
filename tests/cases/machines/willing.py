"""A case for which every guard of its table holds, a filled form for every step, and how to spoil each guard.

Complete by test: a new form or guard without its line here fails ``test_squares``. What does not live here: what
should come of a step (the tables themselves say).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cases.engine import Engine
from cases.grammar import Actor, Form, Guard, Plain, Question, Role
from cases.machines import assignment_forms as task_forms
from cases.machines import clue_forms, supervision_forms
from cases.machines.clock_steps import Extension, GoOn, Rebase, Recount, Rung, Stand
from cases.machines.erasure_steps import Erasure, names_something
from cases.machines.roles import inside
from cases.packs.loader import load_pack
from cases.piece import Piece
from cases.rules import closing, dispatching, dissuasion, returns, standing
from tests.builders import FIRE, FRIDAY, OTHER_PROPERTY, STATION, URBAN, a_piece, a_task, an_actor
from tests.cases.machines import amicable, at_court
from tests.cases.machines.amicable import Spoiler, fact, form_with

PACK = load_pack("jintan")
WORDS: Mapping[str, Any] = {"text": "已核实"}
FILLED: Mapping[type[Form], Mapping[str, Any]] = {
    Plain: {},
    Rung: {"clock": "handling", "n": 1, "level": 1, "due_at": FRIDAY, "reached_at": FRIDAY, "tell": ("holder",)},
    Stand: {"clock": "handling", "ground": "appraisal", "document": "鉴定委托书"},
    GoOn: {"clock": "standing"},
    Extension: {"clock": "handling", "amount": 1, "reason": "等待鉴定结果"},
    Rebase: {"reason": "新版地区包施行"},
    Recount: {"calendar": "2027", "changes": ("handling",)},
    supervision_forms.SupervisionOrder: {"requirement": "请限期办结"},
    supervision_forms.Reply: {"reason": "delay", "text": "人手不足,明日办结"},
    supervision_forms.Verdict: WORDS,
    Erasure: {"entries": (1,), "ground": "个人信息保护法第四十七条"},
    clue_forms.Dissuasion: {"at": FRIDAY, "by": "保安", "words": "请拆除"},
    clue_forms.Settled: {"words": "已拆除"},
    clue_forms.Classification: {"matter": "XF01"},
    clue_forms.AskMore: {"request": "请补照片"},
    clue_forms.Supplement: {"text": "照片见附件"},
    clue_forms.Acceptance: {},
    clue_forms.Refusal: {"reason": "不属受理范围"},
    clue_forms.Objection: {"reason": "属于受理范围"},
    clue_forms.Redirection: {"channel": "110"},
    clue_forms.Merge: {"master": "m"},
    clue_forms.Dispatch: {"lead": FIRE},
    clue_forms.HandOver: {"reason": "有两个主办部门"},
    clue_forms.Feedback: WORDS,
    clue_forms.CallBack: {"reached": True},
    clue_forms.Redo: {"reason": "又出现了"},
    clue_forms.Rating: {"satisfied": 5},
    clue_forms.Complaint: {"reason": "没有拆"},
    clue_forms.Explanation: {"explanation": "依法不予处罚"},
    task_forms.Delivery: {},
    task_forms.Receipt: {},
    task_forms.ReturnRequest: {"ground": "不属管辖", "article": "某法第三条", "proposed": URBAN},
    task_forms.ReturnOpinion: {},
    task_forms.Ruling: {"reason": "理由成立"},
    task_forms.Officers: {"officers": ("甲", "乙")},
    task_forms.Finding: WORDS,
    task_forms.Correction: {**WORDS, "after_photo": "a.jpg"},
    task_forms.Order: {**WORDS, "article": "某法第三条", "complete_by": "2026-12-01"},
    task_forms.Recheck: {**WORDS, "done": True},
    task_forms.Interview: {**WORDS, "object": "物业"},
    task_forms.Urge: WORDS,
    task_forms.UrgeReply: WORDS,
    task_forms.Result: {**WORDS, "measure": "上门核查"},
    **amicable.FILLED,
    **at_court.FILLED,
}
"""A valid form for every step; checked for completeness."""

FACTS: Mapping[str, Mapping[str, Any]] = {
    "clue": {"dissuasions": 1, "contact_tries": 2, "fed_back_by": "account:另一人"},
    "assignment": {"extension_asked": {"clock": "handling", "amount": 1, "reason": "等待鉴定", "by": "account:另一人"}},
    "supervision": {},
    **amicable.FACTS,
    **at_court.FACTS,
}
CLOCKS: Mapping[str, Mapping[str, str]] = {"assignment": {"urge_reply": ""}, **amicable.CLOCKS, **at_court.CLOCKS}
STATUTORY = "GA09"
"""A matter whose handling is timed by law alone; the others have limits of the workstation."""


def willing(engine: Engine, state: str, role: Role) -> Question:
    """A question by somebody who holds just this role, about a case in this state for which every guard holds."""
    code = engine.case_type.code
    make = a_piece if code in {"clue", "mediation", "litigation"} else a_task
    clocks = {"handling": amicable.TOMORROW, "standing": "", **CLOCKS.get(code, {})}
    piece = make(case_type=code, state=state, facts=dict(FACTS[code]), holder=FIRE, clocks=clocks)
    if engine.case_type.folder:
        piece.station, piece.matter = amicable.COMMITTEE, "MS02"
    if code == "litigation":
        piece.assignee = amicable.COURT
    if code == "mediation" and role.code == "timekeeper":
        piece.facts = {**piece.facts, "tier": "grid", "signatures": []}
    if code == "mediation" and role.code == "registrar":
        piece.facts = {**piece.facts, "signatures": []}
    if role.code == "dept_head":
        piece.matter = STATUTORY
    piece.children = [a_task(state="concluded", is_open=False)]
    question = Question(piece, somebody(role, piece), FRIDAY, PACK)
    question.carrier = a_task(state="concluded", is_open=False)
    question.other = a_piece(id="m", number="m", state="accepted")
    question.folder = amicable.FOLDER
    return question


def somebody(role: Role, piece: Piece) -> Actor:
    """Whoever stands in this role towards this case."""
    if role.inside:
        return inside(role)
    column = "reporter_org" if role.binds == "reporter" else role.binds
    org = getattr(piece, column) if column else None
    return an_actor("某人", org or "no-such-column", role.code)


def outsider(role: Role) -> Actor:
    """The same role at another organisation."""
    return an_actor("外人", OTHER_PROPERTY, role.code)


def _no_matter(question: Question, filled: dict[str, Any]) -> None:
    question.piece.matter = None
    if "matter" in filled:
        filled["matter"] = "XX99"


def _assisting_carrier(question: Question, filled: dict[str, Any]) -> None:
    question.carrier = a_task(duty="assist")


def _open_child(question: Question, filled: dict[str, Any]) -> None:
    question.piece.children = [
        a_task(state="concluded", is_open=False),
        a_task(id="8b", state="verifying", duty="assist"),
    ]


def _follower(question: Question, filled: dict[str, Any]) -> None:
    question.piece.children = [a_piece(id="f", number="f", state="merged", is_open=False)]


def _sealed(question: Question, filled: dict[str, Any]) -> None:
    question.piece.sealed = True


def _other_place(question: Question, filled: dict[str, Any]) -> None:
    question.other = a_piece(id="m", number="m", place="JT-C01|7||302")


def _nobody_holds_it(question: Question, filled: dict[str, Any]) -> None:
    question.piece.holder = "reporter"


def _ones_own(question: Question, filled: dict[str, Any]) -> None:
    question.piece.station = FIRE
    question.actor = replace(question.actor, org=FIRE)


def _too_late(question: Question, filled: dict[str, Any]) -> None:
    question.piece.clocks = {**question.piece.clocks, "handling": (FRIDAY - timedelta(days=1)).isoformat()}


def _other_limit(question: Question, filled: dict[str, Any]) -> None:
    question.piece.matter = "XF01" if question.piece.matter == STATUTORY else STATUTORY
    if filled["clock"] == "standing":
        filled["clock"] = "handling"
        question.piece.clocks = {**question.piece.clocks, "handling": ""}


def _asked_by_the_approver(question: Question, filled: dict[str, Any]) -> None:
    asked = {"clock": "handling", "amount": 1, "reason": "等待鉴定", "by": question.actor.id}
    question.piece.facts = {**question.piece.facts, "extension_asked": asked}


def _pack_that_waits(question: Question, filled: dict[str, Any]) -> None:
    question.pack = replace(PACK, deems_signed=False)


def _stands_already(question: Question, filled: dict[str, Any]) -> None:
    question.piece.clocks = {**question.piece.clocks, filled["clock"]: ""}


def _same_person(question: Question, filled: dict[str, Any]) -> None:
    question.piece.facts = {**question.piece.facts, "fed_back_by": question.actor.id}


def _nobody_urged(question: Question, filled: dict[str, Any]) -> None:
    question.piece.clocks = {code: due for code, due in question.piece.clocks.items() if code != "urge_reply"}


SPOILERS: Mapping[Guard, Spoiler] = {
    dissuasion.dissuasion_failed: fact(dissuasions=0),
    dissuasion.dissuaded_first: fact(dissuasions=0),
    dissuasion.matter_known: _no_matter,
    dispatching.one_competent_lead: form_with(lead=STATION),
    closing.asked_only_once: fact(asked_more="请补照片"),
    closing.same_place_matter_day: _other_place,
    closing.every_task_answered: _open_child,
    closing.leads_no_others: _follower,
    closing.seal_speaks: _sealed,
    closing.reworks_left: fact(rework=closing.MOST_REWORKS),
    closing.two_contact_tries: fact(contact_tries=1),
    closing.time_to_answer: fact(contacted_at="2026-11-20T08:59:00+08:00"),
    closing.reporter_reached: form_with(reached=False),
    closing.reporter_not_reached: form_with(reached=True),
    closing.second_person: _same_person,
    closing.not_delivered_yet: fact(delivered="2026-11-20T09:00:00+08:00"),
    closing.two_officers: form_with(officers=("甲", " 甲 ", "")),
    closing.term_ahead: form_with(complete_by="2026-11-20"),
    closing.order_left: fact(orders=2),
    returns.return_still_open: fact(returns=1),
    returns.names_another: form_with(proposed=FIRE),
    returns.carried_by_lead: _assisting_carrier,
    closing.pack_deems_signed: _pack_that_waits,
    standing.clock_runs: _stands_already,
    standing.clock_stands: form_with(clock="handling"),
    standing.within_the_maximum: fact(extended={"handling": 9, "court_ruling": 9}),
    standing.asked_in_time: _too_late,
    standing.approver_fits: _other_limit,
    standing.clock_asked_for: fact(extension_asked={"clock": "result", "amount": 1, "by": "account:另一人"}),
    standing.second_hand: _asked_by_the_approver,
    standing.urged: _nobody_urged,
    standing.somebody_holds_it: _nobody_holds_it,
    standing.not_ones_own: _ones_own,
    names_something: form_with(entries=(2,)),
    **amicable.SPOILERS,
    **at_court.SPOILERS,
}
"""How to make each guard fail while all others hold; checked for completeness."""
