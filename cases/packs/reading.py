"""A pack folder read into placed rows: every row remembers the file and line it came from.

What does not live here: whether rows agree with one another, and refusing (``loader`` does that). Reading goes on
after a fault, so that one look finds all of them.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from cases.packs.cells import Unreadable
from cases.packs.finding import Finding
from cases.packs.paper_check import paper_faults
from cases.packs.paper_reading import Pile
from cases.packs.paper_rows import Paper
from cases.packs.rows import Area
from cases.packs.schema import Pack
from cases.packs.tables import READ_ELSEWHERE, TABLES, Table

BUNDLED = Path(__file__).parent
MANIFEST = "pack.toml"
_FIELDS = {"name", "version", "title", "extends", "law_as_of", "area", "working_hours", "notes", "deems_signed"}
_WINDOW = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Placed:
    """A row and where it stands."""

    row: Any
    file: str
    line: int


@dataclass(slots=True)
class Draft:
    """A pack as read, perhaps with faults: rows by table file, then by key, the city's over the base's.

    ``whole`` is false when a manifest or a whole file could not be read, so that what is missing proves nothing.
    ``illegible`` are the keys of rows that exist but could not be read: referring to them is no further fault.
    """

    manifest: dict[str, Any] = field(default_factory=dict)
    manifest_file: str = MANIFEST
    placed: dict[str, dict[tuple[Any, ...], Placed]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    whole: bool = True
    illegible: set[str] = field(default_factory=set)
    papers: dict[str, Paper] = field(default_factory=dict)

    def spoiled(self, finding: Finding) -> None:
        """Note a fault that left a whole file unread."""
        self.findings.append(finding)
        self.whole = False

    def lines(self, table: Table) -> tuple[Placed, ...]:
        """The rows of a table, in order of first appearance."""
        return tuple(self.placed.get(table.file, {}).values())

    def pack(self) -> Pack:
        """The pack the rows make; ask only when there are no findings about the manifest."""
        listed = {table.file: tuple(one.row for one in self.lines(table)) for table in TABLES}
        area = self.manifest.get("area", {})
        return Pack(
            name=self.manifest["name"],
            version=self.manifest["version"],
            title=self.manifest["title"],
            extends=self.manifest["extends"],
            law_as_of=self.manifest["law_as_of"],
            area=Area(area.get("code", ""), area.get("name", ""), tuple(area.get("aliases", ()))),
            working_hours=tuple(self.manifest["working_hours"]),
            notes=tuple(self.manifest.get("notes", ())),
            deems_signed=self.manifest.get("deems_signed", False),
            matters={row.code: row for row in listed["matters.csv"]},
            limits={row.code: row for row in listed["limits.csv"]},
            clocks=listed["clocks.csv"],
            ladder=listed["ladder.csv"],
            grounds=listed["grounds.csv"],
            organisations={row.code: row for row in listed["organisations.csv"]},
            communities={row.code: row for row in listed["communities.csv"]},
            competences=listed["competences.csv"],
            wording={row.key: row for row in listed["wording.csv"]},
            duties={row.code: row for row in listed["duties.csv"]},
            laws={row.law: row for row in listed["laws.csv"]},
            screening={row.code: row for row in listed["screening.csv"]},
            signals={row.signal: row for row in listed["screening_signals.csv"]},
            organs={row.org: row for row in listed["organs.csv"]},
            papers=self.papers,
            tiers={row.code: row for row in listed["tiers.csv"]},
            exclusions={row.code: row for row in listed["exclusions.csv"]},
        )


def read_folder(folder: Path) -> Draft:
    """Read a pack folder with everything it extends beneath it."""
    draft = Draft(manifest_file=f"{folder.name}/{MANIFEST}")
    layers = _layers(folder, draft)
    pile = Pile()
    for layer, manifest in reversed(layers):
        draft.manifest = {**draft.manifest, **manifest}
        _read_tables(layer, draft)
        pile.add(layer)
    if draft.whole:
        for code, (paper, where) in pile.settle().items():
            draft.papers[code] = paper
            draft.findings += paper_faults(paper, where)
        draft.findings += pile.findings
    for finding in _manifest_faults(draft):
        draft.spoiled(finding)
    return draft


def bundled_or(name: str | Path) -> Path:
    """The folder a pack name means: a bundled pack of that name, else the path itself."""
    bundled = BUNDLED / name
    return bundled if isinstance(name, str) and bundled.joinpath(MANIFEST).is_file() else Path(name)


def _layers(folder: Path, draft: Draft) -> list[tuple[Path, dict[str, Any]]]:
    layers: list[tuple[Path, dict[str, Any]]] = []
    seen: set[Path] = set()
    while True:
        where = f"{folder.name}/{MANIFEST}"
        if folder.resolve() in seen:
            draft.spoiled(Finding(where, 0, "extends", "地区包互相沿用,成环", "最终沿用不再沿用他包的 base"))
            return layers
        seen.add(folder.resolve())
        manifest = _read_manifest(folder, where, draft)
        layers.append((folder, manifest))
        parent = manifest.get("extends")
        if not parent or not isinstance(parent, str):
            return layers
        beside = folder.parent / parent
        folder = beside if beside.joinpath(MANIFEST).is_file() else BUNDLED / parent


def _read_manifest(folder: Path, where: str, draft: Draft) -> dict[str, Any]:
    try:
        return tomllib.loads(folder.joinpath(MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        draft.spoiled(Finding(where, 0, "", "没有这个文件", "每个地区包都有 pack.toml"))
    except UnicodeDecodeError:
        draft.spoiled(Finding(where, 0, "", "不是 UTF-8 编码", "另存为 UTF-8"))
    except tomllib.TOMLDecodeError as fault:
        draft.spoiled(Finding(where, 0, "", f"不是有效的 TOML:{fault}", "字段 = 值"))
    return {}


def _manifest_faults(draft: Draft) -> Iterable[Finding]:
    manifest, where = draft.manifest, draft.manifest_file
    for name in sorted(set(manifest) - _FIELDS):
        yield Finding(where, 0, name, "不认识的字段", "、".join(sorted(_FIELDS)))
    for name in ("name", "version", "title"):
        if not isinstance(manifest.get(name), str) or not manifest[name]:
            yield Finding(where, 0, name, "缺少或不是文字", "一段文字")
    if not isinstance(manifest.get("extends"), str):
        yield Finding(where, 0, "extends", "缺少或不是文字", "所沿用的包名,不沿用写空字符串")
    if type(manifest.get("law_as_of")) is not date:
        yield Finding(where, 0, "law_as_of", "缺少或不是日期", "最近一次核对现行法规的日期,如 2026-11-21")
    windows = manifest.get("working_hours")
    if not _in_order(windows):
        yield Finding(where, 0, "working_hours", "缺少、格式不对或前后颠倒", '依次排列的时段,如 ["09:00-12:00"]')
    yield from _optional_faults(manifest, where)


def _optional_faults(manifest: dict[str, Any], where: str) -> Iterable[Finding]:
    if not isinstance(manifest.get("deems_signed", False), bool):
        yield Finding(where, 0, "deems_signed", "不是 true 或 false", "到期未签收是否视为签收:true 或 false")
    if not isinstance(manifest.get("area", {}), dict):
        yield Finding(where, 0, "area", "不是一组字段", '{ code = "…", name = "…", aliases = [] }')


def _in_order(windows: Any) -> bool:
    if not isinstance(windows, list) or not windows:
        return False
    if not all(isinstance(one, str) and _WINDOW.fullmatch(one) for one in windows):
        return False
    edges = [edge for one in windows for edge in one.split("-")]
    return edges == sorted(set(edges))


def _read_tables(folder: Path, draft: Draft) -> None:
    known = {table.file for table in TABLES}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in known and path.name not in READ_ELSEWHERE:
            draft.findings.append(
                Finding(f"{folder.name}/{path.name}", 0, "", "不认识的文件名", "、".join(sorted(known)))
            )
    for table in TABLES:
        path = folder / table.file
        if path.is_file():
            rows = _read_table(path, f"{folder.name}/{table.file}", table, draft)
            draft.placed.setdefault(table.file, {}).update(rows)


def _read_table(path: Path, where: str, table: Table, draft: Draft) -> dict[tuple[Any, ...], Placed]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        draft.spoiled(Finding(where, line, "", "不是 UTF-8 编码", "在表格软件中另存为 UTF-8 编码的 CSV"))
        return {}
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: dict[tuple[Any, ...], Placed] = {}
    try:
        header = next(reader, [])
        if tuple(header) != tuple(table.columns):
            draft.spoiled(Finding(where, 1, "", f"列为 {','.join(header)}", ",".join(table.columns)))
            return {}
        line = reader.line_num + 1
        for cells in reader:
            _keep(cells, table, Placed(None, where, line), rows, draft)
            line = reader.line_num + 1
    except csv.Error as fault:
        draft.spoiled(Finding(where, reader.line_num, "", f"不是有效的 CSV:{fault}", "引号成对"))
    return rows


def _keep(cells: list[str], table: Table, place: Placed, rows: dict[tuple[Any, ...], Placed], draft: Draft) -> None:
    if not any(cell.strip() for cell in cells):
        return
    if len(cells) != len(table.columns):
        right = f"{len(table.columns)} 栏"
        draft.findings.append(Finding(place.file, place.line, "", f"有 {len(cells)} 栏", right))
        return
    values: dict[str, Any] = {}
    for (name, read), cell in zip(table.columns.items(), cells, strict=True):
        try:
            values[name] = read(cell.strip())
        except Unreadable as fault:
            draft.findings.append(Finding(place.file, place.line, name, fault.wrong, fault.right))
    if len(values) < len(table.columns):
        keys = (cell.strip() for name, cell in zip(table.columns, cells, strict=True) if name in table.key)
        draft.illegible.update(keys)
        return
    key = tuple(values[name] for name in table.key)
    if key in rows:
        wrong = f"与第{rows[key].line}行重复"
        draft.findings.append(Finding(place.file, place.line, table.key[0], wrong, "每项只写一行"))
        return
    rows[key] = Placed(table.row(**values), place.file, place.line)
