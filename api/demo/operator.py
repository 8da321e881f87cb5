"""The scripted operator (受理岗): works through what lies on a station's desk, over the API, with its accounts.

It accepts what is acceptable, asks once for what is missing, joins doubles, rules on returns, dispatches what the
router left to a person, feeds results back and has work done again once. What does not live here: rules (the API
refuses what the rules forbid) and time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from api.demo.diary import Diary, Line
from api.demo.script import Script
from api.receiver.client import Case, Client, Problem, offers
from cases.errors import NoCompetence
from cases.packs.schema import Matter, Pack
from cases.rules.competence import Route, competent
from cases.rules.place import names_a_spot, place_key

log = logging.getLogger(__name__)

WEAK = 0.15
"""A first suggestion with less than this chance is worth no more than a question to the reporter."""

SURE = 0.5
"""From this chance on, the text is taken to be about a matter of the catalogue, and is not screened for others."""

FEWEST_SIGNS = 8
"""Fewer Chinese signs than this say nothing an officer could go by."""

ASKED_TEXT = 600
ASK_WHAT = "请说明发生了什么、在什么位置、什么时间,并从事项清单中选择事项"


@dataclass(frozen=True, slots=True)
class Staff:
    """The two people of a station, each logged in as themselves."""

    station: str
    operator: Client
    head: Client


ORDER_REPLY = "积压较多,已增派人手,今日办结。"


class Operator:
    """One station's desk."""

    def __init__(self, staff: Staff, pack: Pack, script: Script, diary: Diary) -> None:
        self._staff = staff
        self._pack = pack
        self._script = script
        self._diary = diary
        self._masters: dict[tuple[str, str, date], str] = {}
        self._tried: set[tuple[str, int]] = set()
        self._answered: list[str] = []
        self._duties: dict[tuple[str, str], Callable[[Case], None]] = {
            ("clue", "reported"): self._screen,
            ("clue", "accepted"): self._dispatch,
            ("clue", "reopened"): self._dispatch,
            ("clue", "handled"): self._feed_back,
            ("clue", "dissatisfied"): self._again,
            ("assignment", "return_ruling"): self._rule,
            ("supervision", "issued"): self._answer_order,
        }

    def work(self) -> int:
        """Do what lies on the desk, oldest first; answers how many cases were looked at. A case that could not be moved
        is looked at again only when it has changed."""
        done = 0
        lying = sorted(self._staff.operator.cases(holder=self._staff.station), key=lambda case: case["id"])
        for case in lying:
            duty, seen = self._duties.get((case["case_type"], case["state"])), (case["id"], case["version"])
            if duty is None or seen in self._tried:
                continue
            self._tried.add(seen)
            done += 1
            try:
                duty(case)
            except Problem as problem:
                log.warning("%s: %s in state %s: %s", self._staff.station, case["number"], case["state"], problem)
        return done

    def _answer_order(self, case: Case) -> None:
        """An order of supervision to the station itself."""
        self._staff.head.take(case, "answer_order", {"reason": "delay", "text": ORDER_REPLY})

    def answered(self) -> list[str]:
        """The cases fed back since this was last asked."""
        fresh, self._answered = self._answered, []
        return fresh

    def _screen(self, case: Case) -> None:
        """A new report: is it ours, is it clear, is it the same as another, is anything missing."""
        text, given = case["facts"].get("description", ""), (case.get("matter") or {}).get("code")
        silent = not given and _says_nothing(text)
        matter, chance = (given, 1.0) if given else (None, 0.0) if silent else self._suggested(text)
        screen = next((s for s in self._script.screening if s.pattern.search(text)), None)
        if screen is not None and (screen.decision == "decline" or chance < SURE):
            self._turn_away(case, screen.decision, screen.channel, screen.phone, screen.reason)
        elif matter is None or chance < WEAK:
            self._ask(case, ASK_WHAT)
        elif not self._joined(case, matter):
            self._accept(case, matter)

    def _suggested(self, text: str) -> tuple[str | None, float]:
        """The top suggestion; a person would choose, the demonstration takes the first."""
        found = self._staff.operator.get("/suggestions", text=text[:ASKED_TEXT])["items"]
        return (found[0]["matter"], float(found[0]["score"])) if found else (None, 0.0)

    def _turn_away(self, case: Case, decision: str, channel: str, phone: str, reason: str) -> None:
        line = self._line(case)
        if decision == "redirect":
            self._staff.operator.take(case, "redirect", {"channel": channel, "phone": phone, "reason": reason})
            line.outcome, line.reason = "redirected", f"{reason}:{channel} {phone}".strip()
        else:
            self._staff.operator.take(case, "decline", {"reason": reason, "channel": channel})
            line.outcome, line.reason = "declined", reason

    def _ask(self, case: Case, request: str) -> None:
        self._staff.operator.take(case, "ask_more", {"request": request})
        line = self._line(case)
        line.outcome, line.reason = "needs_more", request

    def _joined(self, case: Case, matter: str) -> bool:
        """Whether the report joined an accepted one of the same place, matter and day."""
        master = self._masters.get(self._same(case, matter))
        if master is None:
            return False
        client = self._staff.operator
        try:
            if not case.get("matter"):
                client.take(case, "classify", {"matter": matter})
                case = client.case(case["id"])
            client.take(case, "merge", {"master": master})
        except Problem as problem:
            log.info("%s does not join %s: %s", case["number"], master, problem)
            return False
        line = self._line(case)
        line.outcome, line.reason = "merged", f"与 {master} 地点、事项、发现日期相同"
        return True

    def _same(self, case: Case, matter: str) -> tuple[str, str, date]:
        facts = case["facts"]
        place = place_key((case.get("community") or {})["code"], facts.get("building", ""), facts.get("room", ""))
        spot = place if names_a_spot(place) else case["id"]
        return spot, matter, date.fromisoformat(case["found_on"])

    def _accept(self, case: Case, matter: str) -> None:
        """Accept; where the API says what is still needed, that sentence is the request to the reporter."""
        try:
            self._staff.operator.take(case, "accept", {"matter": matter})
        except Problem as problem:
            if problem.code != "still_needed":
                raise
            self._ask(case, ";".join(problem.missing) or problem.title)
            return
        line = self._line(case)
        line.outcome = "accepted"
        self._masters.setdefault(self._same(case, matter), case["number"])

    def _dispatch(self, case: Case) -> None:
        """What the router left to a person: its proposal is confirmed, else the street coordinates."""
        facts = case["facts"]
        proposal = facts.get("proposal") or {}
        if proposal:
            reason = proposal.get("reason") or "按系统建议派遣"
            form = {"lead": proposal["lead"], "assists": proposal.get("assists") or [], "reason": reason}
        elif facts.get("hand_over"):
            street = self._pack.communities[case["community"]["code"]].street
            form = {"lead": street, "assists": [], "reason": f"{facts['hand_over']};由属地街道(镇)牵头处理"}
        else:
            return
        self._staff.operator.take(case, "dispatch", form)

    def _feed_back(self, case: Case) -> None:
        self._staff.operator.take(case, "feed_back", {})
        self._answered.append(case["id"])

    def _again(self, case: Case) -> None:
        """Not solved: the work is done again while that is open, then a second person explains."""
        reason = case["facts"].get("dissatisfied") or "报告人反映未解决"
        current = self._staff.head.case(case["id"])
        action = next((a for a in current["actions"] if a["verb"] == "rework"), None)
        if action is not None and not action["still_needed"]:
            self._staff.operator.take(current, "rework", {"reason": reason})
        elif offers(current, "explain"):
            words = "已按规定重办,处理结果符合法律规定;如仍有异议,可依法申请行政复议或者提起诉讼"
            self._staff.head.take(current, "explain", {"explanation": words})

    def _rule(self, case: Case) -> None:
        """A return: upheld where the law lets the proposed department lead, else rejected with the reason."""
        client = self._staff.head
        proposed = str((case["facts"].get("return_asked") or {}).get("proposed", ""))
        named = self._pack.organisation_named(proposed)
        code = named.code if named else proposed
        right, reason = really_competent(self._pack, case, code)
        client.take(case, "uphold_return" if right else "reject_return", {"reason": reason})

    def _line(self, case: Case) -> Line:
        return self._diary.by_case[case["id"]]


def really_competent(pack: Pack, case: Case, proposed: str) -> tuple[bool, str]:
    """Whether the proposed department may lead a returned case, and the reason to give.

    Where the catalogue leaves the lead to local designation, the next competent department may; a clear competence
    stays where it is.
    """
    code, community = (case.get("matter") or {}).get("code", ""), (case.get("community") or {}).get("code", "")
    matter: Matter | None = pack.matter(code)
    place, present = pack.communities.get(community), case.get("assignee") or ""
    if matter is None or place is None:
        return False, "事项或地点不明,不能改派"
    day = date.fromisoformat(case["found_on"])
    try:
        now, after = (_route(pack, matter, place.street, day, out) for out in ((), (present,)))
    except NoCompetence as refusal:
        return False, refusal.sentence
    if now.lead != present and now.lead == proposed:
        return True, f"清单规定由建议部门主办:{now.reason}"
    if matter.route == "confirm" and after.lead == proposed:
        return True, f"该事项由地方指定主办,建议部门同样有权处理:{after.reason}"
    return False, f"清单规定由你单位主办,不予退单:{now.reason}"


def _route(pack: Pack, matter: Matter, street: str, day: date, out: Iterable[str]) -> Route:
    return competent(pack, matter.code, street, day, frozenset(out))


def _says_nothing(text: str) -> bool:
    return sum("\u4e00" <= sign <= "\u9fff" for sign in text) < FEWEST_SIGNS
