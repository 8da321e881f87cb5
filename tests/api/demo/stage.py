"""The players of the demonstration over a real API in one process: no socket, no worker, time told by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx

from api.demo.diary import Diary, Line
from api.demo.operator import Operator, Staff
from api.demo.reporters import Reporters
from api.demo.script import Script, read_script
from api.receiver.client import Client
from cases.desk.importing import import_reports
from cases.grammar import Actor
from cases.intake.report import Reading, Report
from tests.api.world import World
from tests.builders import PROPERTY, STATION
from tests.cases.desk.test_importing import a_report
from tests.people import LI, MA, WANG, Someone

IMPORTER = Actor("import", "导入", None, frozenset({"reporter"}))
SCRIPT = read_script("jintan")


class Wire(httpx.BaseTransport):
    """Carries plain requests to the app of the world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._world.client.request(
            request.method, str(request.url.raw_path.decode()), content=request.read(), headers=dict(request.headers)
        )
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


class Stage:
    """One station with its operator and head, the property firm, and people."""

    def __init__(self, world: World, script: Script = SCRIPT, seed: str = "1") -> None:
        self.world = world
        self.diary = Diary()
        self.clients: list[Client] = []
        staff = Staff(STATION, self.client(WANG), self.client(LI))
        self.operator = Operator(staff, world.office.pack, script, self.diary)
        self.reporters = Reporters(self.client(None), {PROPERTY: self.client(MA)}, self.diary, seed)

    def client(self, who: Someone | None) -> Client:
        made = Client("http://huiyin.example", who.token if who else None, transport=Wire(self.world))
        self.clients.append(made)
        return made

    def bring(self, number: str, **changed: Any) -> Line:
        """A report of the property firm, imported and written into the diary."""
        return self.bring_all(a_report(number, **changed))[0]

    def bring_all(self, *reports: Report) -> list[Line]:
        office, now = self.world.office, self.world.counter.now
        done = import_reports(office, Reading(list(reports), [], [], len(reports)), IMPORTER, now)
        assert len(done.opened) == len(reports), done.refused
        lines: list[Line] = []
        for report, taken in zip(reports, done.opened, strict=True):
            org = PROPERTY if report.reporter_org else ""
            line = Line(report.row, report.external_id, taken.receipt, taken.code, taken.case_id, org)
            self.diary.write(line)
            lines.append(line)
        return lines

    def state(self, line: Line) -> str:
        return self.world.counter.piece(line.case_id).state

    def facts(self, line: Line) -> dict[str, Any]:
        return self.world.counter.piece(line.case_id).facts

    def answered(self, line: Line) -> None:
        """From reported to fed back, with the departments finding nothing."""
        self.operator.work()
        self.world.counter.route()
        self.world.counter.deliver()
        self.world.counter.answer_all(line.case_id)
        self.operator.work()
        self.world.counter.deliver()


def resident(number: str, **changed: Any) -> Report:
    """A report of a person without an organisation."""
    return replace(a_report(number, source="resident_snapshot", reporter_org=""), **changed)
