"""The batch manifest (批次清单): what the association hands to the court with the suits that passed.

A plain value computed from the passing suits; the document is made from it elsewhere. What does not live here:
numbering, paper, and the court's receipts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.errors import Conflict, Malformed
from cases.rules.screening.screened import Result, Screened


@dataclass(frozen=True)
class Contact:
    """联系人 of the association for questions of the court."""

    organisation: str
    person: str
    phone: str


@dataclass(frozen=True)
class ManifestLine:
    """One suit of the manifest, in the order of the batch; ``amount`` in yuan. A suit against a firm has no period."""

    position: int
    number: str
    claimant: str
    community: str
    room: str
    defendant: str
    period_from: date | None
    period_to: date | None
    amount: Decimal


@dataclass(frozen=True)
class Manifest:
    """批次清单: number, contact, lines, their exact sum in yuan, and a digest of what they claim.

    ``digest`` is SHA-256 (hex) over batch number, suit numbers, claimants, periods and amounts. Names and flats are
    left out on purpose: a digest of so little could be guessed, and more people see it than the manifest.
    """

    batch: str
    contact: Contact
    lines: tuple[ManifestLine, ...]
    total: Decimal
    digest: str


def manifest_of(batch: str, contact: Contact, screened: Iterable[Screened]) -> Manifest:
    """The manifest of a batch: its passing suits in order; the others are passed over.

    Raises ``Malformed`` for an empty batch number or a batch without a passing suit, ``Conflict`` when two passing
    suits bear one number (a pack may have switched that check off, but the court answers by number).
    """
    passing = [one for one in screened if one.result == Result.PASS]
    return manifest_of_lines(batch, contact, [_line(position, one) for position, one in enumerate(passing, 1)])


def manifest_of_lines(batch: str, contact: Contact, lines: Sequence[ManifestLine]) -> Manifest:
    """The manifest over lines that are already drawn up; raises as ``manifest_of`` does."""
    if not batch.strip():
        raise Malformed("批次清单没有批次编号。", {"batch": "请填写批次编号。"})
    if not lines:
        raise Malformed("本批没有通过筛查的诉状,不能制作批次清单。")
    if len({line.number for line in lines}) < len(lines):
        raise Conflict("本批有两件诉状编号相同,更正后再制作批次清单。")
    total = sum((line.amount for line in lines), Decimal())
    return Manifest(batch, contact, tuple(lines), total, _digest(batch, lines, total))


def _line(position: int, one: Screened) -> ManifestLine:
    suit = one.suit
    if suit.amount is None or suit.period_from is None or suit.period_to is None or not suit.number:
        raise Malformed(f"第{suit.row}行缺少编号、金额或期间,不能列入批次清单。")
    return ManifestLine(
        position,
        suit.number,
        suit.claimant,
        suit.community,
        suit.room,
        suit.defendant,
        suit.period_from,
        suit.period_to,
        suit.amount,
    )


def _digest(batch: str, lines: Sequence[ManifestLine], total: Decimal) -> str:
    claims = [
        [line.number, line.claimant, _said(line.period_from), _said(line.period_to), f"{line.amount:.2f}"]
        for line in lines
    ]
    text = json.dumps([batch, claims, f"{total:.2f}"], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _said(day: date | None) -> str:
    return day.isoformat() if day else ""
