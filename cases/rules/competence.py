"""Who is competent for a matter (事权): one lead department, who assists, and why, at a place and on a date.

What does not live here: the catalogue and the designations (rows of the pack), and whether the case may be dispatched
(the guard ``one_competent_lead``). An assisting duty for which the area names no single organisation is left out, and
the reason says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cases.errors import NoCompetence
from cases.packs.schema import Competence, Matter, Organisation, Pack, in_force


@dataclass(frozen=True, slots=True)
class Route:
    """去向: the lead and assisting organisations by code, the reason shown to the operator, and the next best lead.

    ``needs_confirm``: only a local designation can settle the lead and there is none, or the competent department
    has returned the case; a person must confirm before dispatch.
    """

    lead: str
    assists: tuple[str, ...]
    reason: str
    runner_up: str | None
    runner_up_reason: str
    needs_confirm: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    organisation: Organisation
    why: str


def competent(pack: Pack, matter_code: str, street: str, on: date, excluded: frozenset[str] = frozenset()) -> Route:
    """The route of a matter found at a street on a day (行政处罚法 22-25: 级别、地域、职能管辖).

    ``excluded`` are organisations whose return was upheld: they neither lead nor assist; then the next candidate is
    proposed and a person must confirm. Raises :class:`NoCompetence` when no organisation, or more than one, is
    competent.
    """
    matter = _matter(pack, matter_code, street, on)
    designation = _designation(pack, matter, street, on)
    rightful = _lead(pack, matter, designation, street)
    duties = designation.assist if designation and designation.assist is not None else matter.assist
    assisting, unnamed = _assisting(pack, duties, street, rightful.organisation.code)
    ranked = [rightful, *_others(pack, matter, designation, street), *assisting]
    able = _distinct([one for one in ranked if one.organisation.code not in excluded])
    if not able:
        raise NoCompetence(f"事项「{matter.name}」的主办和协办部门均已退单成立,请提请协调指定管辖", matter=matter.code)
    lead, runner_up = able[0], able[1] if len(able) > 1 else None
    returned = lead.organisation.code != rightful.organisation.code
    helping = {one.organisation.code for one in assisting} - excluded - {lead.organisation.code}
    return Route(
        lead=lead.organisation.code,
        assists=tuple(one.organisation.code for one in able if one.organisation.code in helping),
        reason=_reason(pack, matter, designation, lead, rightful if returned else None, unnamed),
        runner_up=runner_up.organisation.code if runner_up else None,
        runner_up_reason=runner_up.why if runner_up else "",
        needs_confirm=returned or (matter.route == "confirm" and designation is None),
    )


def _matter(pack: Pack, code: str, street: str, on: date) -> Matter:
    matter = pack.matter(code)
    if matter is None:
        raise NoCompetence(f"事项目录中没有「{code}」,请先认定事项", matter=code)
    if not in_force(matter.valid_from, matter.valid_to, on):
        raise NoCompetence(f"事项「{matter.name}」在 {on} 不在有效期内", matter=code)
    if street not in pack.streets:
        raise NoCompetence(f"「{street}」不是{pack.area.name}的街道(镇),无法确定主办部门", matter=code, street=street)
    return matter


def _designation(pack: Pack, matter: Matter, street: str, on: date) -> Competence | None:
    found = pack.designations(matter.code, street, on)
    if len({row.duty_lead for row in found}) > 1:
        leads = "、".join(_duty(pack, row.duty_lead) for row in found)
        raise NoCompetence(f"事项「{matter.name}」在 {on} 有多个指定主办({leads}),请提请协调", matter=matter.code)
    return found[0] if found else None


def _lead(pack: Pack, matter: Matter, designation: Competence | None, street: str) -> _Candidate:
    duty = designation.duty_lead if designation else matter.lead
    carriers = pack.carriers(duty, street)
    if len(carriers) == 1:
        return _Candidate(carriers[0], "")
    names = "、".join(one.name for one in carriers)
    if names:
        raise NoCompetence(f"事项「{matter.name}」有多个主办机构({names}),请提请协调指定管辖", matter=matter.code)
    raise NoCompetence(f"事项「{matter.name}」应由{_duty(pack, duty)}主办,但本地区没有登记该机构", matter=matter.code)


def _others(pack: Pack, matter: Matter, designation: Competence | None, street: str) -> Iterator[_Candidate]:
    """Who would lead by the catalogue had nobody been designated."""
    if designation is None:
        return
    for one in pack.carriers(matter.lead, street)[:1]:
        yield _Candidate(one, f"未指定时按事项目录由{_duty(pack, matter.lead)}({one.name})主办")


def _assisting(pack: Pack, duties: tuple[str, ...], street: str, lead: str) -> tuple[list[_Candidate], tuple[str, ...]]:
    found: list[_Candidate] = []
    unnamed: list[str] = []
    for duty in duties:
        carriers = pack.carriers(duty, street)
        if len(carriers) == 1 and carriers[0].code != lead:
            found.append(_Candidate(carriers[0], f"事项目录列为协办({_duty(pack, duty)})"))
        elif len(carriers) != 1:
            unnamed.append(_duty(pack, duty))
    return _distinct(found), tuple(unnamed)


def _distinct(candidates: list[_Candidate]) -> list[_Candidate]:
    first: dict[str, _Candidate] = {}
    for one in candidates:
        first.setdefault(one.organisation.code, one)
    return list(first.values())


def _reason(
    pack: Pack,
    matter: Matter,
    designation: Competence | None,
    lead: _Candidate,
    returned: _Candidate | None,
    unnamed: tuple[str, ...],
) -> str:
    head = f"{matter.code}「{matter.name}」"
    if returned is not None:
        said = f"{head}原应由{returned.organisation.name}主办,其退单已成立;改由{lead.organisation.name}接办,须人工确认"
    elif designation is not None:
        where = "全区" if designation.street == "*" else _street(pack, designation.street)
        rule = f"{_duty(pack, designation.duty_lead)}主办(范围:{where};依据:{designation.basis})"
        said = f"{head}按指定由{rule},即{lead.organisation.name}"
    else:
        rule = f"{_duty(pack, matter.lead)}主办,即{lead.organisation.name}"
        said = f"{head}按事项目录由{rule};依据:{matter.law}"
        if matter.route == "confirm":
            said += ";主办部门须由地方指定,本地区尚未登记指定,须人工确认"
    return said + (f";另需配合但未登记唯一机构:{'、'.join(unnamed)}" if unnamed else "")


def _duty(pack: Pack, code: str) -> str:
    duty = pack.duties.get(code)
    return duty.name if duty else code


def _street(pack: Pack, code: str) -> str:
    organisation = pack.organisation(code)
    return organisation.name if organisation else code
