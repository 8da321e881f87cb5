"""Who leads: all matters in all streets, delegation and its withdrawal, returns, and the two refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cases.errors import NoCompetence
from cases.packs.loader import load_pack
from cases.packs.schema import Competence, Pack
from cases.rules.competence import competent

TODAY = date(2026, 11, 21)
PACK = load_pack("jintan")


def designated(pack: Pack, *rows: Competence) -> Pack:
    return replace(pack, competences=(*pack.competences, *rows))


def row(matter: str, street: str, duty: str, **others: Any) -> Competence:
    blank = Competence(matter, street, duty, None, None, None, "样例", "design")
    return replace(blank, **others)


@pytest.mark.parametrize("code", sorted(PACK.matters))
def test_every_matter_has_one_lead_in_every_street(code: str) -> None:
    for street in PACK.streets:
        route = competent(PACK, code, street, TODAY)
        assert route.lead in PACK.organisations
        assert route.lead not in route.assists
        assert len(set(route.assists)) == len(route.assists)
        assert set(route.assists) <= set(PACK.organisations)
        assert route.runner_up != route.lead
        assert bool(route.runner_up) == bool(route.runner_up_reason)
        assert PACK.matters[code].name in route.reason
        assert PACK.organisations[route.lead].name in route.reason
        assert not route.needs_confirm, "every matter that needs a designation has one in this pack"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("XF01", "fire"),
        ("GA07", "police"),
        ("GA02", "police"),
        ("GA03", "police"),
        ("GA06", "street"),
        ("GA08", "market"),
        ("GA12", "urban"),
        ("CG06", "urban"),
        ("ZJ01", "urban"),
        ("ZJ04", "housing"),
        ("ZJ06", "urban"),
        ("ZJ10", "market"),
        ("ZJ14", "street"),
        ("ZJ17", "housing"),
        ("SJ02", "fire"),
        ("RQ01", "gas"),
        ("RQ02", "housing"),
        ("HJ01", "environment"),
        ("WS01", "health"),
        ("MS04", "housing"),
        ("MS05", "street"),
        ("MS07", "mediation"),
    ],
)
def test_the_kind_of_the_lead(code: str, kind: str) -> None:
    assert PACK.organisations[competent(PACK, code, "JT-DC", TODAY).lead].kind == kind


@pytest.mark.parametrize("street", PACK.streets)
def test_what_the_street_leads_is_led_by_that_street(street: str) -> None:
    assert competent(PACK, "ZJ14", street, TODAY).lead == street
    assert competent(PACK, "MS01", street, TODAY).lead == f"{street}-TJ"


def test_assistants_in_order_once_each_and_without_the_lead() -> None:
    route = competent(PACK, "XF01", "JT-DC", TODAY)
    assert route.assists == ("JT-CG", "JT-GD", "JT-DC")
    assert competent(PACK, "ZJ02", "JT-DC", TODAY).assists == ("JT-RQ",)


def test_an_assistant_the_city_does_not_name_is_skipped_with_a_note() -> None:
    route = competent(PACK, "GA01", "JT-DC", TODAY)
    assert route.assists == ()
    assert route.reason.endswith("另需配合但未登记唯一机构:物业服务人、社区居委会")


@pytest.mark.parametrize(
    ("on", "lead"),
    [
        (date(2024, 6, 30), "JT-CG"),
        (date(2024, 7, 1), "JT-JC"),
        (date(2026, 6, 30), "JT-JC"),
        (date(2026, 7, 1), "JT-CG"),
    ],
)
def test_a_withdrawn_delegation_changes_the_lead_by_date(on: date, lead: str) -> None:
    assert competent(PACK, "CG10", "JT-JC", on).lead == lead
    assert competent(PACK, "CG10", "JT-DC", on).lead == "JT-CG"


def test_a_delegation_brings_its_own_assistants_and_names_the_runner_up() -> None:
    route = competent(PACK, "CG10", "JT-JC", date(2026, 1, 1))
    assert route.assists == ("JT-CG", "JT-NY")
    assert route.runner_up == "JT-CG"
    assert "未指定时按事项目录" in route.runner_up_reason
    assert "金城镇" in route.reason


def test_a_designation_may_say_that_nobody_assists() -> None:
    pack = designated(PACK, row("XF01", "JT-DC", "fire", assist=()))
    assert competent(pack, "XF01", "JT-DC", TODAY).assists == ()
    assert competent(pack, "XF01", "JT-XC", TODAY).assists != ()


def test_the_narrower_designation_goes_before() -> None:
    pack = designated(
        PACK,
        row("*", "*", "market"),
        row("XF*", "*", "police"),
        row("XF01", "*", "urban"),
        row("XF01", "JT-DC", "housing"),
    )
    leads = [competent(pack, code, street, TODAY).lead for code, street in
             (("SJ04", "JT-DC"), ("XF02", "JT-DC"), ("XF01", "JT-XC"), ("XF01", "JT-DC"))]  # fmt: skip
    assert leads == ["JT-SJ", "JT-GA", "JT-CG", "JT-ZJ"]


def test_without_a_designation_a_person_confirms() -> None:
    pack = replace(PACK, competences=())
    route = competent(pack, "HJ02", "JT-DC", TODAY)
    assert route.needs_confirm
    assert "须人工确认" in route.reason
    assert not competent(pack, "XF01", "JT-DC", TODAY).needs_confirm


def test_after_a_return_the_next_is_proposed_and_a_person_confirms() -> None:
    first = competent(PACK, "ZJ10", "JT-DC", TODAY)
    second = competent(PACK, "ZJ10", "JT-DC", TODAY, frozenset({first.lead}))
    assert second.lead == first.runner_up
    assert second.needs_confirm
    assert first.lead not in second.assists
    assert second.lead not in second.assists
    assert "退单已成立" in second.reason


def test_an_excluded_assistant_no_longer_assists() -> None:
    route = competent(PACK, "XF01", "JT-DC", TODAY, frozenset({"JT-GD"}))
    assert route.assists == ("JT-CG", "JT-DC")
    assert not route.needs_confirm


def test_nobody_is_left() -> None:
    with pytest.raises(NoCompetence, match="均已退单成立"):
        competent(PACK, "HJ03", "JT-DC", TODAY, frozenset({"JT-HJ"}))


def test_no_organisation_carries_the_lead() -> None:
    pack = designated(PACK, row("XF01", "*", "court"))
    with pytest.raises(NoCompetence, match="没有登记该机构"):
        competent(pack, "XF01", "JT-DC", TODAY)


def test_two_designated_leads() -> None:
    pack = designated(PACK, row("XF01", "*", "police"), row("XF01", "*", "urban"))
    with pytest.raises(NoCompetence, match="公安、城市管理执法"):
        competent(pack, "XF01", "JT-DC", TODAY)


def test_two_organisations_with_the_leading_duty() -> None:
    twin = replace(PACK.organisations["JT-XF"], code="JT-XF2", name="第二消防救援大队")
    pack = replace(PACK, organisations={**PACK.organisations, twin.code: twin})
    with pytest.raises(NoCompetence, match="多个主办机构"):
        competent(pack, "XF01", "JT-DC", TODAY)


def test_an_organisation_named_for_the_street_goes_before_the_area_wide_one() -> None:
    local = replace(PACK.organisations["JT-GA"], code="JT-GA-DC", name="东城派出所", streets=("JT-DC",))
    pack = replace(PACK, organisations={**PACK.organisations, local.code: local})
    assert competent(pack, "GA01", "JT-DC", TODAY).lead == "JT-GA-DC"
    assert competent(pack, "GA01", "JT-XC", TODAY).lead == "JT-GA"


@pytest.mark.parametrize(("code", "street"), [("QQ99", "JT-DC"), ("", "JT-DC"), ("XF01", "JT-NO"), ("XF01", "")])
def test_unknown_matter_or_street(code: str, street: str) -> None:
    with pytest.raises(NoCompetence):
        competent(PACK, code, street, TODAY)


def test_a_matter_outside_its_validity() -> None:
    old = replace(PACK.matters["XF01"], valid_to=date(2025, 12, 31))
    pack = replace(PACK, matters={**PACK.matters, "XF01": old})
    assert competent(pack, "XF01", "JT-DC", date(2025, 12, 31)).lead == "JT-XF"
    with pytest.raises(NoCompetence, match="不在有效期内"):
        competent(pack, "XF01", "JT-DC", date(2026, 1, 1))
