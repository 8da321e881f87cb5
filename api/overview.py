"""The overview of an area (全区概况): its communities, its stations, its departments, by numbers with their bases.

Only counts: of mediation and of tasks sealed by law there are none, for nobody. What does not live here: the queries
(store), what a share of few may say (rules), how it is drawn (console).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from api.house import House
from cases.desk.views import Reader
from cases.errors import NotAllowed
from cases.grammar import EVERYWHERE
from cases.ports import BEIJING
from cases.rules.area import OVERSIGHT_ROLES
from cases.rules.shares import Lengths, Share, lengths_of
from cases.store import overview as store
from cases.store.holdings import Period

HEAD = "station_head"
READERS = OVERSIGHT_ROLES | {HEAD}


@dataclass(frozen=True, slots=True)
class Span:
    """From which day to which, both counted."""

    first: date
    last: date

    def period(self, now: datetime) -> Period:
        """The moments of these days, none later than ``now``."""
        ends = datetime.combine(self.last, time(), BEIJING) + timedelta(days=1)
        return Period(datetime.combine(self.first, time(), BEIJING), min(ends, now))


@dataclass(frozen=True, slots=True)
class Line:
    """The reports of a community, a street or a station."""

    code: str
    name: str
    street: str
    open: int
    overdue: Share
    came: int


@dataclass(frozen=True, slots=True)
class Department:
    """How a department does."""

    code: str
    name: str
    given: int
    signed: Share
    handled: Share
    returned: Share
    open: int
    overdue: Share
    took: Lengths


@dataclass(frozen=True, slots=True)
class Seen:
    """The whole overview."""

    communities: list[Line]
    stations: list[Line]
    departments: list[Department]
    matters: list[tuple[str, str, int]]


class Overview:
    """Counts an area for those who answer for it."""

    def __init__(self, house: House) -> None:
        self.office = house.office

    def view(self, reader: Reader, span: Span) -> Seen:
        """The area of whoever asks: those who supervise theirs, a head the own station. NotAllowed for anybody else."""
        area, now = area_of(reader), self.office.clock.now()
        period = span.period(now)
        with self.office.database.reading() as connection:
            places = store.places(connection, area, period, now)
            offices = store.offices(connection, area, period, now)
            matters = store.matters(connection, area, period)
        pack = self.office.pack
        named = [(code or "", found.name if (found := pack.matter(code or "")) else "", n) for code, n in matters]
        return Seen(self._communities(places), self._stations(places), [self._department(o) for o in offices], named)

    def _communities(self, places: Iterable[store.Place]) -> list[Line]:
        by: dict[str, list[store.Place]] = {}
        for one in places:
            by.setdefault(one.community or "", []).append(one)
        found: list[Line] = []
        for code, some in by.items():
            community = self.office.pack.communities.get(code)
            street = self._name(community.street) if community else ""
            found.append(_line(code, community.name if community else code, street, some))
        return found

    def _stations(self, places: Iterable[store.Place]) -> list[Line]:
        by: dict[str, list[store.Place]] = {}
        for one in places:
            by.setdefault(one.station or "", []).append(one)
        found: list[Line] = []
        for code, some in by.items():
            station = self.office.pack.organisation(code)
            street = self._name(station.parent or "") if station else ""
            found.append(_line(code, self._name(code), street, some))
        return found

    def _department(self, one: store.Office) -> Department:
        return Department(
            one.org,
            self._name(one.org),
            one.given,
            Share(one.signed, one.to_sign),
            Share(one.handled, one.to_handle),
            Share(one.returned, one.given),
            one.open,
            Share(one.overdue, one.open),
            lengths_of(one.seconds),
        )

    def _name(self, code: str) -> str:
        found = self.office.pack.organisation(code)
        return found.name if found else code


def area_of(reader: Reader) -> frozenset[str] | None:
    """The stations whose files are counted for a reader; None for all. NotAllowed for whoever has no overview."""
    actor = reader.actor
    if not actor.roles & READERS:
        raise NotAllowed("全区概况供督办、审计岗位和站长使用")
    if actor.area == EVERYWHERE and actor.roles & OVERSIGHT_ROLES:
        return None
    own = {actor.org} if HEAD in actor.roles and actor.org else set[str]()
    return (actor.area if actor.roles & OVERSIGHT_ROLES else frozenset[str]()) | own


def _line(code: str, name: str, street: str, some: list[store.Place]) -> Line:
    open_now, late, came = sum(o.open for o in some), sum(o.overdue for o in some), sum(o.came for o in some)
    return Line(code, name, street, open_now, Share(late, open_now), came)
