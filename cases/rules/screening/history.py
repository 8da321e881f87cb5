"""What came before: the form of the row, earlier mediation (先行调解), earlier judgments, the court's district.

What does not live here: other rows of the same batch (``batch``).
"""

from __future__ import annotations

from collections.abc import Iterator

from cases.rules.screening.sheet import Found, Sheet


def form(sheet: Sheet) -> Iterator[Found]:
    """Has the row a number and a claimant?"""
    if not sheet.suit.number:
        yield Found("number_missing")
    if not sheet.suit.claimant:
        yield Found("claimant_missing")


def mediation(sheet: Sheet) -> Iterator[Found]:
    """Was there an agreement, which binds and bars a new suit; or is there proof that none came about?"""
    mediated = sheet.suit.mediated
    if mediated == "agreed":
        performed = sheet.notes_say("performed") or sheet.notes_say("nothing_owed")
        yield Found("agreement_performed" if performed else "agreement_reached")
    elif mediated == "":
        yield Found("mediation_unread")
    elif sheet.notes_say("agreed"):
        yield Found("mediation_contradicted")
    elif mediated == "failed" and not sheet.notes_say("failure_proof"):
        yield Found("mediation_unproven")


def court(sheet: Sheet) -> Iterator[Found]:
    """Is the same claim already judged or pending (民诉法 127), and is it for this court (24)?"""
    if sheet.notes_say_of_these_fees("judged"):
        yield Found("already_judged" if sheet.notes_say("same_period") else "judged_doubtful")
    elif sheet.notes_say_of_these_fees("pending"):
        yield Found("pending_doubtful")
    if any(sheet.cell_says(cell, "outside_area") for cell in (sheet.suit.community, sheet.suit.notes)):
        yield Found("outside_area")
