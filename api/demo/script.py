"""The script (剧本): who plays, what departments are like and how they word their results, read from a pack's ``demo``.

What does not live here: what is done with it.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from api.receiver.court_script import CourtScript
from api.receiver.roster import Behaviour, Wording
from cases.errors import PackBroken
from cases.packs.reading import bundled_or

ACCOUNTS, RESULTS, BEHAVIOUR, SCREENING, CLUES, COURT = (
    "accounts.csv",
    "results.csv",
    "behaviour.csv",
    "screening.csv",
    "clues.csv",
    "court.json",
)


@dataclass(frozen=True, slots=True)
class Player:
    """An account of the demonstration."""

    login: str
    name: str
    org: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """What the scripted operator does with a report whose text fits the pattern and that names no matter."""

    pattern: re.Pattern[str]
    decision: Literal["redirect", "decline"]
    channel: str
    phone: str
    reason: str


@dataclass(frozen=True)
class Script:
    """Everything a pack says about its demonstration."""

    folder: Path
    players: tuple[Player, ...]
    wording: tuple[Wording, ...]
    behaviour: dict[str, Behaviour]
    screening: tuple[Screen, ...]
    court: CourtScript | None = None
    """What the court of the demonstration answers; without it no court takes part."""

    @property
    def clues(self) -> Path:
        """The file of reports that comes with the pack."""
        return self.folder / CLUES

    def behaviour_of(self, kind: str) -> Behaviour:
        """How an organisation of a kind behaves."""
        return self.behaviour.get(kind) or self.behaviour.get("*") or Behaviour()

    def player(self, org: str, role: str) -> Player | None:
        """Who holds a role at an organisation."""
        return next((p for p in self.players if p.org == org and role in p.roles), None)


def read_script(pack: str) -> Script:
    """The script of a pack, by its name or folder; PackBroken when a file is missing or a row cannot be read."""
    folder = bundled_or(pack) / "demo"
    try:
        players = tuple(
            Player(row["login"], row["name"], row["org"], tuple(row["roles"].split(";")))
            for row in _rows(folder / ACCOUNTS)
        )
        wording = tuple(Wording.model_validate(row) for row in _rows(folder / RESULTS))
        behaviour = {row.pop("kind"): Behaviour.model_validate(row) for row in _rows(folder / BEHAVIOUR)}
        screening = tuple(_screen(row) for row in _rows(folder / SCREENING))
        court = _court(folder / COURT)
    except (KeyError, ValidationError, re.error) as error:
        raise PackBroken(f"演示文件有误:{error}") from error
    return Script(folder, players, wording, behaviour, screening, court)


def _court(file: Path) -> CourtScript | None:
    return CourtScript.model_validate_json(file.read_text(encoding="utf-8")) if file.is_file() else None


def _screen(row: dict[str, str]) -> Screen:
    if row["decision"] not in ("redirect", "decline"):
        raise KeyError(f"decision {row['decision']}")
    decision: Literal["redirect", "decline"] = "redirect" if row["decision"] == "redirect" else "decline"
    return Screen(re.compile(row["pattern"]), decision, row["channel"], row["phone"], row["reason"])


def _rows(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))
    except OSError as error:
        raise PackBroken(f"缺少演示文件:{file.name}") from error
