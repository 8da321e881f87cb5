"""The ladders (督办阶梯) at ``/console/admin/ladder``: of each clock its rungs: when, who is told, what happens.

Drawn from the pack in force and the case types. What does not live here: choosing a case's ladder (packs) and climbing
it (desk).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.console.admin.frame import LookerOf, show
from api.console.labels import Labels
from cases.grammar import CaseType, Clock
from cases.packs.schema import Pack, Rung, matches
from cases.rules.spans import parse_rule, span_of

router = APIRouter()
DEEDS: Mapping[str, str] = {"warn": "提醒", "overdue": "标记超期", "supervise": "发督办单", "escalate": "上报"}
TOLD: Mapping[str, str] = {
    "holder": "责任单位", "station_head": "站长", "street": "街道(镇)", "district": "区级", "leading_group": "领导小组",
    "justice": "司法行政", "parties": "当事人",
}  # fmt: skip
UNITS_EN: Mapping[str, str] = {
    "min": "min", "h": "h", "work_h": "office h", "wd": "working days", "d": "days", "m": "months", "y": "years",
}  # fmt: skip
NO_LIMIT = "按办理时指定的日期"


@dataclass(frozen=True, slots=True)
class Step:
    """One rung in words; ``level`` is how high it reaches, from 0 to 4."""

    when: str
    deed: str
    level: int
    told: tuple[str, ...]
    issuer: str


@dataclass(frozen=True, slots=True)
class Timer:
    """A clock of a case type: its name, its usual limit in words, and the limit's code and basis."""

    code: str
    name: str
    limit: str
    source: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """Clocks that share their rungs, and these, one list for each condition."""

    timers: tuple[Timer, ...]
    variants: tuple[tuple[str, tuple[Step, ...]], ...]


@router.get("/ladder")
def show_ladders(request: Request, seat: LookerOf) -> Response:
    """Every case type with its ladders."""
    office = seat.house.office
    labels = Labels(office, seat.lang)
    types = [engine.case_type for engine in office.desk.engines.values()]
    found = [(one, list(ladders(one, labels))) for one in types]
    return show(request, seat, "admin_ladder.html", types=found, pack=office.pack)


def ladders(case_type: CaseType, labels: Labels) -> Iterator[Ladder]:
    """The ladders of a case type; clocks with the same rungs under all conditions stand together."""
    groups: dict[tuple[tuple[str, tuple[Rung, ...]], ...], list[Timer]] = {}
    for clock in case_type.clocks:
        groups.setdefault(tuple(variants(case_type.code, clock, labels)), []).append(timer(case_type, clock, labels))
    for found, timers in groups.items():
        said = tuple((name, tuple(step(rung, labels) for rung in rungs)) for name, rungs in found)
        yield Ladder(tuple(timers), said)


def variants(kind: str, clock: Clock, labels: Labels) -> Iterator[tuple[str, tuple[Rung, ...]]]:
    """The rungs under each condition the pack distinguishes for a clock, each once."""
    pack = labels.pack
    rows = [row for row in pack.ladder if row.case_type in {"*", kind} and row.clock in {"*", clock.code}]
    patterns = sorted({row.matter for row in rows if row.matter != "*"})
    severities = sorted({int(row.severity) for row in rows if row.severity != "*"})
    usual = pack.rungs(kind, clock.code, "", 0, emergency=False)
    yield labels.say("通常"), usual
    seen = {usual}
    conditions = [(labels.say("紧急"), "", 0, True)]
    conditions += [(labels.say("严重程度 {n}", n=one), "", one, False) for one in severities]
    conditions += [(f"{labels.say('事项')} {one}", _example(pack, one), 0, False) for one in patterns]
    for name, matter, severity, urgent in conditions:
        rungs = pack.rungs(kind, clock.code, matter, severity, emergency=urgent)
        if rungs not in seen:
            seen.add(rungs)
            yield name, rungs


def _example(pack: Pack, pattern: str) -> str:
    return next((code for code in pack.matters if matches(pattern, code)), "")


def timer(case_type: CaseType, clock: Clock, labels: Labels) -> Timer:
    """A clock with the limit that usually runs on it."""
    limit = labels.pack.clock_limit(case_type.code, clock.code, None, emergency=False)
    if limit is None:
        return Timer(clock.code, labels.clock(clock.code), labels.say(NO_LIMIT), "")
    return Timer(clock.code, labels.clock(clock.code), spoken(limit.amount, limit.unit, labels.lang), limit.code)


def spoken(amount: int, unit: str, lang: str) -> str:
    """A limit in words."""
    if lang != "en":
        return span_of(amount, unit).spoken
    return f"{amount} {UNITS_EN[unit] if amount != 1 else UNITS_EN[unit].removesuffix('s')}"


def step(rung: Rung, labels: Labels) -> Step:
    """A rung in words."""
    told = tuple(labels.say(TOLD.get(one, one)) for one in rung.tell)
    deed = labels.say(DEEDS.get(rung.deed, rung.deed))
    issuer = labels.say(TOLD.get(rung.issuer, rung.issuer)) if rung.issuer else ""
    return Step(when(rung.at, labels), deed, rung.level, told, issuer)


def when(at: str, labels: Labels) -> str:
    """When a rung is reached, in words."""
    if at.endswith("%"):
        return labels.say("用去时限的 {share}", share=at)
    mark, _, offset = at.partition("+")
    if not offset:
        return labels.say("起算时" if mark == "start" else "到期时")
    rule = parse_rule(offset)
    words = "起算后{span}" if mark == "start" else "到期后{span}"
    return labels.say(words, span=spoken(rule.amount, rule.unit, labels.lang))
