"""推荐调解员: who fits, who must not, every reason said, the same answer every time, and a year without overload."""

from __future__ import annotations

import heapq
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.errors import PackBroken
from cases.intake.registers import read_register
from cases.packs.loader import load_pack
from cases.packs.reading import BUNDLED
from cases.rules.mediators import Candidate, Dispute, conflict_of, exclusion_of, propose, read_points

POINTS = read_points(BUNDLED / "base" / "mediator_points.csv")
DAY = date(2026, 11, 20)
NOISE = Dispute("GA02", "TJ1", DAY, frozenset({"JT-JC"}), frozenset({"吴语"}))


def a_mediator(name: str = "甲", **changed: Any) -> Candidate:
    fields: dict[str, Any] = {
        "id": f"m-{name}",
        "name": name,
        "committee": "TJ1",
        "expertise": ("*",),
        "languages": frozenset({"普通话"}),
        "areas": frozenset(),
        "cap": 10,
        "active_from": date(2020, 1, 1),
    }
    return Candidate(**(fields | changed))


def ranking(*candidates: Candidate, dispute: Dispute = NOISE) -> list[str]:
    return [one.name for one in propose(dispute, candidates, POINTS).ranked]


def test_expertise_language_and_area_speak_for_somebody_and_are_said():
    one = a_mediator(expertise=("GA02",), languages=frozenset({"吴语"}), areas=frozenset({"JT-JC"}), open_cases=2)
    (found,) = propose(NOISE, [replace(one, open_weight=3, year_cases=7)], POINTS).ranked
    assert found.score == 20 + 6 + 12 - 12
    assert found.reasons == (
        "正擅长这一事项(+20)", "熟悉当地(+6)", "会吴语(+12)", "在办 2 件(-12)", "近一年办理 7 件(+0)",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"expertise": ("GA02",)}, {"expertise": ("GA*",)}),
        ({"expertise": ("GA*",)}, {"expertise": ("*",)}),
        ({"expertise": ("*",)}, {"expertise": ("MS01",)}),
        ({"languages": frozenset({"吴语"})}, {}),
        ({"areas": frozenset({"JT-JC"})}, {"areas": frozenset({"JT-DC"})}),
        ({"open_cases": 1, "open_weight": 1}, {"open_cases": 1, "open_weight": 4}),
        ({"year_cases": 3}, {"year_cases": 4}),
        ({"year_cases": 4}, {"year_cases": 3, "full_time": False}),
        ({}, {"committee": "TJ2"}),
    ],
)
def test_who_goes_before_whom(better: dict[str, Any], worse: dict[str, Any]):
    assert ranking(a_mediator("乙", **better), a_mediator("甲", **worse)) == ["乙", "甲"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"persons": {"d1": "妻弟"}}, "与当事人一方有利害关系(妻弟)"),
        ({"persons": {"d1": ""}}, "与当事人一方有利害关系(近亲属)"),
        ({"ties": {"JT-WY01": "兼职法律顾问"}}, "与当事人单位有利害关系(兼职法律顾问)"),
        ({"involved": "此前参与过本纠纷的执法处理"}, "此前参与过本纠纷的执法处理"),
        ({"active_to": DAY - timedelta(days=1)}, "不在聘期内"),
        ({"active_from": DAY + timedelta(days=1)}, "不在聘期内"),
        ({"away_until": "请假至11月30日"}, "请假至11月30日"),
        ({"open_cases": 10}, "在办 10 件,已达上限"),
        ({"open_cases": 5, "full_time": False}, "在办 5 件,已达上限"),
    ],
)
def test_who_is_left_out_and_why(changed: dict[str, Any], why: str):
    dispute = replace(NOISE, persons=frozenset({"d1", "d2"}), orgs=frozenset({"JT-WY01"}))
    found = propose(dispute, [a_mediator("乙"), a_mediator("甲", **changed)], POINTS)
    assert [one.name for one in found.ranked] == ["乙"]
    assert [(one.name, one.why) for one in found.excluded] == [("甲", why)]


def test_a_conflict_stands_even_for_who_is_away_and_a_full_desk_is_no_conflict():
    dispute = replace(NOISE, persons=frozenset({"d1"}))
    relative = a_mediator(persons={"d1": "兄"}, away_until="请假")
    assert conflict_of(relative, dispute) == exclusion_of(relative, dispute)
    assert conflict_of(a_mediator(open_cases=99), dispute) == ""


def test_the_last_day_of_service_still_counts():
    assert exclusion_of(a_mediator(active_from=DAY, active_to=DAY), NOISE) == ""


CANDIDATES = st.builds(
    Candidate,
    id=st.text("abc", min_size=1, max_size=3),
    name=st.just("某"),
    committee=st.sampled_from(["TJ1", "TJ2"]),
    expertise=st.sampled_from([("*",), ("GA02",), ("GA*",), ("MS01",), ()]),
    languages=st.sampled_from([frozenset[str](), frozenset({"吴语"})]),
    areas=st.sampled_from([frozenset[str](), frozenset({"JT-JC"})]),
    cap=st.integers(1, 20),
    active_from=st.dates(date(2026, 1, 1), date(2026, 11, 20)),
    full_time=st.booleans(),
    open_cases=st.integers(0, 20),
    open_weight=st.integers(0, 60),
    year_cases=st.integers(0, 200),
)


@given(st.lists(CANDIDATES, max_size=8, unique_by=lambda one: one.id), st.randoms(use_true_random=False))
def test_everybody_is_ranked_or_excluded_once_whatever_the_order(candidates: list[Candidate], chance: Any):
    found = propose(NOISE, candidates, POINTS)
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    assert propose(NOISE, shuffled, POINTS) == found
    assert sorted([one.id for one in (*found.ranked, *found.excluded)]) == sorted(one.id for one in candidates)
    for one in found.ranked:
        said = [int(reason.rsplit("(", 1)[1].rstrip(")")) for reason in one.reasons]
        assert sum(said) == one.score, "every point has its reason"


# --- a year of the size of a large city: 16 committees, 49 mediators, 3,650 disputes

YEAR_OF_DISPUTES = 3650
SAMPLE = read_register(BUNDLED / "wuhan" / "demo", load_pack("wuhan"))


def the_mediators() -> list[Candidate]:
    """The sample register of the bundled pack: specialists and generalists, some part time, several languages."""
    caps = {row["org"]: row["open_cap"] for row in SAMPLE.committees}
    return [
        Candidate(
            id=row["id"],
            name=row["name"],
            committee=row["committee"],
            expertise=tuple(row["expertise"].split(";")),
            languages=frozenset(row["languages"].split(";")),
            areas=frozenset(row["areas"].split(";")),
            cap=caps[row["committee"]],
            active_from=row["active_from"],
            full_time=row["full_time"],
        )
        for row in SAMPLE.mediators
    ]


def a_year(steps: int, skew: int, *, wide: bool) -> tuple[dict[str, int], list[Candidate], int]:
    """Cases of each mediator after a year; ``steps`` walks through matters and lengths, ``skew`` makes some districts
    busier. Also how many disputes nobody could take."""
    register = {one.id: one for one in the_mediators()}
    homes = sorted({one.committee for one in register.values()})
    busy = [home for n, home in enumerate(homes) for _ in range(2 + (n * skew) % 3)]
    running: list[tuple[int, str, int]] = []
    unanswered = 0

    def carry(who: str, cases: int, weight: int) -> None:
        one = register[who]
        year = one.year_cases + max(cases, 0)
        loaded = {"open_cases": one.open_cases + cases, "open_weight": one.open_weight + weight, "year_cases": year}
        register[who] = replace(one, **loaded)

    for n in range(YEAR_OF_DISPUTES):
        day, draw = n // 10, (n * steps + n // 7) % 9973
        while running and running[0][0] <= day:
            _, who, heavy = heapq.heappop(running)
            carry(who, -1, -heavy)
        home = busy[draw % len(busy)]
        matter = ("MS01", "MS02", "GA02", "ZJ05", "MS03")[draw % 5]
        spoken = frozenset({"武汉话"}) if draw % 4 == 0 else frozenset[str]()
        places = frozenset({home.removesuffix("-TJ")})
        dispute = Dispute(matter, home, DAY + timedelta(days=day), places, spoken)
        ranked = propose(dispute, [one for one in register.values() if wide or one.committee == home], POINTS).ranked
        if not ranked:
            unanswered += 1
            continue
        who, heavy = ranked[0].id, 1 + draw % 2
        carry(who, 1, heavy)
        heapq.heappush(running, (day + 8 + draw % 30, who, heavy))
    return {one.id: one.year_cases for one in register.values()}, list(register.values()), unanswered


def overload(total: dict[str, int], group: list[Candidate]) -> float:
    """How far the busiest of a group lies above its mean, working time taken into account."""
    rates = [total.get(one.id, 0) / one.shares for one in group]
    return max(rates) / (sum(rates) / len(rates)) - 1


@settings(max_examples=2, derandomize=True)
@given(st.integers(2, 9000), st.integers(0, 2))
def test_a_year_in_which_each_committee_keeps_its_own_balances_every_committee(steps: int, skew: int):
    total, register, unanswered = a_year(steps, skew, wide=False)
    assert sum(total.values()) + unanswered == YEAR_OF_DISPUTES
    assert unanswered == 0, "every party is answered"
    for home in {one.committee for one in register}:
        assert overload(total, [one for one in register if one.committee == home]) <= 0.2, home


def test_a_year_in_which_committees_help_each_other_balances_the_city():
    total, register, unanswered = a_year(3571, 2, wide=True)
    assert (sum(total.values()), unanswered) == (YEAR_OF_DISPUTES, 0)
    assert overload(total, register) <= 0.2


# --- the table of points


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ("area,6,,,design\narea,6,,,design\n", "第3行"),
        ("charm,6,,,design\n", "分值项"),
        ("area,six,,,design\n", "整数"),
        ("area,6,,,design\n", "缺少"),
    ],
)
def test_a_spoilt_table_of_points_is_refused(tmp_path: Path, spoilt: str, said: str):
    file = tmp_path / "mediator_points.csv"
    file.write_text("key,points,name,basis,confidence\n" + spoilt, encoding="utf-8")
    with pytest.raises(PackBroken, match=said):
        read_points(file)
