"""A suit (诉讼): from the demand through the association's screening, the court's acts as they are told, to execution.

The court acts by an account or key of its own; what it decides is recorded, never decided here. ``station`` is the desk
that received the suit, ``assignee`` the court once it was submitted, ``reporter_org`` the plaintiff. Mediation the
court refers is a case of its own under the suit.
"""

from __future__ import annotations

from cases.grammar import STAY, CaseType, Clock, Opening, Plain, State, Step
from cases.machines import court_forms as court
from cases.machines import litigation_sets as sets
from cases.machines import suit_forms as suit
from cases.machines.clock_steps import UNSUPERVISED_VERBS, Rebase, clock_steps
from cases.machines.erasure_steps import VERBS as ERASURE_VERBS
from cases.machines.erasure_steps import erasure_steps
from cases.machines.litigation_births import suit_of
from cases.machines.roles import CARRIED, COURT_CLERK, PARTY, REPORTER, STATION_HEAD, SUIT_DESK, TIMEKEEPER
from cases.rules import court as acts
from cases.rules import suing as may
from cases.rules.confirming import a_court, execution_in_time
from cases.rules.standing import clock_runs


class S:
    """The identifiers of the states."""

    DEMANDED = "demanded"
    SCREENING = "screening"
    REPAIRING = "repairing"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    DIVERTED = "diverted"
    AGREED = "agreed"
    SETTLED = "settled"
    NOT_FILED = "not_filed"
    FILED = "filed"
    MODEL = "model"
    WAITING = "waiting"
    TRIAL = "trial"
    ENTRUSTED = "entrusted"
    JUDGED = "judged"
    APPEALED = "appealed"
    EFFECTIVE = "effective"
    DISMISSED = "dismissed"
    PERFORMED = "performed"
    EXECUTION_ASKED = "execution_asked"
    EXECUTING = "executing"
    STOPPED = "stopped"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    ORDER_ASKED = "order_asked"
    ORDER_EXAMINED = "order_examined"
    ORDER_SERVED = "order_served"
    ORDER_LAPSED = "order_lapsed"


DESK = SUIT_DESK
SIDES = (REPORTER, PARTY)
HELPED = (*SIDES, *DESK)
BEFORE_COURT = (S.DEMANDED, S.SCREENING, S.REPAIRING, S.ACCEPTED)
PENDING = (S.FILED, S.MODEL, S.TRIAL)
OWED = (S.AGREED, S.JUDGED, S.EFFECTIVE, S.ORDER_SERVED, S.EXECUTION_ASKED)
ENDS = (S.REJECTED, S.SETTLED, S.DISMISSED, S.PERFORMED, S.STOPPED, S.CLOSED, S.WITHDRAWN)
TIMED = (
    *BEFORE_COURT, S.SUBMITTED, S.RECEIVED, S.AGREED, S.NOT_FILED, *PENDING, S.ENTRUSTED, S.JUDGED, S.EFFECTIVE,
    S.EXECUTION_ASKED, S.EXECUTING, S.ORDER_ASKED, S.ORDER_EXAMINED, S.ORDER_SERVED,
)  # fmt: skip
TELL = ("tell:reporter",)
TO_COURT = ("tell:assignee", "tell:reporter")
ALL = ("tell:parties", "tell:station")
REFERRED = ("open:mediation", *ALL)
SCREENED = (may.every_item_judged, may.findings_reasoned, may.verdict_follows)
OURS = (may.plaintiff_acts,)

# fmt: off
STATES = (
    State(S.DEMANDED,        "L0",  "催告",           "Demand",                  "reporter"),
    State(S.SCREENING,       "L1",  "协会筛查",       "Screening",               "station"),
    State(S.REPAIRING,       "L1R", "补正",           "To be repaired",          "reporter"),
    State(S.REJECTED,        "L1X", "不予提交",       "Rejected in screening",   "none", end=True),
    State(S.ACCEPTED,        "L1",  "筛查通过待提交", "Passed, awaiting the batch", "station"),
    State(S.SUBMITTED,       "L2",  "已提交法院",     "Submitted to the court",  "assignee"),
    State(S.RECEIVED,        "L2",  "法院已收件",     "Received by the court",   "assignee"),
    State(S.DIVERTED,        "L3",  "诉前委派调解",   "Pre-filing mediation",    "assignee", no_clock_because="期限在委派的调解案件中计算:三十日,双方同意可延长,鉴定不计入"),
    State(S.AGREED,          "L4",  "调解成功",       "Agreed in mediation",     "reporter"),
    State(S.SETTLED,         "L4",  "调解了结",       "Settled",                 "none", end=True),
    State(S.NOT_FILED,       "L5N", "不予受理",       "Not accepted by the court", "reporter"),
    State(S.FILED,           "L5",  "已立案",         "Filed",                   "assignee"),
    State(S.MODEL,           "L6",  "示范案件",       "Model case",              "assignee"),
    State(S.WAITING,         "L6W", "等待示范裁判",   "Waiting for the model case", "assignee", no_clock_because="等待示范案件裁判,当事人随时可以退出;审理期限停止计算"),
    State(S.TRIAL,           "L7",  "审理中",         "Under trial",             "assignee"),
    State(S.ENTRUSTED,       "L7",  "委托调解",       "Mediation entrusted by the court", "assignee"),
    State(S.JUDGED,          "L8",  "已裁判",         "Judged",                  "reporter"),
    State(S.APPEALED,        "L9",  "上诉",           "Under appeal",            "assignee", no_clock_because="二审期限未经核对,地区包未设"),
    State(S.EFFECTIVE,       "L10", "已生效",         "In force",                "reporter"),
    State(S.DISMISSED,       "L10", "请求未获支持",   "Claim not granted",       "none", end=True),
    State(S.PERFORMED,       "L11", "履行完毕",       "Performed",               "none", end=True),
    State(S.EXECUTION_ASKED, "L12", "已申请执行",     "Execution applied for",   "assignee"),
    State(S.EXECUTING,       "L13", "执行中",         "Under execution",         "assignee"),
    State(S.STOPPED,         "L13", "终结本次执行",   "This round of execution ended", "none", end=True),
    State(S.CLOSED,          "L13", "已了结",         "Closed",                  "none", end=True),
    State(S.WITHDRAWN,       "L8",  "已撤回",         "Withdrawn",               "none", end=True),
    State(S.ORDER_ASKED,     "LP",  "已申请支付令",   "Payment order applied for", "assignee"),
    State(S.ORDER_EXAMINED,  "LP",  "支付令审查",     "Payment order under examination", "assignee"),
    State(S.ORDER_SERVED,       "LP",  "支付令已送达",   "Payment order served",    "reporter"),
    State(S.ORDER_LAPSED,    "LP",  "支付令未成",     "No payment order",        "reporter", no_clock_because="是否起诉由申请人决定"),
)

STEPS = (
    #    who           does                from                          to                form                   needs                                              then
    Step(HELPED,       "demand",           S.DEMANDED,                   STAY,             suit.Demand,           (*OURS, may.demand_gives_time),                    TELL, sets.pressed),
    Step(HELPED,       "file",             S.DEMANDED,                   S.SCREENING,      Plain,                 (*OURS, may.demanded_first),                       ("tell:station",)),
    Step(DESK,         "screen",           S.SCREENING,                  S.ACCEPTED,       suit.Screening,        (*SCREENED, may.passes),                           TELL, sets.examined),
    Step(DESK,         "screen",           S.SCREENING,                  S.REPAIRING,      suit.Screening,        (*SCREENED, may.needs_repair),                     TELL, sets.examined),
    Step(DESK,         "screen",           S.SCREENING,                  S.REJECTED,       suit.Screening,        (*SCREENED, may.is_rejected),                      TELL, sets.examined),
    Step(HELPED,       "repair",           S.REPAIRING,                  S.SCREENING,      suit.Mending,          OURS,                                              ("tell:station",), sets.mended),
    Step(DESK,         "advise",           BEFORE_COURT,                 STAY,             suit.Advice,           (),                                                (), sets.advised),
    Step((*DESK, COURT_CLERK), "join_family", (S.ACCEPTED, S.SUBMITTED, S.RECEIVED, S.FILED), STAY, suit.Family, (),                                                (), sets.joined),
    Step(DESK,         "submit",           S.ACCEPTED,                   S.SUBMITTED,      suit.Submission,       (a_court, may.both_sides_advised),                 TO_COURT, sets.submitted),
    Step(COURT_CLERK,  "receipt",          S.SUBMITTED,                  S.RECEIVED,       court.CourtReceipt,    (),                                                ("tell:station", *TELL), sets.received),
    Step(COURT_CLERK,  "return_suit",      (S.SUBMITTED, S.RECEIVED),    S.REPAIRING,      court.CourtPaper,      (),                                                ("tell:station", *TELL), sets.concluded),
    Step(COURT_CLERK,  "divert",           S.RECEIVED,                   S.DIVERTED,       court.Referring,       (acts.a_mediation_body,),                          REFERRED, sets.referred),
    Step(CARRIED,      "mediation_settled", (S.DIVERTED, S.ENTRUSTED),   S.AGREED,         Plain,                 (),                                                ("tell:assignee", "tell:station", *TELL), sets.settled),
    Step(CARRIED,      "mediation_failed", S.DIVERTED,                   S.RECEIVED,       Plain,                 (),                                                ("tell:assignee", "tell:station", *TELL), sets.not_settled),
    Step(CARRIED,      "mediation_failed", S.ENTRUSTED,                  S.TRIAL,          Plain,                 (),                                                ("tell:assignee", "tell:station", *TELL), sets.not_settled),
    Step(COURT_CLERK,  "conclude",         S.AGREED,                     S.SETTLED,        court.CourtPaper,      (),                                                ALL, sets.concluded),
    Step(HELPED,       "go_on",            S.AGREED,                     S.TRIAL,          suit.Wish,             (*OURS, acts.was_filed),                           TO_COURT, sets.withdrawn),
    Step(HELPED,       "go_on",            S.AGREED,                     S.RECEIVED,       suit.Wish,             (*OURS, acts.not_filed_yet),                       TO_COURT, sets.withdrawn),
    Step(COURT_CLERK,  "accept_filing",    S.RECEIVED,                   S.FILED,          court.FilingDecision,  (),                                                ALL, sets.filed),
    Step(COURT_CLERK,  "refuse_filing",    S.RECEIVED,                   S.NOT_FILED,      court.FilingRefusal,   (),                                                ("tell:station", *TELL), sets.not_filed),
    Step(COURT_CLERK,  "choose_model",     S.FILED,                      S.MODEL,          court.ModelChoice,     (),                                                ALL, sets.chosen_model),
    Step(COURT_CLERK,  "wait",             (S.FILED, S.RECEIVED),        S.WAITING,        court.Waiting,         (),                                                ALL, sets.waits),
    Step(COURT_CLERK,  "follow",           S.WAITING,                    S.ENTRUSTED,      court.Following,       (acts.told_where, acts.to_mediate, acts.was_filed), REFERRED, sets.follows),
    Step(COURT_CLERK,  "follow",           S.WAITING,                    S.DIVERTED,       court.Following,       (acts.told_where, acts.to_mediate, acts.not_filed_yet), REFERRED, sets.follows),
    Step(COURT_CLERK,  "follow",           S.WAITING,                    S.TRIAL,          court.Following,       (acts.told_where, acts.goes_on, acts.was_filed),   ALL, sets.follows),
    Step(COURT_CLERK,  "follow",           S.WAITING,                    S.RECEIVED,       court.Following,       (acts.told_where, acts.goes_on, acts.not_filed_yet), ALL, sets.follows),
    Step((*SIDES, COURT_CLERK), "leave_family", S.WAITING,               S.FILED,          suit.Wish,             (acts.was_filed,),                                 ("release:family", "tell:assignee", *ALL), sets.left),
    Step((*SIDES, COURT_CLERK), "leave_family", S.WAITING,               S.RECEIVED,       suit.Wish,             (acts.not_filed_yet,),                             ("release:family", "tell:assignee", *ALL), sets.left),
    Step(COURT_CLERK,  "serve",            PENDING,                      STAY,             court.Service,         (),                                                ALL, sets.served),
    Step(COURT_CLERK,  "answer",           PENDING,                      STAY,             court.Answer,          (),                                                ALL, sets.answered),
    Step(COURT_CLERK,  "open_trial",       PENDING,                      S.TRIAL,          court.CourtHearing,    (),                                                ALL, sets.heard),
    Step(COURT_CLERK,  "convert",          PENDING,                      STAY,             court.Conversion,      (),                                                ALL, sets.converted),
    Step(COURT_CLERK,  "entrust",          (S.FILED, S.TRIAL),           S.ENTRUSTED,      court.Referring,       (acts.a_mediation_body,),                          REFERRED, sets.referred),
    Step(COURT_CLERK,  "extend_clock",     (*PENDING, S.ENTRUSTED),      STAY,             court.LongerTrial,     (clock_runs, acts.both_want_longer),               ("clock:extend", *ALL), sets.longer),
    Step(COURT_CLERK,  "judge",            (S.FILED, S.TRIAL),           S.JUDGED,         court.Judgment,        (acts.may_be_appealed,),                           ALL, sets.judged),
    Step(COURT_CLERK,  "judge",            (S.FILED, S.TRIAL),           S.EFFECTIVE,      court.Judgment,        (acts.final_at_once, acts.something_granted),      ALL, sets.judged_finally),
    Step(COURT_CLERK,  "judge",            (S.FILED, S.TRIAL),           S.DISMISSED,      court.Judgment,        (acts.final_at_once, acts.nothing_granted),        ALL, sets.judged_finally),
    Step(COURT_CLERK,  "mediate_in_court", (*PENDING, S.AGREED),         S.EFFECTIVE,      court.MediationPaper,  (),                                                ALL, sets.papered),
    Step((*SIDES, COURT_CLERK), "appeal",  (S.JUDGED, S.NOT_FILED),      S.APPEALED,       suit.Appeal,           (may.own_side_only, may.appeal_in_time),           ("tell:assignee", *ALL), sets.appealed),
    Step(COURT_CLERK,  "second_ruling",    S.APPEALED,                   S.EFFECTIVE,      court.SecondRuling,    (acts.stands_granted,),                            ALL, sets.ruled_again),
    Step(COURT_CLERK,  "second_ruling",    S.APPEALED,                   S.DISMISSED,      court.SecondRuling,    (acts.stands_dismissed,),                          ALL, sets.ruled_again),
    Step(COURT_CLERK,  "second_ruling",    S.APPEALED,                   S.TRIAL,          court.SecondRuling,    (acts.sent_back,),                                 ALL, sets.ruled_again),
    Step(COURT_CLERK,  "second_ruling",    S.APPEALED,                   S.RECEIVED,       court.SecondRuling,    (acts.ordered_to_file,),                           ALL, sets.ruled_again),
    Step(COURT_CLERK,  "take_effect",      S.JUDGED,                     S.EFFECTIVE,      court.Effective,       (acts.something_owed,),                            ALL, sets.in_force),
    Step(COURT_CLERK,  "take_effect",      S.JUDGED,                     S.DISMISSED,      court.Effective,       (acts.nothing_owed,),                              ALL, sets.in_force),
    Step(COURT_CLERK,  "take_effect",      S.NOT_FILED,                  S.DISMISSED,      court.Effective,       (),                                                ALL, sets.in_force),
    Step(COURT_CLERK,  "take_effect",      S.ORDER_SERVED,                  S.EFFECTIVE,      court.Effective,       (acts.answer_time_over,),                          ALL, sets.order_in_force),
    Step(HELPED,       "record_performance", OWED,                       S.PERFORMED,      suit.Paid,             (*OURS, may.paid_not_ahead, may.all_paid),         ALL, sets.performed),
    Step(HELPED,       "record_performance", OWED,                       STAY,             suit.Paid,             (*OURS, may.paid_not_ahead, may.part_paid),        (), sets.performed),
    Step(HELPED,       "apply_execution",  (S.EFFECTIVE, S.CLOSED),      S.EXECUTION_ASKED, suit.Lodged,          (*OURS, execution_in_time),                        TO_COURT, sets.lodged),
    Step(COURT_CLERK,  "take_execution",   S.EXECUTION_ASKED,            S.EXECUTING,      court.CourtPaper,      (),                                                ALL, sets.concluded),
    Step(COURT_CLERK,  "end_execution",    S.EXECUTING,                  S.PERFORMED,      court.ExecutionResult, (acts.executed_whole,),                            ALL, sets.executed),
    Step(COURT_CLERK,  "end_execution",    S.EXECUTING,                  S.STOPPED,        court.ExecutionResult, (acts.round_ended,),                               ALL, sets.executed),
    Step(HELPED,       "resume_execution", S.STOPPED,                    S.EXECUTION_ASKED, suit.Lodged,          OURS,                                              TO_COURT, sets.lodged),
    Step(HELPED,       "ask_higher_court", (S.EXECUTION_ASKED, S.EXECUTING), STAY,         suit.Wish,             (*OURS, may.idle_long_enough),                     TO_COURT, sets.higher),
    Step(TIMEKEEPER,   "let_lapse",        S.EFFECTIVE,                  S.CLOSED,         Plain,                 (),                                                ALL, sets.execution_over),
    Step(HELPED,       "ask_order",        (S.DEMANDED, S.ACCEPTED),     S.ORDER_ASKED,    suit.OrderApplication, (*OURS, a_court, may.order_fits),                  TO_COURT, sets.order_asked),
    Step(COURT_CLERK,  "take_order",       S.ORDER_ASKED,                S.ORDER_EXAMINED, court.CourtPaper,      (),                                                ("tell:station", *TELL)),
    Step(COURT_CLERK,  "refuse_order",     (S.ORDER_ASKED, S.ORDER_EXAMINED), S.ORDER_LAPSED, court.CourtPaper,   (),                                                ("tell:station", *TELL), sets.order_refused),
    Step(COURT_CLERK,  "issue_order",      S.ORDER_EXAMINED,             S.ORDER_SERVED,      court.PaymentOrder,    (),                                                ALL, sets.ordered),
    Step(COURT_CLERK,  "object_to_order",  S.ORDER_SERVED,                  S.ORDER_LAPSED,   court.OrderObjection,       (acts.objected_in_time,),                          ALL, sets.objected),
    Step(HELPED,       "sue",              S.ORDER_LAPSED,               S.SCREENING,      suit.Wish,             OURS,                                              ("tell:station",), sets.sued),
    Step(HELPED,       "withdraw",         (*BEFORE_COURT, S.SUBMITTED, S.RECEIVED, S.AGREED, S.NOT_FILED, S.ORDER_ASKED, S.ORDER_LAPSED), S.WITHDRAWN, suit.Wish, OURS, ("tell:assignee", *ALL), sets.withdrawn),
    Step(SIDES,        "ask_withdrawal",   (*PENDING, S.WAITING, S.ENTRUSTED), STAY,       suit.Wish,             OURS,                                              ("tell:assignee", "tell:station"), sets.wants_out),
    Step(COURT_CLERK,  "grant_withdrawal", (*PENDING, S.WAITING, S.ENTRUSTED, S.AGREED, S.APPEALED), S.WITHDRAWN, court.CourtPaper, (),                               ("release:family", *ALL), sets.let_go),
    Step(STATION_HEAD, "rebase",           TIMED,                        STAY,             Rebase,                (),                                                ("clock:rebase",)),
    *erasure_steps(ENDS),
    *clock_steps(TIMED, supervised=False),
)

CLOCKS = (
    Clock("prepare",      (S.DEMANDED,)),
    Clock("demand",       (S.DEMANDED,), given="pay_by", again=("demand",)),
    Clock("screening",    (S.SCREENING,)),
    Clock("repair",       (S.REPAIRING,)),
    Clock("batch",        (S.ACCEPTED,)),
    Clock("receipt",      (S.SUBMITTED,)),
    Clock("filing",       (S.RECEIVED,)),
    Clock("agreed",       (S.AGREED,), since="effective_at"),
    Clock("service",      PENDING, after=("accept_filing",), until=("serve",), since="filed_at"),
    Clock("defence",      PENDING, after=("serve",), until=("answer",)),
    Clock("term",         (*PENDING, S.ENTRUSTED), by="procedure", since="filed_at", again=("convert",), stands=(S.WAITING,), ground="model_case"),
    Clock("entrusted",    (S.ENTRUSTED,), by="procedure"),
    Clock("appeal",       (S.JUDGED, S.NOT_FILED), by="ruling_kind", since="served_at"),
    Clock("execution",    (S.EFFECTIVE,), since="perform_until", lapse="let_lapse"),
    Clock("enforcement",  (S.EXECUTION_ASKED, S.EXECUTING)),
    Clock("order_notice", (S.ORDER_ASKED,)),
    Clock("order_issue",  (S.ORDER_EXAMINED,)),
    Clock("order_answer", (S.ORDER_SERVED,), since="order_served_at"),
)

VERBS = {
    "demand": ("书面催告", "Demand in writing"), "file": ("提交筛查", "File"), "screen": ("登记筛查结论", "Screen"), "repair": ("补正", "Repair"), "advise": ("法律提示", "Advise"),
    "join_family": ("归入同类案件组", "Join a family"), "submit": ("批次提交法院", "Submit in a batch"), "receipt": ("收件回执", "Give a receipt"), "return_suit": ("退回补正", "Return for repair"),
    "divert": ("诉前委派调解", "Refer to pre-filing mediation"), "mediation_settled": ("调解成功", "Settled in mediation"), "mediation_failed": ("调解未成", "Mediation failed"),
    "conclude": ("调解了结", "Conclude"), "go_on": ("不履行协议,继续诉讼", "Go on"), "accept_filing": ("立案", "File the case"), "refuse_filing": ("裁定不予受理", "Refuse filing"),
    "choose_model": ("确定示范案件", "Choose as the model case"), "wait": ("等待示范裁判", "Wait for the model case"), "follow": ("参照示范裁判", "Follow the model case"), "leave_family": ("退出同类案件组", "Leave the family"),
    "serve": ("送达起诉状副本", "Serve the claim"), "answer": ("收到答辩", "Receive the answer"), "open_trial": ("开庭", "Hold a hearing"), "convert": ("转换程序", "Convert the procedure"),
    "entrust": ("委托调解", "Entrust mediation"), "extend_clock": ("延长期限", "Extend the deadline"), "judge": ("裁判", "Judge"), "mediate_in_court": ("出具民事调解书", "Issue a mediation paper"),
    "appeal": ("上诉", "Appeal"), "second_ruling": ("二审裁判", "Rule in second instance"), "take_effect": ("登记生效", "Take effect"), "record_performance": ("登记履行", "Record performance"),
    "apply_execution": ("申请执行", "Apply for execution"), "take_execution": ("执行立案", "Take the execution on"), "end_execution": ("执行结案", "End the execution"), "resume_execution": ("申请恢复执行", "Resume the execution"),
    "ask_higher_court": ("向上一级法院申请执行", "Ask the higher court"), "let_lapse": ("执行期满", "Lapse"), "ask_order": ("申请支付令", "Apply for a payment order"), "take_order": ("受理支付令申请", "Take the application on"),
    "refuse_order": ("驳回支付令申请", "Refuse the payment order"), "issue_order": ("发出支付令", "Issue the payment order"), "object_to_order": ("债务人异议", "Object to the payment order"), "sue": ("转入诉讼", "Sue after all"),
    "withdraw": ("撤回", "Withdraw"), "ask_withdrawal": ("申请撤诉", "Ask to withdraw"), "grant_withdrawal": ("裁定准许撤诉", "Grant the withdrawal"), "rebase": ("转用新版地区包", "Move to the newest pack"), **UNSUPERVISED_VERBS, **ERASURE_VERBS,
}
# fmt: on

LITIGATION = CaseType(
    code="litigation",
    label="诉讼",
    label_en="Suit",
    states=STATES,
    steps=STEPS,
    clocks=CLOCKS,
    opening=Opening(
        (*SIDES, *DESK),
        (S.DEMANDED, S.SCREENING, S.ACCEPTED, S.REPAIRING, S.REJECTED),
        suit.SuitFiling,
        ("tell:station", "tell:reporter"),
        founded=suit_of,
    ),
    facts=court.LitigationFacts,
    verbs=VERBS,
    number_mark="SS",
    folder="own",
)
