"""The clerk of a scripted court (法院承办人): which step of its course a suit is due next, with which words.

Pure: a suit as the API shows it in, a deed out. It takes only what the API offers: where somebody at the court was
faster, or the parties went another way, the course ends. What does not live here: what the court answers
(``court_script``) and any law.
"""

from __future__ import annotations

from datetime import datetime

from api.receiver.client import offers
from api.receiver.court_script import CourtScript
from api.receiver.deeds import Case, Clerk, Deed
from api.receiver.pace import turn
from api.receiver.roster import Department

SUIT = "litigation"
WAKING = ("submit", "go_on", "mediation_failed", "mediation_settled", "leave_family")
WAITING = frozenset({"diverted", "entrusted", "waiting"})
TAKEN = {
    "serve": "service", "answer": "answered", "open_trial": "hearings", "divert": "referrals", "entrust": "referrals",
}  # fmt: skip
"""Steps that may be taken again though a course names them once, and the fact that shows they were taken."""


def deed_for(department: Department, case: Case, now: datetime) -> Deed | None:
    """The step the court takes now; None at the end of the course and while others act."""
    script, number = _script(department), str(case["number"])
    verb = _next(department, case)
    if verb is None:
        return None
    line = case.get("facts", {}).get("position") or number.rpartition("-")[2]
    said = {"line": str(line), "number": number, "now": now.isoformat()}
    return Deed(verb, script.form_of(verb, said))


def first_turn(_department: Department, _case: Case, now: datetime) -> datetime:
    """A suit is entered when it is read."""
    return now


def next_turn(department: Department, case: Case, now: datetime) -> datetime | None:
    """The next half-day, as long as the course goes on."""
    return turn(now, 1) if _next(department, case) is not None else None


def _next(department: Department, case: Case) -> str | None:
    facts = case.get("facts", {})
    line, batch = int(facts.get("position", 0)), str(facts.get("batch", ""))
    course = _script(department).course_of(case["number"], line, batch, department.seed)
    due = (verb for verb in course if not (verb in TAKEN and facts.get(TAKEN[verb])))
    return next((verb for verb in due if offers(case, verb)), None)


def _script(department: Department) -> CourtScript:
    return department.court or CourtScript()


COURT = Clerk(
    waking=frozenset(f"{SUIT}.{verb}" for verb in WAKING),
    fresh=frozenset(),
    waiting=WAITING,
    refusals=1,
    first_turn=first_turn,
    next_turn=next_turn,
    deed_for=deed_for,
)
