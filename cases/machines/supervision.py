"""The supervision order (督办单): a case of its own under the case that is late, with its own due date.

It never changes the statutory clock. The supervised unit answers it with a reason code and cannot close it; only its
issuer can (reference 4h). ``station`` is the issuer, ``assignee`` the supervised unit.
"""

from __future__ import annotations

from typing import Any

from cases.grammar import Birth, CaseType, Clock, Opening, Question, State, Step
from cases.machines.clock_steps import UNSUPERVISED_VERBS, clock_steps
from cases.machines.erasure_steps import VERBS as ERASURE_VERBS
from cases.machines.erasure_steps import erasure_steps
from cases.machines.roles import ISSUERS, STATION_HEAD, SUPERVISOR, TIMEKEEPER, UNIT
from cases.machines.supervision_forms import Reply, SupervisionFacts, SupervisionOrder, Verdict
from cases.rules.oversight import above, issuer_of
from cases.rules.standing import somebody_holds_it

Patch = dict[str, Any]


class S:
    """The identifiers of the states."""

    ISSUED = "issued"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


def replied(q: Question) -> Patch:
    """The unit's answer (督办答复)."""
    return {"reason": q.form.reason, "reply": q.form.text, "replies": int(q.piece.facts.get("replies", 0)) + 1}


def judged(q: Question) -> Patch:
    """The issuer's word on it (督办审核)."""
    return {"verdict": q.form.text}


def orders(q: Question) -> list[Birth]:
    """The order a rung of the ladder, or a person, issues: none where nobody but the reporter holds the case, and never
    one to oneself."""
    piece, form = q.piece, q.form
    unit = q.pack.organisation(getattr(form, "owner", "") or piece.holder or "")
    if unit is None or not somebody_holds_it(q):
        return []
    issuer = above(_issuer(q), unit.code, q.pack)
    if issuer is None:
        return []
    facts = {
        "grade": form.level,
        "clock": form.clock,
        "was_due": piece.clocks.get(form.clock, ""),
        "requirement": getattr(form, "requirement", "") or q.pack.words(f"supervision.grade_{form.level}"),
    }
    columns = {
        "station": issuer,
        "assignee": unit.code,
        "level": form.level,
        "sealed": piece.sealed and piece.assignee is not None,
    }
    return [Birth(columns, facts, {"level": form.level, "clock": form.clock, "unit": unit.code, "issuer": issuer})]


def _issuer(q: Question) -> str | None:
    """Who issues: whoever the ladder names, or the organisation of the person who orders it."""
    named = getattr(q.form, "issuer", "")
    return issuer_of(named, q.piece, q.pack) if named else q.actor.org


# fmt: off
STATES = (
    State(S.ISSUED,    "4h", "待答复", "Awaiting reply", "assignee"),
    State(S.ANSWERED,  "4h", "待审核", "Reply under review", "station"),
    State(S.CLOSED,    "4h", "已销号", "Closed",         "none", end=True),
    State(S.WITHDRAWN, "4h", "已撤销", "Withdrawn",      "none", end=True),
)

STEPS = (
    #    who      does             from                     to           form     needs  then
    Step(UNIT,    "answer_order",  S.ISSUED,                S.ANSWERED,  Reply,   (),    ("tell:station",), replied),
    Step(ISSUERS, "return_answer", S.ANSWERED,              S.ISSUED,    Verdict, (),    ("tell:assignee",), judged),
    Step(ISSUERS, "close_order",   S.ANSWERED,              S.CLOSED,    Verdict, (),    ("tell:parties",), judged),
    Step(ISSUERS, "withdraw",      (S.ISSUED, S.ANSWERED),  S.WITHDRAWN, Verdict, (),    ("tell:parties",), judged),
    *erasure_steps((S.CLOSED, S.WITHDRAWN)),
    *clock_steps((S.ISSUED, S.ANSWERED), supervised=False),
)

CLOCKS = (
    Clock("reply",  (S.ISSUED,)),
    Clock("review", (S.ANSWERED,)),
)

VERBS = {
    "answer_order": ("答复督办", "Answer the order"), "return_answer": ("退回答复", "Return the answer"),
    "close_order": ("督办销号", "Close the order"), "withdraw": ("撤销督办", "Withdraw the order"),
    **UNSUPERVISED_VERBS, **ERASURE_VERBS,
}
# fmt: on

SUPERVISION = CaseType(
    code="supervision",
    label="督办单",
    label_en="Supervision order",
    states=STATES,
    steps=STEPS,
    clocks=CLOCKS,
    opening=Opening(
        (TIMEKEEPER, SUPERVISOR, STATION_HEAD), (S.ISSUED,), SupervisionOrder, ("tell:assignee",), born=orders
    ),
    facts=SupervisionFacts,
    verbs=VERBS,
    number_mark="DB",
)
