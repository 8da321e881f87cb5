"""How a suit is entered (诉状登记): who sues whom, at which desk, and in which state it stands after a screening.

Firms and owners come the same way. What does not live here: the rows of a case and of its parties (desk), reading
batch files (intake), the table of a suit (litigation).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.errors import Malformed, NotAllowed
from cases.grammar import Actor, Birth, Founding
from cases.machines.clue_births import community_of
from cases.machines.suit_forms import Demand, Person, Screening, SuitFiling
from cases.packs.rows import Community
from cases.packs.schema import Pack
from cases.ports import BEIJING
from cases.rules.place import place_key
from cases.rules.visibility import masked_name

DESK_ROLES = frozenset({"operator", "station_head"})
DESK_DUTY = "suit_desk"
"""The duty of whoever receives and screens suits."""

OPENS_AS = {"pass": "accepted", "repair": "repairing", "reject": "rejected"}


def suit_of(asked: Founding) -> Birth:
    """The suit a filing opens. Malformed for a community, matter, desk or party the pack does not have; NotAllowed for
    a suit in somebody else's name, or a screening by anybody but the desk."""
    form, pack, actor = asked.form, asked.pack, asked.actor
    community = community_of(asked)
    matter = pack.matter(form.matter)
    if matter is None:
        raise Malformed("没有这个事项", {"matter": "请从事项清单中选择"})
    desk = _desk(asked, community)
    _in_own_name(form, actor)
    if (form.screening is not None or form.batch or form.family) and not _sits_at(actor, desk):
        raise NotAllowed("筛查结论、批次和同类案件组由接收诉状的机构登记")
    columns = {
        "station": desk,
        "reporter_org": form.plaintiff.org,
        "community": community.code,
        "street": community.street,
        "place": place_key(community.code, form.building, form.room),
        "matter": matter.code,
        "severity": matter.severity,
        "sealed": False,
        "summary": f"{form.cause}({community.name})",
        "found_on": asked.now.astimezone(BEIJING).date(),
    }
    return Birth(columns, _facts(asked), _payload(form), state=_state(form, asked.now))


def _facts(asked: Founding) -> dict[str, Any]:
    form, pack = asked.form, asked.pack
    facts: dict[str, Any] = form.model_dump(mode="json", include=_KEPT)
    facts |= {
        "plaintiff_kind": form.plaintiff.kind,
        "defendant_kind": form.defendant.kind,
        "defendant_org": form.defendant.org or "",
        "plaintiff_masked": called(form.plaintiff, pack),
        "defendant_masked": called(form.defendant, pack),
        "description": form.grounds,
    }
    if form.demand is not None:
        facts |= demanded(form.demand, [])
    if form.screening is not None:
        facts |= screened(form.screening, asked.actor, asked.now)
        words = pack.words("litigation.advice")
        facts["advised"] = [advice(side, words, "书面", asked.actor, asked.now) for side in ("plaintiff", "defendant")]
    return facts


_KEPT = {
    "building", "room", "cause", "claims", "amount", "period_from", "period_to", "suit_no", "batch", "family",
}  # fmt: skip


def _payload(form: SuitFiling) -> dict[str, Any]:
    """What the first entry records: all but who the people are."""
    return form.model_dump(mode="json", exclude={"plaintiff": _IDENTITY, "defendant": _IDENTITY})


_IDENTITY = {"name", "phone", "address"}


def _state(form: SuitFiling, now: datetime) -> str:
    if form.screening is not None:
        return OPENS_AS[form.screening.result]
    due = form.demand.pay_by if form.demand else None
    waits = form.plaintiff.kind == "firm" and (due is None or due >= now.astimezone(BEIJING).date())
    return "demanded" if waits else "screening"


def called(person: Person, pack: Pack) -> str:
    """How a party stands among the facts: an organisation by its name, a person by family name and stars."""
    known = pack.organisation(person.org or "")
    if known is not None:
        return known.name
    return masked_name(person.name) if person.kind == "owner" else person.name


def demanded(form: Demand, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    """One more demand, and the day until which it gave time."""
    return {"demands": [*earlier, form.model_dump(mode="json")], "pay_by": form.pay_by.isoformat()}


def screened(form: Screening, actor: Actor, now: datetime) -> dict[str, Any]:
    """What the screening found, by whom and when."""
    sheet = {"items": form.model_dump(mode="json")["items"], "by": actor.id, "at": now.isoformat()}
    reasons = form.reasons or tuple(one.reason for one in form.items if one.reason and one.finding != "pass")
    return {"screening": sheet, "result": form.result, "reasons": list(reasons)}


def advice(side: str, words: str, how: str, actor: Actor, now: datetime) -> dict[str, Any]:
    """One piece of advice, as it is kept."""
    return {"side": side, "words": words, "how": how, "by": actor.id, "at": now.isoformat()}


def _sits_at(actor: Actor, desk: str) -> bool:
    return actor.org == desk and bool(actor.roles & DESK_ROLES)


def _in_own_name(form: SuitFiling, actor: Actor) -> None:
    """An organisation sues in its own name; a desk writes down for whoever comes."""
    if actor.roles & DESK_ROLES:
        return
    if actor.org is not None and form.plaintiff.org != actor.org:
        raise NotAllowed("只能以本单位的名义起诉")


def _desk(asked: Founding, community: Community) -> str:
    """Who receives it: the desk that files it, the one the form names, or that of the area."""
    pack, actor, wanted = asked.pack, asked.actor, asked.form.desk
    for person, field in ((asked.form.plaintiff, "plaintiff"), (asked.form.defendant, "defendant")):
        if person.org is not None and pack.organisation(person.org) is None:
            raise Malformed("没有这个机构", {field: "请从机构清单中选择,或只填名称"})
        if person.org is None and not person.name:
            raise Malformed("没有写明当事人", {field: "请填写姓名或者名称"})
    desks = [one.code for one in pack.carriers(DESK_DUTY, community.street)]
    if actor.org in desks and actor.roles & DESK_ROLES and wanted in {None, actor.org}:
        return str(actor.org)
    if wanted is None and desks:
        return desks[0]
    if wanted is None or wanted not in desks:
        raise Malformed("没有这个接收诉状的机构", {"desk": "请从接收诉状的机构中选择"})
    return wanted
