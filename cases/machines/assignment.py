"""The assignment (部门任务): one department's part of a clue, from dispatch to its result.

A child case of the clue; the lead's steps carry the clue along. What the workstation and the reporter see is the
clue's own table.
"""

from __future__ import annotations

from cases.grammar import STAY, CaseType, Clock, Opening, Plain, State, Step
from cases.machines import assignment_sets as sets
from cases.machines.assignment_births import tasks
from cases.machines.assignment_forms import (
    AssignmentFacts,
    Correction,
    Delivery,
    Finding,
    Interview,
    Officers,
    Order,
    Receipt,
    Recheck,
    Result,
    ReturnOpinion,
    ReturnRequest,
    Ruling,
    Task,
    Urge,
    UrgeReply,
)
from cases.machines.clock_steps import STANDING_VERBS, Extension, clock_steps, standing_steps
from cases.machines.clock_steps import VERBS as CLOCK_VERBS
from cases.machines.erasure_steps import VERBS as ERASURE_VERBS
from cases.machines.erasure_steps import erasure_steps
from cases.machines.roles import COURIER, DEPT_HEAD, DEPT_OFFICER, OPERATOR, ROUTER, STATION_HEAD, TIMEKEEPER
from cases.rules.closing import not_delivered_yet, order_left, pack_deems_signed, term_ahead, two_officers
from cases.rules.returns import names_another, return_still_open
from cases.rules.standing import (
    approver_fits,
    asked_in_time,
    clock_asked_for,
    clock_runs,
    second_hand,
    urged,
    within_the_maximum,
)


class S:
    """The identifiers of the states."""

    DISPATCHED = "dispatched"
    SIGNED_FOR = "signed_for"
    RETURN_ASKED = "return_asked"
    RETURN_RULING = "return_ruling"
    RETURNED = "returned"
    VERIFYING = "verifying"
    EXTENSION_ASKED = "extension_asked"
    NO_VIOLATION = "no_violation"
    CORRECTED = "corrected"
    ORDERED = "ordered"
    RECHECK = "recheck"
    INTERVIEWED = "interviewed"
    CONCLUDED = "concluded"


DEPT = (DEPT_OFFICER, DEPT_HEAD)
BEFORE_FINDING = (S.DISPATCHED, S.SIGNED_FOR, S.RETURN_ASKED, S.RETURN_RULING, S.VERIFYING, S.EXTENSION_ASKED)
FOUND = (S.NO_VIOLATION, S.CORRECTED, S.RECHECK, S.INTERVIEWED)
TIMED = (*BEFORE_FINDING, *FOUND, S.ORDERED)
APPROVERS = (DEPT_HEAD, STATION_HEAD)
RECEIVED = ("mark_delivered", "sign_for", "ask_return")

# fmt: off
STATES = (
    State(S.DISPATCHED,    "C30", "待签收",     "Awaiting signature",   "receiver"),
    State(S.SIGNED_FOR,    "C31", "已签收",     "Signed for",           "assignee"),
    State(S.RETURN_ASKED,  "C32", "退单申请中", "Return asked",         "assignee"),
    State(S.RETURN_RULING, "C33", "退单裁定中", "Return ruling",        "station"),
    State(S.RETURNED,      "C33", "已退单",     "Returned",             "none", end=True),
    State(S.VERIFYING,     "C40", "核查中",     "Verifying",            "assignee"),
    State(S.EXTENSION_ASKED, "C41", "延期申请中", "Extension asked",    "assignee"),
    State(S.NO_VIOLATION,  "C42", "查无违法",   "No violation found",   "assignee"),
    State(S.CORRECTED,     "C43", "当场改正",   "Corrected on the spot", "assignee"),
    State(S.ORDERED,       "C44", "责令改正",   "Ordered to rectify",   "assignee"),
    State(S.RECHECK,       "C45", "复查",       "Re-check",             "assignee"),
    State(S.INTERVIEWED,   "C46", "已约谈",     "Interviewed",          "assignee"),
    State(S.CONCLUDED,     "C60", "已办结",     "Concluded",            "none", end=True),
)

STEPS = (
    #    who           does                from                            to               form           needs                               then
    Step(COURIER,      "mark_delivered",   S.DISPATCHED,                   STAY,            Delivery,      (not_delivered_yet,),               (), sets.delivered),
    Step(DEPT,         "sign_for",         S.DISPATCHED,                   S.SIGNED_FOR,    Receipt,       (),                                 ("parent?:sign_for",), sets.signed),
    Step(DEPT,         "ask_return",       (S.DISPATCHED, S.SIGNED_FOR),   S.RETURN_ASKED,  ReturnRequest, (return_still_open, names_another), ("parent?:ask_return",), sets.return_asked),
    Step(DEPT_HEAD,    "submit_return",    S.RETURN_ASKED,                 S.RETURN_RULING, ReturnOpinion, (),                                 ("tell:station", "parent?:submit_return")),
    Step(DEPT_HEAD,    "drop_return",      S.RETURN_ASKED,                 S.SIGNED_FOR,    ReturnOpinion, (),                                 ("parent?:drop_return",)),
    Step(STATION_HEAD, "uphold_return",    S.RETURN_RULING,                S.RETURNED,      Ruling,        (),                                 ("tell:assignee", "parent?:uphold_return", "parent?:collect"), sets.ruled),
    Step(STATION_HEAD, "reject_return",    S.RETURN_RULING,                S.SIGNED_FOR,    Ruling,        (),                                 ("tell:assignee", "parent?:reject_return"), sets.rejected),
    Step(DEPT_OFFICER, "verify",           S.SIGNED_FOR,                   S.VERIFYING,     Officers,      (two_officers,),                    (), sets.verifying),
    Step(TIMEKEEPER,   "deem_signed",      S.DISPATCHED,                   S.SIGNED_FOR,    Plain,         (pack_deems_signed,),               ("tell:assignee", "tell:station", "parent?:sign_for"), sets.deemed),
    Step(DEPT,         "ask_extension",    S.VERIFYING,                    S.EXTENSION_ASKED, Extension,   (clock_runs, asked_in_time, within_the_maximum), ("tell:station",), sets.extension_asked),
    Step(APPROVERS,    "grant_extension",  S.EXTENSION_ASKED,              S.VERIFYING,     Extension,     (clock_asked_for, approver_fits, second_hand, within_the_maximum), ("clock:extend", "tell:assignee", "parent?:extend_clock"), sets.extension_granted),
    Step(APPROVERS,    "refuse_extension", S.EXTENSION_ASKED,              S.VERIFYING,     Ruling,        (second_hand,),                     ("tell:assignee",), sets.extension_refused),
    Step((OPERATOR, STATION_HEAD), "urge", TIMED,                          STAY,            Urge,          (),                                 ("tell:assignee",)),
    Step(DEPT,         "answer_urge",      TIMED,                          STAY,            UrgeReply,     (urged,),                           ("tell:station",)),
    Step(DEPT_OFFICER, "find_nothing",     S.VERIFYING,                    S.NO_VIOLATION,  Finding,       (),                                 (), sets.found),
    Step(DEPT_OFFICER, "correct_on_spot",  S.VERIFYING,                    S.CORRECTED,     Correction,    (),                                 (), sets.corrected),
    Step(DEPT_OFFICER, "order",            (S.VERIFYING, S.INTERVIEWED, S.RECHECK), S.ORDERED, Order,      (order_left, term_ahead),           (), sets.ordered),
    Step(DEPT_OFFICER, "recheck",          S.ORDERED,                      S.RECHECK,       Recheck,       (),                                 (), sets.rechecked),
    Step(DEPT_OFFICER, "interview",        S.VERIFYING,                    S.INTERVIEWED,   Interview,     (),                                 (), sets.interviewed),
    Step(DEPT_OFFICER, "report_result",    FOUND,                          S.CONCLUDED,     Result,        (),                                 ("tell:station", "parent?:collect"), sets.concluded),
    *erasure_steps((S.RETURNED, S.CONCLUDED)),
    *clock_steps(TIMED),
    *standing_steps(TIMED, APPROVERS, needs=(approver_fits,), also=("parent?",), extending=False),
)

CLOCKS = (
    Clock("delivery",        (S.DISPATCHED,), until=("mark_delivered",), runs_on="station"),
    Clock("sign_for",        (S.DISPATCHED,), after=("mark_delivered",), lapse="deem_signed"),
    Clock("verification",    BEFORE_FINDING, after=RECEIVED),
    Clock("handling",        BEFORE_FINDING, after=RECEIVED),
    Clock("return_approval", (S.RETURN_ASKED,)),
    Clock("ruling",          (S.RETURN_RULING,), runs_on="station"),
    Clock("rectify",         (S.ORDERED,), given="complete_by"),
    Clock("recheck",         (S.RECHECK,)),
    Clock("extension",       (S.EXTENSION_ASKED,)),
    Clock("urge_reply",      TIMED, after=("urge",), until=("answer_urge",)),
    Clock("result",          (S.NO_VIOLATION, S.CORRECTED, S.INTERVIEWED)),
)

VERBS = {
    "mark_delivered": ("送达", "Delivered"), "sign_for": ("签收", "Sign for"), "ask_return": ("申请退单", "Ask to return"),
    "submit_return": ("提交退单", "Submit the return"), "drop_return": ("撤回退单", "Drop the return"), "uphold_return": ("同意退单", "Uphold the return"),
    "reject_return": ("驳回退单", "Reject the return"), "verify": ("开始核查", "Begin verification"), "find_nothing": ("查无违法", "No violation found"),
    "deem_signed": ("视为签收", "Deem signed for"), "ask_extension": ("申请延期", "Ask for an extension"),
    "grant_extension": ("批准延期", "Grant the extension"), "refuse_extension": ("不批准延期", "Refuse the extension"),
    "urge": ("催办", "Urge"), "answer_urge": ("答复催办", "Answer the reminder"),
    "correct_on_spot": ("当场改正", "Corrected on the spot"), "order": ("责令改正", "Order to rectify"), "recheck": ("复查", "Re-check"),
    "interview": ("约谈", "Interview"), "report_result": ("反馈结果", "Report the result"),
    **CLOCK_VERBS, **{v: w for v, w in STANDING_VERBS.items() if v != "extend_clock"}, **ERASURE_VERBS,
}
# fmt: on

ASSIGNMENT = CaseType(
    code="assignment",
    label="部门任务",
    label_en="Department assignment",
    states=STATES,
    steps=STEPS,
    clocks=CLOCKS,
    opening=Opening(
        (ROUTER, OPERATOR, STATION_HEAD), (S.DISPATCHED,), Task, ("tell:assignee+mark_delivered",), born=tasks
    ),
    facts=AssignmentFacts,
    verbs=VERBS,
    number_mark="PQ",
)
