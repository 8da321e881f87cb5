"""Ready-made forms, pieces and actors for tests: every argument optional, nothing drawn by chance.

The cast below belongs to the sample town of the bundled pack. What does not live here: databases (``databases``) and
cases that already stand in one (``tests.cases.counter``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from cases.grammar import Actor
from cases.machines.clue_forms import ClueReport, Dissuasion
from cases.packs.loader import load_pack
from cases.piece import Piece
from cases.ports import BEIJING
from cases.rules.area import placed

FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=BEIJING)
"""A working day at opening time; the week after it is an ordinary one."""

DISTRICT, STREET, STATION, OTHER_STATION = "JT", "JT-JC", "JT-JC-ZD", "JT-DC-ZD"
COMMUNITY = "JT-C01"
PROPERTY, OTHER_PROPERTY = "JT-WY01", "JT-WY04"
FIRE, POLICE, URBAN, MARKET = "JT-XF", "JT-GA", "JT-CG", "JT-SJ"


PACK = load_pack("jintan")


def an_actor(who: str, org: str | None, *roles: str, own: Iterable[str] = ()) -> Actor:
    """Somebody of the sample town; whoever supervises there has the area its pack gives them."""
    return placed(Actor(f"account:{who}", who, org, frozenset(roles), frozenset(own)), PACK)


OPERATOR = an_actor("王受理", STATION, "operator")
HEAD = an_actor("李站长", STATION, "station_head")
STRANGER = an_actor("外站", OTHER_STATION, "operator", "station_head")
REPORTER = an_actor("马物业", PROPERTY, "reporter")


def of_department(org: str) -> Actor:
    """One person who is officer and head of a department."""
    return an_actor(f"承办{org}", org, "dept_officer", "dept_head")


def by_code(case_id: str) -> Actor:
    """A reporter who is known only by the query code of one report."""
    return an_actor("凭码", None, "reporter", own=(case_id,))


def a_dissuasion(**changed: Any) -> Dissuasion:
    fields: dict[str, Any] = {
        "at": FRIDAY - timedelta(hours=2),
        "by": "保安小赵",
        "words": "请拆除飞线",
        "response": "不听",
    }
    return Dissuasion(**(fields | changed))


def a_clue(**changed: Any) -> ClueReport:
    """A report by a property firm with a dissuasion record; the fire brigade would lead."""
    fields: dict[str, Any] = {
        "community": "锦澜花苑",
        "building": "6幢",
        "room": "302",
        "found_at": FRIDAY - timedelta(hours=3),
        "matter": "XF01",
        "description": "三楼窗户拉线给电动车充电",
        "dissuasion": a_dissuasion(),
        "source": "property",
        "reporter_org": PROPERTY,
        "reporter_name": "欧阳举报",
        "reporter_phone": "13812345678",
    }
    return ClueReport(**(fields | changed))


def a_piece(**changed: Any) -> Piece:
    """A clue in memory, reported by the property firm and lying with its station."""
    fields: dict[str, Any] = {
        "id": "c0ffee",
        "number": "320413JT-JC-XS-20261120-0001",
        "case_type": "clue",
        "state": "reported",
        "version": 1,
        "head_hash": "00",
        "pack_id": 1,
        "station": STATION,
        "reporter_org": PROPERTY,
        "community": COMMUNITY,
        "street": STREET,
        "place": f"{COMMUNITY}|6||302",
        "matter": "XF01",
        "severity": 3,
        "found_on": date(2026, 11, 20),
        "opened_at": FRIDAY,
        "updated_at": FRIDAY,
    }
    return Piece(**(fields | changed))


def a_task(**changed: Any) -> Piece:
    """An assignment of the fire brigade in memory, as lead."""
    fields: dict[str, Any] = {
        "id": "7a5c",
        "number": "320413JT-JC-XS-20261120-0001-PQ01",
        "case_type": "assignment",
        "state": "dispatched",
        "parent_id": "c0ffee",
        "assignee": FIRE,
        "duty": "lead",
        "lead": FIRE,
        "reporter_org": None,
    }
    return a_piece(**(fields | changed))
