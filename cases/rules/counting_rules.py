"""The counting rules (期间计算规则) CR1 to CR11: which law counts how, in its own words.

Lives here: the rule as a value and the reader of ``counting_rules.csv``; laws and articles are rows of that file.
Does not live here: the arithmetic (``counting``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from cases import packs
from cases.errors import PackBroken
from cases.rules.spans import ROLLING_UNITS, UNITS, Span
from cases.rules.tables import read_table

COLUMNS = ("code", "default_for", "working_days", "rolls", "basis", "law", "article", "sentence")
BASES = {"law": "依据", "practice": "惯例", "design": "本系统约定"}


@dataclass(frozen=True)
class CountingRule:
    """One rule: its sentence, its source, and which of its 日 are working days.

    ``basis`` is ``law`` (then ``sources`` names law and article), ``practice`` or ``design``; a citizen may be shown
    which it is. ``default_for`` holds the kinds of limit ("wd", "d", "d!") it explains when no rule is named.
    """

    code: str
    sentence: str
    basis: str
    sources: tuple[tuple[str, str], ...] = ()
    default_for: frozenset[str] = frozenset()
    working_days: frozenset[int] = frozenset()
    rolls: bool = True

    @cached_property
    def said(self) -> str:
        """The rule with its code and source in Chinese, as shown beside a deadline."""
        cited = "、".join(f"{law}第{article}条" for law, article in self.sources)
        return f"{self.code}:{self.sentence}({BASES[self.basis]}{':' + cited if cited else ''})"

    def days(self, amount: int) -> Span:
        """How a period written as so many 日 is counted under this rule: in working days or in natural days."""
        if amount in self.working_days:
            return Span(amount, "wd")
        return Span(amount, "d", self.rolls)


def rule_for(span: Span, rules: Mapping[str, CountingRule]) -> CountingRule | None:
    """The rule that explains such a limit where its own law names none, or None when the table has no default."""
    return next((rule for rule in rules.values() if span.kind in rule.default_for), None)


def ruling(law: str, span: Span, rules: Mapping[str, CountingRule]) -> CountingRule | None:
    """The rule a limit is explained by: its own law's, where that law counts so many 日 as the limit does, else the
    default for such limits."""
    for rule in rules.values():
        if span.unit in ("d", "wd") and law in {name for name, _ in rule.sources} and rule.days(span.amount) == span:
            return rule
    return rule_for(span, rules)


@lru_cache(maxsize=1)
def base_rules() -> Mapping[str, CountingRule]:
    """The counting rules all cities share, read once."""
    return read_rules(Path(packs.__file__).parent / "base" / "counting_rules.csv")


def read_rules(path: Path) -> dict[str, CountingRule]:
    """Read the table of counting rules by code; ``PackBroken`` names the line of a rule that does not hold together."""
    rules: dict[str, CountingRule] = {}
    taken: set[str] = set()
    for place, row in read_table(path, COLUMNS):
        rule = _read_rule(place, row)
        if rule.code in rules:
            raise PackBroken(f"{place}: 规则 {rule.code} 重复", place=place)
        if rule.default_for & taken:
            raise PackBroken(f"{place}: default_for 与其他规则重复:{'、'.join(sorted(rule.default_for & taken))}")
        taken |= rule.default_for
        rules[rule.code] = rule
    return rules


def _read_rule(place: str, row: Mapping[str, str]) -> CountingRule:
    if not re.fullmatch(r"CR[0-9]{1,3}", row["code"]) or not row["sentence"]:
        raise PackBroken(f"{place}: code 须形如 CR1,sentence 须填写", place=place)
    if row["basis"] not in BASES or row["rolls"] not in ("yes", "no"):
        raise PackBroken(f"{place}: basis 只能是 {'、'.join(BASES)},rolls 只能是 yes 或 no", place=place)
    laws, articles = _listed(row["law"]), _listed(row["article"])
    if len(laws) != len(articles) or bool(laws) != (row["basis"] == "law"):
        raise PackBroken(f"{place}: basis 为 law 时 law 与 article 须一一对应,否则须留空", place=place)
    kinds = frozenset(_listed(row["default_for"]))
    unknown = kinds - set(UNITS) - {f"{unit}!" for unit in ROLLING_UNITS}
    if unknown:
        raise PackBroken(f"{place}: default_for 中的单位不明:{'、'.join(sorted(unknown))}", place=place)
    return CountingRule(
        code=row["code"],
        sentence=row["sentence"],
        basis=row["basis"],
        sources=tuple(zip(laws, articles, strict=True)),
        default_for=kinds,
        working_days=_numbers(place, row["working_days"]),
        rolls=row["rolls"] == "yes",
    )


def _numbers(place: str, text: str) -> frozenset[int]:
    """The numbers in "2;3;5;7" or "1-10"."""
    found: set[int] = set()
    for part in _listed(text):
        match = re.fullmatch(r"([0-9]{1,3})(?:-([0-9]{1,3}))?", part)
        if match is None:
            raise PackBroken(f"{place}: working_days 无法识别:{part!r},应形如 2;3;5;7 或 1-10", place=place)
        found.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return frozenset(found)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
