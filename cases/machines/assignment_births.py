"""Which tasks a dispatch opens (派遣产生的任务): the lead's, and one for each assisting department that has none open.

What does not live here: the rows of a case (desk), the table of a task (assignment).
"""

from __future__ import annotations

from collections.abc import Iterator

from cases.grammar import Birth, Question
from cases.piece import Piece


def tasks(q: Question) -> list[Birth]:
    """The tasks of a dispatch; a lead that assisted so far gets one of its own."""
    parent, form = q.piece, q.form
    turn = int(parent.facts.get("rework", 0))
    busy = {(c.assignee, c.duty) for c in tasks_of(parent) if c.is_open or _assisted(c, turn)}
    final = bool(parent.facts.get("excluded"))
    births: list[Birth] = []
    for org, duty in ((form.lead, "lead"), *((code, "assist") for code in form.assists)):
        if {(org, duty), (org, "lead")} & busy:
            continue
        busy.add((org, duty))
        organisation = q.pack.organisation(org)
        births.append(
            Birth(
                columns={
                    "assignee": org,
                    "duty": duty,
                    "lead": parent.lead,
                    "sealed": parent.sealed and organisation is not None and organisation.kind == "police",
                },
                facts={"reason": form.reason, "final": final and duty == "lead", "round": turn},
                payload={"org": org, "duty": duty, "reason": form.reason},
            )
        )
    return births


def tasks_of(piece: Piece) -> Iterator[Piece]:
    """The departments' tasks among the children."""
    return (child for child in piece.children or () if child.duty is not None)


def _assisted(task: Piece, turn: int) -> bool:
    """An assisting department that answered or returned its task in this round is not asked again."""
    return task.duty == "assist" and int(task.facts.get("round", 0)) == turn
