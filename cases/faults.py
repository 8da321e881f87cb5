"""What is wrong with a filled form, in words (填写错误): pydantic's findings as a sentence for each field.

What does not live here: the forms, and refusals that need more than the form (guards).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

MOST_FIELDS = 50
LONGEST_NAME = 100

SENTENCES: Mapping[str, str] = {
    "missing": "必填",
    "extra_forbidden": "没有这一项",
    "string_type": "应为文字",
    "string_unicode": "含有不能保存的字符",
    "string_too_short": "至少 {min_length} 个字",
    "string_too_long": "最多 {max_length} 个字",
    "too_short": "至少 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_parsing_size": "数字过大",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "finite_number": "应为有限的数字",
    "bool_type": "应为是或否",
    "bool_parsing": "应为是或否",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不得小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "不得大于 {le}",
    "literal_error": "应为 {expected} 之一",
    "enum": "应为 {expected} 之一",
    "tuple_type": "应为列表",
    "list_type": "应为列表",
    "dict_type": "应为对象",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "value_error": "{error}",
    "json_invalid": "不是有效的 JSON",
}
"""The sentence for each kind of finding; braces are filled from the finding."""


def sentence_of(finding: Mapping[str, Any]) -> str:
    """One finding as a sentence."""
    kind = str(finding["type"])
    if kind.startswith("date_"):
        return "应为日期,如 2026-01-31"
    if kind.startswith(("datetime_", "timezone_")):
        return "应为日期时间,如 2026-01-31T09:30:00+08:00"
    return SENTENCES.get(kind, "填写不正确").format(**{k: str(v) for k, v in (finding.get("ctx") or {}).items()})


def fields_of(findings: Iterable[Mapping[str, Any]], skip: int = 0) -> dict[str, str]:
    """A sentence for each field, by its path; ``skip`` leaves leading parts of the path out. At most 50 fields."""
    fields: dict[str, str] = {}
    for finding in findings:
        path = ".".join(str(part) for part in finding["loc"][skip:]) or "form"
        fields.setdefault(path[:LONGEST_NAME], sentence_of(finding))
        if len(fields) >= MOST_FIELDS:
            break
    return fields
