"""The working calendar on the command line (工作日历): counting a limit, and taking in a year's holiday notice.

What does not live here: counting and what must hold of a year (rules), keeping one (store).
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from api import arranging
from api.reckoning import reckon, told
from cases.desk.recounting import Recounted
from cases.errors import Malformed
from cases.office import CALENDARS, Office, open_office, ready
from cases.packs.loader import load_pack
from cases.ports import BEIJING
from cases.rules.calendar import Calendar, hours_of
from cases.rules.counting import explain_lines
from cases.rules.revisions import Revision
from cases.rules.years import read_calendar
from cases.settings import Settings
from cases.store.almanac import LOOK_SECONDS, revisions
from cases.store.records import By

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Wish(arranging.Wish):
    """How a year is to be taken in, and who says so."""

    by: str = ""

    def check(self) -> None:
        """Malformed where a reason is owed, with the option that gives it."""
        if (self.replace or self.extra) and not self.reason.strip():
            raise Malformed("替换已收录的年份、或有法定以外的放假天数的,须用 --reason 写明理由")


def count(start: str, rule: str, json_out: bool) -> None:
    """When a limit ends, with every day on the way."""
    found = reckon(start, rule, _calendar(Settings()))
    answer = json.dumps(told(found), ensure_ascii=False) if json_out else "\n".join(explain_lines(found))
    sys.stdout.write(answer + "\n")


def _calendar(settings: Settings) -> Calendar:
    """The calendar of this installation; where none was prepared yet, the one that came with the house."""
    if not settings.database and not settings.embedded.exists():
        return read_calendar(CALENDARS, hours_of(load_pack(settings.pack).working_hours))
    office = open_office(settings)
    try:
        return office.desk.calendar
    finally:
        office.close()


def take_in(file: Path, wish: Wish) -> int:
    """Take in the notice of a year, whole or not at all, say what changed, and count the deadlines it touches again."""
    settings = Settings()
    ready(settings)
    office = open_office(settings)
    try:
        revision = publish(office, file, wish)
        _say(revision)
        if revision.years:
            with Console(stderr=True).status("等待各进程换用新日历 …"):
                sleep(LOOK_SECONDS)
        return _told(recount(office, every=revision.replaces))
    finally:
        office.close()


def recount_again(every: bool) -> int:
    """Count provisional deadlines again, or every running one, after an import that was interrupted."""
    settings = Settings()
    ready(settings)
    office = open_office(settings)
    try:
        return _told(recount(office, every=every))
    finally:
        office.close()


def publish(office: Office, file: Path, wish: Wish) -> Revision:
    """Publish what the notice in a file changes."""
    wish.check()
    text = _text(file)
    arrangement = arranging.arrangement_in(file.name, text, office.calendar(), wish.extra)
    by = wish.by or os.environ.get("LOGNAME") or os.environ.get("USER") or "命令行"
    return arranging.publish(office, arrangement, wish, By(f"cli:{by}", by))


def recount(office: Office, *, every: bool = False) -> Recounted:
    """Count the running deadlines again, with a progress bar."""
    columns = (TextColumn("重算时限"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task("", total=None)
        return arranging.recount(
            office, lambda done, total: progress.update(bar, completed=done, total=total), every=every
        )


def _told(found: Recounted) -> int:
    console = Console(soft_wrap=True)
    console.print(f"重算时限:由暂算转为确定 {found.settled} 个,届满时间变动 {found.moved} 个。", markup=False)
    for number in found.numbers[:SHOWN]:
        console.print(f"  {number}:届满时间已变动,已告知经办单位", markup=False)
    if len(found.numbers) > SHOWN:
        console.print(f"  …… 共 {len(found.numbers)} 件,见各案办理记录", markup=False)
    for case_id in found.refused[:SHOWN]:
        console.print(f"  {case_id}:未能重算,请查看系统日志", markup=False)
    return 1 if found.refused else 0


def _text(file: Path) -> str:
    """A text file in either of the encodings office machines write."""
    if not file.is_file():
        raise Malformed(f"没有这个文件:{file}")
    return arranging.text_in(file.name, file.read_bytes())


def _say(revision: Revision) -> None:
    console = Console(soft_wrap=True)
    if not revision.years:
        console.print("这一安排已经收录,没有变化。", markup=False)
        return
    for year in revision.years:
        off = sum(entry.kind == "off" for entry in year.days)
        console.print(f"{year.year}年:{year.notice}", markup=False)
        console.print(f"  放假 {off} 天,调休上班 {len(year.days) - off} 天", markup=False)
    for one in revision.changes:
        verdict = {(True, False): "改为放假", (False, True): "改为上班"}.get(
            (one.was_working, one.working), "是否上班不变"
        )
        console.print(f"  {one.day}:{verdict}({one.was} → {one.now})", markup=False)
    known = revision.calendar.known_years
    console.print(f"已收录 {min(known)} 至 {max(known)} 年,日历版本 {revision.calendar.version}。", markup=False)


def show() -> None:
    """The known years: those that came with the house, and every revision taken in."""
    settings = Settings()
    ready(settings)
    office = open_office(settings)
    try:
        with office.database.reading() as connection:
            rows = revisions(connection)
    finally:
        office.close()
    known = office.desk.calendar.known_years
    sys.stdout.write(f"已收录 {min(known)} 至 {max(known)} 年,日历版本 {office.desk.calendar.version}\n")
    for row in rows:
        why = f",理由:{row['reason']}" if row["reason"] else ""
        sys.stdout.write(
            f"{row['year']}年第{row['revision']}版:{row['notice']},"
            f"{row['imported_at'].astimezone(BEIJING):%Y-%m-%d %H:%M} 由 {row['imported_by']} 收录{why}\n"
        )
