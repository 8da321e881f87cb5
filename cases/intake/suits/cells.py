"""The cells of one row of a batch file (诉状), each read as far as it says something certain.

Nothing is guessed: what cannot be read stays empty, and the screening asks for it. What does not live here: the fee
standard (``fees``), the spelling of dates and telephones (``cases.intake``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cases.intake.cleaning import flag, phone, plain_line, plain_text
from cases.intake.moments import read_day
from cases.intake.suits.fees import read_fee
from cases.rules.screening.suit import Suit

COLUMNS = (
    "suit_no",
    "claimant_firm",
    "community",
    "room",
    "defendant_name",
    "defendant_address",
    "defendant_phone",
    "period_from",
    "period_to",
    "amount_yuan",
    "contract_filed",
    "fee_standard",
    "service_evidence",
    "demand_letter_sent_at",
    "demand_letter_proof",
    "limitation_ok",
    "mediated_before",
    "notes",
)

OPTIONAL = ("claimant_kind",)
"""Who claims, where it is not a firm: then ``claimant_firm`` holds the owner and ``defendant_name`` the firm."""

LONGEST = {"notes": 4_000, "service_evidence": 4_000}
"""Longest cell taken, in characters; every other column ``LONGEST_OTHER``."""
LONGEST_OTHER = 400

BLANK_WORDS = frozenset({"无", "没有", "暂无", "-", "--", "—", "/", "none", "n/a", "null"})
"""What people put into a cell that has nothing to say."""

CONTRACTS = {
    "yes": ("是", "已备案"),
    "no": ("否", "未备案"),
    "unknown": ("不清楚", "不详", "未知"),
    "expired": ("已到期", "已过期", "到期"),
}
CLAIMANTS = {
    "firm": ("", "物业", "物业公司", "物业服务人"),
    "owner": ("业主", "居民"),
    "committee": ("业委会", "业主委员会", "物管会"),
}
MEDIATIONS = {
    "no": ("否", "没有", "未调解"),
    "failed": ("yes_failed", "未成", "调解未成", "调解失败"),
    "agreed": ("yes_agreed", "已达成", "达成协议"),
}

_YEARS = range(1980, 2101)
_MONEY = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,2})?", re.ASCII)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ABOUT = re.compile(r"约|大概|左右|上下|余元|多元|近(?=\d)")
_SEPARATORS = re.compile(r"[;；、\n]")


class Money(NamedTuple):
    """A sum in yuan as far as it is certain, and whether it is a rough figure."""

    sum: Decimal | None
    about: bool


def read_suit(row: int, cells: Mapping[str, str]) -> Suit:
    """The suit of a row; ``cells`` holds all ``COLUMNS``, and ``OPTIONAL`` ones if there are any, none too long."""
    money = read_money(cells["amount_yuan"])
    return Suit(
        row=row,
        number=plain_line(cells["suit_no"]).text,
        claimant=_said(cells["claimant_firm"]),
        claimant_kind=_choice(cells.get("claimant_kind", ""), CLAIMANTS),
        community=_said(cells["community"]),
        room=_said(cells["room"]),
        defendant=_said(cells["defendant_name"]),
        address=_said(cells["defendant_address"]),
        phone=phone(_said(cells["defendant_phone"])),
        period_from=_day(cells["period_from"]),
        period_to=_day(cells["period_to"]),
        amount=money.sum,
        amount_about=money.about,
        contract=_choice(cells["contract_filed"], CONTRACTS),
        fee=read_fee(plain_text(cells["fee_standard"]).text if _said(cells["fee_standard"]) else ""),
        service=_several(cells["service_evidence"]),
        demand_on=_day(cells["demand_letter_sent_at"]),
        demand_given=bool(_said(cells["demand_letter_sent_at"])),
        demand_proof=_said(cells["demand_letter_proof"]),
        limitation_ok=flag(cells["limitation_ok"]),
        mediated=_choice(cells["mediated_before"], MEDIATIONS),
        notes=plain_text(cells["notes"]).text,
    )


def read_money(cell: str) -> Money:
    """A sum in yuan to the fen; ``None`` for anything that is not exactly one."""
    text = "".join(unicodedata.normalize("NFKC", plain_line(cell).text).split())
    about = _ABOUT.search(text) is not None
    bare = _THOUSANDS.sub("", text.removeprefix("¥").removesuffix("元"))
    exact = _MONEY.fullmatch(bare)
    return Money(Decimal(bare) if exact and not about else None, about)


def _said(cell: str) -> str:
    """One line of text; nothing for a word that only fills the cell."""
    text = plain_line(cell).text
    return "" if unicodedata.normalize("NFKC", text).casefold() in BLANK_WORDS else text


def _day(cell: str) -> date | None:
    day = read_day(cell)
    return day if day and day.year in _YEARS else None


def _choice(cell: str, choices: Mapping[str, tuple[str, ...]]) -> str:
    word = unicodedata.normalize("NFKC", plain_line(cell).text).casefold()
    return next((value for value, words in choices.items() if word == value or word in words), "")


def _several(cell: str) -> tuple[str, ...]:
    parts = (_said(part) for part in _SEPARATORS.split(plain_text(cell).text))
    return tuple(dict.fromkeys(part for part in parts if part))
