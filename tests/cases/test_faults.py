"""What is wrong with a form is said in Chinese, field by field."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from cases.faults import LONGEST_NAME, MOST_FIELDS, fields_of
from cases.machines.assignment_forms import Order, Recheck, Result
from cases.machines.clue_forms import ClueReport, Rating
from tests.builders import a_clue


def fields(form: Any, filled: Any) -> dict[str, str]:
    with pytest.raises(ValidationError) as wrong:
        form.model_validate(filled)
    return fields_of(wrong.value.errors())


@pytest.mark.parametrize(
    ("form", "filled", "expected"),
    [
        (Result, {}, {"measure": "必填", "text": "必填"}),
        (Result, {"measure": "", "text": "长" * 4001}, {"measure": "至少 1 个字", "text": "最多 4000 个字"}),
        (Rating, {"satisfied": 6}, {"satisfied": "不得大于 5"}),
        (Rating, {"satisfied": "x", "more": 1}, {"satisfied": "应为整数", "more": "没有这一项"}),
        (Recheck, {"text": 1, "done": "maybe"}, {"text": "应为文字", "done": "应为是或否"}),
        (Order, {"text": "改", "article": "第一条", "complete_by": "soon"}, {"complete_by": "应为日期,如 2026-01-31"}),
        (Result, [], {"form": "应为对象"}),
    ],
)
def test_sentences(form: Any, filled: Any, expected: dict[str, str]):
    assert fields(form, filled) == expected


def test_nested_fields_are_named_by_their_path():
    found = fields(ClueReport, a_clue().model_dump() | {"dissuasion": {"by": "甲", "words": "话", "at": "x"}})
    assert list(found) == ["dissuasion.at"]


def test_a_flood_of_fields_is_cut_off():
    found = fields(Rating, {f"{n}" * 200: n for n in range(200)})
    assert len(found) == MOST_FIELDS
    assert max(map(len, found)) == LONGEST_NAME
