"""Returns (退单): when a department may say "not ours", and what that must carry (reference 4a C32-C34, part 9).

A return needs a ground, an article and the department that would be right; there is one return per department and
none after a designation; a return never pauses a clock.
"""

from __future__ import annotations

from cases.grammar import Question, asks_form


def return_still_open(q: Question) -> bool:
    """该任务已退单一次或系指定管辖,不得再退"""
    return not q.piece.facts.get("final") and int(q.piece.facts.get("returns", 0)) == 0


@asks_form
def names_another(q: Question) -> bool:
    """还需:建议的承办部门,不得为本部门"""
    proposed = q.form.proposed
    organisation = q.pack.organisation(proposed)
    return bool(proposed) and proposed != q.piece.assignee and (organisation is None or organisation.kind != "station")


def carried_by_lead(q: Question) -> bool:
    """由主办部门的任务带动"""
    return q.carrier is None or q.carrier.duty == "lead"
