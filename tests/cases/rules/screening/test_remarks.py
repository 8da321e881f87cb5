"""What a remark says and what it does not: the same words with another meaning are the trap."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.packs.schema import ScreeningSignal
from cases.rules.screening.remarks import Phrasebook, clauses
from tests.cases.rules.screening.samples import PACK, answer

HARMLESS = [
    "2023年以前各年均已缴清",
    "2024年欠费已付清，本期另计",
    "同户两套房另一套已结清",
    "承诺过年回来结清，逾期",
    "老人独居，子女表示愿意代付但一直未付",
    "租客代付过两期",
    "房屋出租，租客每月按时交水电",
    "房屋出租，租约约定物业费由房东承担",
    "住户为二手房买受人，交接时写明物业费由买方承担",
    "法院往年同小区有生效判决支持",
    "业主在群里表示要等判决",
    "2023年欠费已判决",
    "业主父亲去世，产权登记与被告一致",
    "家庭有变故，产权登记与被告一致",
    "孩子未成年，随母亲居住",
    "业主自称从未签过合同，系前期物业合同",
    "接管前已完成承接查验",
    "房屋已抵押，无查封",
    "业主提出小区绿地被占，另案处理",
    "愿意调解，希望免违约金",
    "业主微信承认欠费但要求减半",
    "装修押金已付2000元",
    "执行新收费标准已公示",
    "非业主本人签收",
    "孩子上学迁走，房屋仍在其名下",
    "EMS被拒收，已公证送达",
]


@pytest.mark.parametrize("notes", HARMLESS)
def test_a_harmless_remark_changes_nothing(notes: str) -> None:
    assert answer(notes=notes).findings == ()


@pytest.mark.parametrize(
    ("notes", "code"),
    [
        ("被告2019年已去世", "died"),  # an early year does not make the dead defendant another matter
        ("业主已付清\n收据在档", "already_paid"),
        ("业主于 2026 年 9 月 已 付 清 。", "already_paid"),
        ("全部付清;另一套房未付", "already_paid"),
        ("以前欠过，现已全部付清", "already_paid"),
        ("同一期间已判决并执行完毕", "already_judged"),
        ("2026年判决已生效", "judged_doubtful"),
        ("公司接管前的欠费，无债权转让协议", "period_uncovered"),
        ("我司2026年7月进场，前期欠费系前物业债权", "period_uncovered"),
        ("期间未签合同，现业委会只认2026年7月后", "period_uncovered"),
    ],
)
def test_a_remark_decides(notes: str, code: str) -> None:
    assert {found.code for found in answer(notes=notes).findings} == {code}


def book(**row: Any) -> Phrasebook:
    return Phrasebook({"it": ScreeningSignal("it", row["phrases"], row.get("unless", ()), "样例")})


def test_a_gap_stays_within_the_clause_and_in_order() -> None:
    gapped = book(phrases=("付了…元",))
    assert gapped.heard("上月付了五百元", "it")
    assert not gapped.heard("付了，差五百元", "it")
    assert not gapped.heard("五百元付了", "it")


def test_a_whole_clause_is_no_more_and_no_less() -> None:
    whole = book(phrases=("「租客」",))
    assert whole.heard("租客，已搬走", "it")[0].phrase == "租客"
    assert not whole.heard("租客已搬走", "it")


def test_a_word_takes_back_only_its_own_clause() -> None:
    careful = book(phrases=("已付清",), unless=("另一套",))
    assert not careful.heard("另一套已付清", "it")
    assert careful.heard("另一套未付，本套已付清", "it")


def test_an_unknown_signal_and_an_empty_remark_are_not_heard() -> None:
    assert book(phrases=("甲",)).heard("甲", "other") == ()
    assert book(phrases=("甲",)).heard("", "it") == ()


@pytest.mark.parametrize(
    ("clause", "days"),
    [
        ("2024年9月、2025年7月均书面催收", (date(2024, 9, 1), date(2025, 7, 1))),
        ("合同起始日为2026-07-01", (date(2026, 7, 1),)),
        ("2026年7月15日进场", (date(2026, 7, 15),)),
        ("2026-07起", (date(2026, 7, 1),)),
        ("2026年13月", ()),
        ("2026年2月30日", ()),
        ("2026年第一次发函", ()),
        ("编号20260701号", ()),
    ],
)
def test_the_days_of_a_clause(clause: str, days: tuple[date, ...]) -> None:
    (heard,) = book(phrases=(clause,)).heard(clause, "it")
    assert heard.days == days


def test_clauses_end_at_every_kind_of_stop() -> None:
    assert clauses("一，二；三。四\n五！六？七　八") == ("一", "二", "三", "四", "五", "六", "七八")


def test_every_signal_of_the_pack_is_listened_for() -> None:
    listener = Phrasebook(PACK.signals)
    for code, row in PACK.signals.items():
        for phrase in row.phrases:
            assert listener.heard(phrase.strip("「」").replace("…", "某"), code), (code, phrase)
