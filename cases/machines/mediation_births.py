"""How a dispute becomes a mediation (受理来源): on application or the committee's own initiative, or out of a report.

What does not live here: the rows of a case (desk), parties (desk), the table of a mediation (mediation).
"""

from __future__ import annotations

from typing import Any

from cases.errors import Malformed, NotAllowed, StillNeeded
from cases.grammar import Actor, Birth, Founding, Question
from cases.machines.clue_births import SUMMARY_LENGTH, community_of
from cases.packs.rows import Community
from cases.packs.schema import Matter, Pack
from cases.ports import BEIJING
from cases.rules.exclusions import MEDIATION, excluded_matter, named, said
from cases.rules.place import place_key
from cases.rules.tiers import tier_of

KEEPERS = frozenset({"mediator", "committee_head"})
DESK = frozenset({"operator", "station_head"})
SUIT = "litigation"
COMMITTEE = "mediation"
"""The duty of the committee of a street, to which a dispute goes where nothing else is said."""


def mediation_of(asked: Founding) -> Birth:
    """The mediation an application opens. Malformed for a community, matter or body the pack does not have;
    StillNeeded with the reason where the dispute may not be mediated; NotAllowed for a committee of somebody else."""
    form, pack = asked.form, asked.pack
    community = community_of(asked)
    matter = pack.matter(form.matter)
    if matter is None:
        raise Malformed("没有这个事项", {"matter": "请从事项清单中选择"})
    rows = named(pack, MEDIATION, form.natures)
    by_matter = excluded_matter(pack, matter.code)
    if rows or by_matter:
        listed = "、".join(said(row) for row in (*rows, *([by_matter] if by_matter else [])))
        raise StillNeeded((f"不得调解:{listed}",))
    keeper = _keeper(asked, community)
    facts: dict[str, Any] = form.model_dump(mode="json", include=_KEPT)
    return Birth(
        columns={
            **_columns(matter, keeper, form.dispute),
            "reporter_org": _applicant(asked.actor),
            "community": community.code,
            "street": community.street,
            "place": place_key(community.code, form.building, form.room),
            "found_on": asked.now.astimezone(BEIJING).date(),
        },
        facts={**facts, "tier": _tier(pack, keeper)},
        payload=form.model_dump(mode="json"),
        state="applied" if form.source == "当事人申请" else "examining",
    )


_KEPT = {"source", "kind", "oral", "building", "room", "dispute", "requests", "natures", "earlier"}


def mediations(q: Question) -> list[Birth]:
    """The mediation a report is turned into. What the mediators learn of the dispute is what the form says, and no
    more: the report itself stays with the station."""
    clue, form = q.piece, q.form
    matter = q.pack.matter(clue.matter or "")
    carriers = q.pack.carriers(COMMITTEE, clue.street or "")
    keeper = form.committee or (carriers[0].code if carriers else "")
    if matter is None or not keeper:
        return []
    columns = {
        **_columns(matter, keeper, form.dispute),
        "reporter_org": clue.reporter_org if form.reporter_is_party else None,
        "assignee": None,
        "duty": None,
        "lead": None,
        "level": 0,
        "emergency": False,
    }
    facts = {
        "source": "法院委派" if clue.case_type == SUIT else "工作站移交",
        "kind": "people",
        "tier": _tier(q.pack, keeper),
        "building": clue.facts.get("building", ""),
        "room": clue.facts.get("room", ""),
        "dispute": form.dispute,
        "named": form.how,
    }
    payload = {"committee": keeper, "named": form.how, "dispute": form.dispute}
    return [Birth(columns, facts, payload, state="applied")]


def _columns(matter: Matter, keeper: str, dispute: str) -> dict[str, Any]:
    return {
        "station": keeper,
        "matter": matter.code,
        "severity": matter.severity,
        "sealed": False,
        "summary": " ".join(dispute.split())[:SUMMARY_LENGTH],
    }


def _tier(pack: Pack, keeper: str) -> str:
    tier = tier_of(pack, keeper)
    return tier.code if tier else ""


def _applicant(actor: Actor) -> str | None:
    """An organisation that applies in its own name is a party; a desk or a committee writes down for somebody."""
    return actor.org if "reporter" in actor.roles and not actor.roles & (KEEPERS | DESK) else None


def _keeper(asked: Founding, community: Community) -> str:
    """Who takes the dispute on: the body the form names, the committee that files it, or that of the street."""
    pack, actor, wanted = asked.pack, asked.actor, asked.form.committee
    inside = bool(actor.roles & KEEPERS) and not actor.roles & DESK
    if inside and wanted not in {None, actor.org}:
        raise NotAllowed("只能登记本调解委员会受理的纠纷")
    if inside and actor.org:
        return actor.org
    if wanted is not None:
        if pack.organisation(wanted) is None:
            raise Malformed("没有这个机构", {"committee": "请从机构清单中选择"})
        return wanted
    found = pack.carriers(COMMITTEE, community.street)
    if not found:
        raise Malformed("该小区所在街道没有人民调解委员会", {"committee": "请填写受理机构"})
    return found[0].code
