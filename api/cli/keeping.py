"""Commands that keep an installation: schema, files of reports, parked notices.

What does not live here: packs (packing), accounts (people) and looking without changing (looking).
"""

from __future__ import annotations

import csv
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from cases.desk.importing import Imported, import_reports
from cases.desk.mediation.enrolling import enrol
from cases.errors import Malformed
from cases.grammar import Actor
from cases.intake import Remark, read_clues, write_rejects
from cases.intake.registers import read_register
from cases.intake.rejects import defused
from cases.office import open_office, prepare, ready
from cases.settings import Settings
from cases.store.indexing import reindex as build_index
from cases.store.notices import replay

IMPORTER = Actor("import", "批量导入", None, frozenset({"reporter"}))
SHOWN = 20


def bring_up_to_date() -> None:
    """Migrate and publish the pack of the settings."""
    settings = Settings()
    prepare(settings)
    Console().print(f"数据库已是最新,地区包 {Path(settings.pack).name} 已发布。", markup=False)


def reindex() -> None:
    """Build the index of words again."""
    settings = Settings()
    ready(settings)
    console, office = Console(), open_office(settings)
    try:
        with Progress(console=console, transient=True) as progress:
            bar = progress.add_task("检索索引", total=None)
            done = build_index(office.database, office.shelf, advance=lambda n: progress.advance(bar, n))
    finally:
        office.close()
    console.print(f"检索索引:核对 {done.cases} 件,补正 {done.written} 件", markup=False)


def take_in(what: str, file: Path) -> int:
    """Import a file of reports; 1 when none could be taken in."""
    if what != "clues":
        raise Malformed("目前只能收入线索:huiyin import clues FILE")
    if not file.is_file():
        raise Malformed(f"没有这个文件:{file}")
    settings = Settings()
    ready(settings)
    console, office = Console(), open_office(settings)
    try:
        now = office.clock.now()
        reading = read_clues(file, office.pack, now)
        with Progress(console=console, transient=True) as progress:
            bar = progress.add_task("收入线索", total=len(reading.reports))
            done = import_reports(office, reading, IMPORTER, now, lambda n: progress.update(bar, completed=n))
    finally:
        office.close()
    console.print(f"收入 {len(done.opened)},此前已收 {len(done.already)},未收 {len(done.refused)}", markup=False)
    late = [Remark(0, one.external_id, "整行", one.reason, "rejected") for one in done.refused]
    unusable = [*reading.rejected, *late]
    for one in unusable[:SHOWN]:
        console.print(f"第 {one.row} 行 {one.field}:{one.reason}", markup=False)
    rejects = file.with_suffix(".rejects.csv")
    write_rejects(rejects, [*unusable, *reading.remarks])
    console.print(f"逐行说明:{rejects}", markup=False)
    _write_receipts(file.with_suffix(".receipts.csv"), done, console)
    return 0 if done.opened or done.already else 1


def take_register(folder: Path) -> None:
    """Import a folder of committees, mediators and rooms; all of it, or a refusal with every fault."""
    settings = Settings()
    ready(settings)
    office = open_office(settings)
    try:
        register = read_register(folder, office.pack)
        with office.database.writing() as connection:
            done = enrol(connection, register)
    finally:
        office.close()
    Console().print(f"调解登记簿:新登记 {done.new} 项,更新 {done.known} 项", markup=False)


def _write_receipts(file: Path, done: Imported, console: Console) -> None:
    """Receipt numbers and query codes of the new reports; a code is told once and kept nowhere else."""
    if not done.opened:
        return
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        file.chmod(0o600)
        rows = csv.writer(out)
        rows.writerow(("external_id", "receipt", "code"))
        rows.writerows((defused(one.external_id), one.receipt, one.code) for one in done.opened)
    console.print(f"受理编号与查询码:{file}", markup=False)


def send_again(org: str | None) -> None:
    """Set parked notices waiting again."""
    office = open_office(Settings())
    try:
        with office.database.writing() as connection:
            many = replay(connection, org, office.clock.now())
    finally:
        office.close()
    Console().print(f"重新投递 {many} 条。")
