"""The papers of a suit: contract and filing (合同和备案), fee standard, evidence of service, written demand (催告).

What does not live here: the sum (``claim``) and the persons (``persons``).
"""

from __future__ import annotations

from collections.abc import Iterator

from cases.rules.screening.sheet import Found, Sheet

_UNFILED = {
    "no": "contract_unfiled",
    "unknown": "contract_unknown",
    "expired": "contract_expired",
    "": "contract_unread",
}


def contract(sheet: Sheet) -> Iterator[Found]:
    """Is there a whole contract on file, and does it cover the period sued for?"""
    yield from _coverage(sheet)
    if sheet.suit.contract in _UNFILED:
        yield Found(_UNFILED[sheet.suit.contract])
    for signal in ("contract_incomplete", "contract_seal"):
        if sheet.notes_say(signal):
            yield Found(signal)


def _coverage(sheet: Sheet) -> Iterator[Found]:
    """A firm has no claim for the time before its contract, unless the claim was assigned to it (民法典 545)."""
    period = sheet.period()
    starts = [day for heard in sheet.heard("contract_starts") for day in heard.days]
    start = min(starts, default=None)
    late = period is not None and start is not None and start > period[1]
    if sheet.notes_say("no_contract") or late:
        assigned = sheet.notes_say("assigned")
        yield Found("assignment_unproven" if assigned else "period_uncovered")
    elif period and start and start > period[0]:
        yield Found("period_partly_covered", {"start": start.isoformat()})


def fee(sheet: Sheet) -> Iterator[Found]:
    """Does the fee standard say rate, basis and area, and does the remark agree with it?"""
    standard = sheet.suit.fee
    if standard is None:
        yield Found("fee_missing")
        return
    if standard.rate is None and standard.area is None:
        yield Found("fee_vague")
        return
    if standard.rate is None:
        yield Found("fee_rate_missing")
    elif not standard.basis:
        yield Found("fee_basis_missing")
    if standard.area is None:
        yield Found("fee_area_missing")
    if standard.lift and sheet.notes_say("no_lift_fee"):
        yield Found("fee_contradicted", {"monthly": f"{standard.lift.normalize():f}"})


def service(sheet: Sheet) -> Iterator[Found]:
    """Is there at least one record that the service was given?"""
    if all(sheet.cell_says(one, "no_service") for one in sheet.suit.service):
        yield Found("service_missing")


def demand(sheet: Sheet) -> Iterator[Found]:
    """Was a written demand sent for all of it, and is its arrival proven (民法典 944(2))?"""
    suit = sheet.suit
    if suit.demand_on is None:
        yield Found("demand_undated" if suit.demand_given or suit.demand_proof else "demand_missing")
        return
    if suit.demand_on > sheet.today:
        yield Found("demand_future", {"day": suit.demand_on.isoformat()})
    if suit.period_to and suit.demand_on <= suit.period_to <= sheet.today:
        yield Found("demand_early", {"day": suit.demand_on.isoformat(), "until": suit.period_to.isoformat()})
    if not suit.demand_proof:
        yield Found("demand_unproven")
    elif phrase := sheet.cell_says(suit.demand_proof, "weak_proof"):
        yield Found("demand_proof_weak", {"phrase": phrase})
