"""The clerk of a demo department (承办人): which step a task is due next, with which words, and when the one after.

Pure: a case as the API shows it in, a deed out. It knows the verbs of an assignment and no law; words come from the
demo wording of the pack. What does not live here: the time of day (``pace``) and the asking (``bureau``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from api.receiver.deeds import Clerk, Deed
from api.receiver.lots import share, weighted
from api.receiver.pace import turn
from api.receiver.roster import Department, Wording
from cases.ports import BEIJING

DONE = frozenset({"concluded", "returned", "answered", "closed", "withdrawn"})
FOUND = frozenset({"no_violation", "corrected", "interviewed"})
TERM_DAYS = 7
MOST_ORDERS = 2
URGENT = timedelta(hours=30)
QUICK_AHEAD = {"signed_for": 2, "verifying": 6, "no_violation": 4, "corrected": 4, "interviewed": 4}
"""How many half hours an urgent task rests in a state; any other task rests one half-day."""

RECHECK_AT = time(15, 0)
"""The hour of the last day of an order at which the officers come back."""


def urgent(case: dict[str, Any], now: datetime) -> bool:
    """Whether a task cannot wait for the next half-day: an emergency, or due before long."""
    due = _due(case)
    return bool(case.get("emergency")) or (due is not None and now < due < now + URGENT)


def first_turn(department: Department, case: dict[str, Any], now: datetime) -> datetime:
    """When a task just read is begun: at once if urgent; some clerks sign only when the time for it has passed."""
    due = _due(case)
    if _late(department, case["id"]) == "sign" and due is not None:
        return turn(max(due, now) + timedelta(hours=2), 1, emergency=urgent(case, now))
    return now if urgent(case, now) else turn(now, 1)


def next_turn(department: Department, case: dict[str, Any], now: datetime) -> datetime | None:
    """When the case as it now stands is looked at again; None while others must act, or for ever."""
    state, quick = case["state"], urgent(case, now)
    if state in DONE or state == "return_ruling":
        return None
    if state == "ordered":
        return datetime.combine(date.fromisoformat(case["facts"]["complete_by"]), RECHECK_AT, BEIJING)
    due = _due(case)
    if state == "signed_for" and due is not None and _late(department, case["id"]) == "verify":
        return turn(max(due, now) + timedelta(hours=2), 1, emergency=quick)
    return turn(now, QUICK_AHEAD.get(state, 1) if quick else 1, emergency=quick)


def _due(case: dict[str, Any]) -> datetime | None:
    return datetime.fromisoformat(case["next_due"]) if case.get("next_due") else None


def _late(department: Department, case_id: str) -> str:
    """Whether this task is worked on too late, and with which step."""
    if share(department.seed, "late", case_id) >= department.behaviour.late:
        return ""
    return "sign" if share(department.seed, "late-with", case_id) < 0.3 else "verify"


def deed_for(department: Department, case: dict[str, Any], now: datetime) -> Deed | None:
    """The step the clerk takes now; None when the task is done or in others' hands."""
    act = _ACTS.get(case["state"])
    return act(department, case, now) if act else None


def _receive(department: Department, case: dict[str, Any], _now: datetime) -> Deed:
    if _not_ours(department, case):
        return _ask_return(department, case)
    return Deed("sign_for", {"receiver": department.officers[0]})


def _submit(department: Department, case: dict[str, Any], _now: datetime) -> Deed:
    return Deed("submit_return", {"opinion": _return_wording(department, case).measure})


def _verify(department: Department, _case: dict[str, Any], _now: datetime) -> Deed:
    return Deed("verify", {"officers": list(department.officers)})


def _not_ours(department: Department, case: dict[str, Any]) -> bool:
    facts = case.get("facts", {})
    if case.get("duty") != "lead" or facts.get("final") or facts.get("returns"):
        return False
    return bool(_proposed(department, case)) and share(department.seed, "return", case["id"]) < (
        department.behaviour.returns
    )


def _proposed(department: Department, case: dict[str, Any]) -> str:
    """Who would be competent instead: what the department knows of the catalogue, or a guess among its peers."""
    matter, community = (case.get("matter") or {}).get("code", ""), (case.get("community") or {}).get("code", "")
    known = department.proposes.get(f"{matter}|{community}") or department.proposes.get(matter)
    guess = weighted([(peer, 1) for peer in department.peers], "guess", case["id"]) if department.peers else ""
    return (known if known and share(department.seed, "knows", case["id"]) < 0.6 else guess) or ""


def _ask_return(department: Department, case: dict[str, Any]) -> Deed:
    wording = _return_wording(department, case)
    return Deed(
        "ask_return",
        {
            "ground": "超出职权",
            "article": wording.article,
            "proposed": _proposed(department, case),
            "urgent_measure": wording.text if case.get("emergency") else "",
        },
    )


def _finding(department: Department, case: dict[str, Any], now: datetime) -> Deed:
    wording = _outcome(department, case)
    match wording.outcome:
        case "corrected":
            return Deed("correct_on_spot", {"text": wording.text, "after_photo": f"{case['number']}-after.jpg"})
        case "ordered":
            return _order(wording, now)
        case "interviewed":
            return Deed("interview", {"object": wording.object or "当事人", "text": wording.text})
        case _:
            return Deed("find_nothing", {"text": wording.text})


def _order(wording: Wording, now: datetime) -> Deed:
    term = now.astimezone(BEIJING).date() + timedelta(days=TERM_DAYS)
    return Deed("order", {"text": wording.measure, "article": wording.article, "complete_by": term.isoformat()})


def _recheck(department: Department, case: dict[str, Any], _now: datetime) -> Deed:
    again = int(case["facts"].get("orders", 0)) >= MOST_ORDERS
    done = again or share(department.seed, "followed", case["id"]) >= 0.15
    return Deed("recheck", {"text": _outcome(department, case).text, "done": done})


def _after_recheck(department: Department, case: dict[str, Any], now: datetime) -> Deed:
    if case["facts"].get("recheck_done") is False and int(case["facts"].get("orders", 0)) < MOST_ORDERS:
        return _order(_outcome(department, case), now)
    return _report(department, case, now)


def _report(department: Department, case: dict[str, Any], _now: datetime) -> Deed:
    wording = _outcome(department, case)
    photo = f"{case['number']}-after.jpg" if wording.outcome in {"corrected", "ordered"} else ""
    return Deed("report_result", {"measure": wording.measure, "text": wording.text, "after_photo": photo})


def _outcome(department: Department, case: dict[str, Any]) -> Wording:
    """How this task ends, always the same for the same task; the most specific wording of the pack wins."""
    rows = _fitting(department, case, [w for w in department.wording if w.outcome != "return"])
    return weighted([(w, w.weight) for w in rows], department.seed, "outcome", case["id"])


def _return_wording(department: Department, case: dict[str, Any]) -> Wording:
    rows = _fitting(department, case, [w for w in department.wording if w.outcome == "return"])
    return weighted([(w, w.weight) for w in rows], department.seed, "outcome", case["id"])


def _fitting(department: Department, case: dict[str, Any], rows: list[Wording]) -> list[Wording]:
    group = (case.get("matter") or {}).get("code", "")[:2]
    for wanted in ((group, department.kind), ("*", department.kind), (group, "*"), ("*", "*")):
        found = [w for w in rows if (w.group, w.kind) == wanted]
        if found:
            return found
    raise LookupError(f"no demo wording for matters {group!r} at an organisation of kind {department.kind!r}")


def _answer_order(department: Department, _case: dict[str, Any], _now: datetime) -> Deed:
    """An order of supervision is answered with the reason of the delay (督办答复)."""
    return Deed("answer_order", {"reason": "delay", "text": f"{department.name}已安排专人办理,将尽快办结并反馈。"})


_ACTS: dict[str, Callable[[Department, dict[str, Any], datetime], Deed]] = {
    "dispatched": _receive,
    "issued": _answer_order,
    "return_asked": _submit,
    "signed_for": _verify,
    "verifying": _finding,
    "ordered": _recheck,
    "recheck": _after_recheck,
    **dict.fromkeys(FOUND, _report),
}

OFFICERS = Clerk(
    waking=frozenset({"assignment.open", "assignment.uphold_return", "assignment.reject_return"}),
    fresh=frozenset({"dispatched"}),
    waiting=frozenset({"return_ruling"}),
    refusals=6,
    first_turn=first_turn,
    next_turn=next_turn,
    deed_for=deed_for,
)
