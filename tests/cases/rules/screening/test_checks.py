"""Every check by itself: one cell changed, one check hit, and beside it the cell that is still in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cases.errors import PackBroken
from cases.packs.screening import CHECKS
from cases.rules.screening import FeeStandard, Result, screen
from tests.cases.rules.screening.samples import AS_OF, FEE, PACK, SUIT, a_suit, answer, codes, screened

OLD = {"period_from": date(2020, 1, 1), "period_to": date(2020, 12, 31)}
TWIN = "handed in beside the perfect suit"

HITS: list[tuple[str, dict[str, Any]]] = [
    ("row_unreadable", {"faults": ("应有 18 列，实有 17 列",)}),
    ("number_missing", {"number": ""}),
    ("claimant_missing", {"claimant": ""}),
    ("contract_unfiled", {"contract": "no"}),
    ("contract_unknown", {"contract": "unknown"}),
    ("contract_expired", {"contract": "expired"}),
    ("contract_unread", {"contract": ""}),
    ("contract_incomplete", {"notes": "只有合同首页和末页"}),
    ("contract_seal", {"notes": "公章与备案不一致，需更正"}),
    ("period_uncovered", {"notes": "合同起始日为2026-07-01"}),
    ("period_partly_covered", {"notes": "我司2026年1月进场"}),
    ("assignment_unproven", {"notes": "进场前的欠费，已签债权转让协议"}),
    ("fee_missing", {"fee": None}),
    ("fee_vague", {"fee": replace(FEE, rate=None, area=None)}),
    ("fee_rate_missing", {"fee": replace(FEE, rate=None, basis="")}),
    ("fee_area_missing", {"fee": replace(FEE, area=None)}),
    ("fee_basis_missing", {"fee": replace(FEE, basis="")}),
    ("fee_contradicted", {"notes": "多层，无电梯费"}),
    ("service_missing", {"service": ()}),
    ("service_missing", {"service": ("待收集",)}),
    ("demand_missing", {"demand_on": None, "demand_given": False, "demand_proof": ""}),
    ("demand_undated", {"demand_on": None}),
    ("demand_future", {"demand_on": date(2026, 11, 22)}),
    ("demand_early", {"demand_on": date(2026, 6, 30)}),
    ("demand_unproven", {"demand_proof": ""}),
    ("demand_proof_weak", {"demand_proof": "邮寄（回执未归档）"}),
    ("address_missing", {"address": ""}),
    ("address_doubtful", {"address": "户籍地东至县，现址不明"}),
    ("address_incomplete", {"address": "晴川里"}),
    ("address_incomplete", {"address": "晴和大道88号晴川里7幢"}),
    ("premises_unclear", {"room": ""}),
    ("premises_unclear", {"community": ""}),
    ("premises_mismatch", {"room": "7-2-302"}),
    ("phone_missing", {"phone": ""}),
    ("phone_unread", {"phone": None}),
    ("limitation_lapsed", {**OLD, "limitation_ok": False}),
    ("limitation_unproven", {**OLD}),
    ("limitation_revived", {**OLD, "limitation_ok": False, "notes": "业主2026年5月承诺分期"}),
    ("limitation_partly", {"period_from": date(2022, 1, 1), "amount": Decimal("7560.00")}),
    ("limitation_contradicted", {"limitation_ok": False}),
    ("limitation_unstated", {"limitation_ok": None}),
    ("amount_about", {"amount": None, "amount_about": True}),
    ("amount_unread", {"amount": None}),
    ("amount_zero", {"amount": Decimal(0)}),
    ("amount_differs", {"amount": Decimal("1680.07")}),
    ("part_month_whole", {"period_to": date(2026, 6, 20)}),
    ("nothing_owed", {"amount": Decimal("-168.15")}),
    ("nothing_owed", {"amount": Decimal(0), "notes": "已缴清"}),
    ("nothing_owed", {"notes": "已抵扣预缴，无欠费"}),
    ("already_paid", {"notes": "2026年9月已付清"}),
    ("partly_paid", {"notes": "业主付了500元"}),
    ("payment_disputed", {"notes": "业主称已付清，未提供收据"}),
    ("period_unread", {"period_to": None}),
    ("period_reversed", {"period_from": date(2026, 7, 1)}),
    ("period_future", {"period_to": date(2026, 12, 31), "amount": Decimal("2520.00")}),
    ("name_missing", {"defendant": ""}),
    ("name_doubtful", {"defendant": "业主（姓名待查）"}),
    ("name_doubtful", {"defendant": "潘莉/毕刚"}),
    ("name_doubtful", {"defendant": "138001"}),
    ("name_courtesy", {"defendant": "阮女士"}),
    ("not_owner", {"notes": "名下无此房，系同名"}),
    ("tenant_not_liable", {"notes": "租客，租约约定费用由房东承担"}),
    ("tenant_unclear", {"notes": "被告系租客"}),
    ("former_owner", {"notes": "拍卖过户，欠费期在前手名下"}),
    ("title_unclear", {"notes": "房屋已过户"}),
    ("died", {"notes": "被告已去世，继承人不明"}),
    ("guardian_needed", {"notes": "被告未成年"}),
    ("dissolved", {"notes": "公司已注销"}),
    ("agreement_performed", {"mediated": "agreed", "notes": "已分期，最后一期8月付讫"}),
    ("agreement_reached", {"mediated": "agreed"}),
    ("agreement_reached", {"mediated": "agreed", "notes": "协议尚未履行完毕"}),
    ("mediation_contradicted", {"notes": "双方已达成调解协议"}),
    ("mediation_unproven", {"mediated": "failed", "notes": "街道调解终止，通知书待取"}),
    ("mediation_unread", {"mediated": ""}),
    ("already_judged", {"notes": "（2025）某民初××号已判决，同一期间"}),
    ("judged_doubtful", {"notes": "有生效判决"}),
    ("pending_doubtful", {"notes": "已另行起诉"}),
    ("outside_area", {"notes": "房屋不在某某区"}),
    ("outside_area", {"community": "（外地项目）"}),
]
BESIDE = {"number_reused", "duplicate", "duplicate_doubtful", "overlap"}  # see test_batch


@pytest.mark.parametrize(("code", "changes"), HITS, ids=lambda value: value if isinstance(value, str) else "")
def test_one_defect_is_one_finding(code: str, changes: dict[str, Any]) -> None:
    one = answer(**changes)
    assert {found.code for found in one.findings} == {code}
    weight = PACK.screening[code].weight
    assert one.result == ("pass" if weight == "note" else weight)
    assert one.reasons == tuple(found.sentence for found in one.findings)


def test_every_check_is_hit_by_a_test() -> None:
    assert {code for code, _ in HITS} | BESIDE == set(CHECKS)


def test_a_suit_in_order_passes_without_a_word() -> None:
    assert answer().findings == ()
    assert answer().result == Result.PASS


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": Decimal("1680.06")},  # twelve bills rounded by half a fen each
        {"demand_on": date(2026, 7, 1)},
        {"demand_on": date(2026, 11, 21)},
        {"address": "合肥市某某路5号3栋2单元1001室"},  # the owner lives elsewhere
        {"address": "墩上街道某某村三组"},
        {"address": "晴和大道88号晴川里7栋2单元301室"},
        {"defendant": "阿依古丽·买买提"},
        {"defendant": "潘莉、毕刚"},
        {"defendant": "晴和商贸有限公司"},
        {"defendant": "欧阳师傅傅"},
        {"service": ("待收集", "保洁签到表")},
        {"mediated": "failed", "notes": "社区调解未成，已取得调解终止通知书"},
        {"notes": "合同起始日为2020-01-01"},
        {"period_from": date(2025, 7, 15), "period_to": date(2026, 7, 14)},  # twelve months from day to day
    ],
)
def test_what_is_just_in_order_passes(changes: dict[str, Any]) -> None:
    assert answer(**changes).findings == ()


def test_a_broken_month_may_be_charged_by_the_day() -> None:
    half = {"period_to": date(2026, 6, 15), "amount": Decimal("1610.00")}  # eleven and a half months at 140
    assert answer(**half).findings == ()


def test_the_arithmetic_is_shown() -> None:
    (found,) = answer(amount=Decimal("1482.67")).findings
    assert "所诉1482.67元与按收费标准核算的1680.00元（12个月）不符，相差197.33元" in found.sentence


def test_repairs_do_not_hide_a_rejection() -> None:
    one = answer(contract="no", address="", phone="", notes="名下无此房")
    assert one.result == Result.REJECT
    assert [found.code for found in one.findings if found.weight == "reject"] == ["not_owner"]
    assert len(one.reasons) == 1
    assert "contract_unfiled" in codes(one)


def test_a_repair_says_all_that_is_to_be_supplied() -> None:
    one = answer(contract="no", address="", phone="")
    assert one.result == Result.REPAIR
    assert len(one.reasons) == 3
    assert one.checklist()["address"][0].code == "address_missing"
    assert one.checklist()["fee"] == ()


def test_a_sentence_names_its_source_and_doubts_one_not_read() -> None:
    (demand,) = answer(demand_on=None, demand_given=False, demand_proof="").findings
    assert demand.sentence.endswith("（《民法典》第944条第2款）")
    assert (demand.law, demand.article, demand.confidence) == ("民法典", "第944条第2款", "found")
    twin = screened(SUIT, replace(SUIT, row=3))[1]
    assert "条文待核对" in twin.reasons[0]


def test_what_a_pack_switches_off_is_not_asked() -> None:
    quiet = replace(PACK, screening={**PACK.screening, "contract_unfiled": _weighed("contract_unfiled", "off")})
    assert screen([a_suit(contract="no")], quiet, AS_OF)[0].findings == ()


def test_a_pack_may_weigh_a_check_differently() -> None:
    strict = replace(PACK, screening={**PACK.screening, "phone_missing": _weighed("phone_missing", "repair")})
    assert screen([a_suit(phone="")], strict, AS_OF)[0].result == Result.REPAIR


def _weighed(code: str, weight: str) -> Any:
    return replace(PACK.screening[code], weight=weight)


def test_a_pack_without_checklist_cannot_screen() -> None:
    with pytest.raises(PackBroken, match="没有筛查要点"):
        screen([SUIT], replace(PACK, screening={}), AS_OF)


def test_a_moment_without_offset_is_no_day() -> None:
    with pytest.raises(ValueError, match="aware"):
        screen([SUIT], PACK, AS_OF.replace(tzinfo=None))


def test_an_unreadable_row_is_asked_nothing_else() -> None:
    one = answer(faults=("双引号没有成对；请补上右引号",), number="", address="")
    assert codes(one) == {"row_unreadable"}
    assert "；" not in one.reasons[0]


def test_no_answer_repeats_who_or_where() -> None:
    for _, changes in HITS:
        said = "".join(answer(**{"fee": FeeStandard(None, None, Decimal(), Decimal(), ""), **changes}).reasons)
        for private in (SUIT.defendant, SUIT.address, SUIT.phone or "", "7-2-301"):
            assert private not in said


def test_progress_is_told_to_the_last() -> None:
    told: list[int] = []
    screen([SUIT] * 120, PACK, AS_OF, progress=told.append)
    assert told == [50, 100, 120]
