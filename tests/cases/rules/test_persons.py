"""身份识别: numbers are checked, shown masked, and kept as digests nobody can guess back without the key."""

from __future__ import annotations

import pytest

from cases.errors import Malformed
from cases.rules.persons import checked_identity, digest_of, masked_number, tail_of

GOOD = "11010519491231002X"


@pytest.mark.parametrize("written", [GOOD, GOOD.lower(), " 110105 19491231 002x "])
def test_a_number_is_read_as_people_write_it(written: str):
    assert checked_identity(written, "person") == GOOD


@pytest.mark.parametrize("wrong", ["110105194912310021", "1101051949123100", "abc", "11010519491231002Y", "9" * 18])
def test_a_number_that_cannot_be_one_is_refused(wrong: str):
    with pytest.raises(Malformed):
        checked_identity(wrong, "person")


def test_an_organisation_has_a_credit_code_and_nobody_must_have_any():
    assert checked_identity("91320413ma1abcd23x", "org") == "91320413MA1ABCD23X"
    assert checked_identity("  ", "person") == ""
    with pytest.raises(Malformed):
        checked_identity(GOOD[:-1], "org")


def test_masks_and_tails():
    assert masked_number(GOOD) == "**************002X"
    assert masked_number("") == ""
    assert tail_of(masked_number(GOOD), "13812345678") == "002X"
    assert tail_of("", "13812345678") == "5678"


def test_a_digest_needs_the_key_and_every_part():
    assert digest_of(b"k", GOOD) == digest_of(b"k", f" {GOOD.lower()}")
    assert digest_of(b"k", GOOD) != digest_of(b"other", GOOD)
    assert digest_of(b"k", "陈某", "138") != digest_of(b"k", "陈某1", "38"), "parts do not run into each other"
    assert digest_of(b"k", "陈某", "") == digest_of(b"k", "") == ""
