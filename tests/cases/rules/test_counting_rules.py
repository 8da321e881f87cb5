"""The table of counting rules: its rows, what they say of 日, and the tables it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases.errors import PackBroken
from cases.rules.counting import Span, due, parse_rule, read_rules, rule_for
from cases.rules.counting_rules import COLUMNS
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
