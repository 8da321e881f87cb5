"""The clue (执法线索): one report as the workstation and the reporter see it, from dissuasion to archive.

Each state names the state of the domain reference it stands for. What a department does with its part is the
assignment's own table; the clue moves with its lead department and is handled when every task is answered.
"""

from __future__ import annotations

from cases.grammar import STAY, CaseType, Clock, Opening, Plain, State, Step
from cases.machines import clue_sets as sets
from cases.machines.clock_steps import STANDING_VERBS, clock_steps, standing_steps
from cases.machines.clock_steps import VERBS as CLOCK_VERBS
from cases.machines.clue_births import clue_of, clues_of_danger
from cases.machines.clue_forms import (
    Acceptance,
    AskMore,
    CallBack,
    Classification,
    ClueFacts,
    ClueReport,
    Complaint,
    Dispatch,
    Dissuasion,
    Explanation,
    Feedback,
    HandOver,
    Merge,
    Objection,
    Rating,
    Redirection,
    Redo,
    Refusal,
    Settled,
    Supplement,
)
from cases.machines.erasure_steps import VERBS as ERASURE_VERBS
from cases.machines.erasure_steps import erasure_steps
from cases.machines.mediation_forms import Referral
from cases.machines.roles import (
    CARRIED,
    COMMITTEE_HEAD,
    COURIER,
    MEDIATOR,
    OPERATOR,
    REPORTER,
    ROUTER,
    STATION_HEAD,
    TIMEKEEPER,
)
from cases.rules.closing import (
    asked_only_once,
    every_task_answered,
    leads_no_others,
    reporter_not_reached,
    reporter_reached,
    reworks_left,
    same_place_matter_day,
    seal_speaks,
    second_person,
    time_to_answer,
    two_contact_tries,
)
from cases.rules.dispatching import one_competent_lead
from cases.rules.dissuasion import dissuaded_first, dissuasion_failed, matter_known
from cases.rules.returns import carried_by_lead
from cases.rules.standing import approver_fits
from cases.rules.talks import a_committee_takes_it, may_be_mediated, reporter_will_be_named


class S:
    """The identifiers of the states."""

    DISSUADING = "dissuading"
    REPORTED = "reported"
    INCOMPLETE = "incomplete"
    DECLINED = "declined"
    REDIRECTED = "redirected"
    ACCEPTED = "accepted"
    DISPATCHED = "dispatched"
    SIGNED_FOR = "signed_for"
    RETURN_ASKED = "return_asked"
    RETURN_RULING = "return_ruling"
    IN_MEDIATION = "in_mediation"
    HANDLED = "handled"
    FED_BACK = "fed_back"
    CONFIRMING = "confirming"
    DISSATISFIED = "dissatisfied"
    REOPENED = "reopened"
    CLOSED = "closed"
    MERGED = "merged"
    ARCHIVED = "archived"


WITH_DEPARTMENTS = (S.DISPATCHED, S.SIGNED_FOR, S.RETURN_ASKED, S.RETURN_RULING)
TIMED = (
    S.REPORTED, S.INCOMPLETE, S.ACCEPTED, *WITH_DEPARTMENTS, S.HANDLED, S.FED_BACK, S.CONFIRMING, S.DISSATISFIED, S.REOPENED,
)  # fmt: skip
DESK = (OPERATOR, STATION_HEAD)
TELL = ("tell:reporter",)
TELL_ALL = ("tell:reporter", "followers:answer")

# fmt: off
STATES = (
    State(S.DISSUADING,    "C00", "劝阻中",     "Dissuading",     "reporter",
          no_clock_because="劝阻阶段由物业掌握,工作站时限自报告起算"),
    State(S.REPORTED,      "C10", "已提交",     "Reported",       "station"),
    State(S.INCOMPLETE,    "C11", "待补正",     "Incomplete",     "reporter"),
    State(S.DECLINED,      "C12", "不予受理",   "Declined",       "none", end=True),
    State(S.REDIRECTED,    "C13", "转其他渠道", "Redirected",     "none", end=True),
    State(S.ACCEPTED,      "C20", "已受理",     "Accepted",       "station"),
    State(S.DISPATCHED,    "C30", "已派遣",     "Dispatched",     "departments"),
    State(S.SIGNED_FOR,    "C31", "已签收",     "Signed for",     "departments"),
    State(S.RETURN_ASKED,  "C32", "退单申请中", "Return asked",   "departments"),
    State(S.RETURN_RULING, "C33", "退单裁定中", "Return ruling",  "station"),
    State(S.IN_MEDIATION,  "C49", "转调解",     "In mediation",   "none",
          no_clock_because="调解期间由调解案件自己的时限掌握,本件时限停表"),
    State(S.HANDLED,       "C60", "待反馈",     "Handled",        "station"),
    State(S.FED_BACK,      "C61", "已反馈",     "Fed back",       "station"),
    State(S.CONFIRMING,    "C62", "待确认",     "Confirming",     "reporter"),
    State(S.DISSATISFIED,  "C63", "不满意",     "Dissatisfied",   "station"),
    State(S.REOPENED,      "C70", "重办",       "Reopened",       "station"),
    State(S.CLOSED,        "C80", "已结案",     "Closed",         "none", end=True),
    State(S.MERGED,        "C81", "已并案",     "Merged",         "none", end=True),
    State(S.ARCHIVED,      "C90", "已归档",     "Archived",       "none", end=True),
)

STEPS = (
    #    who               does                  from                          to               form            needs                                then
    Step((REPORTER, *DESK), "record_dissuasion", (S.DISSUADING, S.REPORTED, S.INCOMPLETE), STAY, Dissuasion,    (),                                  (), sets.dissuaded),
    Step(REPORTER,         "report",             S.DISSUADING,                 S.REPORTED,      Plain,          (dissuasion_failed,),                ("tell:reporter", "tell:station")),
    Step(REPORTER,         "settle",             S.DISSUADING,                 S.CLOSED,        Settled,        (),                                  TELL, sets.settled),
    Step(DESK,             "classify",           (S.REPORTED, S.INCOMPLETE),   STAY,            Classification, (matter_known,),                     (), sets.classified),
    Step(DESK,             "ask_more",           S.REPORTED,                   S.INCOMPLETE,    AskMore,        (asked_only_once,),                  TELL, sets.asked),
    Step((REPORTER, *DESK), "supplement",        S.INCOMPLETE,                 S.REPORTED,      Supplement,     (),                                  ("tell:station",), sets.supplemented),
    Step(TIMEKEEPER,       "lapse",              S.INCOMPLETE,                 S.DECLINED,      Plain,          (),                                  TELL_ALL, sets.not_supplied),
    Step(DESK,             "accept",             S.REPORTED,                   S.ACCEPTED,      Acceptance,     (matter_known, dissuaded_first),     TELL, sets.accepted),
    Step(DESK,             "decline",            S.REPORTED,                   S.DECLINED,      Refusal,        (),                                  TELL_ALL, sets.declined),
    Step(REPORTER,         "object",             S.DECLINED,                   S.REPORTED,      Objection,      (),                                  ("tell:station",), sets.objected),
    Step(DESK,             "redirect",           S.REPORTED,                   S.REDIRECTED,    Redirection,    (),                                  TELL_ALL, sets.redirected),
    Step(DESK,             "merge",              S.REPORTED,                   S.MERGED,        Merge,          (leads_no_others, same_place_matter_day), TELL, sets.merged),
    Step(CARRIED,          "answer",             S.MERGED,                     STAY,            Plain,          (),                                  TELL, sets.answered),
    Step(ROUTER,           "propose",            (S.ACCEPTED, S.REOPENED),     STAY,            Dispatch,       (one_competent_lead,),               ("tell:station",), sets.proposed),
    Step(ROUTER,           "hand_over",          (S.ACCEPTED, S.REOPENED),     STAY,            HandOver,       (),                                  ("tell:station",), sets.handed_over),
    Step((ROUTER, *DESK),  "dispatch",           (S.ACCEPTED, S.REOPENED),     S.DISPATCHED,    Dispatch,       (one_competent_lead,),               ("open:assignment", "tell:reporter"), sets.dispatched),
    Step(DESK,             "refer",              (S.ACCEPTED, S.REOPENED, S.HANDLED), S.IN_MEDIATION, Referral,  (reporter_will_be_named, may_be_mediated, a_committee_takes_it), ("open:mediation", "tell:reporter"), sets.referred),
    Step(CARRIED,          "mediation_settled",  S.IN_MEDIATION,               S.HANDLED,       Plain,          (),                                  ("tell:station",), sets.settled_in_mediation),
    Step(CARRIED,          "mediation_failed",   S.IN_MEDIATION,               S.ACCEPTED,      Plain,          (),                                  ("tell:station", "tell:reporter"), sets.mediated_in_vain),
    Step(CARRIED,          "sign_for",           S.DISPATCHED,                 S.SIGNED_FOR,    Plain,          (carried_by_lead,),                  TELL),
    Step(CARRIED,          "ask_return",         (S.DISPATCHED, S.SIGNED_FOR), S.RETURN_ASKED,  Plain,          (carried_by_lead,),                  ()),
    Step(CARRIED,          "submit_return",      S.RETURN_ASKED,               S.RETURN_RULING, Plain,          (carried_by_lead,),                  ()),
    Step(CARRIED,          "drop_return",        S.RETURN_ASKED,               S.SIGNED_FOR,    Plain,          (carried_by_lead,),                  ()),
    Step(CARRIED,          "uphold_return",      S.RETURN_RULING,              S.ACCEPTED,      Plain,          (carried_by_lead,),                  (), sets.taken_back),
    Step(CARRIED,          "reject_return",      S.RETURN_RULING,              S.SIGNED_FOR,    Plain,          (carried_by_lead,),                  ()),
    Step(CARRIED,          "collect",            (S.DISPATCHED, S.SIGNED_FOR), S.HANDLED,       Plain,          (every_task_answered,),              ("tell:station",), sets.collected),
    Step(DESK,             "feed_back",          S.HANDLED,                    S.FED_BACK,      Feedback,       (seal_speaks,),                                  ("tell:reporter+answer_arrived", "followers:answer"), sets.fed_back),
    Step(DESK,             "send_back",          S.HANDLED,                    S.REOPENED,      Redo,           (reworks_left,),                     (), sets.reworked),
    Step(DESK,             "call_back",          S.FED_BACK,                   S.CONFIRMING,    CallBack,       (reporter_reached,),                                  (), sets.called),
    Step(DESK,             "call_back",          S.FED_BACK,                   STAY,            CallBack,       (reporter_not_reached,),             (), sets.called),
    Step(DESK,             "call_back",          S.CONFIRMING,                 STAY,            CallBack,       (),                                  (), sets.called),
    Step(COURIER,          "answer_arrived",     S.FED_BACK,                   S.CONFIRMING,    Plain,          (),                                  ()),
    Step(REPORTER,         "confirm",            (S.FED_BACK, S.CONFIRMING),   S.CLOSED,        Rating,         (),                                  TELL, sets.confirmed),
    Step(REPORTER,         "not_solved",         (S.FED_BACK, S.CONFIRMING),   S.DISSATISFIED,  Complaint,      (),                                  ("tell:station",), sets.dissatisfied),
    Step(TIMEKEEPER,       "lapse",              S.CONFIRMING,                 S.CLOSED,        Plain,          (two_contact_tries, time_to_answer), TELL, sets.unanswered),
    Step(STATION_HEAD,     "close",              S.CONFIRMING,                 S.CLOSED,        Plain,          (two_contact_tries, time_to_answer), TELL, sets.unanswered),
    Step(DESK,             "rework",             S.DISSATISFIED,               S.REOPENED,      Redo,           (reworks_left,),                     TELL, sets.reworked),
    Step(DESK,             "explain",            S.DISSATISFIED,               S.CLOSED,        Explanation,    (second_person,),                    TELL, sets.explained),
    Step((REPORTER, *DESK), "reopen",            S.CLOSED,                     S.REOPENED,      Redo,           (reworks_left,),                     TELL, sets.reworked),
    Step(TIMEKEEPER,       "archive",            S.CLOSED,                     S.ARCHIVED,      Plain,          (),                                  ()),
    *erasure_steps((S.DECLINED, S.REDIRECTED, S.CLOSED, S.MERGED, S.ARCHIVED)),
    *clock_steps(TIMED, resting=(S.CLOSED,)),
    *standing_steps(TIMED, (STATION_HEAD, CARRIED), needs=(carried_by_lead, approver_fits)),
)

CLOCKS = (
    Clock("acceptance",   (S.REPORTED,), stands=(S.INCOMPLETE,), ground="supplement"),
    Clock("supplement",   (S.INCOMPLETE,), lapse="lapse"),
    Clock("dispatch",     (S.ACCEPTED,), stands=(S.IN_MEDIATION,), ground="mediation"),
    Clock("redo",         (S.REOPENED,)),
    Clock("handling",     WITH_DEPARTMENTS),
    Clock("ruling",       (S.RETURN_RULING,)),
    Clock("feedback",     (S.HANDLED, S.FED_BACK)),
    Clock("confirm",      (S.CONFIRMING,), lapse="lapse"),
    Clock("dissatisfied", (S.DISSATISFIED,)),
    Clock("archive",      (S.CLOSED,), lapse="archive"),
)

VERBS = {
    "record_dissuasion": ("记录劝阻", "Record dissuasion"), "report": ("提交报告", "Report"), "settle": ("劝阻解决", "Settled by dissuasion"),
    "classify": ("认定事项", "Classify"), "ask_more": ("要求补正", "Ask for more"), "supplement": ("补正", "Supplement"), "lapse": ("期满处理", "Lapse"),
    "accept": ("受理", "Accept"), "decline": ("不予受理", "Decline"), "object": ("提出异议", "Object"), "redirect": ("转其他渠道", "Redirect"),
    "merge": ("并案", "Merge"), "answer": ("随主案答复", "Answer with the master"), "propose": ("建议派遣", "Propose"), "hand_over": ("转人工派遣", "Hand to the operator"),
    "dispatch": ("派遣", "Dispatch"), "refer": ("转调解", "Refer to mediation"), "mediation_settled": ("调解成功", "Settled in mediation"), "mediation_failed": ("调解未成", "Mediation failed"),
    "sign_for": ("签收", "Sign for"), "ask_return": ("申请退单", "Ask to return"), "submit_return": ("提交退单", "Submit the return"),
    "drop_return": ("撤回退单", "Drop the return"), "uphold_return": ("同意退单", "Uphold the return"), "reject_return": ("驳回退单", "Reject the return"),
    "collect": ("汇总结果", "Collect results"), "feed_back": ("反馈", "Feed back"), "send_back": ("退回重办", "Send back"), "answer_arrived": ("反馈送达", "Answer arrived"),
    "call_back": ("回访", "Call back"),
    "confirm": ("确认解决", "Confirm"), "not_solved": ("反映未解决", "Not solved"), "close": ("结案", "Close"), "rework": ("重办", "Rework"),
    "explain": ("解释结案", "Close with explanation"), "reopen": ("重新打开", "Reopen"), "archive": ("归档", "Archive"),
    **CLOCK_VERBS, **STANDING_VERBS, **ERASURE_VERBS,
}
# fmt: on

CLUE = CaseType(
    code="clue",
    label="执法线索",
    label_en="Enforcement clue",
    states=STATES,
    steps=STEPS,
    clocks=CLOCKS,
    opening=Opening(
        (REPORTER, *DESK, MEDIATOR, COMMITTEE_HEAD),
        (S.REPORTED, S.DISSUADING),
        ClueReport,
        ("tell:reporter", "tell:station"),
        founded=clue_of,
        born=clues_of_danger,
    ),
    facts=ClueFacts,
    verbs=VERBS,
    number_mark="XS",
)
