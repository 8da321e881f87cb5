"""A year of disputes at the desks of a large city: 16 committees, 49 mediators, 3,650 disputes, each taken through the
door step by step. Nobody is overloaded, and no party is left without an answer.

The size is the nightly one; the suite walks the same way with fewer. What does not live here: the ranking by itself
(``tests.cases.rules.test_mediators``).
"""

from __future__ import annotations

import os
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from heapq import heappop, heappush
from typing import Any

import pytest

from cases.desk.mediation import mediating
from cases.desk.mediation.enrolling import enrol
from cases.desk.mediation.forms import AppointmentForm, ConsentRecorded, DisclosureForm
from cases.desk.mediation.hearing import Hearing
from cases.desk.mediation.sittings import Sitting, enter_founding_party
from cases.errors import Refusal
from cases.grammar import Actor
from cases.intake.registers import read_register
from cases.machines.mediation_forms import MediationApplication
from cases.office import Office
from cases.packs.loader import load_pack
from cases.packs.reading import BUNDLED
from cases.packs.rows import Community
from cases.piece import Piece
from cases.rules.consents import MEDIATION
from cases.rules.mediators import Candidate, read_points
from tests.builders import an_actor
from tests.cases.chamber import SECRET, a_party
from tests.cases.counter import Counter
from tests.cases.invariants import breaches
from tests.stories.amicably import LAWFUL, TERMS, instalment

POINTS = read_points(BUNDLED / "base" / "mediator_points.csv")
A_YEAR = int(os.environ.get("HUIYIN_TEST_DISPUTES", "3650"))
A_DAY = 10
"""Disputes a day: 3,650 a year."""

MATTERS = ("MS01", "MS02", "MS03")
REFUSED, FAILED, FORGOTTEN = "refused", "failed", "forgotten"
WAYS = (REFUSED, "orally", "orally", "written", "orally", FAILED, "orally", "written", FORGOTTEN, "orally")
"""How disputes go, in turn: refused by a party, settled at once, in writing, without success, or left lying."""


class City:
    """The committees at work. ``later`` holds what is to be done on which day."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.hearing = Hearing(counter.desk)
        self.register = read_register(BUNDLED / "wuhan" / "demo", counter.pack)
        with counter.database.writing() as connection:
            enrol(connection, self.register)
        self.homes = sorted(row["org"] for row in self.register.committees)
        self.later: list[tuple[int, int, Callable[[], None]]] = []
        self.day, self.begun, self.unmediated = 0, 0, 0
        self.taken: Tally[str] = Tally()

    # --- one dispute

    def file(self, n: int) -> None:
        """A committee takes a dispute up; the way it goes is its number's."""
        home = self.homes[(n * 7 + n // 11) % len(self.homes)]
        keeper = an_actor("柏调解", home, "mediator")
        form = MediationApplication(
            community=home, matter=MATTERS[n % len(MATTERS)], source="主动调解", dispute="楼上渗水到楼下天花板"
        )
        office, now = self.counter.office, self.counter.now
        with self.counter.database.writing() as connection:
            (opened,) = self.counter.desk.open_many(connection, office.pack_id, "mediation", [form], keeper, now)
            assert not isinstance(opened, Refusal), opened
            sitting = self.sitting(connection, opened.case_id, keeper)
            for side, phone in (("applicant", f"138{n:08d}"), ("respondent", f"139{n:08d}")):
                enter_founding_party(sitting, a_party(side=side, name="当事某", phone=phone))
        self.begun += 1
        Dispute(self, opened.case_id, keeper, WAYS[n % len(WAYS)], 5 + (n * 13) % 20).start()

    def sitting(self, connection: Any, case_id: str, actor: Actor) -> Sitting:
        piece = self.counter.desk.pieces.one(connection, case_id)
        assert piece is not None
        return Sitting(connection, piece, actor, self.counter.pack, self.counter.now, SECRET)

    # --- the days

    def on(self, days: int, do: Callable[[], None]) -> None:
        heappush(self.later, (self.day + days, len(self.later) + self.begun * 100, do))

    def live(self, disputes: int) -> None:
        """Each day new disputes, what was planned for the day, and the clocks; on until nothing is left to happen."""
        filed, patience = 0, 0
        while filed < disputes or self.later or patience < 60:
            patience = 0 if filed < disputes or self.later else patience + 1
            for _ in range(min(A_DAY, disputes - filed)):
                self.file(filed)
                filed += 1
            while self.later and self.later[0][0] <= self.day:
                heappop(self.later)[2]()
            self.day += 1
            self.counter.clock.ahead(days=1)
            while self.counter.sweep().clocks:
                pass


class Dispute:
    """One dispute and whoever keeps it."""

    def __init__(self, city: City, case_id: str, keeper: Actor, way: str, talks: int) -> None:
        self.city, self.id, self.keeper, self.way, self.talks = city, case_id, keeper, way, talks
        self.counter = city.counter
        self.parties = [row["id"] for row in self.counter.rows("party", case_id=case_id)]

    def do(self, verb: str, **form: Any) -> None:
        self.counter.step(self.id, verb, self.keeper, **form)

    def start(self) -> None:
        self.do("accept")
        for party, answer in zip(self.parties, ("yes", "no" if self.way == REFUSED else "yes"), strict=True):
            said = ConsentRecorded(party_id=party, what=MEDIATION, answer=answer, means="on_site")
            with self.counter.database.writing() as connection:
                self.city.hearing.record(self.city.sitting(connection, self.id, self.keeper), said)
        if self.way == REFUSED:
            self.city.on(1, self.route)
            return
        self._choose()
        now = self.counter.now
        self.do("begin")
        self.do("tell_rights", parties=tuple(self.parties), how="当面", at=now)
        self.do("meet", place="居民家中", at=now, words="双方陈述")
        if self.way == FORGOTTEN:
            self.city.on(50, self.route)
        else:
            self.city.on(self.talks, self.end)

    def _choose(self) -> None:
        """The first of the proposal, as a committee does that has no reason to do otherwise."""
        with self.counter.database.writing() as connection:
            sitting = self.city.sitting(connection, self.id, self.keeper)
            found = mediating.proposal_for(sitting, POINTS, wide=True).ranked
            assert found, "somebody can always be proposed"
            mediating.disclose(sitting, DisclosureForm(mediator_id=found[0].id, tied=False, statement="无利害关系"))
            mediating.appoint(sitting, AppointmentForm(mediator_id=found[0].id, chosen_by="committee"))
        self.city.taken[found[0].id] += 1

    def end(self) -> None:
        today, now = self.counter.now.date().isoformat(), self.counter.now
        if self.way == FAILED:
            self.do("fail", ground="调解不成", words="分歧过大")
            self.city.on(1, self.route)
        elif self.way == "orally":
            paid = instalment(today, done=True)
            self.do("agree_orally", reached_at=now, place="居民家中", content=("赔偿",), terms=(paid,), check=LAWFUL)
        else:
            due = (now + timedelta(days=10)).date().isoformat()
            self.do("draft", **TERMS, terms=(instalment(due),))
            self.do("check", **LAWFUL)
            for signer in (*self.parties, "mediator"):
                self.do("sign", signer=signer, manner="签名", at=now)
            self.do("seal", at=now)
            self.city.on(9, lambda: self.do("record_performance", item=1, on=self.counter.now.date(), proof="收条"))

    def route(self) -> None:
        self.do("route", routes=("向人民法院提起诉讼",))


@pytest.fixture
def city(office: Office) -> City:
    """The sample city, with a community in each district."""
    counter = Counter(office)
    pack = load_pack("wuhan")
    homes = [one for one in pack.organisations.values() if one.kind == "mediation"]
    communities = {
        one.code: Community(one.code, f"{one.name}小区", (), one.parent or "", None, None, None, None, None, True)
        for one in homes
    }
    counter.under(replace(pack, communities=communities, version="with communities"))
    return City(counter)


def lived(city: City, disputes: int) -> list[Piece]:
    city.live(disputes)
    cases = [one for one in city.counter.everything() if one.case_type == "mediation"]
    assert len(cases) == city.begun == disputes
    return cases


def unanswered(city: City, cases: list[Piece]) -> list[str]:
    """Parties to whom nobody said how their dispute ended."""
    ends = {"seal", "agree_orally", "fail", "terminate", "expire", "hear", "leave", "decline"}
    told: dict[str, set[str]] = {}
    for notice in city.counter.rows("notice"):
        if str(notice["recipient"]).startswith("party:"):
            told.setdefault(notice["recipient"], set()).add(notice["event"].rpartition(".")[2])
    parties = [f"party:{row['id']}" for row in city.counter.rows("party")]
    assert len(parties) == 2 * len(cases)
    return [one for one in parties if not told.get(one, set()) & ends]


def overload(city: City, group: list[Candidate]) -> float:
    """How far the busiest lies above the mean, working time taken into account."""
    rates = [city.taken[one.id] / one.shares for one in group]
    return max(rates) / (sum(rates) / len(rates)) - 1


def the_mediators(city: City) -> list[Candidate]:
    caps = {row["org"]: row["open_cap"] for row in city.register.committees}
    return [
        Candidate(
            id=row["id"], name=row["name"], committee=row["committee"], expertise=("*",), languages=frozenset(),
            areas=frozenset(), cap=caps[row["committee"]], active_from=row["active_from"], full_time=row["full_time"],
        )
        for row in city.register.mediators
    ]  # fmt: skip


def test_some_weeks_end_with_every_party_answered(city: City):
    cases = lived(city, 40)
    assert {one.state for one in cases} <= {"archived", "routed"}
    assert unanswered(city, cases) == []
    assert max(city.taken.values()) <= 4 < len(city.taken), "they are spread"
    assert breaches(city.counter) == []


@pytest.mark.nightly
@pytest.mark.timeout(4 * 3600)
def test_a_year_ends_with_nobody_overloaded_and_every_party_answered(city: City):
    cases = lived(city, A_YEAR)
    assert {one.state for one in cases} <= {"archived", "routed"}
    assert unanswered(city, cases) == []
    group = the_mediators(city)
    assert set(city.taken) == {one.id for one in group}, "nobody is left out"
    assert overload(city, group) <= 0.20
    assert breaches(city.counter) == []
