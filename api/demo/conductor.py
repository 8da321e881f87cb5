"""The conductor (演示总管) of ``huiyin demo``: sets the stage, has the piece played once, and says how it went.

What does not live here: the order of play (``clockwork``) and every single part (``operator``, ``reporters``, the
departments).
"""

from __future__ import annotations

import logging
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from api.demo.cast import Cast, cast_departments, departments_of, engage, issuers_of, register, staff_of
from api.demo.clockwork import Clockwork, Players, Stalled
from api.demo.diary import Diary, Line
from api.demo.household import Broken, Household, api_address, own_settings
from api.demo.operator import Operator
from api.demo.report import Report, count_departments, missing, note_routes, write_report
from api.demo.reporters import Reporters
from api.demo.script import Script, read_script
from api.demo.table import show
from api.processes import Crew
from api.receiver.client import Client, Problem, Unreachable
from api.receiver.roster import Roster
from api.receiver.telephone import Telephone, free_ports
from cases.clocks import SimulatedClock
from cases.desk.importing import Imported, import_reports
from cases.errors import Refusal
from cases.grammar import Actor
from cases.intake import Reading, read_clues
from cases.office import Office, open_office, prepare
from cases.ports import BEIJING
from cases.settings import Settings
from cases.store.stillness import written_to

AS_OF = datetime(2026, 11, 21, 9, tzinfo=BEIJING)
IMPORTER = Actor("import", "批量导入", None, frozenset({"reporter"}))
SEED = "1"
LOOPBACK_PROXY = "127.0.0.1/32"
"""The demonstration stands for a proxy: every reporter comes from an address of their own, as in life."""

WHOLE, PARTIAL, UNUSABLE, STOPPED = 0, 1, 2, 130


def run_demo(clues: Path | None, as_of: datetime | None, json_path: Path | None, keep: bool, console: Console) -> int:
    """Run the demonstration once; answers the exit code: 0 only if every accepted report reached an end with its
    answer delivered, 1 if not, 2 if it could not begin, 130 if it was stopped."""
    began = time.monotonic()
    home = Path(tempfile.mkdtemp(prefix="huiyin-demo-"))
    settings = own_settings(home, Settings()).model_copy(update={"proxies": LOOPBACK_PROXY})
    try:
        with _logging_to(home), _stoppable():
            report = _play(settings, clues, as_of or AS_OF, console, lambda: time.monotonic() - began)
    except KeyboardInterrupt:
        console.print("已停止。")
        return STOPPED
    except (Refusal, OSError, Broken) as error:
        console.print(getattr(error, "sentence", str(error)), style="red", markup=False)
        return UNUSABLE
    finally:
        _clear_away(home, keep, console)
    if json_path is not None:
        json_path.write_text(report.text(), encoding="utf-8")
    show(console, report)
    return WHOLE if report.whole else PARTIAL


def _play(
    settings: Settings, clues: Path | None, as_of: datetime, console: Console, seconds: Callable[[], float]
) -> Report:
    script = read_script(settings.pack)
    prepare(settings)
    office = open_office(settings)
    with ExitStack() as stack:
        stack.callback(office.close)
        clock = office.clock
        if not isinstance(clock, SimulatedClock):
            raise TypeError("a demonstration runs on simulated time")
        clock.jump_to(as_of)
        progress = stack.enter_context(_progress(console))
        diary = _take_in(office, clues or script.clues, as_of, progress)
        cast = engage(office, script, {line.org for line in diary.lines if line.org})
        crew = stack.enter_context(Crew(settings.home / "log"))
        household = Household(crew, settings)
        roster, telephone = _open_doors(household, office, script, cast)
        stack.callback(telephone.close)
        stage = Stage(office, script, cast, roster, telephone, diary)
        stack.callback(stage.close)
        remarks = stage.perform(clock, household, progress)
        return stage.report(remarks, seconds)


def _take_in(office: Office, file: Path, as_of: datetime, progress: Progress) -> Diary:
    """Read and import the file; every row gets its line in the diary."""
    bar = progress.add_task("读取线索", total=None)
    reading = read_clues(file, office.pack, as_of, progress=lambda done: progress.update(bar, completed=done))
    progress.update(bar, description="收入线索", total=len(reading.reports), completed=0)
    imported = import_reports(
        office, reading, IMPORTER, as_of, progress=lambda done: progress.update(bar, completed=done)
    )
    progress.remove_task(bar)
    return write_diary(office, reading, imported)


def write_diary(office: Office, reading: Reading, imported: Imported) -> Diary:
    """One line for every row of the file: rejected, or opened with its receipt and query code."""
    diary = Diary()
    why: dict[int, tuple[str, str]] = {}
    for remark in reading.rejected:
        why.setdefault(remark.row, (remark.external_id, remark.reason))
    for row, (external_id, reason) in why.items():
        diary.write(Line(row, external_id, outcome="rejected", reason=reason))
    opened = {taken.external_id: taken for taken in imported.opened}
    refused = {one.external_id: one.reason for one in imported.refused}
    for report in reading.reports:
        taken = opened.get(report.external_id)
        organisation = office.pack.organisation_named(report.reporter_org) if report.reporter_org else None
        if taken is None:
            reason = refused.get(report.external_id, "这个来件编号已经收过")
            diary.write(Line(report.row, report.external_id, outcome="rejected", reason=reason))
        else:
            org = organisation.code if organisation else ""
            diary.write(Line(report.row, report.external_id, taken.receipt, taken.code, taken.case_id, org))
    return diary


def _open_doors(household: Household, office: Office, script: Script, cast: Cast) -> tuple[Roster, Telephone]:
    """Start the API, have every department register, then start the departments and the worker."""
    settings = office.settings
    household.open_api()
    ports = free_ports(len(departments_of(office.pack)))
    planned = cast_departments(office.pack, script, cast, settings.home / "departments", ports)
    roster = register(api_address(settings), planned)
    telephone = Telephone(roster.departments)
    household.open_departments(roster, telephone.ready)
    household.open_worker()
    return roster, telephone


class Stage:
    """Everything that takes part in one run."""

    def __init__(
        self, office: Office, script: Script, cast: Cast, roster: Roster, telephone: Telephone, diary: Diary
    ) -> None:
        address = api_address(office.settings)
        self._office, self._diary, self._telephone = office, diary, telephone
        self._staff = staff_of(cast, script, address)
        self._departments = {one.org: Client(address, one.api_key) for one in roster.departments}
        reporting = {line.org for line in diary.lines if line.org}
        self._organisations = {org: Client(address, cast.keys[org]) for org in sorted(reporting)}
        self._public = Client(address)
        self._reporters = Reporters(self._public, self._organisations, diary, SEED)
        self._operators = {one.station: Operator(one, office.pack, script, diary) for one in self._staff}
        self._supervisors = issuers_of(cast, script, address)

    def close(self) -> None:
        """Give back every connection."""
        people = [client for one in self._staff for client in (one.operator, one.head)]
        for supervisor in self._supervisors.values():
            supervisor.close()
        for client in (*people, *self._departments.values(), *self._organisations.values(), self._public):
            client.close()

    def perform(self, clock: SimulatedClock, household: Household, progress: Progress) -> list[str]:
        """Play to the end; answers remarks on what went wrong."""
        total = len([line for line in self._diary.lines if line.case_id])
        bar = progress.add_task("开始", total=total)

        def told(now: datetime, open_clues: int) -> None:
            time_said = f"{now.astimezone(BEIJING):%m-%d %H:%M}"
            progress.update(bar, completed=total - open_clues, description=f"模拟时间 {time_said}")

        heads = tuple(one.head for one in self._staff)
        players = Players({**self._operators, **self._supervisors}, self._reporters, self._telephone, heads)
        try:
            Clockwork(self._office, clock, players, self._diary, household.check, told).run()
        except (Stalled, Broken, Problem, Unreachable) as error:
            return [f"演示中断:{error}"]
        return []

    def report(self, remarks: list[str], seconds: Callable[[], float]) -> Report:
        """Everybody looks once more, and everything is counted."""
        self._reporters.read_all()
        for one in self._staff:
            note_routes(self._diary, one.operator.cases(type="clue"), self._office.pack)
        rows = count_departments(self._departments, self._office.pack)
        logs = self._telephone.logs()
        with self._office.database.reading() as connection:
            written = written_to(connection, self._departments)
        stuck = self._telephone.plans().stuck
        return write_report(self._diary, rows, logs, missing(written, logs), seconds(), [*remarks, *stuck])


def _progress(console: Console) -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeElapsedColumn(), console=console, transient=True)


@contextmanager
def _logging_to(home: Path) -> Iterator[None]:
    """The conductor's own log, beside those of the processes."""
    file = home / "log" / "conductor.log"
    file.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("api.demo")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)
        handler.close()


@contextmanager
def _stoppable() -> Iterator[None]:
    """SIGTERM stops the demonstration as Ctrl-C does, so that no process is left behind."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _clear_away(home: Path, keep: bool, console: Console) -> None:
    if keep:
        console.print(f"数据和日志保留在 {home}", markup=False, soft_wrap=True)
    else:
        shutil.rmtree(home, ignore_errors=True)
