"""``huiyin import suits``: a batch file of suits screened row by row into a report.

Needs no database: file, pack and day decide. What does not live here: the screening (``cases.rules.screening``), the
file formats (``cases.intake.suits``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from cases.clocks import SystemClock
from cases.desk.suits.filing import Filed
from cases.errors import Malformed
from cases.intake.suits import Batch, read_suits, write_screening
from cases.packs.loader import load_pack
from cases.packs.schema import Pack
from cases.packs.screening import ITEMS
from cases.rules.screening import Result, Screened, screen
from cases.settings import Settings


def screen_file(file: Path, report: Path | None, as_of: datetime | None) -> int:
    """Screen a batch file; 0 also when suits are to be repaired or rejected, ``Malformed`` when there is no batch."""
    target = target_of(file, report)
    console, pack = Console(), load_pack(Settings().pack)
    batch = read_batch(file)
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task("筛查诉状", total=len(batch.suits))
        screened = screen(
            batch.suits,
            pack,
            as_of or SystemClock().now(),
            progress=lambda done: progress.update(bar, completed=done),
        )
    write_report(target, screened)
    for note in batch.notes:
        console.print(note, markup=False)
    console.print(results(screened, pack))
    console.print(_items(screened, pack))
    console.print(f"逐件结论:{target}", markup=False, soft_wrap=True)
    return 0


def target_of(file: Path, report: Path | None) -> Path:
    """Where the report goes; Malformed for the batch file itself."""
    target = report or file.with_suffix(".report.csv")
    if _same(file, target):
        raise Malformed("报告不能写到诉状批次文件本身,请用 --report 另指定文件。")
    return target


def write_report(target: Path, screened: Sequence[Screened], filed: Filed | None = None) -> None:
    """One line for every row, with the case it became where rows were opened; Malformed if it cannot be written."""
    try:
        write_screening(target, screened, _cases(filed) if filed is not None else None)
    except OSError as error:
        raise Malformed(f"无法写入报告 {target}:{error.strerror}") from error


def _cases(filed: Filed) -> dict[int, tuple[str, str]]:
    """What became of each row: the word for it, and the number of the case or the reason there is none."""
    words = (("登记", filed.opened), ("补正", filed.repaired), ("此前已登记", filed.already), ("未登记", filed.refused))
    return {one.row: (word, one.case_number or one.why) for word, rows in words for one in rows}


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def read_batch(file: Path) -> Batch:
    """Read a batch file; Malformed when there is none."""
    if not file.is_file():
        raise Malformed(f"没有这个文件:{file}")
    try:
        return read_suits(file)
    except OSError as error:
        raise Malformed(f"无法读取文件 {file}:{error.strerror}") from error


def results(screened: Sequence[Screened], pack: Pack) -> Table:
    """How many suits and how much money end in each answer; sums that could not be read count as nothing."""
    shown = Table("结论", "件数", "金额(元)")
    for result in Result:
        suits = [one.suit for one in screened if one.result == result]
        total = sum((suit.amount or Decimal() for suit in suits), Decimal())
        shown.add_row(pack.words(f"screening.{result}"), str(len(suits)), f"{total:,.2f}")
    shown.add_section()
    shown.add_row("合计", str(len(screened)), "")
    return shown


def _items(screened: Sequence[Screened], pack: Pack) -> Table:
    """On which items of the checklist suits are to be repaired or were rejected; one suit may count at several."""
    counts = {result: Counter[str]() for result in (Result.REPAIR, Result.REJECT)}
    for one in screened:
        if one.result in counts:
            counts[one.result].update({found.item for found in one.findings if found.weight == one.result})
    shown = Table("审查要点", *(pack.words(f"screening.{result}") for result in counts))
    for item in ITEMS:
        if any(count[item] for count in counts.values()):
            shown.add_row(pack.words(f"screening.{item}"), *(str(count[item]) for count in counts.values()))
    return shown
