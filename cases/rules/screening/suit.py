"""One suit of a batch (诉状) as the screening reads it: values where a cell could be read, nothing where it could not.

What does not live here: reading cells (``cases.intake.suits``) and judging them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class FeeStandard:
    """收费标准: yuan per square metre and month with its basis, square metres, and other yuan per month.

    ``lift`` is the part of ``monthly`` that is named a lift fee (电梯费). ``None`` where the cell does not say it.
    """

    rate: Decimal | None
    area: Decimal | None
    monthly: Decimal
    lift: Decimal
    basis: str


@dataclass(frozen=True)
class Suit:
    """诉状: one row of a batch file.

    ``row`` counts as a spreadsheet does (header 1). ``faults`` say in Chinese why the row could not be read as one; the
    other fields are then empty. ``period_from`` and ``period_to`` are both inclusive. ``amount`` is the principal in
    yuan; ``amount_about`` when it is given as a rough figure. ``contract`` is ``yes``, ``no``, ``unknown``, ``expired``
    or empty; ``mediated`` is ``no``, ``failed``, ``agreed`` or empty. ``phone`` holds digits; ``None`` is unreadable.
    ``fee`` is ``None`` when the cell is blank; ``demand_given`` says that something stands where the date belongs.
    ``claimant_kind`` is ``firm``, ``owner``, ``committee`` or, unreadable, empty.
    """

    row: int
    number: str
    claimant: str = ""
    community: str = ""
    room: str = ""
    defendant: str = ""
    address: str = ""
    phone: str | None = ""
    period_from: date | None = None
    period_to: date | None = None
    amount: Decimal | None = None
    amount_about: bool = False
    contract: str = ""
    fee: FeeStandard | None = None
    service: tuple[str, ...] = ()
    demand_on: date | None = None
    demand_given: bool = False
    demand_proof: str = ""
    limitation_ok: bool | None = None
    mediated: str = ""
    notes: str = ""
    faults: tuple[str, ...] = ()
    claimant_kind: str = "firm"

    @property
    def by_firm(self) -> bool:
        """Whether a firm claims its fees; otherwise somebody claims something from a firm."""
        return self.claimant_kind == "firm"
