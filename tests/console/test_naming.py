"""Facts and choices by their names: nothing is shown as the code it is kept under."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from api.console.choices import Choices
from api.console.fact_names import HIDDEN, NAMES
from api.console.facts import facts_of
from api.console.labels import Labels
from api.console.suit_names import SUIT_NAMES
from cases import machines
from cases.machines import CASE_TYPES
from cases.machines.litigation_births import screened
from cases.machines.suit_forms import Screening
from cases.office import Office
from tests.builders import FRIDAY, an_actor

FACTS = {
    name: kept.__annotations__
    for module in iter_modules(machines.__path__)
    for name, kept in vars(import_module(f"{machines.__name__}.{module.name}")).items()
    if name.endswith("Facts") and hasattr(kept, "__annotations__")
}


@pytest.mark.parametrize("kept", sorted(FACTS))
def test_every_fact_a_case_may_hold_has_a_name(kept: str):
    known = {*NAMES, *HIDDEN, *(SUIT_NAMES if kept == "LitigationFacts" else ())}
    assert set(FACTS[kept]) <= known


def _chosen(schema: dict[str, Any], name: str = "") -> Iterator[tuple[str, str]]:
    """Every value a form offers, with its field."""
    yield from ((name, str(one)) for one in schema.get("enum", [schema["const"]] if "const" in schema else []))
    for parts in (schema.get("properties", {}), schema.get("$defs", {})):
        for field, part in parts.items():
            yield from _chosen(part, field)
    for part in (schema.get("items"), *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        if isinstance(part, dict):
            yield from _chosen(part, name)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("case_type", CASE_TYPES, ids=lambda one: one.code)
def test_every_value_a_step_offers_is_a_word(office: Office, case_type: Any, lang: str):
    choices = Choices(Labels(office, lang), clocks=tuple(one.code for one in case_type.clocks))
    bare = set[tuple[str, str, str]]()
    for step in case_type.steps:
        for name, value in _chosen(step.form.model_json_schema()):
            shown = dict(choices.options(name, "", {"enum": [value]})).get(value, value)
            if (shown == value and lang == "zh" and value.isascii()) or (lang == "en" and not shown.isascii()):
                bare.add((step.does, name, value))
    assert not bare


def test_a_suit_is_told_in_its_own_words(office: Office):
    actor = an_actor("a", "JT-XH", "operator")
    items = [{"item": "contract", "finding": "pass"}, {"item": "court", "finding": "not_asked"}]
    sheet = screened(Screening.model_validate({"items": items, "result": "pass"}), actor, FRIDAY)
    facts = {"plaintiff_kind": "firm", "amount": "12.50", "outcome": "partly", **sheet}
    told = {one.name: one for one in facts_of(facts, Labels(office, "zh"), case_type="litigation")}
    assert told["原告类别"].text == "物业企业"
    assert told["请求金额(元)"].text == "12.50"
    assert told["裁判结果"].text == "部分支持"
    assert told["结论"].text == "通过"
    listed = next(one for one in told["筛查"].parts[0] if one.name == "逐项")
    assert [one.text for one in listed.parts[0]] == ["合同和备案", "通过"]


def test_the_same_fact_of_a_task_keeps_its_own_name(office: Office):
    (told,) = facts_of({"outcome": "ordered"}, Labels(office, "zh"), case_type="assignment")
    assert (told.name, told.text) == ("处理方式", "责令改正")
