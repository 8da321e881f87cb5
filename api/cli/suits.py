"""``huiyin import suits --open``, ``huiyin suits`` and ``huiyin funnel``: many suits at once, from the command line.

What does not live here: what becomes of a suit (desk), screening alone (screening).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from api.cli.screening import read_batch, results, target_of, write_report
from api.house import House
from cases.desk.suits.filing import Bound, Done, Filed, file_suits
from cases.desk.suits.submitting import Submitting
from cases.desk.suits.wording import FEN
from cases.desk.views import DESK_ROLES
from cases.errors import Malformed, NotAllowed, NotFound
from cases.grammar import EVERYWHERE, Actor
from cases.machines.roles import JUSTICE
from cases.office import Office, open_office, ready
from cases.rules.screening import Contact, screen
from cases.settings import Settings
from cases.store import suits as store
from cases.store.accounts import person_named
from cases.store.funnel import Only, funnel
from cases.store.holdings import Period

SHOWN = 20
OPERATOR = "operator"
KEEPER = Actor("import", "批量导入", None, frozenset({JUSTICE, "supervisor"}), area=EVERYWHERE)
"""Whoever sits at the machine of the installation; sees counts and batches of all."""


@contextmanager
def _office() -> Iterator[Office]:
    settings = Settings()
    ready(settings)
    office = open_office(settings)
    try:
        yield office
    finally:
        office.close()


def open_file(file: Path, report: Path | None, to: str, number: str, pay_within: int) -> int:
    """Screen a batch file and open a case for each usable row; 1 when no row is in the house afterwards."""
    association, _, court = to.partition(":")
    bound = Bound(association.strip(), court.strip(), number.strip(), pay_within)
    target, batch = target_of(file, report), read_batch(file)
    console = Console()
    with _office() as office, Progress(console=console, transient=True) as progress:
        bar = progress.add_task("筛查诉状", total=len(batch.suits))
        now = office.clock.now()
        screened = screen(batch.suits, office.pack, now, progress=lambda n: progress.update(bar, completed=n))
        bar = progress.add_task("登记诉状", total=len(screened))
        actor = Actor("import", "批量导入", bound.association, frozenset({OPERATOR}))
        filed = file_suits(office, screened, bound, actor, now, lambda n: progress.update(bar, completed=n))
        pack = office.pack
    write_report(target, screened, filed)
    for note in batch.notes:
        console.print(note, markup=False)
    console.print(results(screened, pack))
    told = (("登记", filed.opened), ("补正", filed.repaired), ("此前已登记", filed.already), ("未登记", filed.refused))
    console.print(f"批次 {number}:" + ",".join(f"{word} {len(rows)}" for word, rows in told), markup=False)
    for one in filed.refused[:SHOWN]:
        console.print(f"  第 {one.row} 行 {one.suit_no}:{one.why}", markup=False)
    console.print(f"逐件结论:{target}", markup=False, soft_wrap=True)
    return 0 if _there(filed) else 1


def _there(filed: Filed) -> Sequence[Done]:
    return [*filed.opened, *filed.repaired, *filed.already]


def submit(number: str, login: str, phone: str) -> int:
    """Hand a batch over in the name of somebody at its association; 1 when a suit of it stayed behind."""
    with _office() as office:
        with office.database.reading() as connection:
            person = person_named(connection, login)
            if person is None or not person.active:
                raise NotFound("没有这个账号")
            if not person.roles & DESK_ROLES:
                raise NotAllowed("只有接收诉状的机构可以提交批次")
            row = store.batch_of(connection, person.org, number)
        if row is None:
            raise NotFound("本单位没有这个批次")
        actor = Actor(person.id, person.name, person.org, person.roles)
        submitting = Submitting(office, House.of(office).papers)
        done = submitting.submit(row["id"], Contact(person.org, person.name, phone), actor, office.clock.now())
    console = Console()
    console.print(
        f"批次 {done.number}:清单 {done.manifest},提交 {len(done.submitted)} 件,未提交 {len(done.left)} 件",
        markup=False,
    )
    for case, why in sorted(done.left.items())[:SHOWN]:
        console.print(f"  {case}:{why}", markup=False)
    return 1 if done.left else 0


def show_batches() -> None:
    """Every batch, the newest first."""
    with _office() as office:
        with office.database.reading() as connection:
            found = store.batches_seen(connection, KEEPER, SHOWN)
            counts = store.counts_of(connection, [row["id"] for row in found])
        words = {result: office.pack.words(f"screening.{result}") for result in ("pass", "repair", "reject")}
    shown = Table("批次", "机构", "法院", *words.values(), "清单件数", "金额(元)", "提交")
    for row in found:
        when = row["submitted_at"].date().isoformat() if row["submitted_at"] else ""
        tally = [str(counts[row["id"]][result]) for result in words]
        total = f"{Decimal(row['total_fen']) / FEN:,.2f}"
        shown.add_row(row["number"], row["association"], row["court"], *tally, str(row["suits"]), total, when)
    Console().print(shown)


def show_funnel(number: str | None, json_out: bool) -> None:
    """How many suits have come how far, of one batch or of all."""
    with _office() as office:
        with office.database.reading() as connection:
            batch = _named(store.batches_numbered(connection, number)) if number else None
            # A case opened at this very moment is counted too.
            period = Period(None, office.clock.now() + timedelta(seconds=1))
            found = funnel(connection, KEEPER, period, Only(batch))
        words = {stage: office.pack.words(f"funnel.{stage}") for stage in found}
    if json_out:
        said = {stage: {"suits": passed.suits, "fen": passed.fen} for stage, passed in found.items()}
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
        return
    shown = Table("阶段", "件数", "金额(元)")
    for stage, passed in found.items():
        shown.add_row(words[stage], str(passed.suits), f"{Decimal(passed.fen) / FEN:,.2f}")
    Console().print(shown)


def _named(ids: Sequence[str]) -> str:
    if not ids:
        raise NotFound("没有这个批次")
    if len(ids) > 1:
        raise Malformed("几个机构都有这个编号的批次,请在接口中按批次查询")
    return ids[0]
