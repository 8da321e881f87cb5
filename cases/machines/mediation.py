"""People's mediation (人民调解): from the application to performance, each state naming that of the domain reference.

Voluntary to the end: each party is asked for itself, and one clear refusal ends it at once. What is said stays inside;
the report it came from learns only that there was mediation and how it ended, in one word. ``station`` is the
committee that keeps the file.
"""

from __future__ import annotations

from cases.grammar import STAY, CaseType, Clock, Opening, Plain, State, Step
from cases.machines import mediation_sets as sets
from cases.machines.agreement_forms import (
    Agreement,
    Default,
    LegalCheck,
    OralAgreement,
    Performance,
    Pressing,
    Seal,
    Signature,
    Visit,
)
from cases.machines.clock_steps import UNSUPERVISED_VERBS, Rebase, clock_steps
from cases.machines.erasure_steps import VERBS as ERASURE_VERBS
from cases.machines.erasure_steps import erasure_steps
from cases.machines.mediation_births import mediation_of, mediations
from cases.machines.mediation_forms import (
    Appraisal,
    Appraised,
    Danger,
    Declining,
    Ending,
    Guidance,
    Handing,
    HandingOver,
    Heard,
    Inquiry,
    Leaving,
    MediationAcceptance,
    MediationApplication,
    MediationFacts,
    PartyCorrected,
    PartyWithdrawn,
    Prolonging,
    RightsNotice,
    Routing,
    Session,
)
from cases.machines.roles import (
    CARRIED,
    COMMITTEE_HEAD,
    COURT_CLERK,
    MEDIATOR,
    OPERATOR,
    PARTY,
    REGISTRAR,
    REPORTER,
    STATION_HEAD,
    TIMEKEEPER,
)
from cases.rules import agreement as terms
from cases.rules import performance as plan
from cases.rules import talks
from cases.rules.standing import clock_runs


class S:
    """The identifiers of the states."""

    APPLIED = "applied"
    EXAMINING = "examining"
    CONSENTING = "consenting"
    CHOOSING = "choosing"
    INQUIRING = "inquiring"
    MEDIATING = "mediating"
    APPRAISING = "appraising"
    AGREEING = "agreeing"
    FAILED = "failed"
    TERMINATED = "terminated"
    PERFORMING = "performing"
    PERFORMED = "performed"
    ROUTED = "routed"
    DEFAULTED = "defaulted"
    DECLINED = "declined"
    ARCHIVED = "archived"


KEEP = (MEDIATOR, COMMITTEE_HEAD)
PARTIES = (PARTY, REPORTER)
TALKING = (S.CHOOSING, S.INQUIRING, S.MEDIATING)
BEFORE = (S.APPLIED, S.EXAMINING)
UNDER_WAY = (S.CONSENTING, *TALKING, S.APPRAISING, S.AGREEING)
TIMED = (S.APPLIED, S.EXAMINING, *UNDER_WAY, S.FAILED, S.TERMINATED, S.PERFORMING, S.DEFAULTED)
OVER = (S.PERFORMED, S.ROUTED, S.DECLINED)
TELL = ("tell:parties",)
NO_USE = ("tell:parties", "parent?:mediation_failed")
SETTLED = ("tell:parties", "parent?:mediation_settled")
HANDED = ("release:mediator", "tell:parties", "tell:station")

# fmt: off
STATES = (
    State(S.APPLIED,    "P0",  "已申请",       "Applied",             "station"),
    State(S.EXAMINING,  "P1",  "受理审查",     "Under examination",   "station"),
    State(S.CONSENTING, "P2",  "征求同意",     "Asking for consent",  "station"),
    State(S.CHOOSING,   "P3",  "选定调解员",   "Choosing a mediator", "station"),
    State(S.INQUIRING,  "P4",  "调查",         "Inquiring",           "station"),
    State(S.MEDIATING,  "P5",  "调解中",       "Mediating",           "station"),
    State(S.APPRAISING, "P6",  "中止(鉴定)", "Standing still for an appraisal", "station"),
    State(S.AGREEING,   "P7",  "达成协议待生效", "Agreement being signed", "station"),
    State(S.FAILED,     "P8",  "调解不成",     "Failed",              "station"),
    State(S.TERMINATED, "P9",  "已终止",       "Terminated",          "station"),
    State(S.PERFORMING, "P10", "履行跟踪",     "Being performed",     "station"),
    State(S.PERFORMED,  "P11", "履行完毕",     "Performed",           "none", end=True),
    State(S.ROUTED,     "P12", "已分流",       "Other routes told",   "none", end=True),
    State(S.DEFAULTED,  "P13", "不履行",       "In default",          "station"),
    State(S.DECLINED,   "P1",  "不予受理",     "Declined",            "none", end=True),
    State(S.ARCHIVED,   "P11", "已归档",       "Archived",            "none", end=True),
)

STEPS = (
    #    who           does                 from                         to             form                 needs                                                    then
    Step(KEEP,         "register",          S.APPLIED,                   S.EXAMINING,   Plain,               (),                                                      ()),
    Step(KEEP,         "accept",            S.EXAMINING,                 S.CONSENTING,  MediationAcceptance, (talks.may_be_mediated, talks.both_sides_entered, talks.nobody_refused), TELL, sets.accepted),
    Step(KEEP,         "decline",           (S.APPLIED, S.EXAMINING),    S.DECLINED,    Declining,           (),                                                      NO_USE, sets.declined),
    Step(KEEP,         "proceed",           S.CONSENTING,                S.CHOOSING,    Plain,               (talks.everybody_agreed,),                               TELL),
    Step(REGISTRAR,    "hear",              S.CONSENTING,                S.CHOOSING,    Heard,               (talks.everybody_agreed,),                               TELL),
    Step(REGISTRAR,    "hear",              UNDER_WAY,                   STAY,          Heard,               (talks.nobody_refused,),                                 ()),
    Step(REGISTRAR,    "hear",              UNDER_WAY,                   S.TERMINATED,  Heard,               (talks.somebody_refused,),                               NO_USE, sets.refused),
    Step(REGISTRAR,    "correct_party",     BEFORE,                      STAY,          PartyCorrected,      (),                                                      (), sets.corrected),
    Step(REGISTRAR,    "correct_party",     UNDER_WAY,                   STAY,          PartyCorrected,      (terms.nobody_signed, talks.two_sides_stay),             (), sets.corrected),
    Step(REGISTRAR,    "withdraw_party",    BEFORE,                      STAY,          PartyWithdrawn,      (),                                                      (), sets.withdrawn),
    Step(REGISTRAR,    "withdraw_party",    UNDER_WAY,                   STAY,          PartyWithdrawn,      (terms.nobody_signed, talks.two_sides_stay),             (), sets.withdrawn),
    Step(PARTIES,      "leave",             UNDER_WAY,                   S.TERMINATED,  Leaving,             (),                                                      ("tell:station", *NO_USE), sets.left),
    Step(KEEP,         "begin",             S.CHOOSING,                  S.INQUIRING,   Plain,               (talks.mediator_appointed, talks.agreed_anew),           TELL),
    Step(REGISTRAR,    "lose_mediator",     (S.INQUIRING, S.MEDIATING, S.AGREEING), S.CHOOSING, Plain,       (),                                                      TELL, sets.unsound),
    Step(KEEP,         "tell_rights",       UNDER_WAY,                   STAY,          RightsNotice,        (talks.parties_of_this_case, talks.not_ahead),           (), sets.told_rights),
    Step(KEEP,         "inquire",           (S.INQUIRING, S.MEDIATING, S.APPRAISING), STAY, Inquiry,         (),                                                      (), sets.inquired),
    Step(KEEP,         "meet",              (S.INQUIRING, S.MEDIATING),  S.MEDIATING,   Session,             (talks.mediator_appointed, talks.agreed_anew, talks.rights_told, talks.session_known, talks.session_not_noted_yet, talks.not_ahead), (), sets.met),
    Step(KEEP,         "appraise",          (S.INQUIRING, S.MEDIATING),  S.APPRAISING,  Appraisal,           (),                                                      TELL, sets.appraised),
    Step(KEEP,         "end_appraisal",     S.APPRAISING,                S.MEDIATING,   Appraised,           (),                                                      TELL, sets.appraisal_over),
    Step(KEEP,         "note_guidance",     TALKING,                     STAY,          Guidance,            (talks.not_ahead,),                                      (), sets.guided),
    Step(KEEP,         "report_danger",     TIMED,                       STAY,          Danger,              (),                                                      ("open:clue",), sets.endangered),
    Step(KEEP,         "hand_up",           TALKING,                     S.CHOOSING,    Handing,             (talks.a_tier_above,),                                   HANDED, sets.raised),
    Step(KEEP,         "hand_down",         TALKING,                     S.CHOOSING,    Handing,             (talks.a_tier_below,),                                   HANDED, sets.lowered),
    Step(TIMEKEEPER,   "rise",              (*TALKING, S.AGREEING),      S.CHOOSING,    Plain,               (terms.not_signing, talks.tier_rises),                                  HANDED, sets.risen),
    Step(KEEP,         "hand_over",         TALKING,                     S.CHOOSING,    HandingOver,         (talks.another_keeper, talks.handing_over_agreed),       HANDED, sets.handed_over),
    Step(KEEP,         "extend_clock",      UNDER_WAY,                   STAY,          Prolonging,          (clock_runs, talks.extension_agreed),                            ("clock:extend", "tell:parties"), sets.extended),
    Step(KEEP,         "draft",             S.MEDIATING,                 S.AGREEING,    Agreement,           (talks.talks_on_record, talks.agreed_anew, terms.terms_whole), (), sets.drafted),
    Step(KEEP,         "check",             S.AGREEING,                  STAY,          LegalCheck,          (terms.terms_lawful,),                                   (), sets.checked),
    Step(KEEP,         "check",             S.AGREEING,                  S.MEDIATING,   LegalCheck,          (terms.terms_faulty,),                                   (), sets.unsound),
    Step(KEEP,         "reopen_talks",      S.AGREEING,                  S.MEDIATING,   Plain,               (),                                                      (), sets.unsound),
    Step(KEEP,         "sign",              S.AGREEING,                  STAY,          Signature,           (terms.terms_checked, talks.agreed_anew, terms.signer_belongs, talks.not_ahead), (), sets.signed),
    Step(KEEP,         "seal",              S.AGREEING,                  S.PERFORMING,  Seal,                (terms.terms_checked, talks.agreed_anew, terms.everybody_signed, talks.not_ahead), (*SETTLED, "open:confirmation"), sets.sealed),
    Step(KEEP,         "agree_orally",      S.MEDIATING,                 S.PERFORMED,   OralAgreement,       (talks.talks_on_record, talks.agreed_anew, terms.terms_whole, terms.terms_lawful, talks.not_ahead, terms.all_done_at_once), SETTLED, sets.agreed_orally),
    Step(KEEP,         "agree_orally",      S.MEDIATING,                 S.PERFORMING,  OralAgreement,       (talks.talks_on_record, talks.agreed_anew, terms.terms_whole, terms.terms_lawful, talks.not_ahead, terms.something_left_to_do), (*SETTLED, "open:confirmation"), sets.agreed_orally),
    Step(KEEP,         "fail",              (S.INQUIRING, S.MEDIATING, S.AGREEING), S.FAILED, Ending,        (),                                                      NO_USE, sets.ended),
    Step(KEEP,         "terminate",         UNDER_WAY,                   S.TERMINATED,  Ending,              (),                                                      NO_USE, sets.ended),
    Step(TIMEKEEPER,   "expire",            (S.CONSENTING, *TALKING, S.AGREEING), S.TERMINATED, Plain,       (terms.not_signing,),                                    ("tell:station", *NO_USE), sets.expired),
    Step(KEEP,         "route",             (S.FAILED, S.TERMINATED, S.DEFAULTED), S.ROUTED, Routing,        (),                                                      TELL, sets.routed),
    Step(KEEP,         "record_performance", (S.PERFORMING, S.DEFAULTED), S.PERFORMED,  Performance,         (plan.item_open, plan.done_not_ahead, plan.nothing_left), ("tell:parties", "children?:fulfil"), sets.performed),
    Step(KEEP,         "record_performance", (S.PERFORMING, S.DEFAULTED), S.PERFORMING, Performance,         (plan.item_open, plan.done_not_ahead, plan.something_left), ("children?:forgive",), sets.performed),
    Step(KEEP,         "visit",             (S.PERFORMING, S.DEFAULTED), STAY,          Visit,               (),                                                      (), sets.visited),
    Step(KEEP,         "default",           S.PERFORMING,                S.DEFAULTED,   Default,             (plan.a_term_has_passed,),                               ("tell:parties", "children?:note_default"), sets.defaulted),
    Step(KEEP,         "press",             S.DEFAULTED,                 STAY,          Pressing,            (),                                                      TELL, sets.pressed),
    Step(CARRIED,      "execute",           (S.PERFORMING, S.DEFAULTED), S.PERFORMED,   Plain,               (),                                                      TELL, sets.executed),
    Step(TIMEKEEPER,   "archive",           OVER,                        S.ARCHIVED,    Plain,               (),                                                      ()),
    Step(COMMITTEE_HEAD, "rebase",          TIMED,                       STAY,          Rebase,              (),                                                      ("clock:rebase",)),
    *erasure_steps((*OVER, S.ARCHIVED)),
    *clock_steps(TIMED, supervised=False),
)

CLOCKS = (
    Clock("acceptance",  (S.APPLIED, S.EXAMINING)),
    Clock("consent",     (S.CONSENTING,)),
    Clock("choice",      (S.CHOOSING,)),
    Clock("total",       (S.CONSENTING, *TALKING, S.AGREEING), after=("accept",), lapse="expire", stands=(S.APPRAISING,), ground="appraisal"),
    Clock("tier",        (*TALKING, S.AGREEING), by="tier", again=("hand_up", "hand_down", "rise", "hand_over"), lapse="rise", stands=(S.APPRAISING,), ground="appraisal"),
    Clock("appraisal",   (S.APPRAISING,)),
    Clock("routing",     (S.FAILED, S.TERMINATED)),
    Clock("performance", (S.PERFORMING,), given="next_due", again=("record_performance",)),
    Clock("pressing",    (S.DEFAULTED,), again=("press",)),
    Clock("archive",     OVER, lapse="archive"),
)

VERBS = {
    "register": ("登记", "Register"), "accept": ("受理", "Accept"), "decline": ("不予受理", "Decline"), "hear": ("答复记入案卷", "Hear an answer"), "proceed": ("各方同意,选定调解员", "Proceed"),
    "correct_party": ("更正当事人", "Correct a party"), "withdraw_party": ("撤回当事人", "Withdraw a party"),
    "leave": ("要求终止调解", "Leave"), "begin": ("开始调查", "Begin"), "lose_mediator": ("更换调解员", "Lose the mediator"), "tell_rights": ("告知权利义务", "Tell the rights"),
    "inquire": ("记录调查", "Inquire"), "meet": ("记录调解", "Meet"), "appraise": ("委托鉴定", "Appraise"), "end_appraisal": ("鉴定结束", "End the appraisal"),
    "note_guidance": ("记录法官指导", "Note the guidance of a judge"), "report_danger": ("报告公安", "Report danger"), "hand_up": ("上交", "Hand up"), "hand_down": ("下交", "Hand down"),
    "rise": ("到期上交", "Rise"), "hand_over": ("三调联动移交", "Hand over"), "extend_clock": ("延长期限", "Extend the term"), "draft": ("拟定协议", "Draft the agreement"),
    "check": ("合法性审核", "Check the agreement"), "reopen_talks": ("退回再议", "Reopen the talks"), "sign": ("签名", "Sign"), "seal": ("盖章生效", "Seal"),
    "agree_orally": ("登记口头协议", "Agree orally"), "fail": ("调解不成", "Fail"), "terminate": ("终止调解", "Terminate"), "expire": ("期满终止", "Expire"), "route": ("告知其他途径", "Tell the other routes"),
    "record_performance": ("登记履行", "Record performance"), "visit": ("回访", "Visit"), "default": ("登记不履行", "Note a default"), "press": ("催告", "Press"), "execute": ("强制执行完毕", "Executed"),
    "archive": ("归档", "Archive"), "rebase": ("转用新版地区包", "Move to the newest pack"), **UNSUPERVISED_VERBS, **ERASURE_VERBS,
}
# fmt: on

MEDIATION = CaseType(
    code="mediation",
    label="人民调解",
    label_en="People's mediation",
    states=STATES,
    steps=STEPS,
    clocks=CLOCKS,
    opening=Opening(
        (*KEEP, OPERATOR, STATION_HEAD, *PARTIES, COURT_CLERK),
        (S.APPLIED, S.EXAMINING),
        MediationApplication,
        ("tell:station",),
        founded=mediation_of,
        born=mediations,
    ),
    facts=MediationFacts,
    verbs=VERBS,
    number_mark="TJ",
    folder="own",
)
