"""What may be chosen in a field (选项): a code of the pack, a clock or a file of the case, a word of the schema.

A field that holds a code says so by its name, as all forms use the same names. What does not live here: whether a
choice is right; that is the form's and the guards' to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from api.console.fact_names import WORDS
from api.console.labels import Labels
from api.console.suit_names import SUIT_WORDS

Option = tuple[str, str]
"""A value and what it is called."""

NO_DEPARTMENTS = frozenset(
    {"district", "property", "owners_committee", "grid", "hotline", "inspection", "station", "court"}
)
"""Kinds of organisation a report is never dispatched to."""

SOURCES = ("public", "property", "grid_worker", "hotline", "inspection", "owners_committee", "station")
"""Where a report registered by hand usually comes from."""

ENUM_WORDS: Mapping[str, str] = {
    "lead": "主办", "assist": "协办", "people": "人民调解", "administrative": "行政调解", "judicial": "司法调解",
    "appraisal": "鉴定、检测", "party_missing": "当事人无法联系", "competence_dispute": "职责有争议",
    "delay": "办理拖延", "system": "系统原因", "yes": "同意", "no": "不同意",
}  # fmt: skip
"""Values of the schemas that are no Chinese word themselves."""


@dataclass(frozen=True)
class Choices:
    """The choices of one case for one reader; with ``coded`` off, what is written is words and no codes. ``given`` are
    those that only this case knows, by the name of the field: its parties, its meetings."""

    FILES: ClassVar[frozenset[str]] = frozenset({"evidence", "photos", "before_photo", "after_photo", "image"})

    labels: Labels
    clocks: Sequence[str] = ()
    files: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    coded: bool = True
    given: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)

    def options(self, name: str, title: str, schema: Mapping[str, Any]) -> tuple[Option, ...]:
        """What may be chosen in a field; none where it is written freely."""
        words = (
            schema.get("enum")
            or schema.get("items", {}).get("enum")
            or ([schema["const"]] if "const" in schema else ())
        )
        if name in self.given:
            return tuple(one for one in self.given[name] if not words or one[0] in words)
        if words:
            return tuple((str(one), self._word(str(one))) for one in words)
        if not self.coded:
            return ()
        if name in self.FILES:
            return tuple((one["id"], one["name"]) for one in self.files)
        if name == "clock":
            return tuple((code, self.labels.clock(code)) for code in self.clocks)
        if name == "ground" and title == "停表事由":
            grounds = {one.code: one.name for one in self.labels.pack.grounds if one.effect == "pause"}
            return tuple(grounds.items())
        return self._coded(name)

    def _word(self, value: str) -> str:
        if value in ENUM_WORDS:
            return self.labels.say(ENUM_WORDS[value])
        if value in SUIT_WORDS:
            return self.labels.say(SUIT_WORDS[value])
        return self.labels.clock(value) if value.isascii() else self.labels.say(value)

    def _coded(self, name: str) -> tuple[Option, ...]:
        pack = self.labels.pack
        if name == "matter":
            return tuple((one.code, f"{one.code} {one.name}") for one in pack.matters.values())
        if name == "community":
            return tuple((one.code, one.name) for one in pack.communities.values())
        if name in {"lead", "assists", "runner_up", "proposed"}:
            return self._organisations(lambda kind: kind not in NO_DEPARTMENTS)
        if name == "reporter_org":
            return self._organisations(lambda kind: kind not in {"court", "district"})
        if name == "source":
            return tuple((code, self.labels.say(WORDS[code])) for code in SOURCES)
        wanted = {"committee": "mediation", "to": "mediation", "court": "court"}.get(name)
        return self._organisations(lambda kind: kind == wanted) if wanted else ()

    def _organisations(self, fits: Any) -> tuple[Option, ...]:
        return tuple((one.code, one.name) for one in self.labels.pack.organisations.values() if fits(one.kind))
