"""更正当事人: what touches who somebody is, and which answers and links a correction voids."""

from __future__ import annotations

import pytest

from cases.rules.corrections import PARTS, another_person, is_void, touches_identity

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
