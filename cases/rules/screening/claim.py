"""What is claimed: period of arrears (欠费期间), sum with its arithmetic (诉请金额), limitation (诉讼时效).

What does not live here: the arithmetic (``reckoning``) and the counting of the limitation (``limitation``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from cases.rules.screening.limitation import standing
from cases.rules.screening.reckoning import agrees, fee_for, months_of
from cases.rules.screening.sheet import Found, Sheet


def period(sheet: Sheet) -> Iterator[Found]:
    """Is there a period, the right way round and past?"""
    start, end = sheet.suit.period_from, sheet.suit.period_to
    if start is None or end is None:
        yield Found("period_unread")
    elif start > end:
        yield Found("period_reversed")
    elif end > sheet.today:
        yield Found("period_future", {"until": end.isoformat()})


def amount(sheet: Sheet) -> Iterator[Found]:
    """Is a sum claimed, is it owed at all, and is it what the standard makes of the period?"""
    sum_ = sheet.suit.amount
    if sum_ is None or sheet.suit.amount_about:
        yield Found("amount_about" if sheet.suit.amount_about else "amount_unread")
    elif sum_ > 0:
        yield from _sum(sheet, sum_)
    if _nothing_owed(sheet):
        yield Found("nothing_owed")
    elif sum_ == 0:
        yield Found("amount_zero")
    elif sheet.suit.mediated != "agreed":  # what was paid under an agreement is answered there
        yield from _payments(sheet)


def _nothing_owed(sheet: Sheet) -> bool:
    """A credit, or a remark that the account is even; a bare nought may be a cell left unfilled."""
    sum_ = sheet.suit.amount
    if sum_ is not None and (sum_ < 0 or (sum_ == 0 and sheet.notes_say_of_these_fees("paid"))):
        return True
    return sheet.notes_say_of_these_fees("nothing_owed")


def _payments(sheet: Sheet) -> Iterator[Found]:
    for signal, code in (
        ("paid", "already_paid"),
        ("partly_paid", "partly_paid"),
        ("payment_disputed", "payment_disputed"),
    ):
        if sheet.notes_say_of_these_fees(signal):
            yield Found(code)


def _sum(sheet: Sheet, claimed: Decimal) -> Iterator[Found]:
    span, standard = sheet.period(), sheet.suit.fee
    if span is None or standard is None:
        return
    months = months_of(*span)
    reckoned = fee_for(standard, months)
    if reckoned is None or agrees(claimed, reckoned, months):
        return
    for whole in _rounded_up(*span, months):
        if agrees(claimed, fee_for(standard, whole) or reckoned, whole):
            yield Found("part_month_whole", {"months": str(whole)})
            return
    facts = {"claimed": claimed, "reckoned": reckoned, "gap": abs(claimed - reckoned)}
    yield Found("amount_differs", {**{name: f"{fact:.2f}" for name, fact in facts.items()}, "months": _said(months)})


def _rounded_up(start: date, end: date, months: Fraction) -> tuple[int, ...]:
    """How else a contract may count a broken month: as a whole one, or every calendar month touched."""
    if months.denominator == 1:
        return ()
    return ceil(months), (end.year - start.year) * 12 + end.month - start.month + 1


def _said(months: Fraction) -> str:
    return str(months) if months.denominator == 1 else f"{float(months):.2f}"


def limitation(sheet: Sheet) -> Iterator[Found]:
    """Has the claim lapsed (民法典 188), was that interrupted (195) or given up by the debtor (192)?

    Only a claim that has wholly lapsed, that the firm itself calls lapsed, and that no remark keeps alive is rejected.
    """
    span, stated = sheet.period(), sheet.suit.limitation_ok
    if span is None:
        return
    found = standing(*span, _demands(sheet), sheet.years, sheet.today)
    years = str(sheet.years)
    if found.first_alive is None:
        facts = {"lapsed": found.last_day.isoformat(), "years": years}
        if sheet.notes_say("acknowledged"):
            yield Found("limitation_revived", facts)
        else:
            yield Found("limitation_lapsed" if stated is False else "limitation_unproven", facts)
    elif found.first_alive > span[0]:
        yield Found("limitation_partly", {"start": found.first_alive.isoformat(), "years": years})
    elif stated is not True:
        yield Found("limitation_unstated" if stated is None else "limitation_contradicted")


def _demands(sheet: Sheet) -> list[date]:
    """The days of written demands: the proven letter's, and those a remark dates."""
    noted = [day for heard in sheet.heard("demanded") for day in heard.days]
    letter = sheet.suit.demand_on
    return [day for day in noted if day <= sheet.today] + ([letter] if letter and sheet.demand_proven() else [])
