"""The talks of a mediation (调解) on its sheet: parties, masked, and meetings, for the committee that keeps it alone.

What does not live here: entering parties and planning meetings (the API's chamber and convention).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.chamber import Chamber
from api.console.entrance import Seat
from api.convention import Convention
from cases.desk.views import View
from cases.errors import NotAllowed, NotFound
from cases.rules.wall import MEDIATION

SIDES: Mapping[str, str] = {"applicant": "申请人", "respondent": "被申请人", "third": "第三人"}


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
