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
from cases.errors import Malformed
from cases.intake.suits import Batch, read_suits, write_screening
from cases.packs.loader import load_pack
from cases.packs.schema import Pack
from cases.packs.screening import ITEMS
from cases.rules.screening import Result, Screened, screen
from cases.settings import Settings


def screen_file(file: Path, report: Path | None, as_of: datetime | None) -> int:
    """Screen a batch file; 0 also when suits are to be repaired or rejected, ``Malformed`` when there is no batch."""
    target = report or file.with_suffix(".report.csv")
    if _same(file, target):
        raise Malformed("报告不能写到诉状批次文件本身,请用 --report 另指定文件。")
    console, pack = Console(), load_pack(Settings().pack)
    batch = _read(file)
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task("筛查诉状", total=len(batch.suits))
        screened = screen(
            batch.suits,
            pack,
            as_of or SystemClock().now(),
            progress=lambda done: progress.update(bar, completed=done),
        )
    try:
        write_screening(target, screened)
    except OSError as error:
        raise Malformed(f"无法写入报告 {target}:{error.strerror}") from error
    for note in batch.notes:
        console.print(note, markup=False)
    console.print(_results(screened, pack))
    console.print(_items(screened, pack))
    console.print(f"逐件结论:{target}", markup=False, soft_wrap=True)
    return 0


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _read(file: Path) -> Batch:
    if not file.is_file():
        raise Malformed(f"没有这个文件:{file}")
    try:
        return read_suits(file)
    except OSError as error:
        raise Malformed(f"无法读取文件 {file}:{error.strerror}") from error


def _results(screened: Sequence[Screened], pack: Pack) -> Table:
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
