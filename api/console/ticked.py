"""The cases ticked in a list (已选案件), as they stand now, with the version their line showed.

What does not live here: what is done to them (bulk) and the lists with the ticks (queue, suits).
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData

from api.console.entrance import Seat
from api.console.labels import Labels
from api.console.rows import Row, row_of
from api.counter import Counter
from cases.desk.views import View
from cases.errors import Malformed, NotFound

MOST = 200
TICKED = "_case"
"""A ticked case: its id and the version that was seen."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """A ticked case."""

    view: View
    row: Row
    seen: int

    @property
    def id(self) -> str:
        """Which case it is."""
        return self.view["id"]

    @property
    def mark(self) -> str:
        """As it is written in the form."""
        return f"{self.id}:{self.seen}"

    @property
    def now(self) -> str:
        """The same, with the version it has now: somebody looks at it anew."""
        return f"{self.id}:{self.view['version']}"

    def action(self, verb: str) -> View | None:
        """The step, if the case offers it now."""
        return next((one for one in self.view["actions"] if one["verb"] == verb), None)


def ticked_of(filled: FormData, seat: Seat) -> tuple[list[Ticked], int]:
    """The ticked cases the caller may see, each once, and how many the caller may not see (any more)."""
    seen: dict[str, int] = {}
    for given in filled.getlist(TICKED)[:MOST]:
        case_id, _, version = str(given).partition(":")
        if not (version.isascii() and version.isdigit() and len(version) < 10):
            raise Malformed("请从案件队列重新勾选")
        seen[case_id] = int(version)
    found = [one for case_id, version in seen.items() if (one := _one(seat, case_id, version))]
    return found, len(seen) - len(found)


def anew(ticked: list[Ticked], seat: Seat) -> list[Ticked]:
    """The same cases as they stand after something was done; without those gone out of sight."""
    return [found for one in ticked if (found := _one(seat, one.id, one.seen))]


def _one(seat: Seat, case_id: str, version: int) -> Ticked | None:
    try:
        view = Counter(seat.house).case(seat.reader, case_id)
    except NotFound:
        return None
    return Ticked(view, row_of(view, Labels(seat.house.office, seat.lang)), version)
