"""What a scripted court answers (法院脚本): courses of steps with their words, a rule, and exceptions. Plain data.

A course names the steps of the court in their order. The general rule is one course, or several by weight; exceptions
name lines of a manifest, one batch, or single case numbers, and the last that fits wins. What does not live here:
which step of a course is next (``court``).
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.receiver.lots import weighted

Course = tuple[str, ...]

COURSES: dict[str, Course] = {
    "received": ("receipt",),
    "returned": ("receipt", "return_suit"),
    "refused": ("receipt", "refuse_filing"),
    "filed": ("receipt", "accept_filing"),
    "mediated": ("receipt", "accept_filing", "mediate_in_court"),
    "judged": ("receipt", "accept_filing", "judge"),
}
PAPER = "{series}{line}号"
FORMS: dict[str, dict[str, Any]] = {
    "receipt": {"receipt": "收{line}号"},
    "return_suit": {"document": "退{line}号", "words": "材料不全,退回补正"},
    "refuse_filing": {"document": PAPER + "裁定书", "words": "起诉不符合受理条件", "served_at": "{now}"},
    "accept_filing": {"number": PAPER, "procedure": "small_claims", "at": "{now}"},
    "serve": {"at": "{now}", "manner": "直接"},
    "open_trial": {"at": "{now}", "place": "第一法庭"},
    "mediate_in_court": {"document": PAPER + "调解书", "signed_at": "{now}"},
    "judge": {"kind": "judgment", "document": PAPER + "判决书", "outcome": "granted", "served_at": "{now}"},
}


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Exceptional(_Row):
    """Suits that go another course than the rule says; whatever is named must fit."""

    course: str
    lines: str = Field(default="", pattern=r"^(\d+(-\d+)?(,\d+(-\d+)?)*)?$", description="of the manifest: 3,7-12")
    batch: str = ""
    numbers: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_something(self) -> Exceptional:
        if not (self.lines or self.batch or self.numbers):
            raise ValueError("an exception names lines, a batch or case numbers")
        return self

    def fits(self, number: str, line: int, batch: str) -> bool:
        """Whether it is about this suit."""
        if self.numbers and number not in self.numbers:
            return False
        if self.batch and batch != self.batch:
            return False
        return not self.lines or any(_holds(span, line) for span in self.lines.split(","))


class CourtScript(_Row):
    """Everything a court answers. ``forms`` fill in what a step is asked for: ``{line}`` of the manifest (without
    one, the end of the case number), ``{number}`` of the case, ``{now}``, and ``{series}``, with which the court's own
    numbers begin."""

    series: str = "民初"
    rule: dict[str, int] = Field(default={"filed": 1}, min_length=1, description="courses by weight")
    exceptions: tuple[Exceptional, ...] = ()
    courses: dict[str, Course] = COURSES
    forms: dict[str, dict[str, Any]] = FORMS

    @model_validator(mode="after")
    def _whole(self) -> CourtScript:
        named = {*self.rule, *(one.course for one in self.exceptions)}
        if unknown := named - set(self.courses):
            raise ValueError(f"no such course: {', '.join(sorted(unknown))}")
        if min(self.rule.values()) < 0 or not sum(self.rule.values()):
            raise ValueError("the rule weighs nothing")
        verbs = {verb for course in named for verb in self.courses[course]}
        if silent := verbs - set(self.forms):
            raise ValueError(f"no words for: {', '.join(sorted(silent))}")
        return self

    def course_of(self, number: str, line: int, batch: str, seed: str) -> Course:
        """The course of one suit, always the same for the same."""
        for one in reversed(self.exceptions):
            if one.fits(number, line, batch):
                return self.courses[one.course]
        return self.courses[weighted(list(self.rule.items()), seed, "course", number)]

    def form_of(self, verb: str, said: dict[str, str]) -> dict[str, Any]:
        """What a step is filled in with."""
        known = {"series": self.series, **said}
        return {name: _worded(value, known) for name, value in self.forms[verb].items()}


def _worded(value: Any, known: dict[str, str]) -> Any:
    if isinstance(value, str):
        for name, word in known.items():
            value = value.replace(f"{{{name}}}", word)
        return value
    if isinstance(value, list):
        return [_worded(one, known) for one in value]
    return value


def _holds(span: str, line: int) -> bool:
    first, _, last = span.partition("-")
    return int(first) <= line <= int(last or first)
