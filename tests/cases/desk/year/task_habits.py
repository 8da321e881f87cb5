"""What departments do about their tasks, and units and issuers about orders (部门和督办双方的习惯), by state.

What does not live here: the workstation and the reporters (``clue_habits``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cases.ports import BEIJING
from tests.builders import FIRE, POLICE, URBAN
from tests.cases.desk.year.acts import Act, Desk
from tests.cases.desk.year.clue_habits import stand
from tests.cases.machines.walking import CANARY

OFFICER, HEAD, STATION = "dept_officer", "dept_head", "station_head"


def words(desk: Desk) -> dict[str, Any]:
    """What the police write about their own matters must never be heard outside."""
    return {"text": CANARY if desk.piece.assignee == POLICE else "已核实"}


def by_station(desk: Desk, clock: str) -> bool:
    """Whether the head of the station decides over this clock; now and then they take it up who may not."""
    piece, pack = desk.piece, desk.town.pack
    limit = pack.clock_limit(piece.case_type, clock, pack.matter(piece.matter or ""), piece.emergency)
    right = limit is None or limit.family == "station"
    return right if desk.chance(0.92) else not right


def urged(desk: Desk) -> list[Act]:
    """The station urges, the district orders: any day, whatever the state."""
    piece, acts = desk.piece, list[Act]()
    if desk.chance(0.05):
        acts += desk.then(5, 150, piece.station, "operator", "urge", text="请尽快办理")
        if desk.chance(0.7):
            acts += desk.then(8, 260, piece.assignee, OFFICER, "answer_urge", text="正在办理")
    if desk.chance(0.02):
        acts += desk.then(5, 150, "JT", "supervisor", "order_supervision", requirement="群众反映强烈", level=3)
    if desk.chance(0.12):
        acts += desk.then(1, 300, piece.station, STATION, "rebase", reason="新版地区包施行")
    return acts


def dispatched(desk: Desk) -> list[Act]:
    piece = desk.piece
    if desk.chance(0.07):
        return urged(desk) + desk.act(piece.assignee, OFFICER, "ask_return", pace=0.5, **returning(desk))
    return urged(desk) + desk.act(piece.assignee, OFFICER, "sign_for", pace=0.4)


def returning(desk: Desk) -> dict[str, Any]:
    other = FIRE if desk.piece.assignee == URBAN else URBAN
    return {"ground": "不属管辖", "article": "某条例第三条", "proposed": other}


def return_asked(desk: Desk) -> list[Act]:
    verb = "submit_return" if desk.chance(0.85) else "drop_return"
    return desk.act(desk.piece.assignee, HEAD, verb)


def return_ruling(desk: Desk) -> list[Act]:
    verb = "uphold_return" if desk.chance(0.5) else "reject_return"
    return desk.act(desk.piece.station, STATION, verb, reason="已核")


def signed_for(desk: Desk) -> list[Act]:
    piece = desk.piece
    if desk.chance(0.03):
        return desk.act(piece.assignee, OFFICER, "ask_return", pace=0.3, **returning(desk))
    acts = urged(desk)
    if desk.chance(0.08):
        acts += paused(desk, 0.5, 20)
    return acts + desk.act(piece.assignee, OFFICER, "verify", pace=0.5, officers=("甲", "乙"))


def paused(desk: Desk, low: float, high: float) -> list[Act]:
    clock = desk.dice.choice(["handling", "handling", "handling", "verification"])
    station = by_station(desk, clock)
    return stand(desk, clock, (desk.piece.station, STATION) if station else (desk.piece.assignee, HEAD), low, high)


def verifying(desk: Desk) -> list[Act]:
    piece, dice, acts = desk.piece, desk.dice, urged(desk)
    if desk.chance(0.18):
        acts += paused(desk, 1, 150)
    if desk.chance(0.16) and not piece.facts.get("extended"):
        clock = dice.choice(["handling", "handling", "verification"])
        asked = {"clock": clock, "amount": dice.randint(1, 5), "reason": "须等待检测报告"}
        acts += desk.then(1, 120, piece.assignee, OFFICER, "ask_extension", **asked)
    verb, filled = finding(desk)
    return acts + desk.act(piece.assignee, OFFICER, verb, pace=0.9, **filled)


def finding(desk: Desk) -> tuple[str, dict[str, Any]]:
    """What comes of a verification."""
    verb = desk.dice.choices(["find_nothing", "correct_on_spot", "order", "interview"], [35, 25, 28, 12])[0]
    more: dict[str, dict[str, Any]] = {
        "correct_on_spot": {"after_photo": "a.jpg"}, "order": order(desk), "interview": {"object": "物业"},
    }  # fmt: skip
    return verb, {**words(desk), **more.get(verb, {})}


def extension_asked(desk: Desk) -> list[Act]:
    piece = desk.piece
    asked = piece.facts.get("extension_asked", {})
    filled = {"clock": asked["clock"], "amount": asked["amount"], "reason": asked["reason"]}
    org, role = (piece.station, STATION) if by_station(desk, asked["clock"]) else (piece.assignee, HEAD)
    if desk.chance(0.75):
        return desk.act(org, role, "grant_extension", pace=0.6, **filled)
    return desk.act(org, role, "refuse_extension", pace=0.6, reason="理由不足")


def ordered(desk: Desk) -> list[Act]:
    done = desk.chance(0.7)
    early, late = (30, 200) if desk.chance(0.6) else (200, 600)
    return urged(desk) + desk.then(early, late, desk.piece.assignee, OFFICER, "recheck", done=done, **words(desk))


def recheck(desk: Desk) -> list[Act]:
    if not desk.piece.facts.get("recheck_done") and desk.chance(0.6):
        return desk.act(desk.piece.assignee, OFFICER, "order", **order(desk))
    return reported(desk)


def order(desk: Desk) -> dict[str, Any]:
    day = (desk.now + timedelta(days=desk.dice.randint(10, 40))).astimezone(BEIJING).date()
    return {"article": "消防法第六十六条", "complete_by": day.isoformat(), **words(desk)}


def interviewed(desk: Desk) -> list[Act]:
    if desk.chance(0.2):
        return desk.act(desk.piece.assignee, OFFICER, "order", **order(desk))
    return reported(desk)


def reported(desk: Desk) -> list[Act]:
    return urged(desk) + desk.act(desk.piece.assignee, OFFICER, "report_result", measure="上门核查", **words(desk))


def issued(desk: Desk) -> list[Act]:
    piece = desk.piece
    if desk.chance(0.05):
        return desk.then(5, 200, piece.station, issuer(desk), "withdraw", text="已办结,撤销")
    reply: dict[str, Any] = {
        "reason": desk.dice.choice(["delay", "appraisal", "party_missing"]),
        "text": "人手不足,明日办结",
    }
    return desk.act(piece.assignee, answerer(desk), "answer_order", **reply)


def issuer(desk: Desk) -> str:
    return STATION if (desk.piece.station or "").endswith("-ZD") else "supervisor"


def answerer(desk: Desk) -> str:
    return "operator" if (desk.piece.assignee or "").endswith("-ZD") else OFFICER


def answered(desk: Desk) -> list[Act]:
    verb = "return_answer" if desk.chance(0.2) else "close_order"
    return desk.act(desk.piece.station, issuer(desk), verb, text="说明不清" if verb == "return_answer" else "同意销号")


TASKS: dict[str, Callable[[Desk], list[Act]]] = {
    "dispatched": dispatched,
    "return_asked": return_asked,
    "return_ruling": return_ruling,
    "signed_for": signed_for,
    "verifying": verifying,
    "extension_asked": extension_asked,
    "no_violation": reported,
    "corrected": reported,
    "interviewed": interviewed,
    "ordered": ordered,
    "recheck": recheck,
}
ORDERS: dict[str, Callable[[Desk], list[Act]]] = {"issued": issued, "answered": answered}
