"""The documents of a pack folder (``papers/*.toml``): a city's file is laid over the base's, key by key.

``columns.toml`` holds lists of columns that several documents share (``columns_of``); ``needs`` makes some of them
mandatory. What does not live here: whether a declaration agrees with itself (``paper_check``).
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from cases.faults import fields_of
from cases.packs.finding import Finding
from cases.packs.paper_rows import Paper

FOLDER = "papers"
SHARED = "columns.toml"


@dataclass(slots=True)
class Pile:
    """The documents as read so far: raw, by code, each with the file that spoke last."""

    raw: dict[str, tuple[dict[str, Any], str]] = field(default_factory=dict)
    shared: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, layer: Path) -> None:
        """Lay the documents of one pack folder over those read before."""
        for path in sorted((layer / FOLDER).glob("*")):
            where = f"{layer.name}/{FOLDER}/{path.name}"
            if path.suffix == ".toml":
                self._take(path, where)
            elif path.name != "README.md":
                self.findings.append(Finding(where, 0, "", "不认识的文件名", "文书代码加 .toml"))

    def _take(self, path: Path, where: str) -> None:
        try:
            said = tomllib.loads(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            self.findings.append(Finding(where, 0, "", "不是 UTF-8 编码", "另存为 UTF-8"))
            return
        except tomllib.TOMLDecodeError as fault:
            self.findings.append(Finding(where, 0, "", f"不是有效的 TOML:{fault}", "字段 = 值"))
            return
        if path.name == SHARED:
            self.shared.update(said)
            return
        below = self.raw.get(path.stem, ({"code": path.stem}, where))[0]
        self.raw[path.stem] = ({**below, **said}, where)

    def settle(self) -> dict[str, tuple[Paper, str]]:
        """The documents, each with its file; what cannot be read becomes findings."""
        found: dict[str, tuple[Paper, str]] = {}
        for code, (raw, where) in sorted(self.raw.items()):
            try:
                paper = _reader()(json.dumps(self._with_columns(raw, where), ensure_ascii=False, default=str))
            except ValidationError as fault:
                for name, sentence in fields_of(fault.errors()).items():
                    self.findings.append(Finding(where, 0, name, "缺少、多余或类型不对", sentence))
                continue
            if paper.code != code:
                self.findings.append(Finding(where, 0, "code", f"「{paper.code}」与文件名不同", code))
            found[code] = (paper, where)
        return found

    def _with_columns(self, raw: Mapping[str, Any], where: str) -> dict[str, Any]:
        """The declaration with shared columns written out."""
        fields = raw.get("fields")
        if not isinstance(fields, list):
            return dict(raw)
        return {**raw, "fields": [self._spelt_out(one, where) if isinstance(one, dict) else one for one in fields]}

    def _spelt_out(self, one: dict[str, Any], where: str) -> dict[str, Any]:
        if "columns_of" not in one:
            return one
        rest = {name: value for name, value in one.items() if name not in {"columns_of", "needs"}}
        columns, needs = self.shared.get(one["columns_of"]), one.get("needs", [])
        if columns is None:
            self.findings.append(Finding(where, 0, "columns_of", f"没有「{one['columns_of']}」", f"{SHARED} 中的一组"))
            return rest
        for name in set(needs) - {column.get("name") for column in columns}:
            self.findings.append(Finding(where, 0, "needs", f"没有栏目「{name}」", f"{SHARED} 中这一组的栏目"))
        source = one.get("source", "")
        told = [{**c, "required": True, "source": source} if c.get("name") in needs else c for c in columns]
        return {**rest, "columns": told}


@cache
def _reader() -> Callable[[str], Paper]:
    adapter = TypeAdapter(Paper)
    return lambda text: adapter.validate_json(text, strict=True)
