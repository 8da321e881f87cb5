"""The words a case type is written in: forms that refuse what no database keeps, effects that are read strictly."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from pydantic import ValidationError

from cases.grammar import ADDRESSEES, EFFECTS, STAY, Effect, Form, Role, Step, asks_form, read_effect, reads_children
from cases.machines.clue import CLUE
from tests.builders import a_clue


class Note(Form):
    text: str
    more: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("name", "effect"),
    [
        ("tell:reporter", Effect("tell", "reporter")),
        ("tell:reporter+answer_arrived", Effect("tell", "reporter", on_arrival="answer_arrived")),
        ("open:assignment", Effect("open", "assignment")),
        ("parent:collect", Effect("parent", "collect")),
        ("parent?:sign_for", Effect("parent", "sign_for", optional=True)),
        ("children:withdraw", Effect("children", "withdraw")),
        ("followers:answer", Effect("followers", "answer")),
    ],
)
def test_an_effect_is_read_from_its_name(name: str, effect: Effect):
    assert read_effect(name) == effect
    assert effect.kind in EFFECTS


@pytest.mark.parametrize(
    "name", ["", "tell", "tell:", "tell:everybody", "mail:reporter", "parent??:collect", ":x", "?:x"]
)
def test_a_word_the_grammar_does_not_know_is_refused(name: str):
    with pytest.raises(ValueError, match="unknown effect"):
        read_effect(name)


def test_every_addressee_can_be_told():
    assert {read_effect(f"tell:{who}").arg for who in ADDRESSEES} == ADDRESSEES


def test_a_form_strips_text_refuses_strange_fields_and_stays_as_it_was_filled():
    assert Note(text="  已拆除\n").text == "已拆除"
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Note.model_validate({"text": "已拆除", "state": "closed"})
    with pytest.raises(ValidationError, match="frozen"):
        Note(text="已拆除").text = "没有拆"


@pytest.mark.parametrize("sign", [chr(0), chr(0xD800), chr(0xDFFF)])
def test_a_sign_no_database_keeps_is_refused_wherever_it_stands(sign: str):
    for filled in ({"text": f"拆{sign}除"}, {"text": "拆除", "more": ("好", f"坏{sign}")}):
        with pytest.raises(ValidationError):
            Note.model_validate(filled)
    with pytest.raises(ValidationError):
        a_clue(description=f"飞线{sign}")
    with pytest.raises(ValidationError):
        a_clue(evidence=(f"照片{sign}.jpg",))


def test_one_role_or_several_one_source_or_several_read_alike():
    clerk, head = Role("clerk", "办事员", "Clerk"), Role("head", "站长", "Head")
    assert Step(clerk, "sign", "a", "b").roles == (clerk,)
    assert Step((clerk, head), "sign", "a", "b").roles == (clerk, head)
    assert Step(clerk, "sign", "a", "b").sources == ("a",)
    assert Step(clerk, "sign", ("a", "b"), STAY).sources == ("a", "b")


def test_marks_on_a_guard_leave_it_callable():
    def guard(question: object) -> bool:
        """还需:照片"""
        return question is None

    marked = reads_children(asks_form(guard))
    assert marked is guard
    assert (getattr(marked, "asks_form"), getattr(marked, "reads_children")) == (True, True)  # noqa: B009
    assert guard(None) is True


def test_a_case_type_is_frozen_and_knows_its_states():
    assert CLUE.state("reported").label == "已提交"
    with pytest.raises(KeyError):
        CLUE.state("vanished")
    with pytest.raises(FrozenInstanceError):
        CLUE.code = "other"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        CLUE.steps[0].to = "closed"  # type: ignore[misc]
