"""A willing mediation and confirmation: facts, folder and filled forms for which every guard of their tables holds,
and how to spoil each of those guards.

What does not live here: the other case types, and the questions themselves (``willing``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cases.grammar import Form, Guard, Question
from cases.machines import agreement_forms as terms_forms
from cases.machines import confirmation_forms, mediation_forms
from cases.rules import agreement, confirming, performance, talks
from cases.rules.consents import CONFIRM, EXTEND, HAND_OVER, MEDIATION, Given
from cases.rules.folder import Folder, MeetingLine, PartyLine
from tests.builders import FIRE, FRIDAY

COMMITTEE, DISTRICT_COMMITTEE, COURT = "JT-JC-TJ", "JT-TJ", "JT-FY"
TOMORROW = (FRIDAY + timedelta(days=1)).isoformat()
LAWFUL = dict.fromkeys(agreement.CHECKED, True)
DONE = {
    "obligor": 2, "obligee": 1, "kind": "给付金钱", "content": "赔偿", "amount": "600", "due": "2026-11-20",
    "manner": "当面付清", "done": True,
}  # fmt: skip
OWED = {**DONE, "due": "2026-12-20", "done": False}
WORDS: Mapping[str, Any] = {"text": "已核实"}
FILLED: Mapping[type[Form], Mapping[str, Any]] = {
    mediation_forms.Referral: {"named": True, "how": "电话", "dispute": "楼上夜间拖动桌椅"},
    mediation_forms.MediationAcceptance: {},
    mediation_forms.Declining: {"reason": "已由法院受理", "routes": ("向人民法院提起诉讼",)},
    mediation_forms.Heard: {"party": 1, "what": "mediation", "answer": "yes"},
    mediation_forms.PartyCorrected: {"party": 1, "changed": ("姓名或名称",), "reason": "姓名写错"},
    mediation_forms.PartyWithdrawn: {"party": 1, "reason": "登记重复"},
    mediation_forms.RightsNotice: {"parties": ("p1", "p2"), "how": "当面", "at": FRIDAY},
    mediation_forms.Inquiry: WORDS,
    mediation_forms.Session: {"meeting": "m1"},
    mediation_forms.Appraisal: {"subject": "渗漏原因", "by": "某鉴定所", "document": "委托书"},
    mediation_forms.Appraised: {"finding": "防水层老化"},
    mediation_forms.Ending: {"ground": "调解不成", "words": "分歧过大"},
    mediation_forms.Leaving: {},
    mediation_forms.Routing: {"routes": ("向人民法院提起诉讼",)},
    mediation_forms.Handing: {"reason": "标的较大"},
    mediation_forms.HandingOver: {"kind": "administrative", "to": DISTRICT_COMMITTEE, "reason": "涉及行政职责"},
    mediation_forms.Prolonging: {"clock": "total", "amount": 15, "reason": "等待维修报价"},
    mediation_forms.Guidance: {"judge": "周法官", "at": FRIDAY, "words": "参照示范判决"},
    mediation_forms.Danger: {"matter": "GA10", "what": "扬言动手", "told_police_at": FRIDAY},
    terms_forms.Agreement: {
        "findings": "渗水属实",
        "issues": "赔偿金额",
        "responsibility": "乙方负责",
        "content": ("乙方修复",),
        "terms": (OWED,),
    },
    terms_forms.LegalCheck: LAWFUL,
    terms_forms.OralAgreement: {
        "reached_at": FRIDAY,
        "place": "6幢302室门口",
        "content": ("当场付清",),
        "terms": (DONE,),
        "check": LAWFUL,
    },
    terms_forms.Signature: {"signer": "p1", "manner": "签名", "at": FRIDAY},
    terms_forms.Seal: {"at": FRIDAY},
    terms_forms.Performance: {"item": 1, "on": "2026-11-20", "proof": "收条"},
    terms_forms.Visit: {"words": "尚未履行"},
    terms_forms.Default: {"words": "到期未付"},
    terms_forms.Pressing: {"words": "请于十日内付清", "by": "2026-11-30"},
    confirmation_forms.InWriting: {"document": "调协字1号"},
    confirmation_forms.JointApplication: {"court": COURT, **dict.fromkeys(confirming.MATERIALS, True)},
    confirmation_forms.CourtFiling: {"number": "(2026)调确1号"},
    confirmation_forms.CourtRefusal: {"grounds": ("court_status", "unclear"), "document": "裁定1号"},
    confirmation_forms.CourtQuestion: {"request": "补交房产证"},
    confirmation_forms.Supply: {"words": "已补交"},
    confirmation_forms.LongerExamination: {"clock": "court_ruling", "amount": 5, "reason": "需要调查"},
    confirmation_forms.CourtRuling: {"document": "裁定1号"},
    confirmation_forms.Retreat: {},
    confirmation_forms.ExecutionApplication: {"unperformed": "赔偿款600元"},
    confirmation_forms.ExecutionEnd: {"document": "结案1号", "complete": True},
    confirmation_forms.Revocation: {"known_on": "2026-11-01", "applied_on": "2026-11-10", "document": "裁定2号"},
}
"""A valid form for every step of a mediation and a confirmation."""

FACTS: Mapping[str, Mapping[str, Any]] = {
    "mediation": {
        "tier": "street",
        "rights_told": {"p1": "2026-11-19T09:00:00+08:00", "p2": "2026-11-19T09:00:00+08:00"},
        "sessions": ["m0"],
        "checked": {"by": "account:另一人"},
        "signatures": [{"signer": one, "at": "2026-11-20T08:00:00+08:00"} for one in ("p1", "p2", "mediator")],
        "plan": [{"n": 1, "due": "2026-11-10"}],
        "next_due": "2026-11-10",
    },
    "confirmation": {
        "window_ended": "2026-12-01T23:59:59+08:00",
        "execution_ended": "2028-12-01T23:59:59+08:00",
        "default_on": "2026-11-20T09:00:00+08:00",
    },
}
FOLDER = Folder(
    (PartyLine("p1", 1, "applicant"), PartyLine("p2", 2, "respondent")),
    tuple(Given(one, what, "yes", FRIDAY) for one in ("p1", "p2") for what in (MEDIATION, EXTEND, HAND_OVER, CONFIRM)),
    "M1",
    (MeetingLine("m1", "held"),),
)
CLOCKS: Mapping[str, Mapping[str, str]] = {
    "mediation": {"total": TOMORROW},
    "confirmation": {"window": TOMORROW, "execution": TOMORROW, "court_ruling": TOMORROW},
}

Spoiler = Callable[[Question, dict[str, Any]], None]


def fact(**facts: Any) -> Spoiler:
    def spoil(question: Question, filled: dict[str, Any]) -> None:
        question.piece.facts = {**question.piece.facts, **facts}

    return spoil


def form_with(**fields: Any) -> Spoiler:
    def spoil(question: Question, filled: dict[str, Any]) -> None:
        filled.update(fields)

    return spoil


def _folder(**changed: Any) -> Spoiler:
    def spoil(question: Question, filled: dict[str, Any]) -> None:
        question.folder = replace(FOLDER, **changed)

    return spoil


def _without(what: str) -> Spoiler:
    """One party has not answered this question."""
    return _folder(given=tuple(one for one in FOLDER.given if (one.party_id, one.what) != ("p2", what)))


def _not_agreed_anew(question: Question, filled: dict[str, Any]) -> None:
    fact(asked_again=["p2"])(question, filled)
    _without(MEDIATION)(question, filled)


def _refused(question: Question, filled: dict[str, Any]) -> None:
    later = Given("p2", MEDIATION, "no", FRIDAY + timedelta(minutes=1))
    question.folder = replace(FOLDER, given=(*FOLDER.given, later))


def _excluded(question: Question, filled: dict[str, Any]) -> None:
    question.piece.matter = "GA11"


def _terms(**fields: Any) -> Spoiler:
    def spoil(question: Question, filled: dict[str, Any]) -> None:
        filled["terms"] = ({**filled["terms"][0], **fields},)

    return spoil


def _faulty(question: Question, filled: dict[str, Any]) -> None:
    if "check" in filled:
        filled["check"] = {**LAWFUL, "harmless": False}
    else:
        filled["harmless"] = False


def _too_early(question: Question, filled: dict[str, Any]) -> None:
    filled["reached_at" if "reached_at" in filled else "at"] = FRIDAY + timedelta(days=1)


def _at(tier: str) -> Spoiler:
    return fact(tier=tier)


def _too_late_for(clock: str, fact: str) -> Spoiler:
    def spoil(question: Question, filled: dict[str, Any]) -> None:
        past = (FRIDAY - timedelta(days=1)).isoformat()
        question.piece.clocks = {**question.piece.clocks, clock: past}
        question.piece.facts = {**question.piece.facts, fact: past}

    return spoil


SPOILERS: Mapping[Guard, Spoiler] = {
    talks.reporter_will_be_named: form_with(named=False),
    talks.a_committee_takes_it: form_with(committee=FIRE),
    talks.may_be_mediated: _excluded,
    talks.both_sides_entered: _folder(parties=FOLDER.parties[:1]),
    talks.everybody_agreed: _without(MEDIATION),
    talks.nobody_refused: _refused,
    talks.somebody_refused: _without(MEDIATION),
    talks.mediator_appointed: _folder(mediator=""),
    talks.parties_of_this_case: form_with(parties=("p9",)),
    talks.rights_told: fact(rights_told={"p1": "2026-11-19T09:00:00+08:00"}),
    talks.two_sides_stay: _folder(parties=FOLDER.parties[:1]),
    talks.agreed_anew: _not_agreed_anew,
    talks.session_known: form_with(meeting="m9"),
    talks.session_not_noted_yet: fact(sessions=["m1"]),
    talks.talks_on_record: fact(sessions=[]),
    talks.not_ahead: _too_early,
    talks.extension_agreed: _without(EXTEND),
    talks.handing_over_agreed: _without(HAND_OVER),
    talks.another_keeper: form_with(to=COMMITTEE),
    talks.a_tier_above: _at("court"),
    talks.a_tier_below: _at("grid"),
    talks.tier_rises: _at("street"),
    agreement.terms_whole: _terms(amount=""),
    agreement.terms_lawful: _faulty,
    agreement.terms_faulty: form_with(),
    agreement.terms_checked: fact(checked={}),
    agreement.signer_belongs: form_with(signer="p9"),
    agreement.everybody_signed: fact(signatures=[{"signer": "p1", "at": TOMORROW}]),
    agreement.all_done_at_once: _terms(done=False),
    agreement.something_left_to_do: form_with(),
    agreement.nobody_signed: fact(signatures=[{"signer": "p1", "at": TOMORROW}]),
    agreement.not_signing: fact(signatures=[{"signer": "p1", "at": TOMORROW}]),
    performance.item_open: form_with(item=9),
    performance.done_not_ahead: form_with(on="2026-11-21"),
    performance.nothing_left: form_with(complete=False),
    performance.something_left: form_with(),
    performance.a_term_has_passed: fact(plan=[{"n": 1, "due": "2026-11-20"}]),
    confirming.window_open: _too_late_for("window", "window_ended"),
    confirming.both_apply: _without(CONFIRM),
    confirming.agreement_in_writing: fact(oral=True),
    confirming.a_court: form_with(court=FIRE),
    confirming.materials_whole: form_with(identity=False),
    confirming.filing_ground_named: form_with(grounds=("unclear",)),
    confirming.ruling_ground_named: form_with(grounds=("court_status",)),
    confirming.default_noted: fact(default_on=""),
    confirming.execution_in_time: _too_late_for("execution", "execution_ended"),
    confirming.days_in_order: form_with(known_on="2026-11-15"),
    confirming.executed_whole: form_with(complete=False),
    confirming.executed_in_part: form_with(),
}
"""How to make each of their guards fail while all others hold."""
