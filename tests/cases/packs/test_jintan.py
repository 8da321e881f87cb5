"""The Jintan pack with its base: what stands in it, and how it is looked up."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import Any

import pytest

from cases.errors import NotFound
from cases.machines import CASE_TYPES
from cases.machines.confirmation import CONFIRMATION
from cases.machines.litigation import LITIGATION
from cases.machines.mediation import MEDIATION
from cases.packs.loader import load_pack
from cases.packs.reading import BUNDLED
from cases.packs.rows import CONFIDENCES, UNITS
from cases.packs.schema import Pack

CODES = {"XF": 8, "GA": 14, "CG": 11, "ZJ": 18, "SJ": 4, "RQ": 2, "HJ": 3, "WS": 1, "MS": 7}
MATTERS = [f"{group}{n:02d}" for group, count in CODES.items() for n in range(1, count + 1)]
ROLES = {"operator", "station_head", "dept_officer", "dept_head", "mediator", "supervisor", "auditor", "admin"} | {
    "committee_head", "court_clerk",
}  # fmt: skip


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("jintan")


def test_the_catalogue_has_all_matters(pack: Pack) -> None:
    assert len(MATTERS) == 68
    assert sorted(pack.matters) == sorted(MATTERS)


@pytest.mark.parametrize("code", MATTERS)
def test_every_matter_is_whole(pack: Pack, code: str) -> None:
    matter = pack.matters[code]
    assert matter.group == code[:2]
    assert len(matter.keywords) >= 4
    assert matter.law
    assert matter.basis
    assert matter.confidence in CONFIDENCES
    assert pack.clock_limit("assignment", "handling", matter, emergency=False) is not None


def test_the_dissuasion_rules(pack: Pack) -> None:
    def having(field: str, value: object) -> set[str]:
        return {matter.code for matter in pack.matters.values() if getattr(matter, field) == value}

    assert having("dissuasion", "forbidden") == {"GA07", "GA08", "GA11"}
    assert having("dissuasion", "element") == {"GA02"}
    free = {"GA01", "GA05", "GA07", "GA08", "GA10", "GA11", "RQ01", "SJ02", "ZJ01", "ZJ18"}
    assert having("bypass", "yes") == free
    assert having("bypass", "conditional") == {"XF01", "XF02", "XF04", "CG08"}
    assert having("emergency", "conditional") == {"XF01", "XF02", "CG01", "CG08"}
    assert all("免劝阻" in pack.matters[code].basis for code in free | having("bypass", "conditional") - {"XF01"})


def test_sealed_are_the_public_security_matters(pack: Pack) -> None:
    sealed = {matter.code for matter in pack.matters.values() if matter.sealed}
    assert sealed == {f"GA{n:02d}" for n in (1, 2, 4, 5, 7, 8, 9, 10, 11, 13, 14)}
    assert all("治安管理处罚法" in pack.matters[code].law for code in sealed)
    assert pack.words("sealed") == "已由公安依法处理"


def test_what_only_a_designation_settles(pack: Pack) -> None:
    confirm = {matter.code for matter in pack.matters.values() if matter.route == "confirm"}
    assert confirm == {
        *["GA02", "GA03", "GA04", "CG01", "CG03", "CG06", "CG07", "ZJ01", "ZJ02", "ZJ03", "RQ02", "HJ01", "HJ02"]
    }


def test_every_limit_has_unit_basis_and_confidence(pack: Pack) -> None:
    for limit in pack.limits.values():
        assert limit.amount > 0
        assert limit.unit in UNITS
        assert limit.basis
        assert limit.confidence in CONFIDENCES
        assert limit.law or limit.confidence in ("design", "memory:medium")
        assert not limit.rolls or limit.unit in ("d", "m", "y")


@pytest.mark.parametrize(
    ("code", "amount", "unit", "law", "article", "confidence"),
    [
        ("E1", 24, "h", "消防监督检查规定", "18(1)", "found"),
        ("V3", 3, "wd", "消防监督检查规定", "18(2)", "found"),
        ("V15", 15, "wd", "市场监督管理行政处罚程序规定", "18", "found"),
        ("P30", 30, "d", "治安管理处罚法", "118", "found"),
        ("P90", 90, "d", "行政处罚法", "60", "found"),
        ("PAY", 15, "d", "行政处罚法", "67", "found"),
        ("FIRE-RECHECK", 3, "wd", "消防监督检查规定", "20", "found"),
        ("PET-OBJECT", 5, "wd", "信访工作条例", "23", "found"),
        ("CRIM-DECIDE", 3, "d", "行政执法机关移送涉嫌犯罪案件的规定", "5", "found"),
        ("HS-VERIFY", 15, "wd", "住房和城乡建设行政处罚程序规定", "17", "memory:medium"),
        ("ST-ACCEPT", 1, "wd", "", "", "design"),
    ],
)
def test_figures(pack: Pack, code: str, amount: int, unit: str, law: str, article: str, confidence: str) -> None:
    limit = pack.limits[code]
    said = (limit.amount, limit.unit, limit.law, limit.article, limit.confidence)
    assert said == (amount, unit, law, article, confidence)


@pytest.mark.parametrize(
    ("case_type", "clock", "matter", "emergency", "code"),
    [
        ("clue", "acceptance", None, False, "ST-ACCEPT"),
        ("clue", "acceptance", None, True, "ST-ACCEPT-E"),
        ("clue", "dispatch", "XF01", False, "ST-DISPATCH"),
        ("clue", "dispatch", "XF01", True, "ST-DISPATCH-E"),
        ("clue", "archive", None, False, "ST-ARCHIVE"),
        ("assignment", "delivery", "XF01", False, "ST-DELIVER"),
        ("assignment", "sign_for", "XF01", False, "ST-SIGN"),
        ("assignment", "sign_for", "XF01", True, "ST-SIGN-E"),
        ("assignment", "verification", "XF01", False, "V3"),
        ("assignment", "handling", "XF01", False, "H5"),
        ("assignment", "verification", "XF01", True, "E1"),
        ("assignment", "verification", "XF02", False, "E1"),
        ("assignment", "handling", "CG05", False, "H5"),
        ("assignment", "handling", "GA07", False, "P30"),
        ("assignment", "handling", "GA02", False, "H5"),
        ("assignment", "verification", "SJ01", False, "V15"),
        ("assignment", "handling", "ZJ05", False, "ST-HANDLING"),
        ("assignment", "handling", "MS02", False, "M30"),
        ("assignment", "recheck", "XF05", False, "FIRE-RECHECK"),
        ("assignment", "recheck", "SJ01", True, "SPE-RECHECK"),
        ("assignment", "recheck", "CG01", False, "ST-RECHECK"),
        ("assignment", "recheck", None, False, "ST-RECHECK"),
    ],
)
def test_the_limit_of_a_clock(
    pack: Pack, case_type: str, clock: str, matter: str | None, emergency: bool, code: str
) -> None:
    limit = pack.clock_limit(case_type, clock, pack.matter(matter) if matter else None, emergency)
    assert limit is not None
    assert limit.code == code


def test_no_limit_for_an_unknown_clock(pack: Pack) -> None:
    assert pack.clock_limit("clue", "tea", None, emergency=False) is None
    assert pack.limit("ST-NEVER") is None


def ladder(pack: Pack, clock: str, kind: str = "assignment", severity: int = 3, emergency: bool = False) -> list[Any]:
    return [(r.at, r.level, r.deed) for r in pack.rungs(kind, clock, "XF01", severity, emergency)]


def test_the_ladder(pack: Pack) -> None:
    first = [("50%", 0, "warn"), ("80%", 0, "warn"), ("due", 1, "overdue")]
    last = [("due+10wd", 4, "escalate")]
    orders = [("due+1wd", 2, "supervise"), ("due+5wd", 3, "supervise")]
    assert ladder(pack, "verification") == first + orders + last
    by_the_hour = [("due+1h", 2, "supervise"), ("due+4h", 3, "supervise")]
    assert ladder(pack, "verification", emergency=True) == first + by_the_hour + last
    assert ladder(pack, "handling", severity=4)[3] == ("due+1wd", 3, "supervise"), "danger to life starts higher"
    assert "supervise" not in {deed for _, _, deed in ladder(pack, "handling", kind="clue")}, "its tasks are supervised"
    rungs = pack.rungs("assignment", "verification", "XF01", 3, False)
    assert [rung.tell for rung in rungs[:3]] == [("holder",), ("holder",), ("holder", "station_head")]
    assert [rung.issuer for rung in rungs if rung.deed == "supervise"] == ["street", "district"]
    assert [deed for _, _, deed in ladder(pack, "confirm")] == ["warn", "warn", "overdue"]
    assert ladder(pack, "archive") == []


def test_nine_streets_each_with_station_and_mediation(pack: Pack) -> None:
    assert len(pack.streets) == 9
    for street in pack.streets:
        station = pack.station_for(street)
        assert station is not None
        assert station.kind == "station"
        assert [one.kind for one in pack.carriers("mediation", street)] == ["mediation"]
        assert [one.code for one in pack.carriers("street", street)] == [street]
    assert pack.station_for("JT-NO") is None


def test_the_property_authority_is_the_urban_bureau(pack: Pack) -> None:
    assert [one.kind for one in pack.carriers("property_authority", "JT-JC")] == ["urban"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("枣园新苑", "枣园新苑"),
        ("尧塘街道枣园新苑", "枣园新苑"),
        ("常州市金坛区尧塘街道枣园新苑", "枣园新苑"),
        ("金坛区枣园新苑", "枣园新苑"),
        (" 锦澜\u200b花苑　", "锦澜花苑"),
        ("红旗厂宿舍", "红旗机械厂宿舍"),
        ("金城镇人民政府锦澜花苑", "锦澜花苑"),
    ],
)
def test_communities_by_name(pack: Pack, text: str, name: str) -> None:
    found = pack.community_named(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", ["", "西城街道枣园新苑", "锦澜花苑7幢", "金坛区", "金城镇", "锦澜花园"])
def test_names_that_are_no_community(pack: Pack, text: str) -> None:
    assert pack.community_named(text) is None


def test_the_demo_reports_name_what_the_pack_knows(pack: Pack) -> None:
    with (BUNDLED / "jintan/demo/clues.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 300
    strangers = {row["reporter_org"] for row in rows if row["reporter_org"]} - {""}
    assert {name for name in strangers if pack.organisation_named(name) is None} == set()
    unknown = [row["community"] for row in rows if row["community"] and pack.community_named(row["community"]) is None]
    assert [name[:10] for name in unknown] == ["=HYPERLINK"]


def test_reporting_organisations_are_of_the_kind_of_their_source(pack: Pack) -> None:
    kinds = {"property": "property", "owners_committee": "owners_committee", "grid_worker": "grid"}
    kinds |= {"inspection": "inspection", "hotline": "hotline"}
    with (BUNDLED / "jintan/demo/clues.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = pack.organisation_named(row["reporter_org"])
            assert found is None or found.kind == kinds[row["source"]], row["reporter_org"]


def test_a_community_lies_where_its_organisations_work(pack: Pack) -> None:
    assert len(pack.communities) == 14
    for community in pack.communities.values():
        for code in filter(None, (community.property_org, community.committee_org, community.grid_org)):
            assert community.street in pack.organisations[code].streets


def test_what_is_not_the_customers_own_is_marked(pack: Pack) -> None:
    assert all(one.sample for one in (*pack.organisations.values(), *pack.communities.values()))
    assert all(row.confidence == "design" for row in pack.competences)


def test_demo_accounts(pack: Pack) -> None:
    with (BUNDLED / "jintan/demo/accounts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["login", "name", "org", "roles"]
    assert max(Counter(row["login"] for row in rows).values()) == 1
    assert {row["org"] for row in rows} <= set(pack.organisations)
    assert {role for row in rows for role in row["roles"].split(";")} == ROLES
    for street in pack.streets:
        station = pack.station_for(street)
        assert station is not None
        roles = {row["roles"] for row in rows if row["org"] == station.code}
        assert roles == {"operator", "station_head"}


def test_every_lead_has_an_officer_and_a_head_among_the_demo_accounts(pack: Pack) -> None:
    with (BUNDLED / "jintan/demo/accounts.csv").open(encoding="utf-8", newline="") as file:
        held = {(row["org"], role) for row in csv.DictReader(file) for role in row["roles"].split(";")}
    for matter in pack.matters.values():
        for street in pack.streets:
            for lead in pack.carriers(matter.lead, street):
                assert {(lead.code, "dept_officer"), (lead.code, "dept_head")} <= held


SPOKEN = [(c.code, s.code) for c in CASE_TYPES if c.code not in {"assignment", "supervision"} for s in c.states]


@pytest.mark.parametrize(("case_type", "state"), SPOKEN)
def test_words_for_people(pack: Pack, case_type: str, state: str) -> None:
    assert re.search(r"[一-鿿]", pack.words(f"{case_type}.{state}"))
    assert pack.words(f"{case_type}.{state}", "en").isascii()


def test_every_clock_of_a_mediation_has_a_limit_or_a_day_of_its_own(pack: Pack) -> None:
    for case_type in (MEDIATION, CONFIRMATION):
        for clock in case_type.clocks:
            codes = [f"{clock.code}_{t.code}" for t in pack.tiers.values() if t.duty] if clock.by else [clock.code]
            for code in codes:
                assert pack.clock_limit(case_type.code, code, None, False) is not None, code


def test_every_clock_of_a_suit_has_a_limit_with_its_law_or_is_a_proposal(pack: Pack) -> None:
    picked = {"procedure": ("ordinary", "summary", "small_claims"), "ruling_kind": ("judgment", "ruling")}
    for clock in LITIGATION.clocks:
        for code in [f"{clock.code}_{value}" for value in picked[clock.by]] if clock.by else [clock.code]:
            limit = pack.clock_limit("litigation", code, None, False)
            assert limit is not None, code
            assert bool(limit.law) == (limit.confidence == "found"), limit.code
    ends = {"term_ordinary": 6, "term_summary": 3, "term_small_claims": 2, "appeal_judgment": 15, "appeal_ruling": 10}
    for code, amount in ends.items():
        limit = pack.clock_limit("litigation", code, None, False)
        assert limit is not None
        assert limit.amount == amount, code


def test_what_may_not_be_mediated_says_where_that_is_written_or_that_it_is_a_proposal(pack: Pack) -> None:
    assert {row.matter for row in pack.exclusions.values()} == {"", "GA07", "GA08", "GA11"}
    assert {row.stage for row in pack.exclusions.values()} == {"mediation", "court_filing", "court_ruling"}
    for row in pack.exclusions.values():
        assert bool(row.law) or row.confidence == "design", row.code


def test_an_unworded_key_is_refused(pack: Pack) -> None:
    with pytest.raises(NotFound, match="没有用语"):
        pack.words("clue.unheard_of")
