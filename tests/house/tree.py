"""What the house tests look at: the files of the tree and their parsed source. No rule lives here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("cases", "workflows", "api")
NOT_OURS = {"__pycache__", "node_modules"}


@dataclass(frozen=True)
class Source:
    """One Python file: where it stands (relative, with slashes) and what it says."""

    place: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=self.place)

    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)


def sources(root: Path = ROOT, rooms: tuple[str, ...] = ROOMS) -> list[Source]:
    """Every Python file of the named rooms, in a stable order."""
    files = [file for room in rooms for file in sorted((root / room).rglob("*.py")) if not NOT_OURS & set(file.parts)]
    return [Source(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")) for file in files]


def folders(room: Path) -> list[Path]:
    """The room itself and every folder in it that holds a file of ours."""
    inside = [folder for folder in sorted(room.rglob("*")) if folder.is_dir() and not NOT_OURS & set(folder.parts)]
    return [folder for folder in (room, *inside) if any(entry.is_file() for entry in folder.iterdir())]
