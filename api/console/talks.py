"""The talks of a mediation (调解) on its sheet and in the forms of its steps: parties, masked, meetings, promises. For
the committee that keeps it alone.

What does not live here: entering parties and planning meetings (mediation/).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.chamber import Chamber
from api.console import moments
from api.console.choices import Option
from api.console.entrance import Seat
from api.console.labels import Labels
from api.convention import Convention
from cases.desk.views import View
from cases.errors import NotAllowed, NotFound
from cases.rules.agreement import MEDIATOR
from cases.rules.performance import open_items
from cases.rules.wall import MEDIATION, MEDIATORS

SIDES: Mapping[str, str] = {"applicant": "申请人", "respondent": "被申请人", "third": "第三人"}
Given = Mapping[str, tuple[Option, ...]]


def works_here(view: View, seat: Seat) -> bool:
    """Whether this is a mediation whose committee the reader works in."""
    ours = view["station"] == seat.caller.actor.org and bool(seat.roles & MEDIATORS)
    return view["case_type"] == MEDIATION and ours


def parties_of(view: View, seat: Seat) -> list[dict[str, Any]]:
    """The parties as the committee sees them in a list; none for anybody else."""
    return _kept(view, Chamber(seat.house).parties, seat)


def meetings_of(view: View, seat: Seat) -> list[dict[str, Any]]:
    """The meetings that were planned; none for anybody but the committee."""
    return _kept(view, Convention(seat.house).listed, seat)


def _kept(view: View, listed: Any, seat: Seat) -> list[dict[str, Any]]:
    if view["case_type"] != MEDIATION:
        return []
    try:
        return listed(seat.reader, view["id"])["items"]
    except (NotAllowed, NotFound):
        return []


def called(party: Mapping[str, Any], labels: Labels) -> str:
    """A party as one chooses it: its place, its side, its masked name."""
    return f"{party['ordinal']} {labels.say(SIDES[party['side']])} {party['name']}"


def named(value: Any, people: Mapping[str, str]) -> Any:
    """Facts with the parties called as one knows them, where a fact names one by its id."""
    if isinstance(value, str):
        return people.get(value, value)
    if isinstance(value, Mapping):
        return {people.get(str(name), name): named(one, people) for name, one in value.items()}
    return [named(one, people) for one in value] if isinstance(value, list | tuple) else value


def choices_of(view: View, seat: Seat, labels: Labels) -> Given:
    """What may be chosen in the steps of a mediation: its parties by id or by place, its meetings, open promises."""
    if not works_here(view, seat):
        return {}
    parties = parties_of(view, seat)
    by_id = tuple((one["id"], called(one, labels)) for one in parties)
    by_place = tuple((str(one["ordinal"]), called(one, labels)) for one in parties)
    held = [one for one in meetings_of(view, seat) if one["status"] == "held"]
    return {
        "parties": by_id,
        "party_id": by_id,
        "signer": (*by_id, (MEDIATOR, labels.say("调解员"))),
        "obligor": by_place,
        "obligee": by_place,
        "item": tuple(promises(view["facts"].get("plan", ()))),
        "meeting": tuple((one["id"], moments.full(one["starts"], labels.lang)) for one in held),
        "natures": tuple(grounds(labels)),
    }


def grounds(labels: Labels) -> Iterable[Option]:
    """The circumstances that rule mediation out and that no matter of the catalogue names."""
    for row in labels.pack.exclusions.values():
        if row.stage == MEDIATION and not row.matter:
            yield row.code, row.name


def promises(plan: Iterable[Mapping[str, Any]]) -> Iterable[Option]:
    """The items of performance that are still open."""
    for item in open_items(plan):
        amount = f" {item['amount']}元" if item.get("amount") else ""
        yield str(item["n"]), f"{item['n']} {item['content']}{amount} {item['due']}"
