"""先劝阻后报告, over every matter of the catalogue: when a record is required, when not, and what is said."""

from __future__ import annotations

from typing import Any

import pytest

from cases.grammar import Form, Question
from cases.machines.clue_forms import Acceptance, Supplement
from cases.packs.loader import load_pack
from cases.rules.dissuasion import (
    dissuaded_first,
    dissuasion_failed,
    dissuasion_flags,
    is_emergency,
    matter_known,
    missing_record,
)
from tests.builders import FRIDAY, OPERATOR, a_piece

PACK = load_pack("jintan")

# Who must dissuade first, as the law and the catalogue have it: W property firm, Y owners' committee, S residents'
# committee, L an element of the offence, 0 nobody, X forbidden because it warns the offender or endangers the reporter.
FIRST = """
XF01 W   XF02 WY  XF03 W   XF04 W   XF05 0   XF06 0   XF07 0   XF08 0
GA01 0   GA02 L   GA03 SW  GA04 WS  GA05 0   GA06 0   GA07 X   GA08 X   GA09 S   GA10 0   GA11 X   GA12 W   GA13 W
GA14 S   CG01 WY  CG02 WY  CG03 W   CG04 W   CG05 W   CG06 0   CG07 W   CG08 W   CG09 W   CG10 W   CG11 W
ZJ01 W   ZJ02 W   ZJ03 W   ZJ04 WS  ZJ05 Y   ZJ06 Y   ZJ07 Y   ZJ08 0   ZJ09 0   ZJ10 0   ZJ11 0   ZJ12 0   ZJ13 0
ZJ14 0   ZJ15 0   ZJ16 0   ZJ17 0   ZJ18 0   SJ01 0   SJ02 0   SJ03 W   SJ04 0   RQ01 0   RQ02 W   HJ01 W   HJ02 W
HJ03 0   WS01 0   MS01 0   MS02 W   MS03 WY  MS04 Y   MS05 YS  MS06 0   MS07 S
"""
WHO_FIRST: dict[str, str] = dict(zip(FIRST.split()[::2], FIRST.split()[1::2], strict=True))
BYPASSED = {"ZJ01"}
"""On the emergency bypass list whatever the circumstances, although somebody would have to dissuade first."""
BYPASSED_IN_AN_EMERGENCY = {"XF01", "XF02", "XF04", "CG08"}
NAMES = {"W": "物业服务企业", "Y": "业主委员会(物管会)", "S": "社区居委会"}


def ask(matter: str | None, *, urgent: bool = False, records: int = 0, form: Form | None = None) -> Question:
    facts: dict[str, Any] = {"urgent": True} if urgent else {}
    piece = a_piece(matter=matter, facts=facts | ({"dissuasions": records} if records else {}))
    return Question(piece, OPERATOR, FRIDAY, PACK, form=form or Acceptance())


def required(matter: str, urgent: bool) -> bool:
    first = WHO_FIRST[matter]
    if first == "L":
        return True
    return first not in "0X" and matter not in BYPASSED and not (urgent and matter in BYPASSED_IN_AN_EMERGENCY)


def test_the_table_is_about_every_matter_of_the_catalogue():
    assert len(WHO_FIRST) == 68
    assert set(WHO_FIRST) == set(PACK.matters)


@pytest.mark.parametrize("urgent", [False, True], ids=["calm", "urgent"])
@pytest.mark.parametrize("matter", sorted(WHO_FIRST))
def test_a_record_is_required_where_the_catalogue_says_so(matter: str, urgent: bool):
    without, having = ask(matter, urgent=urgent), ask(matter, urgent=urgent, records=1)
    assert dissuaded_first(without) is not required(matter, urgent)
    assert dissuaded_first(having), "a record is never an obstacle"
    for question in (without, having):
        assert dissuasion_failed(question) is dissuaded_first(question), "the reporter's own step asks the same"


@pytest.mark.parametrize("matter", sorted(code for code in WHO_FIRST if required(code, urgent=False)))
def test_the_refusal_says_whose_record_of_what(matter: str):
    said = missing_record(ask(matter))
    assert PACK.matters[matter].name in said
    expected = {"L": "WYS"}.get(WHO_FIRST[matter], WHO_FIRST[matter])
    assert {letter for letter, name in NAMES.items() if name in said} == set(expected)
    assert ("要件" in said) is (WHO_FIRST[matter] == "L")


@pytest.mark.parametrize("matter", sorted(code for code, first in WHO_FIRST.items() if first == "X"))
def test_where_dissuading_is_forbidden_a_record_is_flagged(matter: str):
    found = PACK.matters[matter]
    assert dissuasion_flags(ask(matter), found) == []
    assert dissuasion_flags(ask(matter, records=1), found) == ["dissuaded_though_forbidden"]


def test_elsewhere_a_record_is_no_fault_and_older_flags_stay():
    question = ask("XF01", records=2)
    question.piece.facts["flags"] = ["objected"]
    assert dissuasion_flags(question, PACK.matters["XF01"]) == ["objected"]


@pytest.mark.parametrize("matter", sorted(WHO_FIRST))
def test_only_where_it_depends_does_it_matter_what_is_said(matter: str):
    found = PACK.matters[matter]
    calm, urgent = is_emergency(ask(matter), found), is_emergency(ask(matter, urgent=True), found)
    assert (calm, urgent) == {"yes": (True, True), "no": (False, False), "conditional": (False, True)}[found.emergency]


def test_the_operators_word_outweighs_the_reporters():
    said_no = ask("XF01", urgent=True, form=Acceptance(emergency=False))
    said_yes = ask("XF01", form=Acceptance(emergency=True))
    assert not dissuaded_first(said_no)
    assert not is_emergency(said_no, PACK.matters["XF01"])
    assert dissuaded_first(said_yes)
    assert is_emergency(said_yes, PACK.matters["XF01"])


def test_the_matter_chosen_in_the_form_outweighs_that_of_the_report():
    assert dissuaded_first(ask("XF01", form=Acceptance(matter="XF05")))
    assert not dissuaded_first(ask("XF05", form=Acceptance(matter="XF01")))
    assert not dissuaded_first(ask(None, form=Supplement(matter="XF01")))


@pytest.mark.parametrize(
    ("matter", "form", "known"),
    [
        ("XF01", Acceptance(), True),
        (None, Acceptance(), False),
        (None, Acceptance(matter="XF01"), True),
        ("XF01", Acceptance(matter="XX99"), False),
        ("XX99", Acceptance(), False),
    ],
)
def test_a_matter_is_known_when_it_stands_in_the_catalogue(matter: str | None, form: Form, known: bool):
    assert matter_known(ask(matter, form=form)) is known


def test_without_a_matter_nothing_can_be_required():
    assert dissuaded_first(ask(None)), "the missing matter is refused by its own guard"
    assert "劝阻" in missing_record(ask(None))
