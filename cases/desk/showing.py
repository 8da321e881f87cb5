"""Small parts of what is shown of a case (展示片段): the form of a step, what may be done, a masked identity.

What does not live here: who gets to see which of them (views).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from cases.engine import Action
from cases.grammar import Form
from cases.rules.visibility import masked_name, masked_phone

View = dict[str, Any]


@cache
def schema_of(form: type[Form]) -> View:
    """The JSON schema of a form."""
    return form.model_json_schema()


def masked(reporter: Mapping[str, Any]) -> View:
    """A reporter's identity as it is shown without a reason."""
    return {**reporter, "name": masked_name(reporter["name"]), "phone": masked_phone(reporter["phone"])}


def shown_action(action: Action, schemas: bool = True) -> View:
    """One thing the asker may do now."""
    view: View = {"verb": action.verb, "label": action.label, "label_en": action.label_en}
    if schemas:
        view["schema"] = schema_of(action.form)
    return {**view, "still_needed": list(action.still_needed)}
