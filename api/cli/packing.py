"""Commands about packs (地区包): check one, try it on the recorded cases, publish it.

What does not live here: what a pack must hold (cases.packs), the comparison itself (cases.rules, cases.desk), and
moving cases to a new version (rebasing).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Connection

from api.shapes import encode
from cases.clocks import SystemClock
from cases.desk.backtesting import Findings, Proposal, Replay, chosen_versions, left_behind, stranded
from cases.errors import NotFound
from cases.office import Office, open_office
from cases.packs.check import check_folder
from cases.packs.loader import load_pack
from cases.packs.reading import bundled_or
from cases.packs.schema import Pack
from cases.rules.provenance import spoken_moment
from cases.settings import Settings
from cases.store.database import Database
from cases.store.replaying import Chosen, how_many
from cases.store.shelf import Shelf

SHOWN = 20
LIGHTS = {"green": "绿", "yellow": "黄", "red": "红", "grey": "灰(停表)"}


def check_pack(name: str) -> int:
    """Every finding on a line of its own; 1 if there are any."""
    findings = check_folder(bundled_or(name))
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    sys.stdout.write(f"地区包 {name}:{f'{len(findings)} 处错误' if findings else '检查通过'}\n")
    return 1 if findings else 0


# --- the back-test


class Report:
    """What a replay finds: the first of it on the screen, all of it in a file, which appears only when it is whole."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.shown: Counter[str] = Counter()
        self._part = file.with_name(f"{file.name}.part") if file else None
        self._out = self._part.open("wb") if self._part else None
        self._first = True
        self._write(b'{"changes":[\n')

    def add(self, found: dict[str, Any]) -> None:
        """One finding."""
        self._write((b"" if self._first else b",\n") + encode(found))
        self._first = False
        self.shown[found["kind"]] += 1
        if self.shown[found["kind"]] <= SHOWN and found["kind"] != "stranded":
            sys.stdout.write(f"{_line(found)}\n")

    def close(self, summary: dict[str, Any]) -> None:
        """The end of it."""
        self._write(b'\n],"summary":' + encode(summary) + b"}\n")
        if self._out is not None and self._part is not None and self.file is not None:
            self._out.close()
            self._part.replace(self.file)

    def _write(self, line: bytes) -> None:
        if self._out is not None:
            self._out.write(line)


def try_pack(name: str, against: str, since: int | None, file: Path | None) -> int:
    """Replay the recorded cases under a pack that passed its check; 1 when it would leave an open case without a
    lawful next step."""
    if check_pack(name):
        return 1
    new, office = load_pack(name), open_office(Settings())
    try:
        with office.database.reading() as connection:
            proposal = _proposal(office, connection, new, against, since)
            report = Report(file)
            replay = Replay(office.desk, proposal, report.add)
            with _bar("回放案件", how_many(connection, proposal.chosen)) as progress:
                found = replay.run(connection, progress)
            report.close(_summary(proposal, against, found))
    finally:
        office.close()
    _say(found, report)
    return _refuse(found)


def _proposal(office: Office, connection: Connection, new: Pack, against: str, since: int | None) -> Proposal:
    """Against the record of the named versions, or, where none is published under that name, against a folder."""
    now = office.clock.now()
    chosen, base = chosen_versions(connection, office.shelf, against), None
    if not chosen:
        if not bundled_or(against).is_dir():
            raise NotFound(f"没有已发布的地区包“{against}”,也没有这个文件夹")
        base = load_pack(against)
        chosen = chosen_versions(connection, office.shelf, base.name)
    return Proposal(new, Chosen(chosen, now - timedelta(days=since) if since else None), now, base)


def _summary(proposal: Proposal, against: str, found: Findings) -> dict[str, Any]:
    return {
        "pack": {"name": proposal.new.name, "version": proposal.new.version},
        "against": against,
        "as_of": proposal.now,
        "cases": found.cases,
        "clocks": found.clocks,
        "deadlines": dict(found.deadlines.most_common()),
        "matters": dict(found.matters.most_common()),
        "lights": dict(found.lights.most_common()),
        "routes": found.routes,
        "stranded": found.stranded,
    }


def _line(found: dict[str, Any]) -> str:
    """One finding as it is shown."""
    if found["kind"] == "route":
        return f"派遣 {found['number']}:{found['lead_before'] or '无'} → {found['lead_after'] or '无'}"
    before, after = (
        f"{spoken_moment(found[f'due_{at}'])}({LIGHTS[found[f'light_{at}']]})" for at in ("before", "after")
    )
    limits = f"{found['limit_before']}→{found['limit_after']}"
    return f"时限 {found['number']} {found['clock']} {limits}:{before} → {after}"


def _say(found: Findings, report: Report) -> None:
    """The counts."""
    hidden = sum(max(0, many - SHOWN) for kind, many in report.shown.items() if kind != "stranded")
    if hidden:
        sys.stdout.write(
            f"……另有 {hidden} 处未列出{f',全部见 {report.file}' if report.file else ',用 --json 写入文件'}\n"
        )
    sys.stdout.write(f"回放 {found.cases} 件案件、{found.clocks} 个时限\n")
    for title, counts in (("时限变化", found.deadlines), ("按事项", found.matters)):
        sys.stdout.write(f"{title} {counts.total()}:{_counted(counts)}\n")
    lights = Counter({"→".join(LIGHTS[one] for one in turn.split("->")): many for turn, many in found.lights.items()})
    sys.stdout.write(f"灯色变化 {lights.total()}:{_counted(lights)}\n派遣变化 {found.routes}\n")


def _counted(counts: Counter[str]) -> str:
    return "、".join(f"{name} {many}" for name, many in counts.most_common()) or "无"


def _refuse(found: Findings) -> int:
    """Name the open cases that would be left without a lawful next step; 1 if there are any."""
    if not found.stranded:
        sys.stdout.write("所有在办案件都有合法的下一步\n")
        return 0
    sys.stdout.write(f"{found.stranded} 件在办案件将没有合法的下一步,不能发布:\n")
    sys.stdout.writelines(f"  {line}\n" for line in found.named)
    if found.stranded > len(found.named):
        sys.stdout.write(f"  ……另有 {found.stranded - len(found.named)} 件\n")
    return 1


@contextmanager
def _bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar beside the output."""
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(title, total=total)
        yield lambda done: progress.update(bar, completed=done)


# --- publishing


def publish(name: str | None) -> int:
    """Publish a checked pack; running cases keep the version they were opened under. 1 when the pack would leave an
    open case of its name without a lawful next step, should it move there."""
    settings = Settings()
    pack = load_pack(name or settings.pack)
    database = Database(settings.database_url, durable=settings.durable)
    try:
        shelf = Shelf()
        with database.reading() as connection:
            code = _refuse_publishing(connection, shelf, pack)
        if code:
            return code
        with database.writing() as connection:
            number = shelf.publish(connection, pack, SystemClock().now())
    finally:
        database.close()
    Console().print(f"地区包 {pack.name} {pack.version} 已发布,版本号 {number}。", markup=False)
    return 0


def _refuse_publishing(connection: Connection, shelf: Shelf, pack: Pack) -> int:
    """The same content is published only once, so there is nothing to ask then; nor before the first version."""
    ids = left_behind(connection, shelf, pack)
    if not ids:
        return 0
    with _bar("核对在办案件", how_many(connection, Chosen(ids))) as progress:
        found = stranded(connection, shelf, pack, ids, progress)
    return _refuse(found)
