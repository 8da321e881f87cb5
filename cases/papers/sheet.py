"""A filled document as plain parts (文书版面): paragraphs, tables, places to sign; every text exactly as it will stand.

Both writers, PDF and Word, draw the same parts and nothing else. What does not live here: how a document comes to be
filled (``filling``) and how its parts look (``printing``, ``word``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from cases.papers.numerals import said_day
from cases.ports import BEIJING

SHOWN_DIGITS: Final = 16
"""How many digits of the content's digest stand in the footer."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. Styles: heading, text (first line indented), plain, right, note, to, closing (此致)."""

    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``tall`` leaves room to write by hand."""

    text: str
    label: bool = False
    span: int = 1
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with lines; the first ``head`` rows are repeated on every page. The spans of a row fill the widths."""

    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign, with a place for the day."""

    label: str


@dataclass(frozen=True, slots=True)
class Seal:
    """The issuing organ and the day, where the seal goes."""

    organ: str
    day: str


Part = Paragraph | Grid | Signature | Seal


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled document without number: what it says, and nothing that may still change."""

    code: str
    title: str
    head: str
    style: str
    parts: tuple[Part, ...]

    @property
    def words(self) -> str:
        """All that it says, line by line."""
        lines: list[str] = []
        for part in self.parts:
            if isinstance(part, Grid):
                lines += [cell.text for row in part.rows for cell in row]
            else:
                lines.append(_line(part))
        return "\n".join(lines)

    @property
    def facts_digest(self) -> str:
        """SHA-256 (hex) of what the document says: two fillings with the same digest say the same."""
        return _digest({"paper": self.code, "title": self.title, "head": self.head, "parts": _plain(self.parts)})


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is printed besides the contents: number (blank: none), version, the moment it is made; or that it is a
    draft, which has neither number nor digest."""

    made_at: datetime
    number: str = ""
    version: int = 1
    draft: bool = False

    @property
    def local(self) -> datetime:
        """The moment in local time, to the second."""
        return self.made_at.astimezone(BEIJING).replace(microsecond=0)


def content_digest(filled: Filled, imprint: Imprint) -> str:
    """SHA-256 (hex) of contents, number, version and day: what the mark in the footer is the beginning of."""
    said = {"facts": filled.facts_digest, "number": imprint.number, "version": imprint.version}
    return _digest({**said, "day": said_day(imprint.local.date())})


def footer_mark(filled: Filled, imprint: Imprint) -> str:
    """The mark in the footer, in groups of four; blank on a draft."""
    if imprint.draft:
        return ""
    shown = content_digest(filled, imprint)[:SHOWN_DIGITS]
    return " ".join(shown[at : at + 4] for at in range(0, SHOWN_DIGITS, 4))


def as_plain(filled: Filled, imprint: Imprint) -> dict[str, Any]:
    """The whole document as JSON-able data, for a writer that is not written in Python."""
    made = imprint.local
    return {
        "title": filled.title,
        "head": filled.head,
        "style": filled.style,
        "number": imprint.number,
        "draft": imprint.draft,
        "mark": footer_mark(filled, imprint),
        "made": [made.year, made.month, made.day, made.hour, made.minute, made.second],
        "parts": _plain(filled.parts),
    }


def _line(part: Paragraph | Signature | Seal) -> str:
    if isinstance(part, Paragraph):
        return part.text
    return part.label if isinstance(part, Signature) else part.organ


def _plain(parts: tuple[Part, ...]) -> list[dict[str, Any]]:
    return [{"part": type(part).__name__.lower(), **asdict(part)} for part in parts]


def _digest(said: Mapping[str, Any]) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
