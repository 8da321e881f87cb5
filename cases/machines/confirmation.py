"""Judicial confirmation (司法确认): the window after an agreement, the court's steps mirrored, execution if it fails.

A child of the mediation that reached the agreement. ``station`` is its committee, ``assignee`` the court once both
parties have applied; the court acts by an account or key of its own, and what it decides is recorded, never decided here.
"""

from __future__ import annotations

from typing import Any

from cases.grammar import STAY, Birth, CaseType, Clock, Opening, Plain, Question, State, Step
from cases.machines.assignment_forms import Delivery
from cases.machines.clock_steps import UNSUPERVISED_VERBS, Rebase, clock_steps
from cases.machines.clock_steps import extended as lengthened
from cases.machines.confirmation_forms import (
    ConfirmationFacts,
    CourtFiling,
    CourtQuestion,
    CourtRefusal,
    CourtRuling,
    ExecutionApplication,
    ExecutionEnd,
    InWriting,
    JointApplication,
    LongerExamination,
    Retreat,
    Revocation,
    Supply,
)
from cases.machines.erasure_steps import VERBS as ERASURE_VERBS
from cases.machines.erasure_steps import erasure_steps
from cases.machines.roles import CARRIED, COMMITTEE_HEAD, COURIER, COURT_CLERK, MEDIATOR, TIMEKEEPER
from cases.rules import confirming as may
from cases.rules.performance import how_far, last_day
from cases.rules.standing import clock_runs, within_the_maximum

Patch = dict[str, Any]


class S:
    """The identifiers of the states."""

    WINDOW = "window"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    EXAMINING = "examining"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXECUTING = "executing"
    NOT_ACCEPTED = "not_accepted"
    EXPIRED = "expired"
    REVOKED = "revoked"
    CLOSED = "closed"


def confirmations(q: Question) -> list[Birth]:
    """The confirmation an agreement may ask for; none where all is performed, or where a court mediated itself."""
    facts = q.piece.facts
    plan = facts.get("plan", [])
    if how_far(plan) == "full" or facts.get("kind") == "judicial":
        return []
    nobody = {"assignee": None, "duty": None, "lead": None, "level": 0, "summary": ""}
    columns = {**nobody, "reporter_org": q.piece.reporter_org}
    known = {
        "agreement": q.piece.number,
        "effective_at": facts.get("effective_at", ""),
        "content": list(facts.get("content", [])),
        "plan": list(plan),
        "oral": bool(facts.get("oral")),
        "perform_until": f"{last_day(plan)}T00:00:00+08:00",
    }
    return [Birth(columns, known, {"agreement": q.piece.number, "effective_at": known["effective_at"]})]


def put_in_writing(q: Question) -> Patch:
    """An oral agreement was put in writing (补成书面)."""
    return {"in_writing": q.form.document}


def applied(q: Question) -> Patch:
    """Before which court (共同申请)."""
    return {"assignee": q.form.court, "words": q.form.words}


def window_over(q: Question) -> Patch:
    """When the window ended, for whoever asks later (期满)."""
    return {"window_ended": q.piece.clocks.get("window", "")}


def filed(q: Question) -> Patch:
    """Under which number of the court (受理)."""
    return {"court_number": q.form.number}


def refused(q: Question) -> Patch:
    """On which grounds (不予受理、驳回)."""
    return {"grounds": list(q.form.grounds), "ruling": q.form.document, "words": q.form.words}


def asked(q: Question) -> Patch:
    """What the court still wants (补充材料)."""
    return {"request": q.form.request, "supplied": ""}


def supplied(q: Question) -> Patch:
    """What was supplied (补充材料)."""
    return {"supplied": q.form.words}


def ruled(q: Question) -> Patch:
    """The ruling (裁定)."""
    return {"ruling": q.form.document}


def default_noted(q: Question) -> Patch:
    """The mediation recorded a default (不履行)."""
    return {"default_on": q.now.isoformat()}


def forgiven(_: Question) -> Patch:
    """What was late was performed after all."""
    return {"default_on": ""}


def execution_asked(q: Question) -> Patch:
    """What is to be enforced (申请执行)."""
    return {"unperformed": q.form.unperformed}


def executed(q: Question) -> Patch:
    """How the execution ended (执行结案)."""
    return {"executed": q.form.complete, "ruling": q.form.document}


def execution_over(q: Question) -> Patch:
    """When the time to apply for execution ended (期满)."""
    return {"execution_ended": q.piece.clocks.get("execution", "")}


KEEP = (MEDIATOR, COMMITTEE_HEAD)
BEFORE_COURT = (S.SUBMITTED, S.RECEIVED)
TIMED = (S.WINDOW, *BEFORE_COURT, S.EXAMINING, S.CONFIRMED, S.EXECUTING)
ENDS = (S.REFUSED, S.WITHDRAWN, S.NOT_ACCEPTED, S.EXPIRED, S.REVOKED, S.CLOSED)
TELL = ("tell:parties",)
TELL_BOTH = ("tell:parties", "tell:station")

# fmt: off
STATES = (
    State(S.WINDOW,       "K0",  "可申请",     "Window open",            "station"),
    State(S.SUBMITTED,    "K1",  "已提交",     "Submitted",              "station"),
    State(S.RECEIVED,     "K2",  "受理审查",   "Received by the court",  "assignee"),
    State(S.EXAMINING,    "K3",  "审查中",     "Under examination",      "assignee"),
    State(S.CONFIRMED,    "K4",  "裁定有效",   "Confirmed",              "station"),
    State(S.REFUSED,      "K5",  "裁定驳回",   "Refused",                "none", end=True),
    State(S.WITHDRAWN,    "K6",  "已撤回",     "Withdrawn",              "none", end=True),
    State(S.EXECUTING,    "K7",  "强制执行",   "Under execution",        "assignee"),
    State(S.NOT_ACCEPTED, "K8",  "不予受理",   "Not accepted",           "none", end=True),
    State(S.EXPIRED,      "K9",  "期满未申请", "Expired",                "none", end=True),
    State(S.REVOKED,      "K10", "已撤销",     "Revoked",                "none", end=True),
    State(S.CLOSED,       "K4",  "已了结",     "Closed",                 "none", end=True),
)

STEPS = (
    #    who          does               from                       to              form                  needs                                              then
    Step(KEEP,        "put_in_writing",  S.WINDOW,                  STAY,           InWriting,            (),                                                (), put_in_writing),
    Step(KEEP,        "apply",           (S.WINDOW, S.EXPIRED),     S.SUBMITTED,    JointApplication,     (may.window_open, may.both_apply, may.agreement_in_writing, may.a_court, may.materials_whole), ("tell:assignee+mark_delivered", "tell:parties"), applied),
    Step(TIMEKEEPER,  "expire",          S.WINDOW,                  S.EXPIRED,      Plain,                (),                                                TELL_BOTH, window_over),
    Step(COURIER,     "mark_delivered",  S.SUBMITTED,               S.RECEIVED,     Delivery,             (),                                                ()),
    Step(COURT_CLERK, "receive",         S.SUBMITTED,               S.RECEIVED,     Plain,                (),                                                ()),
    Step(COURT_CLERK, "accept",          BEFORE_COURT,              S.EXAMINING,    CourtFiling,          (),                                                TELL_BOTH, filed),
    Step(COURT_CLERK, "decline",         BEFORE_COURT,              S.NOT_ACCEPTED, CourtRefusal,         (may.filing_ground_named,),                        TELL_BOTH, refused),
    Step(COURT_CLERK, "ask_more",        (*BEFORE_COURT, S.EXAMINING), STAY,        CourtQuestion,        (),                                                TELL_BOTH, asked),
    Step(KEEP,        "supply",          (*BEFORE_COURT, S.EXAMINING), STAY,        Supply,               (),                                                ("tell:assignee",), supplied),
    Step(COURT_CLERK, "extend_clock",    S.EXAMINING,               STAY,           LongerExamination,    (clock_runs, within_the_maximum),                  ("clock:extend", *TELL_BOTH), lengthened),
    Step(COURT_CLERK, "confirm",         S.EXAMINING,               S.CONFIRMED,    CourtRuling,          (),                                                TELL_BOTH, ruled),
    Step(COURT_CLERK, "refuse",          S.EXAMINING,               S.REFUSED,      CourtRefusal,         (may.ruling_ground_named,),                        TELL_BOTH, refused),
    Step((*KEEP, COURT_CLERK), "withdraw", (*BEFORE_COURT, S.EXAMINING), S.WITHDRAWN, Retreat,            (),                                                ("tell:assignee", *TELL_BOTH)),
    Step(CARRIED,     "note_default",    S.CONFIRMED,               STAY,           Plain,                (),                                                (), default_noted),
    Step(CARRIED,     "forgive",         S.CONFIRMED,               STAY,           Plain,                (),                                                (), forgiven),
    Step(KEEP,        "apply_execution", (S.CONFIRMED, S.CLOSED),   S.EXECUTING,    ExecutionApplication, (may.execution_in_time, may.default_noted),        ("tell:assignee", "tell:parties"), execution_asked),
    Step(COURT_CLERK, "end_execution",   S.EXECUTING,               S.CLOSED,       ExecutionEnd,         (may.executed_whole,),                             ("parent?:execute", *TELL_BOTH), executed),
    Step(COURT_CLERK, "end_execution",   S.EXECUTING,               S.CLOSED,       ExecutionEnd,         (may.executed_in_part,),                           TELL_BOTH, executed),
    Step(COURT_CLERK, "revoke",          (S.CONFIRMED, S.EXECUTING, S.CLOSED), S.REVOKED, Revocation,     (may.days_in_order,),                              TELL_BOTH, ruled),
    Step(TIMEKEEPER,  "let_lapse",       S.CONFIRMED,               S.CLOSED,       Plain,                (),                                                TELL, execution_over),
    Step(CARRIED,     "fulfil",          (S.WINDOW, S.CONFIRMED),   S.CLOSED,       Plain,                (),                                                TELL),
    Step(COMMITTEE_HEAD, "rebase",       TIMED,                     STAY,           Rebase,               (),                                                ("clock:rebase",)),
    *erasure_steps(ENDS),
    *clock_steps(TIMED, supervised=False),
)

CLOCKS = (
    Clock("window",       (S.WINDOW,), since="effective_at", lapse="expire"),
    Clock("delivery",     (S.SUBMITTED,)),
    Clock("court_filing", (S.RECEIVED,)),
    Clock("court_ruling", (S.EXAMINING,)),
    Clock("court_outer",  (S.EXAMINING,)),
    Clock("execution",    (S.CONFIRMED,), since="perform_until", lapse="let_lapse"),
    Clock("enforcement",  (S.EXECUTING,)),
)

VERBS = {
    "put_in_writing": ("补成书面协议", "Put in writing"), "apply": ("共同申请", "Apply jointly"), "expire": ("期满", "Expire"), "mark_delivered": ("送达法院", "Delivered"), "receive": ("收到", "Receive"),
    "accept": ("受理", "Accept"), "decline": ("不予受理", "Decline"), "ask_more": ("要求补充材料", "Ask for more"), "supply": ("补充材料", "Supply"), "extend_clock": ("延长审查期限", "Extend the deadline"),
    "confirm": ("裁定有效", "Confirm"), "refuse": ("裁定驳回", "Refuse"), "withdraw": ("撤回申请", "Withdraw"), "note_default": ("记录不履行", "Note the default"), "forgive": ("履行后恢复", "Forgive"),
    "apply_execution": ("申请强制执行", "Apply for execution"), "end_execution": ("执行结案", "End the execution"), "revoke": ("案外人撤销", "Revoke"), "let_lapse": ("执行期满", "Lapse"),
    "fulfil": ("已履行", "Fulfil"), "rebase": ("转用新版地区包", "Move to the newest pack"), **UNSUPERVISED_VERBS, **ERASURE_VERBS,
}
# fmt: on

CONFIRMATION = CaseType(
    code="confirmation",
    label="司法确认",
    label_en="Judicial confirmation",
    states=STATES,
    steps=STEPS,
    clocks=CLOCKS,
    opening=Opening(KEEP, (S.WINDOW,), Plain, TELL, born=confirmations),
    facts=ConfirmationFacts,
    verbs=VERBS,
    number_mark="QR",
    folder="parent",
)
