"""How a report becomes a clue (立案): its place, station, matter and facts, with the reporter's identity kept apart.

What does not live here: the rows of a case (desk), reading files of reports (intake).
"""

from __future__ import annotations

from typing import Any

from cases.errors import Malformed
from cases.grammar import Birth, Founding, Question
from cases.machines.clue_forms import ClueReport
from cases.packs.schema import Community, Matter
from cases.ports import BEIJING
from cases.rules.place import place_key

IDENTITY = frozenset({"reporter_name", "reporter_phone"})
SUMMARY_LENGTH = 60


def clue_of(asked: Founding) -> Birth:
    """The clue a report opens. Malformed when the community or a named matter is not in the pack, its street has no
    station, or the time lies ahead."""
    form, pack = asked.form, asked.pack
    community = community_of(asked)
    if form.found_at > asked.now:
        raise Malformed("发现时间不能晚于现在", {"found_at": "发现时间不能晚于现在"})
    matter = pack.matter(form.matter) if form.matter else None
    if form.matter and matter is None:
        raise Malformed("没有这个事项", {"matter": "请从事项清单中选择,不确定可留空"})
    station = pack.station_for(community.street)
    if station is None:
        raise Malformed("该小区所在街道没有工作站", {"community": "请联系街道办事处"})
    columns = {
        "station": station.code,
        "reporter_org": form.reporter_org,
        "community": community.code,
        "street": community.street,
        "place": place_key(community.code, form.building, form.room),
        "matter": matter.code if matter else None,
        "severity": matter.severity if matter else 0,
        "emergency": _urgent(form, matter),
        "sealed": bool(matter and matter.sealed),
        "summary": " ".join(form.description.split())[:SUMMARY_LENGTH],
        "found_on": form.found_at.astimezone(BEIJING).date(),
    }
    return Birth(
        columns=columns,
        facts=_facts(form),
        payload=form.model_dump(mode="json", exclude=set(IDENTITY)),
        state="dissuading" if form.dissuading else "reported",
    )


def community_of(asked: Founding) -> Community:
    """The community a form names by code or name; Malformed when the pack has none of that name."""
    wanted, pack = asked.form.community, asked.pack
    found = pack.communities.get(wanted) or pack.community_named(wanted)
    if found is None:
        raise Malformed("没有这个小区", {"community": "请填写本辖区的小区名称"})
    return found


def _urgent(form: ClueReport, matter: Matter | None) -> bool:
    return bool(matter and (matter.emergency == "yes" or (matter.emergency == "conditional" and form.emergency)))


def _facts(form: ClueReport) -> dict[str, Any]:
    return {
        "source": form.source,
        "external_id": form.external_id,
        "found_at": form.found_at.isoformat(),
        "building": form.building,
        "room": form.room,
        "lng": form.lng,
        "lat": form.lat,
        "description": form.description,
        "evidence": list(form.evidence),
        "secrecy": form.secrecy,
        "anonymous": form.anonymous,
        "urgent": bool(form.emergency),
        "dissuasions": 1 if form.dissuasion else 0,
    }


def clues_of_danger(q: Question) -> list[Birth]:
    """The clue by which a mediator reports signs of an offence (人民调解法 25), for the workstation of the street; what
    it says is the danger and nothing else. Malformed for a matter the pack does not have."""
    origin, form = q.piece, q.form
    matter = q.pack.matter(form.matter)
    station = q.pack.station_for(origin.street or "")
    if matter is None or station is None:
        raise Malformed("没有这个事项,或当地没有工作站", {"matter": "请从事项清单中选择"})
    columns = {
        "station": station.code,
        "reporter_org": origin.station,
        "lead": None,
        "assignee": None,
        "matter": matter.code,
        "severity": matter.severity,
        "emergency": matter.emergency != "no",
        "sealed": matter.sealed,
        "level": 0,
        "summary": " ".join(form.what.split())[:SUMMARY_LENGTH],
        "found_on": q.now.astimezone(BEIJING).date(),
    }
    facts = {
        "source": "mediation",
        "found_at": q.now.isoformat(),
        "building": origin.facts.get("building", ""),
        "room": origin.facts.get("room", ""),
        "description": form.what,
        "urgent": True,
        "told_police": f"{form.told_police_at.isoformat()} {form.receipt}".strip(),
    }
    return [Birth(columns, facts, form.model_dump(mode="json"), state="reported")]
