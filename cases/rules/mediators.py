"""Proposing a mediator (推荐调解员): who fits a dispute, in which order, and why; who must not, and why not.

Expertise, language and area speak for somebody, open cases and the past year's against; whoever is tied to a party is
out. The parties may choose anybody who is not excluded (人民调解法 19). What does not live here: the register (store)
and the points, which are a table of the pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cases.errors import PackBroken
from cases.packs.rows import in_force, matches
from cases.rules.tables import read_table

COLUMNS = ("key", "points", "name", "basis", "confidence")
YEAR = 365
SHORTEST_SERVICE = 30
"""Days of service a newcomer's year is at least counted from, so that they are not buried at once."""

_SHARES = 2
"""Halves: a full-time mediator counts two, a part-time one."""


@dataclass(frozen=True, slots=True)
class Points:
    """分值: what each ground is worth; ``load`` is lost in full at the cap, ``year`` with each case more."""

    expertise_exact: int
    expertise_group: int
    expertise_general: int
    area: int
    language: int
    outside: int
    load: int
    year: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute as the proposal sees it. ``places`` are codes of its street and what lies above; ``persons`` the keyed
    digests of the parties and those who speak for them; ``orgs`` codes and names of parties that are organisations."""

    matter: str
    committee: str
    on: date
    places: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    orgs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mediator of the register with what they carry. ``open_weight`` is the sum of the open cases' severities;
    ``cap`` how many open cases the committee allows a full-time mediator; ``ties`` and ``persons`` map what they are
    tied to, or whom, to the relation; ``away_until`` and ``involved`` are sentences, "" where there is nothing."""

    id: str
    name: str
    committee: str
    expertise: tuple[str, ...]
    languages: frozenset[str]
    areas: frozenset[str]
    cap: int
    active_from: date
    active_to: date | None = None
    full_time: bool = True
    open_cases: int = 0
    open_weight: int = 0
    year_cases: int = 0
    ties: Mapping[str, str] = field(default_factory=dict)
    persons: Mapping[str, str] = field(default_factory=dict)
    away_until: str = ""
    involved: str = ""

    @property
    def shares(self) -> int:
        """Working time in halves."""
        return _SHARES if self.full_time else 1

    def year_rate(self, on: date) -> int:
        """Cases of the past year in hundredths, as if they had worked full time for all of it."""
        served = min(YEAR, max(SHORTEST_SERVICE, (on - self.active_from).days))
        return self.year_cases * 100 * YEAR * _SHARES // (served * self.shares)


@dataclass(frozen=True, slots=True)
class Proposed:
    """推荐: a mediator who may be appointed, with points and every ground for them."""

    id: str
    name: str
    committee: str
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excluded:
    """不宜: a mediator who may not be appointed now, and why."""

    id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The ranking, best first, and who is left out of it."""

    ranked: tuple[Proposed, ...]
    excluded: tuple[Excluded, ...]


def conflict_of(one: Candidate, dispute: Dispute) -> str:
    """利害关系: why this mediator must not take the dispute whatever else speaks for them; "" if nothing does."""
    for person in sorted(dispute.persons & one.persons.keys()):
        return f"与当事人一方有利害关系({one.persons[person] or '近亲属'})"
    for org in sorted(dispute.orgs & one.ties.keys()):
        return f"与当事人单位有利害关系({one.ties[org] or '任职'})"
    return one.involved


def exclusion_of(one: Candidate, dispute: Dispute) -> str:
    """Why this mediator cannot be proposed now: a conflict, not in service, away, or full; "" if nothing."""
    conflict = conflict_of(one, dispute)
    if conflict:
        return conflict
    if not in_force(one.active_from, one.active_to, dispute.on):
        return "不在聘期内"
    if one.away_until:
        return one.away_until
    if one.open_cases * _SHARES >= one.cap * one.shares:
        return f"在办 {one.open_cases} 件,已达上限"
    return ""


def propose(dispute: Dispute, candidates: Iterable[Candidate], points: Points) -> Proposal:
    """Rank the candidates, best first; the same question has the same answer, whatever the order of the candidates."""
    fit: list[Candidate] = []
    excluded: list[Excluded] = []
    for one in sorted(candidates, key=lambda one: one.id):
        why = exclusion_of(one, dispute)
        if why:
            excluded.append(Excluded(one.id, one.name, why))
        else:
            fit.append(one)
    rates = [one.year_rate(dispute.on) for one in fit]
    least = min(rates, default=0)
    ranked = [_weighed(one, dispute, points, (rate, least)) for one, rate in zip(fit, rates, strict=True)]
    ranked.sort(key=lambda found: (-found[0].score, found[1], found[0].id))
    return Proposal(tuple(found for found, _ in ranked), tuple(excluded))


def _weighed(one: Candidate, dispute: Dispute, points: Points, year: tuple[int, int]) -> tuple[Proposed, int]:
    """One candidate with points and reasons, and the year's rate, which settles equal points; ``year`` is that rate and
    the least among the candidates."""
    rate, least = year
    grounds = [
        _expertise(one, dispute, points),
        _area(one, dispute, points),
        _language(one, dispute, points),
        _outside(one, dispute, points),
        _load(one, points),
        (points.year * (rate - least) // 100, f"近一年办理 {one.year_cases} 件"),
    ]
    score = sum(worth for worth, _ in grounds)
    reasons = tuple(f"{said}({worth:+d})" for worth, said in grounds if said)
    return Proposed(one.id, one.name, one.committee, score, reasons), rate


def _expertise(one: Candidate, dispute: Dispute, points: Points) -> tuple[int, str]:
    if dispute.matter in one.expertise:
        return points.expertise_exact, "正擅长这一事项"
    if any(pattern != "*" and matches(pattern, dispute.matter) for pattern in one.expertise):
        return points.expertise_group, "擅长这一类事项"
    if "*" in one.expertise:
        return points.expertise_general, "各类纠纷均可"
    return 0, "未登记擅长这类事项"


def _area(one: Candidate, dispute: Dispute, points: Points) -> tuple[int, str]:
    return (points.area, "熟悉当地") if one.areas & dispute.places else (0, "")


def _language(one: Candidate, dispute: Dispute, points: Points) -> tuple[int, str]:
    if not dispute.languages:
        return 0, ""
    spoken = dispute.languages & one.languages
    if spoken == dispute.languages:
        return points.language, f"会{'、'.join(sorted(spoken))}"
    return 0, f"不会{'、'.join(sorted(dispute.languages - spoken))}"


def _outside(one: Candidate, dispute: Dispute, points: Points) -> tuple[int, str]:
    return (0, "") if one.committee == dispute.committee else (points.outside, "属其他调解委员会,跨会支援")


def _load(one: Candidate, points: Points) -> tuple[int, str]:
    """Open cases weighed by severity against the cap; at the cap the points are lost in full."""
    worth = points.load * one.open_weight * _SHARES // (one.cap * one.shares)
    return worth, f"在办 {one.open_cases} 件"


def read_points(path: Path) -> Points:
    """Read the table of points; ``PackBroken`` names the line of a row that is none of them or twice there."""
    found: dict[str, int] = {}
    wanted = set(Points.__dataclass_fields__)
    for place, row in read_table(path, COLUMNS):
        key, points = row["key"], row["points"]
        if key not in wanted or key in found:
            raise PackBroken(f"{place}: 分值项须为 {'、'.join(sorted(wanted - set(found)))} 之一", place=place)
        if not points.removeprefix("-").isdecimal() or len(points) > 4:
            raise PackBroken(f"{place}: points 须为整数", place=place)
        found[key] = int(points)
    if wanted - set(found):
        raise PackBroken(f"{path.name}: 缺少 {'、'.join(sorted(wanted - set(found)))}", file=str(path))
    return Points(**found)
