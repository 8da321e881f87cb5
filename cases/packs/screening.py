"""The words of association screening (协会筛查): which checks and signals there are, and the rows that describe them.

A check (审查要点) is code in ``cases.rules.screening``; how much it weighs, what it says, what would cure the suit and
on which law it rests are rows of ``screening.csv``. A signal (备注信号) is something a remark may say; the phrases that
say it are rows of ``screening_signals.csv``. What does not live here: asking the questions, and the check of the rows
(``checklist``).
"""

from __future__ import annotations

from dataclasses import dataclass

WEIGHTS = ("reject", "repair", "note", "off")
"""What a hit means: not for the court, to be cured first, worth knowing, not asked here."""

ITEMS = (
    "form",
    "contract",
    "fee",
    "service",
    "demand",
    "address",
    "limitation",
    "amount",
    "period",
    "defendant",
    "mediation",
    "court",
)
"""The items of the checklist (筛查表) in its order; each is worded as ``screening.<item>``."""

CHECKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "row_unreadable": ("form", ("what",)),
    "number_missing": ("form", ()),
    "number_reused": ("form", ("other",)),
    "duplicate": ("form", ("other",)),
    "duplicate_doubtful": ("form", ("other",)),
    "overlap": ("form", ("other",)),
    "claimant_missing": ("form", ()),
    "contract_unfiled": ("contract", ()),
    "contract_unknown": ("contract", ()),
    "contract_expired": ("contract", ()),
    "contract_unread": ("contract", ()),
    "contract_incomplete": ("contract", ()),
    "contract_seal": ("contract", ()),
    "period_uncovered": ("contract", ()),
    "period_partly_covered": ("contract", ("start",)),
    "assignment_unproven": ("contract", ()),
    "fee_missing": ("fee", ()),
    "fee_vague": ("fee", ()),
    "fee_rate_missing": ("fee", ()),
    "fee_area_missing": ("fee", ()),
    "fee_basis_missing": ("fee", ()),
    "fee_contradicted": ("fee", ("monthly",)),
    "service_missing": ("service", ()),
    "demand_missing": ("demand", ()),
    "demand_undated": ("demand", ()),
    "demand_future": ("demand", ("day",)),
    "demand_early": ("demand", ("day", "until")),
    "demand_unproven": ("demand", ()),
    "demand_proof_weak": ("demand", ("phrase",)),
    "address_missing": ("address", ()),
    "address_doubtful": ("address", ("phrase",)),
    "address_incomplete": ("address", ()),
    "premises_unclear": ("address", ()),
    "premises_mismatch": ("address", ()),
    "phone_missing": ("address", ()),
    "phone_unread": ("address", ()),
    "limitation_lapsed": ("limitation", ("lapsed", "years")),
    "limitation_unproven": ("limitation", ("lapsed", "years")),
    "limitation_revived": ("limitation", ("lapsed", "years")),
    "limitation_partly": ("limitation", ("start", "years")),
    "limitation_contradicted": ("limitation", ()),
    "limitation_unstated": ("limitation", ()),
    "amount_about": ("amount", ()),
    "amount_unread": ("amount", ()),
    "amount_zero": ("amount", ()),
    "amount_differs": ("amount", ("claimed", "reckoned", "gap", "months")),
    "part_month_whole": ("amount", ("months",)),
    "nothing_owed": ("amount", ()),
    "already_paid": ("amount", ()),
    "partly_paid": ("amount", ()),
    "payment_disputed": ("amount", ()),
    "period_unread": ("period", ()),
    "period_reversed": ("period", ()),
    "period_future": ("period", ("until",)),
    "name_missing": ("defendant", ()),
    "name_doubtful": ("defendant", ()),
    "name_courtesy": ("defendant", ()),
    "not_owner": ("defendant", ()),
    "tenant_not_liable": ("defendant", ()),
    "tenant_unclear": ("defendant", ()),
    "former_owner": ("defendant", ()),
    "title_unclear": ("defendant", ()),
    "died": ("defendant", ()),
    "guardian_needed": ("defendant", ()),
    "dissolved": ("defendant", ()),
    "agreement_performed": ("mediation", ()),
    "agreement_reached": ("mediation", ()),
    "mediation_contradicted": ("mediation", ()),
    "mediation_unproven": ("mediation", ()),
    "mediation_unread": ("mediation", ()),
    "already_judged": ("court", ()),
    "judged_doubtful": ("court", ()),
    "pending_doubtful": ("court", ()),
    "outside_area": ("court", ()),
}
"""Every check by its code: the item of the checklist it belongs to, and the facts its sentence may name."""

SIGNALS = (
    "acknowledged",
    "agreed",
    "assigned",
    "contract_incomplete",
    "contract_seal",
    "contract_starts",
    "courtesy",
    "demanded",
    "died",
    "dissolved",
    "doubtful_address",
    "doubtful_name",
    "failure_proof",
    "former_owner",
    "judged",
    "no_contract",
    "no_lift_fee",
    "no_service",
    "not_owner",
    "nothing_owed",
    "outside_area",
    "paid",
    "partly_paid",
    "payment_disputed",
    "pending",
    "performed",
    "same_period",
    "tenant",
    "tenant_not_liable",
    "title_unclear",
    "ward",
    "weak_proof",
)
"""Everything a cell may say that a check listens for."""

LIMITATION = "LIMITATION"
"""The row of ``limits.csv`` with the limitation of claims (诉讼时效)."""


@dataclass(frozen=True, slots=True)
class ScreeningCheck:
    """审查要点: what a hit of one check means and says.

    ``sentence`` states the defect; ``whom`` supplies ``supply`` to cure it, or is told the way that remains open after
    a rejection; both are clauses without full stop. ``law`` and ``article`` are empty where nobody issued a rule.
    """

    code: str
    weight: str
    sentence: str
    whom: str
    supply: str
    law: str
    article: str
    basis: str
    confidence: str


@dataclass(frozen=True, slots=True)
class ScreeningSignal:
    """备注信号: the phrases that say something, and the words in the same clause that take it back.

    ``…`` in a phrase stands for anything within the clause; a phrase in 「」 must be the whole clause. ``meaning``
    tells the keeper of the pack what is heard.
    """

    signal: str
    phrases: tuple[str, ...]
    unless: tuple[str, ...]
    meaning: str
