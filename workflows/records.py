"""What a run leaves to be read in Prefect (运行记录): one table, with counts and case numbers, never personal data.

What does not live here: what happened to a case; that is in its own history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prefect.artifacts import acreate_table_artifact
from prefect.context import TagsContext

from cases.desk.routing import Routed
from cases.desk.suits.families import Led
from cases.desk.sweeping import Swept
from cases.desk.telling import PARTY
from cases.packs.schema import Pack
from workflows.postroom import OUTCOMES, Tally

NUMBERS_SHOWN = 200
"""Case numbers shown in one cell; the rest is counted."""

PARTIES = "parties"
Row = dict[str, str | int]


def numbers(found: Iterable[str]) -> str:
    """Case numbers in one cell."""
    every = list(found)
    more = f" … +{len(every) - NUMBERS_SHOWN}" if len(every) > NUMBERS_SHOWN else ""
    return " ".join(every[:NUMBERS_SHOWN]) + more


def routed_rows(routed: Routed, pack: Pack) -> list[Row]:
    """One row for each lead department, then what went to an operator."""
    rows: list[Row] = [
        _row(code, _name(pack, code), "dispatch", found) for code, found in sorted(routed.dispatched.items())
    ]
    others = (("propose", routed.proposed), ("hand_over", routed.handed_over), ("refused", routed.refused))
    return rows + [_row("", "", deed, found) for deed, found in others if found]


def swept_rows(swept: Swept) -> list[Row]:
    """One row for each deed."""
    return [{"deed": deed, "cases": len(n), "numbers": numbers(n)} for deed, n in sorted(swept.deeds.items())]


def led_rows(led: Led) -> list[Row]:
    """One row for those that began to wait, that followed, and that could not."""
    deeds = (("wait", led.waiting), ("follow", led.followed), ("refused", led.refused))
    return [{"deed": deed, "cases": len(found), "numbers": numbers(found)} for deed, found in deeds if found]


def delivered_rows(tally: Tally, pack: Pack) -> list[Row]:
    """One row for each organisation, one for all reporters and one for all parties."""
    together: dict[str, dict[str, int]] = {}
    for code, row in tally.counts.items():
        counted = together.setdefault(PARTIES if code.startswith(PARTY) else code, dict.fromkeys(OUTCOMES, 0))
        for outcome in OUTCOMES:
            counted[outcome] += row[outcome]
    return [{"recipient": code, "name": _name(pack, code), **row} for code, row in sorted(together.items())]


async def leave(lane: str, rows: list[Row], said: str) -> None:
    """Leave the table of a run under the lane's key."""
    table: list[Mapping[str, str | int]] = list(rows)
    await acreate_table_artifact(key=lane, table=[dict(row) for row in table], description=said)


def untagged() -> TagsContext:
    """Tasks called inside do not take over the tags of their run: Prefect asks its server about the limits of every
    tag before each task, which costs more than the task."""
    return TagsContext(current_tags=set())


def _row(code: str, name: str, deed: str, found: list[str]) -> Row:
    return {"department": code, "name": name, "deed": deed, "cases": len(found), "numbers": numbers(found)}


def _name(pack: Pack, code: str) -> str:
    organisation = pack.organisation(code)
    return organisation.name if organisation else ""
