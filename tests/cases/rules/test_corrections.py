"""更正当事人: what touches who somebody is, and which answers and links a correction voids."""

from __future__ import annotations

import pytest

from cases.rules.corrections import PARTS, another_person, borne_by, is_void, outdates, touches_identity

WHO = {"kind", "org", "name", "identity_number"}


@pytest.mark.parametrize("part", sorted(PARTS))
def test_only_who_somebody_is_and_where_they_were_reached_touch_the_identity(part: str):
    assert touches_identity([part]) is (part in WHO | {"phone"})
    assert another_person([PARTS[part]]) is (part in WHO)


@pytest.mark.parametrize(
    ("part", "void"),
    [
        # answered: face to face, in writing, by telephone, by link; and a link still open
        ("name", (True, True, True, True, True)),
        ("identity_number", (True, True, True, True, True)),
        ("kind", (True, True, True, True, True)),
        ("phone", (False, False, True, True, True)),
        ("agent_phone", (False, False, False, False, True)),
        ("agent_name", (False, False, False, False, True)),
        ("address", (False, False, False, False, False)),
        ("side", (False, False, False, False, False)),
        ("language", (False, False, False, False, False)),
    ],
)
def test_what_is_void_follows_from_the_part_and_from_how_it_was_answered(part: str, void: tuple[bool, ...]):
    asked = (("yes", "on_site"), ("no", "written"), ("yes", "phone"), ("yes", "link"), (None, ""))
    assert tuple(is_void([part, "address"], answer, means) for answer, means in asked) == void


def a_party(ordinal: int, name: str, **known: str) -> dict[str, object]:
    blank = dict.fromkeys(("agent_name", "guardian", "address", "phone", "agent_phone"), "")
    return {"ordinal": ordinal, "name": name, **blank, **known}


def test_a_document_bears_whom_it_names_and_of_them_what_stands_on_it():
    parties = [a_party(1, "王一", phone="13800001111"), a_party(2, "王一帆", address="建新路9号"), a_party(3, "李二")]
    assert borne_by("申请人王一,电话13800001111;被申请人王一帆", parties) == {1: ["name", "phone"], 2: ["name"]}
    assert borne_by("被申请人王一帆,住建新路9号", parties) == {2: ["name", "address"]}
    assert borne_by("住建新路9号", parties) == {}, "an address alone names nobody"


def test_two_of_one_name_are_both_named_and_a_name_of_one_sign_is_no_name():
    assert borne_by("王一与王一", [a_party(1, "王一"), a_party(2, "王一"), a_party(3, "王")]) == {
        1: ["name"],
        2: ["name"],
    }
    assert borne_by("任何文字", [a_party(1, "")]) == {}


@pytest.mark.parametrize(
    ("said", "parts", "touched"),
    [
        (("姓名或名称",), ("name",), True),
        (("证件号码",), ("name",), True),
        (("地位",), ("name",), True),
        (("送达地址",), ("name",), False),
        (("送达地址",), ("name", "address"), True),
        (("语言或方言", "代理权限"), ("name", "address", "agent_name"), False),
    ],
)
def test_a_correction_touches_a_document_that_bears_what_was_wrong(
    said: tuple[str, ...], parts: tuple[str, ...], touched: bool
):
    assert outdates(said, parts) is touched
