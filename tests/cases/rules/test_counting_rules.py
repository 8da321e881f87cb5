"""The table of counting rules: its rows, what they say of 日, and the tables it refuses."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cases.errors import PackBroken
from cases.rules.counting import Span, due, parse_rule, read_rules, rule_for
from cases.rules.counting_rules import COLUMNS, base_rules, ruling
from cases.rules.spans import ROLLING_UNITS, UNITS
from tests.cases.rules.slow_count import BASE, CALENDAR, at

RULES = read_rules(BASE / "counting_rules.csv")
GOOD = "CR1,wd,2;3,yes,law,某法,85,句子\n"


def test_the_base_table_holds_the_eleven_rules() -> None:
    assert list(RULES) == [f"CR{n}" for n in range(1, 12)]
    assert RULES["CR2"].said.startswith("CR2:")
    assert RULES["CR2"].said.endswith("(依据:行政处罚法第85条)")
    assert RULES["CR5"].said.endswith("(依据:治安管理处罚法第143条、公安机关办理行政案件程序规定第35条)")
    assert RULES["CR8"].said.endswith("(惯例)")
    assert RULES["CR9"].said.endswith("(本系统约定)")


@pytest.mark.parametrize(
    ("code", "amount", "written"),
    [
        ("CR2", 2, "2wd"),
        ("CR2", 7, "7wd"),
        ("CR2", 15, "15d"),
        ("CR2", 90, "90d"),
        ("CR3", 10, "10wd"),
        ("CR3", 30, "30d"),
        ("CR4", 10, "10wd"),
        ("CR4", 60, "60d"),
        ("CR5", 5, "5d"),
        ("CR10", 30, "30d!"),
    ],
)
def test_a_law_says_which_of_its_days_are_working_days(code: str, amount: int, written: str) -> None:
    assert RULES[code].days(amount) == parse_rule(written)


def test_every_kind_of_limit_has_exactly_one_default_rule() -> None:
    spans = [Span(1, unit) for unit in UNITS] + [Span(1, unit, rolls=False) for unit in sorted(ROLLING_UNITS)]
    found = {span.kind: rule for span in spans if (rule := rule_for(span, RULES)) is not None}
    assert len(found) == len(spans)
    assert found["d!"].code == "CR10"
    assert found["wd"].code == "CR8"
    assert rule_for(Span(1, "wd"), {}) is None


@pytest.mark.parametrize(
    ("law", "limit", "code"),
    [
        ("行政处罚法", "7wd", "CR2"),
        ("行政处罚法", "90d", "CR2"),
        ("行政强制法", "10wd", "CR3"),
        ("行政强制法", "30d", "CR3"),
        ("行政复议法", "5wd", "CR4"),
        ("行政复议法", "60d", "CR4"),
        ("治安管理处罚法", "30d", "CR5"),
        ("民事诉讼法", "30d", "CR1"),
        ("民法典", "15d", "CR7"),
        ("信访工作条例", "15d", "CR6"),
        ("信访工作条例", "5wd", "CR8"),
        ("行政处罚法", "2y", "CR7"),
        ("治安管理处罚法", "24h", "CR9"),
        ("公安机关办理行政案件程序规定", "7wd", "CR8"),
        ("", "30d!", "CR10"),
        ("", "4work_h", "CR11"),
        ("没有这部法", "3wd", "CR8"),
    ],
)
def test_a_limit_is_explained_by_its_own_law_where_that_counts_so(law: str, limit: str, code: str) -> None:
    found = ruling(law, parse_rule(limit), base_rules())
    assert found is not None
    assert found.code == code


def test_the_limits_of_the_base_pack_are_counted_as_their_laws_count() -> None:
    """A period of 行政处罚法, 行政强制法 or 行政复议法 short enough to mean working days is entered in working days."""
    checked = 0
    for row in csv.DictReader((BASE / "limits.csv").read_text(encoding="utf-8-sig").splitlines()):
        rules = [rule for rule in RULES.values() if rule.working_days and row["law"] in dict(rule.sources)]
        for rule in rules if row["unit"] in ("d", "wd") else []:
            assert rule.days(int(row["amount"])).unit == row["unit"], row["code"]
            checked += 1
    assert checked >= 15


def test_a_deadline_carries_the_words_of_its_rule() -> None:
    found = due(at("2026-02-13"), parse_rule("3wd"), CALENDAR, rule=RULES["CR2"])
    assert found.rule == RULES["CR2"].said
    assert "CR8" in due(at("2026-02-13"), parse_rule("3wd"), CALENDAR).rule
    assert "CR10" in due(at("2026-02-13"), parse_rule("3d!"), CALENDAR).rule
    assert "CR9" in due(at("2026-02-13"), Span(3, "h", rolls=False), CALENDAR).rule


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (GOOD + GOOD, "第3行: 规则 CR1 重复"),
        (GOOD + GOOD.replace("CR1", "CR2"), "default_for 与其他规则重复:wd"),
        (GOOD.replace("CR1", "R1"), "code 须形如"),
        (GOOD.replace("句子", ""), "sentence 须填写"),
        (GOOD.replace("yes", "maybe"), "rolls 只能是"),
        (GOOD.replace("law", "habit"), "basis 只能是"),
        (GOOD.replace("85", ""), "一一对应"),
        (GOOD.replace("law", "practice"), "否则须留空"),
        (GOOD.replace("wd", "week"), "单位不明:week"),
        (GOOD.replace("2;3", "two"), "working_days 无法识别"),
    ],
)
def test_a_broken_table_is_refused_with_its_place(tmp_path: Path, rows: str, sentence: str) -> None:
    table = tmp_path / "counting_rules.csv"
    table.write_text(",".join(COLUMNS) + "\n" + rows, encoding="utf-8")
    with pytest.raises(PackBroken) as refused:
        read_rules(table)
    assert sentence in refused.value.sentence


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackBroken, match="不存在"):
        read_rules(tmp_path / "counting_rules.csv")
