"""Whether a dispatch names one competent lead (派遣, reference 4a guard 1). The search itself is in competence."""

from __future__ import annotations

from cases.errors import NoCompetence
from cases.grammar import Question, asks_form
from cases.ports import BEIJING
from cases.rules.competence import Route, competent


def route_of(q: Question) -> Route:
    """Where the pack sends this case today; NoCompetence when none or two departments are competent."""
    piece = q.piece
    on = piece.found_on or q.now.astimezone(BEIJING).date()
    excluded = frozenset(piece.facts.get("excluded", []))
    return competent(q.pack, piece.matter or "", piece.street or "", on, excluded)


@asks_form
def one_competent_lead(q: Question) -> bool:
    """主办部门只能有一个,且须为有权处理的部门;与事项清单不一致或清单未能确定时,须写明理由"""
    form = q.form
    organisation = q.pack.organisation(form.lead)
    if organisation is None or organisation.kind == "station" or not organisation.duties:
        return False
    if form.lead in form.assists:
        return False
    if any(q.pack.organisation(code) is None for code in form.assists):
        return False
    if form.lead in q.piece.facts.get("excluded", []):
        return False
    try:
        return bool(form.reason) or route_of(q).lead == form.lead
    except NoCompetence:
        return False
