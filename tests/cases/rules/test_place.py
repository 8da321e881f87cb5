"""Places that are the same and places that are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.rules.place import names_a_spot, place_key

SAME = {
    "JLHY|3||101": [
        ("3幢", "101"),
        ("3栋", "101室"),
        ("3号楼", "0101"),
        ("3楼", "101号"),
        ("３幢", "１０１"),
        (" 3 幢 ", "1 0\u200b1"),
        ("三幢", "101"),
        ("03幢", "101"),
        ("3", "101"),
        ("3#楼", "101"),
        ("第3幢", "101"),
        ("", "3-101"),
        ("3-101", ""),
        ("3幢", "3-101"),
        ("3幢101室", ""),
        ("", "3幢101"),
        ("", "3—101室"),
    ],
    "JLHY|6|2|602": [
        ("6幢2单元", "602"),
        ("6幢", "2单元602室"),
        ("", "6-2-602"),
        ("6-2-602", ""),
        ("6栋", "2-602"),
        ("6栋", "6-2-602"),
        ("六幢二单元", "602"),
        ("6幢-2单元-602", ""),
    ],
    "JLHY|7|甲|102": [("7幢甲单元", "102"), ("7栋", "甲单元102室")],
    "JLHY|A||1009": [("A座", "1009"), ("a栋", "1009室")],
    "JLHY|2||18层": [("2号楼", "18楼"), ("2幢", "18层"), ("2幢", "十八楼")],
    "JLHY|23||": [("23幢", ""), ("二十三幢", ""), ("", "23幢")],
    "JLHY|商铺||S-12": [("商铺", "S-12"), ("商 铺", "s-12")],
    "JLHY|12||架空层": [("12幢", "架空层"), ("12栋架空层", "")],
    "JLHY|||": [("", ""), (" ", "\u3000")],
}


@pytest.mark.parametrize(("key", "building", "room"), [(key, *spelling) for key in SAME for spelling in SAME[key]])
def test_spellings_of_one_place(key: str, building: str, room: str) -> None:
    assert place_key("JLHY", building, room) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("3幢", "101"), ("3幢", "102")),
        (("3幢", "101"), ("13幢", "101")),
        (("3幢", ""), ("3幢", "101")),
        (("3幢南", ""), ("3幢", "")),
        (("7幢1单元", "101"), ("7幢2单元", "101")),
        (("", "7楼"), ("7楼", "")),
        (("3幢", "3楼"), ("3幢", "3室")),
        (("3幢1", "01"), ("3幢", "11")),
        (("A座", ""), ("B座", "")),
        (("南门", ""), ("北门", "")),
    ],
)
def test_places_that_differ(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert place_key("JLHY", *one) != place_key("JLHY", *other)


def test_another_community_is_another_place() -> None:
    assert place_key("JLHY", "3幢", "101") != place_key("NPXQ", "3幢", "101")


def test_a_community_alone_is_no_spot() -> None:
    assert not names_a_spot(place_key("JLHY", "", ""))
    assert names_a_spot(place_key("JLHY", "", "架空层"))
    assert names_a_spot(place_key("JLHY", "3幢", ""))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=15), st.text(max_size=15))
def test_any_text_gives_a_key_of_four_parts(building: str, room: str) -> None:
    key = place_key("JLHY", building, room)
    assert key.count("|") == 3
    assert key == place_key("JLHY", f" {building} ", f"{room}\u200b")
