"""The reporters (报告人): they read their answer by query code and say what they think of it, or say nothing.

People come through the public window, organisations with their own key. What an answer was, and that it arrived, is
known here and only here. What does not live here: the answers.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal

from api.demo.diary import Diary, Line
from api.receiver.client import Client, Problem, Ticket
from api.receiver.lots import share
from api.receiver.pace import turn

log = logging.getLogger(__name__)

Mind = Literal["confirm", "not_solved", "silent"]
ENDS = frozenset({"closed", "archived", "declined", "redirected", "merged"})
ANSWERABLE = frozenset({"fed_back", "confirming"})
COMPLAINT = "现场看过,问题还在,请再处理一次"


class Reporters:
    """Everybody who reported."""

    def __init__(self, public: Client, organisations: Mapping[str, Client], diary: Diary, seed: str) -> None:
        self._public = public
        self._organisations = organisations
        self._diary = diary
        self._seed = seed
        self._silent: set[str] = set()

    def hear(self, case_ids: Iterable[str], now: datetime) -> None:
        """Answers went out for these cases; their reporters will look at them in the next days."""
        for case_id in case_ids:
            line = self._diary.by_case.get(case_id)
            if line is not None and line.reacts_at is None and case_id not in self._silent:
                line.reacts_at = turn(now + timedelta(hours=4), 1 + int(share(self._seed, "when", case_id) * 3))

    @property
    def next_at(self) -> datetime | None:
        """When the next reporter looks at an answer."""
        return min((line.reacts_at for line in self._diary.lines if line.reacts_at), default=None)

    def work(self, now: datetime) -> int:
        """Whoever meant to look by now does; answers how many did."""
        looking = [line for line in self._diary.lines if line.reacts_at and line.reacts_at <= now]
        for line in looking:
            line.reacts_at = None
            try:
                self._look(line)
            except Problem as problem:
                log.warning("%s: %s", line.external_id, problem)
        return len(looking)

    def _look(self, line: Line) -> None:
        client = self._organisations.get(line.org)
        if client is not None:
            open_letters(client)
        report = self.read(line)
        if report["state"] not in ANSWERABLE:
            return
        mind = self.mind(line)
        line.reactions += 1
        if mind == "silent":
            self._silent.add(line.case_id)
            return
        form = {"reason": COMPLAINT} if mind == "not_solved" else {"satisfied": self._mark(line)}
        if client is None:
            self._public.public_step(self._ticket(line), mind, form)
        else:
            client.take(client.case(line.case_id), mind, form)

    def mind(self, line: Line) -> Mind:
        """What a reporter makes of an answer: once in ten it is not solved, two in ten never reply; whoever had the
        work done again is content."""
        chance = share(self._seed, "mind", line.external_id)
        if line.reactions > 0 or chance < 0.7:
            return "confirm"
        return "not_solved" if chance < 0.8 else "silent"

    def _mark(self, line: Line) -> int:
        return 3 + int(share(self._seed, "mark", line.external_id) * 3)

    def read(self, line: Line) -> dict[str, object]:
        """Read a report by its query code, and keep its answer."""
        report = self._public.public_report(self._ticket(line))
        line.answer = str(report.get("answer") or "")
        line.ended = report["state"] in ENDS
        return report

    def _ticket(self, line: Line) -> Ticket:
        """Everybody asks from home."""
        at = int(share(self._seed, "home", line.external_id) * 2**24)
        return Ticket(line.receipt, line.code, str(ipaddress.IPv4Address("10.0.0.0") + at))

    def read_all(self) -> None:
        """In the end everybody reads once more what became of their report."""
        for line in self._diary.lines:
            if line.receipt:
                self.read(line)


def open_letters(client: Client) -> None:
    """An organisation without a receiving address reads what lies in its inbox; only then has it arrived."""
    for letter in list(client.pages("/inbox", unseen=True, limit=200)):
        client.ask("POST", f"/inbox/{letter['id']}/seen")
