"""The supervision view of the judicial bureau (执法监督): how enforcement and mediation go, by numbers of cases.

It tells what is overdue, was given back, came to nothing, and what the committees carry; what is in a file it does not
tell, to nobody. What does not live here: the queries (store), HTTP (routes).
"""

from __future__ import annotations

from typing import Any

from api.house import House
from api.wishes import PeriodQuery
from cases.desk.views import Reader, View
from cases.errors import NotAllowed
from cases.grammar import EVERYWHERE
from cases.machines.roles import JUSTICE
from cases.rules.area import OVERSIGHT_ROLES
from cases.store import overseeing
from cases.store.overseeing import Listed

OVERSEERS = OVERSIGHT_ROLES | {JUSTICE}


class Overseeing:
    """The course of all cases, for those who supervise."""

    def __init__(self, house: House) -> None:
        self.office = house.office

    def view(self, reader: Reader, wish: PeriodQuery) -> View:
        """Overdue now; returned and not filed in the period; the load of mediation: of their area, for the judicial
        bureau of all. NotAllowed for anybody else."""
        if not reader.actor.roles & OVERSEERS:
            raise NotAllowed("只有司法行政监督、督办和审计岗位可以查看")
        now = self.office.clock.now()
        period = wish.period(now)
        actor = reader.actor
        area = None if JUSTICE in actor.roles or actor.area == EVERYWHERE else actor.area
        with self.office.database.reading() as connection:
            return {
                "as_of": now,
                "since": period.since,
                "overdue": self._shown(overseeing.overdue(connection, now, area)),
                "returned": self._shown(overseeing.returned(connection, period, area)),
                "not_filed": self._shown(overseeing.not_filed(connection, period, area)),
                "mediation": [self._named(row) for row in overseeing.mediation_load(connection, period, now, area)],
            }

    def _shown(self, listed: Listed) -> View:
        return {
            "total": listed.total,
            "by": [self._named(row) for row in listed.by],
            "items": [self._named(row) for row in listed.items],
        }

    def _named(self, row: dict[str, Any]) -> View:
        """A row with the name of its organisation; whoever reported is only ever called so."""
        organisation = self.office.pack.organisation(row["org"] or "")
        known = organisation.name if organisation else ""
        return {**row, "org": row["org"] if known else "", "name": known}
