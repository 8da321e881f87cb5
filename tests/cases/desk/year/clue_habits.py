"""What operators, heads and reporters do about a report (受理岗、站长和报告人的习惯), by its state.

Now and then somebody does nothing, acts too late, or does the wrong thing. What does not live here: departments
(``task_habits``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.builders import a_dissuasion
from tests.cases.desk.year.acts import PUBLIC, Act, Desk

COMMON = (
    "XF01", "XF06", "CG03", "CG04", "GA02", "GA14", "MS02", "MS07", "ZJ04", "ZJ06", "ZJ14", "SJ04", "GA06", "GA07",
)  # fmt: skip
GROUNDS = ("appraisal", "hearing", "public_notice", "party_missing", "other_department", "return", "supplement")


def reporter(desk: Desk, low: float, high: float, verb: str, /, **filled: Any) -> list[Act]:
    """An act of whoever reported."""
    org = desk.piece.reporter_org
    who = (org, "reporter") if org else PUBLIC
    return desk.then(low, high, who[0], who[1], verb, **filled)


def stand(desk: Desk, clock: str, role: tuple[str | None, str], low: float, high: float) -> list[Act]:
    """A clock is to stand still: with a ground that may not be one, sometimes until a day, sometimes ended by hand."""
    dice = desk.dice
    ground = dice.choices(GROUNDS, (40, 12, 8, 8, 20, 5, 7))[0]
    asked = {"clock": clock, "ground": ground, "document": "委托书〔2026〕1号"}
    begun = desk.then(low, high, *role, "pause_clock", **asked)
    at, filled = begun[0].at, dict(begun[0].filled)
    if desk.chance(0.6):
        filled["until"] = (at + timedelta(hours=dice.randint(4, 300))).isoformat()
    acts = [Act(at, begun[0].who, "pause_clock", filled)]
    if desk.chance(0.5):
        later = at + timedelta(hours=dice.uniform(3, 260))
        acts.append(Act(later, begun[0].who, "resume_clock", {"clock": clock}))
    return acts


def dissuading(desk: Desk) -> list[Act]:
    if desk.chance(0.2):
        return reporter(desk, 5, 60, "settle", words="已拆除")
    return reporter(desk, 2, 90, "report") if desk.chance(0.9) else []


def reported(desk: Desk) -> list[Act]:
    piece, station, acts = desk.piece, desk.piece.station, list[Act]()
    if desk.chance(0.04):
        acts += stand(desk, "acceptance", (station, "station_head"), 0.3, 6)
    if desk.chance(0.12):
        found = {"matter": desk.dice.choice(COMMON), "emergency": desk.chance(0.3)}
        acts += desk.then(0.1, 9, station, "operator", "classify", **found)
    if desk.chance(0.6 if piece.matter is None else 0.06):
        return acts + desk.act(station, "operator", "ask_more", pace=0.3, request="请补照片和位置")
    if desk.chance(0.05):
        return acts + desk.act(station, "operator", "decline", reason="不属受理范围", channel="12345")
    if desk.chance(0.02):
        return acts + desk.act(station, "operator", "redirect", channel="110")
    return acts + accepting(desk)


def accepting(desk: Desk) -> list[Act]:
    """The report is taken on; what is missing for that is looked up first, or at the same sitting."""
    piece, dice, station = desk.piece, desk.dice, desk.piece.station
    filled: dict[str, Any] = {}
    if piece.matter is None or desk.chance(0.08):
        filled["matter"] = dice.choice(COMMON)
    if desk.chance(0.05):
        filled["emergency"] = True
    accept = desk.act(station, "operator", "accept", pace=0.35, **filled)
    if accept and desk.chance(0.04):
        accept = [Act(accept[0].at, accept[0].who, "classify", {"matter": dice.choice(COMMON)}, accept[0])]
    if accept and not piece.facts.get("dissuasions"):
        record = desk.act(station, "operator", "record_dissuasion", pace=0.2, **a_dissuasion().model_dump())
        accept = [*record, *accept]
    return accept


def incomplete(desk: Desk) -> list[Act]:
    piece, acts = desk.piece, list[Act]()
    if desk.chance(0.1):
        acts += desk.then(1, 40, piece.station, "operator", "classify", matter=desk.dice.choice(COMMON))
    if desk.chance(0.08):
        acts += desk.then(1, 60, piece.station, "station_head", "resume_clock", clock="acceptance")
    if desk.chance(0.3):
        return acts
    matter = desk.dice.choice(COMMON) if piece.matter is None and desk.chance(0.8) else None
    return acts + reporter(desk, 1, 110, "supplement", text="照片见附件", matter=matter)


def declined(desk: Desk) -> list[Act]:
    return reporter(desk, 5, 200, "object", reason="属于受理范围") if desk.chance(0.15) else []


def accepted(desk: Desk) -> list[Act]:
    """What the router did not dispatch is dispatched by hand."""
    piece = desk.piece
    proposal = piece.facts.get("proposal") or {}
    lead = proposal.get("lead") or desk.dice.choice([o for o in ("JT-CG", "JT-XF", "JT-ZJ", "JT-GA")
                                                     if o not in piece.facts.get("excluded", [])])  # fmt: skip
    assists = tuple(proposal.get("assists", ()))
    return desk.act(piece.station, "operator", "dispatch", pace=0.4, lead=lead, assists=assists, reason="协调确定")


def departments(desk: Desk) -> list[Act]:
    """The head lets the report's own clock stand, whatever its tasks do."""
    if desk.chance(0.04):
        return stand(desk, "handling", (desk.piece.station, "station_head"), 2, 150)
    return []


def handled(desk: Desk) -> list[Act]:
    station = desk.piece.station
    if desk.chance(0.04):
        return desk.act(station, "operator", "send_back", reason="照片不清楚")
    return desk.act(station, "operator", "feed_back")


def fed_back(desk: Desk) -> list[Act]:
    calls = desk.act(desk.piece.station, "operator", "call_back", pace=0.5, reached=desk.chance(0.5))
    return calls if desk.chance(0.4) else []


def confirming(desk: Desk) -> list[Act]:
    station, acts = desk.piece.station, list[Act]()
    if desk.chance(0.15):
        acts += desk.then(4, 130, station, "operator", "call_back", reached=desk.chance(0.5))
    if desk.chance(0.05):
        acts += desk.then(30, 200, station, "station_head", "close")
    if desk.chance(0.45):
        return acts + reporter(desk, 1, 130, "confirm", satisfied=desk.dice.randint(3, 5))
    if desk.chance(0.2):
        return acts + reporter(desk, 1, 130, "not_solved", reason="没有拆")
    return acts


def dissatisfied(desk: Desk) -> list[Act]:
    station = desk.piece.station
    if desk.chance(0.5):
        return desk.act(station, "operator", "rework", reason="确未解决")
    return desk.act(station, "colleague", "explain", explanation="依法不予处罚")


def closed(desk: Desk) -> list[Act]:
    return reporter(desk, 10, 800, "reopen", reason="又出现了") if desk.chance(0.05) else []


HABITS: dict[str, Callable[[Desk], list[Act]]] = {
    "dissuading": dissuading,
    "reported": reported,
    "incomplete": incomplete,
    "declined": declined,
    "accepted": accepted,
    "reopened": accepted,
    "dispatched": departments,
    "signed_for": departments,
    "handled": handled,
    "fed_back": fed_back,
    "confirming": confirming,
    "dissatisfied": dissatisfied,
    "closed": closed,
}
