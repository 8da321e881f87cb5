"""The association's batch of 289 suits, judged by hand before the rule was written, against the rule's answer."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

from cases.intake.suits import read_suits
from cases.rules.screening import Contact, Result, Screened, manifest_of
from tests.cases.rules.screening.samples import codes, screened

FILE = Path(__file__).parent / "suits_batch.csv"

REJECTED = {
    "limitation_lapsed": (24, 53, 71, 73, 110, 123, 153, 173, 265, 270),
    "duplicate": (94, 132, 165, 218, 251),
    "agreement_performed": (16, 79, 129, 176, 211),
    "period_uncovered": (121, 126, 160, 246, 255),
    "nothing_owed": (4, 105, 184, 239),
    "already_judged": (62, 151, 247),
    "tenant_not_liable": (46, 96),
    "outside_area": (40, 215),
    "not_owner": (17,),
    "former_owner": (166,),
}
REPAIRED = {
    "demand_missing": (11, 33, 72, 93, 130, 161, 208, 249),
    "demand_proof_weak": (12, 48, 63, 112, 127, 217, 278),
    "demand_unproven": (60,),
    "contract_unfiled": (54, 131, 152, 237, 240),
    "contract_unknown": (99, 182),
    "contract_expired": (268,),
    "service_missing": (36, 45, 178, 204, 206, 253, 259),
    "address_doubtful": (85, 90, 98, 194, 274),
    "address_missing": (95,),
    "address_incomplete": (264,),
    "fee_vague": (21, 67, 271, 283),
    "fee_rate_missing": (27, 29),
    "fee_missing": (187, 235),
    "fee_contradicted": (108,),
    "amount_differs": (41, 180, 199),
    "amount_about": (61, 258, 262),
    "name_doubtful": (26, 142, 226),
    "name_courtesy": (77, 120),
    "died": (102,),
    "mediation_unproven": (35, 111, 252),
}
# Read one by one and found in order, although their remarks name payments, judgments, tenants, sickness or a contract.
PASSED_IN_SPITE_OF_THEIR_REMARKS = (
    *(1, 13, 15, 18, 25, 28, 51, 52, 58, 59, 69, 84, 86, 91, 114, 116, 117, 124, 128, 133, 136, 137, 138, 140, 147),
    *(158, 159, 164, 167, 168, 169, 172, 174, 175, 177, 181, 189, 192, 197, 203, 205, 213, 216, 225),
)


@cache
def batch() -> dict[int, Screened]:
    answers = screened(*read_suits(FILE).suits)
    return {int(one.suit.number[-4:-1]): one for one in answers}


def test_one_answer_for_every_row_in_order() -> None:
    assert list(batch()) == list(range(1, 290))
    assert [one.suit.row for one in batch().values()] == list(range(2, 291))


def test_the_hopeless_are_rejected_for_the_reason_that_makes_them_so() -> None:
    found = {code: tuple(n for n, one in batch().items() if _decided_by(one, "reject", code)) for code in REJECTED}
    assert found == REJECTED
    assert _numbers(Result.REJECT) == sorted(sum(REJECTED.values(), ()))


def test_the_curable_are_to_be_repaired_for_the_reason_that_makes_them_so() -> None:
    listed = {code: tuple(n for n in numbers if code in codes(batch()[n])) for code, numbers in REPAIRED.items()}
    assert listed == REPAIRED
    assert _numbers(Result.REPAIR) == sorted(sum(REPAIRED.values(), ()))


def test_the_rest_passes() -> None:
    passed = _numbers(Result.PASS)
    assert len(passed) == 289 - 38 - 62
    assert set(PASSED_IN_SPITE_OF_THEIR_REMARKS) <= set(passed)
    assert all(not codes(batch()[n]) for n in passed)


def test_a_missing_telephone_is_worth_a_word_and_no_more() -> None:
    silent = [one for one in batch().values() if one.suit.phone == ""]
    assert len(silent) == 29
    assert all(any(found.code == "phone_missing" for found in one.findings) for one in silent)
    assert sum(one.result == Result.PASS for one in silent) == 16


def test_the_manifest_of_the_batch() -> None:
    made = manifest_of("2026-11", Contact("协会", "联络员", ""), batch().values())
    assert len(made.lines) == 189
    assert made.total == Decimal("465372.33")


def _numbers(result: Result) -> list[int]:
    return [n for n, one in batch().items() if one.result == result]


def _decided_by(one: Screened, weight: str, code: str) -> bool:
    return any(found.weight == weight and found.code == code for found in one.findings)
